/** Indexes and unique keys that paragraphs and other items name with their columns: ``Index `ix_a` on `t` (`b`, `c`)``. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import type {DocumentedIndex} from './model.ts'
import type {Owners} from './owners.ts'
import {divided} from './clauses.ts'
import {keysListed, leadingTable} from './key-lists.ts'
import {type Stretch, bare, group, nameOf, namesIn, part, pieces, sentencesOf, spanOf, stretchOf} from './stretch.ts'

const word = String.raw`[\p{L}_][\p{L}\p{N}_$]{0,62}`
const column = String.raw`\x60?${word}\x60?(?:\s(?:ASC|DESC))?`
const columns = String.raw`\((\s?${column}(?:\s?,\s?${column}){0,15}\s?)\)`
const index = expression(
  'dgiu',
)`(?:\b(unique)\s)?(?:(?:composite|secondary|covering|b-?tree)\s)?(?:(index|key|constraint)\s)?\x60(${word})\x60\s(?:(unique)\s)?(?:on|over|of)\s(?:the\s)?(?:table\s)?(?:\x60?(${word}(?:\.${word})?)\x60?\s?${columns}|\x60(${word}(?:\.${word})?)\s?${columns}\x60|\x60?${columns}\x60?)`
/** `` `ix_orders_day` (day) on `orders` `` */
const behind = expression(
  'dgiu',
)`(?:\b(unique)\s)?(?:(index|key|constraint)\s)?\x60(${word})\x60\s\x60?${columns}\x60?\s(?:on|of|in)\s(?:the\s)?(?:table\s)?\x60(${word}(?:\.${word})?)\x60`
/** `` `orders` gets `ix_orders_day` over (day) `` */
const gets = expression(
  'diu',
)`\x60(${word}(?:\.${word})?)\x60\s(?:also\s)?(?:gets?|gains?|receives?|has|carries)\s(?:an?\s|the\s)?(?:(?:unique|composite|partial|covering)\s)?(?:(?:index|key)\s)?$`
/** Letters of which each index and each name of one has some. */
const some = /i(?:x|dx|ndex)|key|constraint|u(?:x|q|k|nique)/i
/** What a name begins or ends with that is one of an index or a unique key. */
export const indexName = /^(?:idx|ix|ux|uq|uk|unique|index)_|_(?:idx|index|key|uq|uk|ix)$/iu
/** Words of what is not to be there, or is there already. */
const otherwise =
  /\b(?:no|not|never|without|present|remains?|stays?|drop\w*|remov\w*|replac\w*|instead|old|former|exist\w*|already|today|currently|later|until|previous\w*|would|could|may|might|obsolete|rename\w*|rebuil\w*|foreign)\b/i
/** "On `orders` we add `ix_orders_day` on `(day)`" */
const leading = expression('diu')`^\s*(?:on|in|for)\s(?:the\s)?(?:table\s)?\x60(${word}(?:\.${word})?)\x60`
const longest = 1000

export function indexesInSentences(document: SpecDocument, owners: Owners): readonly DocumentedIndex[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.blocks.flatMap((block) =>
      block.kind === 'paragraph' ? inSentences(part(stretchOf(document, block), 0, longest), section, owners) : [],
    ),
  )
}

function inSentences(whole: Stretch, section: Section, owners: Owners): readonly DocumentedIndex[] {
  if (!whole.text.includes('`') || !whole.text.includes('(') || !some.test(whole.text)) return []
  const table = leadingTable(whole) ?? owners.sureAt(section, whole.at(0))
  const listed = sentencesOf(whole, /(?<![\s(]\w)\.\s+/gu).flatMap((sentence) => keysListed(sentence, table, section))
  const others = named(whole, section, owners).filter(
    ({start}) => !listed.some((one) => one.start <= start && start < one.end),
  )
  return [...uniqueList(whole, section), ...listed, ...others]
}

/** "Unique: `orders_code` (`Order.code`), `slot` (`Visit.tuner`, `Visit.startsAt`)." */
function uniqueList(whole: Stretch, section: Section): readonly DocumentedIndex[] {
  const lead = /^[*_\s]*unique(?:\s(?:keys?|constraints?|index(?:es)?))?[*_]*\s*:[*_]*\s*(?=`)/i.exec(whole.text)
  if (!lead) return []
  return pieces(part(whole, lead[0].length), /^[,;]/u).flatMap((piece): readonly DocumentedIndex[] => {
    const match = withColumns.exec(piece.text)
    const [name, list] = match ? [group(piece, match, 1), group(piece, match, 2)] : []
    const paths = list ? pieces(list, /^,/u).map((one) => divided(bare(one), true)) : []
    const [first] = paths
    if (!name || !first?.column || paths.some(({table, column: own}) => !own || table.text !== first.table.text))
      return []
    return [
      {
        kind: 'documentedIndex',
        ...spanOf(piece),
        what: 'index',
        name: nameOf(name),
        table: nameOf(first.table),
        columns: paths.flatMap(({column: own}) => (own ? [nameOf(own)] : [])),
        unique: true,
        partial: false,
        section,
      },
    ]
  })
}

const withColumns = expression(
  'du',
)`^\s*\x60(${word})\x60\s*\((\x60${word}\.${word}\x60(?:\s?,\s?\x60${word}\.${word}\x60){0,15})\)[\s.]*$`

function named(whole: Stretch, section: Section, owners: Owners): readonly DocumentedIndex[] {
  let last: Stretch | undefined
  const carried = (name: string): Stretch | undefined =>
    last && name.toLowerCase().includes(last.text.replace(/^.*\./u, '').toLowerCase()) ? last : undefined
  return sentencesOf(whole, /[.;]\s+/gu)
    .filter(({text}) => text.includes('(') && some.test(text) && !otherwise.test(text))
    .flatMap((sentence) =>
      namedIn(sentence).flatMap(({match, list, own}) => {
        const name = group(sentence, match, 3)
        const isUnique = match[1] !== undefined || match[4]?.toLowerCase() === 'unique'
        if (!name || !list || (match[2] === undefined && !indexName.test(name.text))) return []
        const owner = own ?? ownerBefore(sentence, match.index)
        last = owner ?? last
        const lead = leading.exec(sentence.text)
        const table = owner ?? (lead ? group(sentence, lead, 1) : undefined) ?? carried(name.text)
        const end = match.index + match[0].length
        return [
          {
            kind: 'documentedIndex' as const,
            ...spanOf(part(sentence, match.index, end)),
            what: 'index' as const,
            name: nameOf(name),
            table: table ? nameOf(table) : owners.sureAt(section, whole.at(0)),
            columns: namesIn(list),
            unique: isUnique || /^(?:uq|uk|ux|unique)_/i.test(name.text),
            partial: /^[\s`]*(?:where\b|partial\b)/i.test(sentence.text.slice(end)),
            section,
          },
        ]
      }),
    )
}

interface NamedIndex {
  readonly match: RegExpExecArray
  readonly list: Stretch | undefined
  readonly own: Stretch | undefined
}

function namedIn(sentence: Stretch): readonly NamedIndex[] {
  const of = (match: RegExpExecArray, groups: readonly number[]): Stretch | undefined =>
    groups.map((one) => group(sentence, match, one)).find((one) => one !== undefined)
  return [
    ...[...sentence.text.matchAll(index)].map((match) => ({
      match,
      list: of(match, [6, 8, 9]),
      own: of(match, [5, 7]),
    })),
    ...[...sentence.text.matchAll(behind)].map((match) => ({match, list: of(match, [4]), own: of(match, [5])})),
  ].toSorted((one, other) => one.match.index - other.match.index)
}

function ownerBefore(sentence: Stretch, at: number): Stretch | undefined {
  const match = gets.exec(sentence.text.slice(Math.max(0, at - 200), at))
  const from = part(sentence, Math.max(0, at - 200), at)
  return match ? group(from, match, 1) : undefined
}
