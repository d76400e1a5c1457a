/** What sentences say of a column by its name: `` the `fee` (`numeric(8,2)`) ``, "`ended_on` is empty until then", "`open`, which is true for a new zone". */
import {expression} from '../document/expressions.ts'
import {kept} from '../document/remembered.ts'
import type {Section, Span, SpecDocument, Text} from '../document/types.ts'
import {firstType} from '../sql/documented/attribute-marks.ts'
import {clausesIn} from '../sql/documented/clauses.ts'
import {linesOf} from '../sql/documented/lines.ts'
import {
  closing,
  group,
  nameOf,
  part,
  sentencesOf,
  type Stretch,
  stretchOf,
  spanOf,
  toText,
} from '../sql/documented/stretch.ts'
import {isKnownType, typeOf} from '../sql/documented/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, TypeFact} from '../sql/model.ts'

/** What is said of a column; a type, whether it may be null, or a default. */
export interface Saying {
  readonly column: Name
  /** The table before the dot, or those that the sentence names before. */
  readonly tables: readonly Name[]
  readonly section: Section
  readonly at: Span
  readonly type: TypeFact | undefined
  readonly nullable: boolean | undefined
  readonly default: Text | undefined
  /** The word "default" says it. */
  readonly isFirm: boolean
  /** What else is said of it. */
  readonly words: Span
}

const token = expression('dgu')`\x60(?:([\p{L}_]\w{0,62})\.)?([\p{L}_]\w{0,62})(\s+[A-Za-z][^\x60\n]{1,80})?\x60`
const thing = expression('dgu')`\x60([\p{L}_]\w{0,62})\x60|\*\*([\p{L}][\p{L}\p{N} _-]{1,62})\*\*`
/** Of another time, or of no column that there is to be. */
const otherwise =
  /\b(?:no|not yet|never used|instead|old|former\w*|today|currently|until now|so far|previous\w*|before|would|could|might|drop\w*|remov\w*|renam\w*|becomes?|chang\w*|later|earlier|legacy|exist\w*|step|phase|json|payload)\b/i
const isEmpty =
  /^\s*(?:,?\s*(?:which|that)\s+|,\s+and\s+|\s+and\s+|;\s+it\s+)?(?:is|stays|remains)\s+(?:null|empty|unset|not set|blank)\b(?=\s*(?:$|[.,;:)]|(?:for|while|until|as long as|if|when|unless|in|on)\b))/i
const mayBe =
  /^\s*(?:,?\s*(?:which|that)\s+)?(?:(?:may|can)\s+(?:be|stay)\s+(?:null|empty|unset)|is\s+(?:optional|nullable))\b/i
const isNever = /^\s*(?:,?\s*(?:which|that)\s+)?(?:is\s+never|(?:must|may|can)\s*not\s+be|must\s+never\s+be)\s+null\b/i
const begins = expression(
  'diu',
)`^\s*(?:,?\s*(?:which|that)\s+)?(?:(?:defaults?\s+to|starts?\s+(?:as|at|with)|begins?\s+(?:as|at|with)|is\s+initially)\s+\x60?('[^'\x60]{1,40}'|[\w.-]{1,40})\x60?|is\s+\x60?('[^'\x60]{1,40}'|[\w.-]{1,40})\x60?\s+(?:for|in|on)\s+(?:an?\s+|each\s+|every\s+|all\s+)?(?:new|fresh)\b)`
/** `` `code` VARCHAR(8) NOT NULL ``: no word in capitals is taken for a type that isn't one. */
const plainType =
  /^\s+`?([A-Z][A-Z0-9]{2,}(?:\s?\([\d, ]{1,9}\))?(?:\s(?:UNSIGNED|PRECISION|VARYING(?:\s?\(\d{1,6}\))?|WITH(?:OUT)? TIME ZONE))?)`?(?:\s+((?:NOT )?NULL\b(?:\s+DEFAULT\s+(?:'[^']{0,60}'|[\w.()-]{1,60}))?|DEFAULT\s+(?:'[^']{0,60}'|[\w.()-]{1,60})(?:\s+(?:NOT )?NULL\b)?))?(?![\w(])/du
const kindWords = String.raw`(?:(?:required|mandatory|nullable|optional|unique|non-null|generated|new|plain|single)[ ,]+(?:and )?){0,4}`
const typeWords = String.raw`[A-Z][A-Z0-9]{2,}(?:\s?\([\d, ]{1,9}\))?(?:\s(?:UNSIGNED|PRECISION|WITH(?:OUT)? TIME ZONE))?`
/** ``The required BOOLEAN `active` `` */
const typeBefore = expression('du')`(?<![\p{L}\p{N}_-])(${kindWords})(${typeWords})(?:\s(?:column|field))?\s\x60?$`
/** `` `code`, a VARCHAR(30) that is required and unique ``, `` `valid_days` is a required INTEGER with default 365 `` */
const typeBehind = expression(
  'du',
)`^,?\s+(?:(?:which|that)\s+)?(?:(?:is|as)\s+)?an?\s+(${kindWords})(${typeWords})(?![\p{L}\p{N}_])`
const thenDefault = expression(
  'diu',
)`^,?\s+(?:and\s+)?(?:(?:which|that)\s+)?(?:with\s+(?:a\s+|the\s+)?default\s+(?:of\s+)?|defaults?\s+(?:to\s+)?)\x60?('[^'\x60]{1,40}'|[\w.-]{0,39}\w(?:\(\))?)\x60?`
const thenRequired = /^,?\s+(?:which|that)\s+is\s+(?:unique\s+and\s+)?(?:required|mandatory|never null|not null)\b/i
const isRequired = /\b(?:required|mandatory|non-null)\b/
const isOptional = /\b(?:nullable|optional)\b/
const mostNames = 40
const longest = 1800

/** The sayings of lists and paragraphs; each document is read once. */
export function sayingsOf(document: SpecDocument): readonly Saying[] {
  return known(document, () => read(document))
}

const known = kept<readonly Saying[]>()

function read(document: SpecDocument): readonly Saying[] {
  const paragraphs = [document.root, ...document.sections].flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < longest)
      .map((block) => ({stretch: stretchOf(document, block), section})),
  )
  return [...linesOf(document), ...paragraphs].flatMap(({stretch, section}) =>
    stretch.text.includes('`') ? inWords(stretch, section) : [],
  )
}

function inWords(whole: Stretch, section: Section): readonly Saying[] {
  let before: readonly Name[] = []
  return sentencesOf(whole, /(?<!\b(?:e\.g|i\.e|max|min|incl))\.(?=\s)/giu).flatMap((sentence) => {
    const things = [...sentence.text.matchAll(thing)].flatMap((match) => {
      const name = group(sentence, match, match[1] === undefined ? 2 : 1)
      return name ? [{index: match.index, name: nameOf(name)}] : []
    })
    const found = otherwise.test(sentence.text) ? [] : inSentence(sentence, section, things, before)
    // The first is what it is about; of a long text not all are kept.
    const all = [...before, ...things.map(({name}) => name)]
    before = all.length > mostNames ? [...all.slice(0, 1), ...all.slice(1 - mostNames)] : all
    return found
  })
}

interface Thing {
  readonly index: number
  readonly name: Name
}

function inSentence(
  sentence: Stretch,
  section: Section,
  things: readonly Thing[],
  before: readonly Name[],
): readonly Saying[] {
  return [...sentence.text.matchAll(token)].flatMap((match): readonly Saying[] => {
    const [owner, written, typed] = [1, 2, 3].map((index) => group(sentence, match, index))
    if (!written) return []
    const column = nameOf(written)
    const end = match.index + match[0].length
    const said = saidOf(typed, part(sentence, end), column, part(sentence, Math.max(0, match.index - 150), match.index))
    if (!said.type && said.nullable === undefined && !said.default) return []
    const own = things.filter(({index}) => index < match.index).map(({name}) => name)
    const tables = owner ? [nameOf(owner)] : [...before, ...own]
    return [{column, tables, section, at: column, ...said}]
  })
}

type Said = Pick<Saying, 'type' | 'nullable' | 'default' | 'isFirm' | 'words'>

function saidOf(typed: Stretch | undefined, behind: Stretch, column: Name, before: Stretch): Said {
  const told = typed ? undefined : describedIn(before, behind)
  if (told) return told
  const opening = /^\s?\(/u.exec(behind.text)?.[0].length ?? 0
  const end = opening > 0 ? closing(behind.text, opening - 1) : -1
  const inside = end > 0 ? part(behind, opening, end - 1) : undefined
  const plain = inside || typed ? null : plainType.exec(behind.text)
  const [type, clause] = [1, 2].map((index) => (plain ? group(behind, plain, index) : undefined))
  const rest = end > 0 ? part(behind, end) : part(behind, plain?.[0].length ?? 0)
  const said = inside ?? clause
  const clauses = said ? clausesIn(said, column, true) : undefined
  const types = [typed, inside, type].map((one) => (one ? typeOf(firstType(one)) : undefined))
  const value = begins.exec(rest.text)
  const start = value ? (group(rest, value, 1) ?? group(rest, value, 2)) : undefined
  const nullable =
    isEmpty.test(rest.text) || mayBe.test(rest.text) ? true : isNever.test(rest.text) ? false : clauses?.nullable
  return {
    type: types.find((one) => isKnownType(one)),
    nullable,
    default: clauses?.default ?? (start ? toText(start) : undefined),
    isFirm: clauses?.default !== undefined || /default/i.test(value?.[0] ?? ''),
    words: wordsOf(rest),
  }
}

/** A type with words for what it may hold, on either side of the name. */
function describedIn(before: Stretch, behind: Stretch): Said | undefined {
  const back = typeBehind.exec(behind.text)
  const front = back ? null : typeBefore.exec(before.text)
  const match = back ?? front
  const whole = back ? behind : before
  const [words, written] = match ? [match[1] ?? '', group(whole, match, 2)] : []
  const type = written ? typeOf(written) : undefined
  if (!match || words === undefined || !isKnownType(type)) return undefined
  const rest = back ? part(behind, back[0].length) : behind
  const value = thenDefault.exec(rest.text)
  const found = value ? group(rest, value, 1) : undefined
  const nullable =
    isRequired.test(words) || thenRequired.test(rest.text) ? false : isOptional.test(words) ? true : undefined
  return {type, nullable, default: found ? toText(found) : undefined, isFirm: true, words: wordsOf(rest)}
}

/** What is said of a column up to the next thing in code. */
function wordsOf(rest: Stretch): Span {
  return spanOf(part(rest, 0, /[`;]/u.exec(rest.text)?.index ?? rest.text.length))
}

/** Whether a name is that of a table, as sentences write it: `zone tariff`, `ZoneTariff`. */
export function isNamedLike(name: Name, table: Name): boolean {
  const [one, other] = [name.key, lastPart(table)].map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
      .replace(/s$/u, ''),
  )
  return one === other
}
