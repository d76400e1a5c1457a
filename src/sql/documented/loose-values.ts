/** Lists of values of which nothing tells what they are values of: states in tables, in lists, in diagrams and in sentences. */
import type {Section, Span, SpecDocument, Text} from '../../document/types.ts'
import {linesOf} from './lines.ts'
import {type Stretch, bare, bareAt, codeStretch, group, part, stretchOf, toText} from './stretch.ts'

export interface LooseValues extends Span {
  /** What the words around call them: the header of the table, the words above the list. */
  readonly words: string
  readonly values: readonly Text[]
}

const value = /^[a-z][a-z0-9_-]{0,39}$/i
const fewest = 3

export function looseValues(document: SpecDocument): readonly LooseValues[] {
  const sections = [document.root, ...document.sections]
  return [
    ...sections.flatMap((section) => fromTables(section, document)),
    ...sections.flatMap((section) => fromCells(section, document)),
    ...fromLists(document),
    ...sections.flatMap((section) => fromSentences(section, document)),
    ...document.codes
      .filter(({language, value: text}) => language === 'mermaid' && /^\s*stateDiagram/u.test(text))
      .flatMap(fromDiagram),
  ].filter(({values}) => values.length >= fewest && new Set(values.map(({text}) => text)).size === values.length)
}

function fromTables({tables}: Section, document: SpecDocument): readonly LooseValues[] {
  return tables.flatMap(({header, rows, start, end}) => {
    const columns = header.map(({text: words}, at) => {
      const cells = rows.flatMap(({cells: all}) => all[at] ?? [])
      return {start, end, words, values: cells.length === rows.length ? valuesIn(cells, at > 0, document) : []}
    })
    const [first, ...others] = columns
    const [from, to] = [/^from\b/i, /^to\b/i].map((form) => columns.find(({words}) => form.test(words)))
    // Where one state goes to several, each row has it again.
    if (from && to)
      return [{start, end, words: `${from.words} state`, values: distinct([...from.values, ...to.values])}]
    return [...(first ? [first] : []), ...others.map((one) => ({...one, values: distinct(one.values)}))]
  })
}

/** The values of a column with nothing else. Only the first column may be values without a mark. */
function valuesIn(cells: readonly Span[], isMarked: boolean, document: SpecDocument): readonly Text[] {
  const values: Text[] = []
  for (const cell of cells) {
    const written = stretchOf(document, cell)
    if (isMarked && !/^\s*`/u.test(written.text)) return []
    const text = bare(written)
    if (!value.test(text.text)) return []
    values.push(toText(text))
  }
  return values
}

/** "One of dog, cat, bird" and "receipt, pick, move" in a row that begins with the name of the column or the enum. */
function fromCells({tables}: Section, document: SpecDocument): readonly LooseValues[] {
  return tables.flatMap(({rows}) =>
    rows.flatMap(({cells: [first, ...others]}) => {
      const words = first ? bareAt(document, first).text : ''
      return others.flatMap((cell): readonly LooseValues[] => {
        const stretch = part(bareAt(document, cell), 0, 400)
        const match = plainRow.exec(stretch.text)
        const list = match ? group(stretch, match, 1) : undefined
        if (!list) return []
        const values = [...list.text.matchAll(/[a-z][a-z0-9_-]*/gu)]
          .filter(([word]) => word !== 'or' && word !== 'and')
          .map(({0: word, index}) => toText(part(list, index, index + word.length)))
        return [{...spanIn(list), words, values}]
      })
    }),
  )
}

const word = '[a-z][a-z0-9_-]{0,39}'
/** Nothing but words between commas, at the most behind "One of". */
const plainRow = new RegExp(
  String.raw`^(?:(?:[Oo]ne|[Aa]ny) of:?\s+)?(${word}(?:,\s*(?:or\s+|and\s+)?${word}){2,40}(?:\s+(?:or|and)\s+${word})?)\.?$`,
  'du',
)

function distinct(values: readonly Text[]): readonly Text[] {
  return [...new Map(values.toReversed().map((one) => [one.text, one])).values()].toSorted((a, b) => a.start - b.start)
}

/** Items that begin with a value in back quotes. */
function fromLists(document: SpecDocument): readonly LooseValues[] {
  const lists = new Map<Section, Map<number, {values: Text[]; words: string; end: number; isWhole: boolean}>>()
  for (const {section, item, stretch, topic} of linesOf(document)) {
    const own = lists.get(section) ?? new Map<number, {values: Text[]; words: string; end: number; isWhole: boolean}>()
    lists.set(section, own)
    const list = section.lists.find((one) => one.start <= item.start && item.end <= one.end)
    const at = list?.start ?? item.start
    const found = own.get(at) ?? {values: [], words: wordsAbove(section, at) ?? topic, end: item.end, isWhole: true}
    const match = /^\s*(?:\*\*)?`([^`]+)`(?:\*\*)?\s*(?:$|[:–—-])/du.exec(stretch.text)
    const text = match ? group(stretch, match, 1) : undefined
    if (text && value.test(text.text)) found.values.push(toText(text))
    else found.isWhole = false
    own.set(at, {...found, end: item.end})
  }
  return [...lists.values()].flatMap((own) =>
    [...own].flatMap(([start, {isWhole, ...one}]) => (isWhole ? [{start, ...one}] : [])),
  )
}

function wordsAbove({blocks}: Section, at: number): string | undefined {
  const above = blocks.findLast((block) => block.end <= at)
  return above?.kind === 'paragraph' ? above.text : undefined
}

const marked = '`[\\w-]{1,40}`'
const joint = String.raw`(?:\s*,\s*(?:(?:or|and|then)\s+)?|\s+(?:or|and)\s+|\s*/\s*|\s*(?:→|->|⟶|=>)\s*)`
const row = new RegExp(`${marked}(?:${joint}${marked}){2,}`, 'gu')

/** `` `open`, `sent` and `paid` `` and `` `open` → `sent` → `paid` `` in paragraphs and items. */
function fromSentences(section: Section, document: SpecDocument): readonly LooseValues[] {
  const blocks = [
    ...section.blocks.filter(({kind}) => kind === 'paragraph'),
    ...section.lists.flatMap(({items}) => items).map(({textSpan}) => textSpan),
  ]
  return blocks.flatMap((block) => {
    const stretch = part(stretchOf(document, block), 0, 1000)
    if (!stretch.text.includes('`')) return []
    return [...stretch.text.matchAll(row)].map((match) => {
      const whole = part(stretch, match.index, match.index + match[0].length)
      return {
        ...spanIn(whole),
        words: stretch.text.slice(Math.max(0, match.index - 80), match.index),
        values: quotedIn(whole),
      }
    })
  })
}

function quotedIn(whole: Stretch): readonly Text[] {
  return [...whole.text.matchAll(/`([^`]+)`/dgu)].flatMap((match) => {
    const inner = group(whole, match, 1)
    return inner ? [toText(inner)] : []
  })
}

function spanIn({text, at}: Stretch): Span {
  return {start: at(0), end: at(text.length - 1) + 1}
}

/** The states of `a --> b`, each once. */
function fromDiagram(code: Parameters<typeof codeStretch>[0]): readonly LooseValues[] {
  const stretch = codeStretch(code)
  const seen = new Map<string, Text>()
  for (const match of stretch.text.matchAll(/^[ \t]*(?:\[\*\]|([\w-]+))[ \t]*-->[ \t]*(?:\[\*\]|([\w-]+))/dgmu))
    for (const at of [1, 2]) {
      const state = group(stretch, match, at)
      if (state && !seen.has(state.text)) seen.set(state.text, toText(state))
    }
  return [{start: code.start, end: code.end, words: 'state', values: [...seen.values()]}]
}
