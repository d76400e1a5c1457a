import {kept} from '../document/remembered.ts'
import {isWithin} from '../document/places.ts'
import type {Section, Span, SpecDocument} from '../document/types.ts'
import type {Lack} from '../sql/covers.ts'
import type {Name, Operation} from '../sql/model.ts'
import {
  leftInWords,
  type ObjectKind,
  readSpeech,
  type Speech,
  spokenDrops,
  spokenMakes,
  type SpokenName,
  unspoken,
} from '../sql/speech/index.ts'
import {tooEarly, type TooEarly} from '../sql/order.ts'
import {tooSoon, type TooSoon} from '../sql/too-soon.ts'
import type {BoundDocument} from '../type/types.ts'
import {type Halves, isDdl, isOpen, saidIn} from './halves.ts'

/** What a document says in words of the steps of a migration. */
export interface SpokenPlan {
  readonly speech: Speech
  /** Where it says so: the list of the steps, or whole sections. */
  readonly places: readonly Span[]
  /** It is a list of the migration's contents, which holds every statement. */
  readonly exhaustive: boolean
}

const contents = /^(?:migration\s+)?(?:contents?|operations|statements|ddl|schema changes|changes)\b/i
const steps = /\b(?:steps?|procedure|phases?|sequence|runbook|order|operations|contents?)\b/i

/** The steps of the migration in words; the way back and the code left out. */
export function migrationPlan(document: SpecDocument, type: BoundDocument, halves: Halves): SpokenPlan {
  return plans(halves, () => readPlan(document, type, halves))
}

// Several rules ask for them; the halves are those of one document.
const plans = kept<SpokenPlan>()
const backs = kept<Speech>()

function readPlan(document: SpecDocument, type: BoundDocument, halves: Halves): SpokenPlan {
  const sections = type.withRole('migration')
  const inside = (span: Span): boolean =>
    sections.some((section) => isWithin(span.start, section)) && !isBack(span, sections, halves)
  const listed = [
    ...document.sections.flatMap(({fields}) => fields).filter(({label}) => contents.test(label.text)),
    ...document.lists
      .flatMap(({items}) => items)
      .filter(({lead, text, blocks}) => contents.test(lead?.text ?? '') || (blocks.length > 0 && contents.test(text))),
  ]
    .filter(inside)
    .map(({start, end, ...one}) => ({start, end: Math.max(end, ...one.blocks.map((block) => block.end))}))
  const titled = document.sections.filter(({heading}) => heading && steps.test(heading.title.text)).filter(inside)
  const places = outermost(listed.length > 0 ? listed : titled.length > 0 ? titled : sections)
  const without = halves.places.filter((place) => !places.some((one) => isWithin(one.start, place)))
  return {speech: speechOf(document, places, without), places, exhaustive: listed.length > 0}
}

function isBack(span: Span, sections: readonly Section[], {places}: Halves): boolean {
  return places.some((place) => isWithin(span.start, place) && !sections.some(({start}) => start === place.start))
}

/** What the document says in words of the way back. */
export function rollbackSpeech(document: SpecDocument, halves: Halves): Speech {
  return backs(halves, () => speechOf(document, outermost(halves.places), []))
}

/** What the document says in words in some places. */
export function placesSpeech(document: SpecDocument, places: readonly Span[]): Speech {
  return speechOf(document, places, [])
}

function speechOf(document: SpecDocument, places: readonly Span[], without: readonly Span[]): Speech {
  const parts = places.map((place) => readSpeech(prose(document, place, without), place.start))
  return {
    names: parts.flatMap(({names}) => names),
    kinds: parts.flatMap(({kinds}) => kinds),
    formal: parts.some(({formal}) => formal),
    unordered: parts.some(({unordered}) => unordered),
  }
}

/** The text of a place, with blanks where code, comments to the linter and other things stand. */
function prose(document: SpecDocument, place: Span, without: readonly Span[]): string {
  const holes = [...document.codes, ...document.directives, ...without]
    .filter(({start, end}) => end > place.start && start < place.end)
    .toSorted((a, b) => a.start - b.start)
  let text = ''
  let from = place.start
  for (const {start, end} of holes) {
    if (end <= from) continue
    text += document.text.slice(from, Math.max(start, from))
    text += `\n${' '.repeat(Math.max(end - Math.max(start, from) - 2, 0))}\n`.slice(0, end - Math.max(start, from))
    from = Math.min(end, place.end)
  }
  return text + document.text.slice(from, place.end)
}

/** Of places within each other, those around the others. */
export function outermost(places: readonly Span[]): readonly Span[] {
  return places
    .filter(
      (place, index) =>
        !places.some(
          (other, at) =>
            at !== index &&
            other.start <= place.start &&
            place.end <= other.end &&
            (other.end - other.start > place.end - place.start || at < index),
        ),
    )
    .toSorted((a, b) => a.start - b.start)
}

/** Declared operations that the words of the migration leave out. */
export function leftUnspoken(declared: readonly Operation[], plan: SpokenPlan): readonly Operation[] {
  return unspoken(
    declared.filter((operation) => isDdl(operation) && !isOpen(operation)),
    plan.speech,
    plan,
  )
}

const restores =
  /\brestor\w*\b[^.;]{0,80}\b(?:back-?ups?|snapshots?|dumps?)\b|\b(?:back-?ups?|snapshots?|dumps?)\b[^.;]{0,40}\brestored?\b|\bpoint-in-time\b/i
/** A restore that is only for when the way back fails. */
const fallback =
  /\b(?:if (?:that|this|it|(?:the )?(?:script|rollback)|everything else|all else|anything) (?:too )?fails?|as a last resort|failing that)\b[^.;\n]*/gi
const scripts = /\bdown\b|\.sql\b|\bscript\b|`[^`\n]*(?:rollback|revert|downgrade|undo)[^`\n]*`/i

/** Operations that a way back in words leaves behind; none where it restores a backup or runs a script. */
export function leftByWords(document: SpecDocument, halves: Halves, up: readonly Operation[]): readonly Operation[] {
  const text = halves.places
    .map((place) => saidIn(document, place))
    .join('\n')
    .replaceAll(fallback, '')
  if (restores.test(text)) return []
  const made = up.filter((operation) => isDdl(operation) && !isOpen(operation))
  const left = leftInWords(made, rollbackSpeech(document, halves))
  return scripts.test(text) && left.length * 2 > made.length ? [] : left
}

/** An index that goes by itself needs no turn. */
const goesAlong = /\b(?:with (?:it|them|the|its)|along|automatic\w*|implicit\w*|by (?:itself|themselves))\b/i

function lineAround({text}: SpecDocument, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(text.lastIndexOf('\n', offset) + 1, end < 0 ? text.length : end)
}

/** Drops that a way back in words has in an order that can't run. */
export function earlyInWords(document: SpecDocument, halves: Halves, up: readonly Operation[]): readonly TooEarly[] {
  const speech = rollbackSpeech(document, halves)
  if (speech.unordered) return []
  return tooEarly({up, down: spokenDrops(up, speech)}).filter(
    ({later}) => later.kind !== 'drop-index' || !goesAlong.test(lineAround(document, later.start)),
  )
}

/** A step that says its turn itself. */
const otherTurn = /\b(?:after|once|before|when|until|while|later|afterwards|earlier|order)\b/i

/** Makers that the numbered steps of a migration in words have in an order that can't run. */
export function soonInWords(
  document: SpecDocument,
  {speech}: SpokenPlan,
  declared: readonly Operation[],
): readonly TooSoon[] {
  const isStep = ({start}: Span): boolean => {
    const line = lineAround(document, start)
    return /^\s*(?:>\s*)?\d+[.)]\s/u.test(line) && !otherTurn.test(line)
  }
  return tooSoon(spokenMakes(declared, speech, isStep))
}

/** Whether the words of a migration say of the object that it is made, or changed, and not only that it is there. */
export function isSaidOf({names, operation}: Pick<Lack, 'names' | 'operation'>, {names: said}: Speech): boolean {
  const acts = operation.kind.startsWith('drop') ? ['take', 'none'] : ['make', 'change', 'none']
  return (
    names.length > 0 &&
    names.every((name) =>
      said.some(
        ({act, place, aside, parts}) =>
          !place && !aside && acts.includes(act) && parts.at(-1) === name.text.toLowerCase().replace(/^.*\./u, ''),
      ),
    )
  )
}

/** Whether the words of a migration name a table that they make, or only name. */
export function isSaidTable({text}: Name, {names}: Speech): boolean {
  return names.some(
    ({act, place, parts}) => !place && (act === 'make' || act === 'none') && parts.at(-1) === text.toLowerCase(),
  )
}

const kindWords: Readonly<Partial<Record<ObjectKind, string>>> = {
  table: 'table',
  column: 'column',
  index: 'index',
  constraint: 'constraint',
  foreign: 'foreign key',
  unique: 'unique constraint',
  check: 'check',
  type: 'type',
}

/**
 * What the words make for good: by its kind, under a name that is no plain English, and not dropped again. `orders.state` is a column
 * also without the word.
 */
export function newNames({names}: Speech): readonly {readonly name: SpokenName; readonly kind: string}[] {
  return names.flatMap((name) => {
    const kind = name.kind
      ? kindWords[name.kind]
      : name.act === 'make' && name.parts.length === 2
        ? 'column'
        : undefined
    const isDrop = name.act === 'take' && name.kind === 'column'
    if (
      kind === undefined ||
      !name.marked ||
      name.place ||
      (name.helper && !isDrop) ||
      (name.act !== 'make' && !isDrop)
    )
      return []
    const isGone = names.some(({act, parts}) => act === 'take' && parts.at(-1) === name.parts.at(-1))
    return isGone && !isDrop ? [] : [{name, kind: isDrop ? 'the drop of column' : kind}]
  })
}
