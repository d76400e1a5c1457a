/** Lists of what the SQL of a migration does: where both stand, the SQL is the migration, and the list is held against it. */
import {isWithin} from '../document/places.ts'
import {kept} from '../document/remembered.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import {code} from '../document/words.ts'
import type {Operation} from '../sql/model.ts'
import {operationWords} from '../sql/operation-words.ts'
import {isNamed, mentionsOf, type ObjectKind, type SpokenName, type Speech} from '../sql/speech/index.ts'
import {type Halves, halvesOf, hasName, isDdl, isOpen} from './halves.ts'
import {leftUnspoken, migrationPlan, outermost, type SpokenPlan} from './plans.ts'
import type {Facts} from './schema-differences.ts'
import {unreadIn} from './unread.ts'

interface Listed {
  readonly at: Span
  readonly what: string
}

/** What a list says that its migration makes, of which most is in the SQL and some is not. */
interface Listing extends Span {
  readonly left: readonly SpokenName[]
}

const known = kept<readonly Listing[]>()

/**
 * The words of a migration without its lists of what the SQL does: what only those name isn't made anywhere. Where the SQL is all
 * but complete, that goes for all words but those that speak of another place.
 */
export function wordsBesideSql(facts: Facts, halves: Halves, isAllBut = false): Speech {
  const {speech} = migrationPlan(facts.document, facts.type, halves)
  const lists = listings(facts, halves)
  const isListed = (one: Span): boolean => isAllBut || lists.some((list) => isWithin(one.start, list))
  const isLoose = (one: Span): boolean => !isListed(one) || isElsewhere(facts.document, one)
  return lists.length === 0 && !isAllBut
    ? speech
    : {...speech, names: speech.names.filter(isLoose), kinds: speech.kinds.filter(isLoose)}
}

/** Objects that a list of the migration names and no SQL of the document makes. */
export function listedOnly(facts: Facts): readonly Listed[] {
  return listings(facts, halvesOf(facts))
    .flatMap(({left}) => left)
    .flatMap((name) => {
      const kind = name.kind && kindWords[name.kind]
      return kind ? [{at: name, what: `${kind} ${code(name.text)}`}] : []
    })
}

/** What the SQL makes and the list of the migration's contents, which has the others of its kind, leaves out. */
export function unlisted(facts: Facts): readonly (Listed & {readonly list: Span})[] {
  const {document, type} = facts
  const halves = halvesOf(facts)
  const plan = migrationPlan(document, type, halves)
  const [list] = plan.places
  if (!plan.exhaustive || !list || listings(facts, halves).length !== 1 || isOpenEnded(document, plan)) return []
  const up = halves.up.filter((one) => isDdl(one) && !isOpen(one))
  const named = up.filter((one) => isMaker(one) && isNamed(one, plan.speech, 'do', true))
  const left = leftUnspoken(up, plan).filter((one) => named.some((other) => isAlike(one, other)))
  return left.length * 3 > named.length
    ? []
    : left.map((one) => ({at: {start: one.start, end: one.end}, what: operationWords(one), list}))
}

function isAlike(one: Operation, other: Operation): boolean {
  return (
    isMaker(one) &&
    one.kind === other.kind &&
    (one.kind !== 'create-object' || other.kind !== 'create-object' || one.what === other.what)
  )
}

function isMaker({kind}: Operation): boolean {
  return /^(?:create-(?:table|index|enum|object)|add-column)$/u.test(kind)
}

function isOpenEnded({text}: SpecDocument, {places}: SpokenPlan): boolean {
  return places.some(({start, end}) => /\betc\b|\band (?:so on|more)\b|\bamong others\b/i.test(text.slice(start, end)))
}

function listings(facts: Facts, halves: Halves): readonly Listing[] {
  return known(halves, () => readListings(facts, halves))
}

function readListings({document, type, schema}: Facts, halves: Halves): readonly Listing[] {
  const up = halves.up.filter((one) => isDdl(one) && !isOpen(one))
  if (up.length === 0) return []
  const {speech, places} = migrationPlan(document, type, halves)
  const written = `${sqlOf(halves)}\n${unreadIn(type.withRole('migration'), document, schema)}`
  const lists = outermost(
    [...document.lists, ...document.tables].filter(({start}) => places.some((one) => isWithin(start, one))),
  )
  return lists.flatMap(({start, end}) => {
    const names = speech.names.filter((one) => isWithin(one.start, {start, end}) && isMade(one))
    const said = (name: SpokenName): Speech => ({names: [name], kinds: [], formal: false, unordered: false})
    const made = names.filter((name) => up.some((one) => isMaker(one) && mentionsOf(one, said(name)).length > 0))
    const left = names.filter(
      (one) =>
        one.kind !== undefined &&
        kindWords[one.kind] !== undefined &&
        !hasName(written, {...one, key: one.text, hole: false}) &&
        !isElsewhere(document, one),
    )
    return made.length > 1 && left.length * 3 <= made.length ? [{start, end, left}] : []
  })
}

function isMade({act, marked, place, aside, helper}: SpokenName): boolean {
  return act === 'make' && marked && !place && !aside && !helper
}

function sqlOf({declared, up}: Halves): string {
  return [...new Set([...declared, ...up].map(({statement}) => statement.code.value))].join('\n')
}

/** The line says that it is done by something else than the statements that stand beside it. */
const elsewhere =
  /\b(?:by hand|manual(?:ly)?|separate(?:ly)?|later|follow-?up|outside|already|existing|another|concurrently|(?:second|next|own|other|previous|earlier)\s+(?:migration|release|script|file|step|phase|deploy\w*)|in (?:the )?(?:code|application|service))\b/i

function isElsewhere({text, source}: SpecDocument, {start}: Span): boolean {
  const line = source.lineSpan(source.lineOf(start))
  return elsewhere.test(text.slice(line.start, line.end))
}

const kindWords: Readonly<Partial<Record<ObjectKind, string>>> = {
  table: 'table',
  column: 'column',
  index: 'index',
  type: 'type',
  function: 'function',
  trigger: 'trigger',
  view: 'view',
}
