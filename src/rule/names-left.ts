/** Constraints and indexes that the words of the schema call by a name that no code has, whatever else they say of them. */
import {isWithin} from '../document/places.ts'
import {remembered} from '../document/remembered.ts'
import type {Section, Span, SpecDocument} from '../document/types.ts'
import {code} from '../document/words.ts'
import type {Operation} from '../sql/model.ts'
import {constraintsOf} from '../sql/parts.ts'
import {lastBefore} from '../sql/documented/stretch.ts'
import type {SchemaFacts} from '../sql/schema.ts'

type Kind = 'check' | 'unique constraint' | 'exclusion constraint' | 'foreign key' | 'index'

interface Left {
  readonly at: Span
  readonly what: string
}

/** What names are made of where they say what they are of. */
const forms: readonly (readonly [RegExp, Kind])[] = [
  [/^(?:chk|ck)_/iu, 'check'],
  [/^(?:uq|uk|ux)_/iu, 'unique constraint'],
  [/^(?:ex|excl)_|_excl$/iu, 'exclusion constraint'],
  [/^fk_|_fkey$/iu, 'foreign key'],
  [/^(?:idx|ix)_|_idx$/iu, 'index'],
]
/** Words of what is there already, goes, or is not meant. */
const otherwise =
  /\b(?:no|not|never|without|present|remains?|stays?|drop\w*|remov\w*|replac\w*|instead|old|former|exist\w*|already|today|currently|later|until|previous\w*|would|could|may|might|obsolete|rename\w*|rebuil\w*|reus\w*|unlike|like|such as|e\.g)\b/i

/**
 * Names in sections that declare the schema, which neither the migration nor any other code has, though the
 * migration gives names to others.
 */
export function namesLeft(
  {document, schema}: {readonly document: SpecDocument; readonly schema: SchemaFacts},
  homes: readonly Section[],
  up: readonly Operation[],
): readonly Left[] {
  const all = namesIn(document, homes)
  if (all.length === 0 || !givesNames(up, new Set(all.map(({kind}) => kind)))) return []
  const read = new Set(schema.sql.statements.map(({code: fence}) => fence))
  const written = [
    ...document.codes.filter((one) => !read.has(one)).map(({value}) => value),
    // What drops or validates it makes nothing.
    ...schema.sql.statements.filter(({operations}) => !operations.every(isUse)).map(({text}) => text),
  ].map((text) => wordsOf(text))
  const isWritten = (name: string): boolean => written.some((words) => words.has(name))
  return (['check', 'unique constraint', 'exclusion constraint', 'foreign key', 'index'] as const).flatMap((kind) => {
    const own = all.filter((one) => one.kind === kind)
    const names = new Set(own.map(({name}) => name))
    const gone = own.filter(({name, around}) => !isWritten(name) && !otherwise.test(around))
    const lost = new Set(gone.map(({name}) => name))
    // Where most are called otherwise, the words follow another habit than the code.
    if (lost.size > Math.max(1, names.size / 2)) return []
    return [...lost].flatMap((name) => {
      const at = gone.find((one) => one.name === name)
      return at ? [{at, what: `${kind} ${code(document.text.slice(at.start, at.end))}`}] : []
    })
  })
}

function isUse({kind}: Operation): boolean {
  return /^(?:drop-|validate-)/u.test(kind)
}

/** Whether the migration gives names: to constraints, or to an index where only indexes are spoken of. */
function givesNames(up: readonly Operation[], kinds: ReadonlySet<Kind>): boolean {
  const isIndex = up.some((one) => one.kind === 'create-index' && one.index.name)
  const isConstraint = up.some((one) => constraintsOf(one).some(({kind, name}) => kind !== 'primary' && name))
  return isConstraint || (isIndex && [...kinds].every((kind) => kind === 'index'))
}

/** Wherever they stand: no word of a language begins or ends so. */
const wordsOfKind =
  /(?<![\w./:#-])((?:chk|ck|uq|uk|ux|fk|idx|ix|excl|ex)_\w{2,60}|[a-z]\w{2,60}_(?:fkey|idx|excl))(?![\w/-]|\.\w)/giu

interface Named extends Span {
  readonly name: string
  readonly kind: Kind
  /** The sentence, or the row, that it stands in. */
  readonly around: string
}

function namesIn({text, codes, source}: SpecDocument, homes: readonly Section[]): readonly Named[] {
  return homes.flatMap(({start, end}) =>
    [...text.slice(start, end).matchAll(wordsOfKind)].flatMap((match): readonly Named[] => {
      const name = match[1] ?? ''
      const kind = forms.find(([form]) => form.test(name))?.[1]
      const from = start + match.index
      const fence = lastBefore(codes, from)
      if (!kind || (fence && isWithin(from, fence))) return []
      const line = source.lineSpan(source.lineOf(from))
      const around = wordsAround(
        text.slice(Math.max(line.start, from - 1000), from),
        text.slice(from, Math.min(line.end, from + name.length + 200)),
      )
      return [{start: from, end: from + name.length, name: name.toLowerCase(), kind, around}]
    }),
  )
}

const wordsOf = remembered((text): ReadonlySet<string> => new Set(text.toLowerCase().match(/\w+/gu)))

/** Of a row each cell by what it begins with: "RESTRICT (staff are never deleted)" is about something else. */
function wordsAround(before: string, behind: string): string {
  if (/^\s*\|/u.test(before))
    return (
      `${before}${behind}`
        .split('|')
        // Of a column that is "no" it says that it may not be null.
        .filter((cell) => !/^\s*(?:no|not null|never)\s*$/i.test(cell))
        .map((cell) =>
          cell
            .trim()
            .split(/[\s(,;]+/u)
            .slice(0, 2)
            .join(' '),
        )
        .join(' | ')
    )
  const start = before.search(/(?<=[.!?]\s)(?![\s\S]*[.!?]\s)/u)
  return `${before.slice(Math.max(0, start))}${behind.split(/(?<=[.!?])\s/u)[0] ?? ''}`
}
