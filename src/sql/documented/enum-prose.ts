import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import {linesOf, ofValues} from './lines.ts'
import type {DocumentedEnum, DocumentedTable} from './model.ts'
import {type Stretch, codeStretch, group, nameOf, part, stretchOf, toText} from './stretch.ts'

const quoted = '[`\'"][^`\'"\\n]{1,40}[`\'"]'
const item = String.raw`(?:${quoted}|[\p{L}\p{N}_-]{1,40})`
const joint = String.raw`(?:\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+|\s*\\?\|\s*|\s*/\s*)`
const list = String.raw`(${item}(?:${joint}${item})+)(?=\s*(?:$|[.;()–—\n]|\s-\s))`
const quotedList = String.raw`(${quoted}(?:${joint}${quoted})+)`
const inMark = '`[\\w-]{1,40}`'
const name = '[`*]{0,3}([\\p{L}_][\\p{L}\\p{N}_.]*)[`*]{0,3}'

/** ``New enum `state`: `a`, `b` ``, ``Allowed values of `state`: a, b``, ``state: one of a, b``, ``CHECK (state IN ('a', 'b'))``. */
const said: readonly RegExp[] = [
  // ``extend `state` ENUM('a', 'b'), not null, to ENUM('a', 'b', 'c')``
  expression(
    'diu',
  )`\x60([\p{L}_][\p{L}\p{N}_]*)\x60\s*:?\s*\x60?ENUM\s*\([^()\n]{1,300}\)\x60?[^\x60();\n]{0,60}?(?:\bto\b|→|->|\bbecomes\b)\s*\x60?ENUM\s*\(([^()\n]{1,300})\)`,
  expression(
    'diu',
  )`^(?:(?:new|the|add(?:ed)?|create)\s+)?(?:enum(?:eration)?|enum type|(?<=new\s)type)\s+${name}\s*(?:[:=–—(]|-|with|has)\s*(?:values?:?\s*)?${list}`,
  expression(
    'diu',
  )`^[*]{0,2}(?:allowed|valid|possible|permitted)\s+(?:values|states)\s+(?:of|for|in)\s+(?:the\s+)?(?:column\s+)?${name}[*:\s–—-]+${list}`,
  expression(
    'diu',
  )`^${name}\s*(?:\(?enum\)?|values|states|\((?:type|check|enum type)\))\s*(?:\([^()]*\))?[*]{0,2}\s*[:=–—-]\s*[*]{0,2}\s*${list}`,
  expression('diu')`^${name}\s*[:–—-]\s*(?:one of|either|allowed values|values|enum)\s*:?\s*${list}`,
  expression(
    'diu',
  )`^[^.\n]{0,80}?\x60([\p{L}_][\p{L}\p{N}_.]*)\x60[^.\x60\n]{0,60}?\b(?:one of|values?|can be|may be|must be|is either)\b:?\s*${quotedList}`,
  // ``**Database:** VARCHAR with CHECK in `orders.state`: `a`, `b` ``, ``**Database:** Stored as an ENUM in `t.c`: `a`, `b` ``.
  expression(
    'diu',
  )`^[*]{0,2}(?:database|stored|states of|values of)\b[^\x60\n]{0,80}\x60([\p{L}_][\p{L}\p{N}_.]*)\x60\)?[*]{0,2}:\s*${quotedList}`,
  expression('diu')`\bCHECK\s*\(\s*\(?["\x60]?([\p{L}_][\p{L}\p{N}_.]*)["\x60]?\s+IN\s*\(((?:\s*'[^']*'\s*,?)+)\)`,
]

/** `` `state`: `a`, `b` `` in a list of enums, which says what each of them has. */
const inList = expression(
  'diu',
)`^[*]{0,3}\x60([\p{L}_][\p{L}\p{N}_.]*)\x60[*]{0,3}\s*(?:[:=–—-]\s*\(?|\()${quotedList}\)?\s*[.;]?$`
/** `` `state`: open, paid, closed ``, `state (open | paid)`, with nothing behind them. */
const inPlainList = expression(
  'diu',
)`^[*]{0,3}\x60?([\p{L}_][\p{L}\p{N}_.]*)\x60?[*]{0,3}\s*(?:[:=–—-]\s*[({]?|\()\s*([\p{L}\p{N}_-]{1,40}(?:\s*[,|/]\s*[\p{L}\p{N}_-]{1,40})+)\s*[)}]?\s*[.;]?$`
const ofEnums = /\benum(?:s|erations?|\s+types?)?\b/i
const ofOld = /\b(?:extend|exist|modif|chang|alter|add)/i

/** A word that each of them has. They are long, and most lines have none. */
const hint = /enum|value|state|one of|either|(?:can|may|must) be|database|stored|check|\(type\)/i

/** Enums that lists and paragraphs say in words. */
export function enumsInWords(document: SpecDocument, tables: readonly DocumentedTable[]): readonly DocumentedEnum[] {
  const isInTable = ({at}: Stretch): boolean => tables.some(({start, end}) => start <= at(0) && at(0) < end)
  const lines = linesOf(document).map(({stretch, section}) => ({stretch, section}))
  const paragraphs = [document.root, ...document.sections].flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < 600)
      .map((block) => ({stretch: stretchOf(document, block), section})),
  )
  const listed = linesOf(document).flatMap(({stretch, section, topic}) => {
    const match =
      (ofEnums.test(topic) || ofValues.test(topic)) && !ofOld.test(topic) && !isInTable(stretch)
        ? (inList.exec(stretch.text) ?? inPlainList.exec(stretch.text))
        : null
    const owner = match ? group(stretch, match, 1) : undefined
    const values = match ? group(stretch, match, 2) : undefined
    return owner && values ? inWords(owner, values, section).map((one) => ({...one, source: 'list' as const})) : []
  })
  const isListed = ({at, text}: Stretch): boolean =>
    listed.some(({start}) => at(0) <= start && start < at(0) + text.length)
  const inSentences = [...lines, ...paragraphs].flatMap(({stretch, section}) => {
    if (!hint.test(stretch.text) || isListed(stretch) || isInTable(stretch)) return []
    const sentences = inSentence(stretch, section)
    if (sentences.length > 0) return sentences
    for (const pattern of said) {
      const match = pattern.exec(stretch.text)
      const owner = match ? group(stretch, match, 1) : undefined
      const values = match ? group(stretch, match, 2) : undefined
      if (owner && values) return inWords(owner, values, section)
    }
    return []
  })
  return [...listed, ...inSentences]
}

/** ``The allowed values of `t.c` are `a` and `b`; those of `t.d` are …``, to the end of the sentence. */
const sentence = expression(
  'dgiu',
)`(?:^|[.;]\s+)(?:(?:the\s+)?(?:allowed|valid|possible|permitted)\s+(?:values|states)|(?<also>those))\s+(?:of|for)\s+(?:the\s+)?(?:column\s+)?\x60([\p{L}_][\p{L}\p{N}_]*)\.([\p{L}_][\p{L}\p{N}_]*)\x60\s+are:?\s+${quotedList}(?=\s*(?:$|[.;](?:\s|$)))`

function inSentence(stretch: Stretch, section: Section): readonly DocumentedEnum[] {
  if (!/`\s+are\b/i.test(stretch.text)) return []
  const matches = [...stretch.text.matchAll(sentence)]
  if (matches[0]?.groups?.['also'] !== undefined) return []
  return matches.flatMap((match): readonly DocumentedEnum[] => {
    const [table, column, values] = [2, 3, 4].map((at) => group(stretch, match, at))
    if (!table || !column || !values) return []
    return inWords(column, values, section).map((one) => ({...one, table: nameOf(table), source: 'column' as const}))
  })
}

const alone = expression(
  'diu',
)`^(?:(?:the\s+)?(?:(?:allowed|valid|possible|permitted|stored)\s+)?(?:values|states|one of)(?:\s+are)?\s*:?\s*)?${quotedList}\s*\.?$`
const bareCheck = expression(
  'diu',
)`^\s*(?:CHECK\s*\(\s*)?["\x60]?[\p{L}_][\p{L}\p{N}_.]*["\x60]?\s+IN\s*\(((?:\s*'[^']*'\s*,?)+)\)`

/** Values in a line of their own below `### Status Enum`, or in a mere `CHECK (status IN ('a', 'b'))` there. */
export function titledValues(document: SpecDocument, section: Section, owner: Stretch): readonly DocumentedEnum[] {
  return section.blocks.flatMap((block) => {
    if (block.kind !== 'paragraph' && block.kind !== 'code') return []
    const stretch = block.kind === 'code' ? codeStretch(block) : stretchOf(document, block)
    const match = stretch.text.length < 600 ? (block.kind === 'code' ? bareCheck : alone).exec(stretch.text) : null
    const values = match ? group(stretch, match, 1) : undefined
    return values
      ? inWords(owner, values, section).map((one) => ({...one, start: values.at(0), source: 'list' as const}))
      : []
  })
}

function inWords(owner: Stretch, values: Stretch, section: Section): readonly DocumentedEnum[] {
  const found = itemsIn(values)
  if (found.length < 2 || /^(?:enum|type|the|a|an|new|values?|column)$/i.test(owner.text)) return []
  const [first, last] = [found[0], found.at(-1)]
  if (!first || !last) return []
  return [
    {
      kind: 'documentedEnum',
      start: owner.at(0),
      end: last.end,
      name: nameOf(owner),
      values: found,
      table: undefined,
      section,
      source: 'prose',
    },
  ]
}

function itemsIn(values: Stretch): DocumentedEnum['values'] {
  const marked = [...values.text.matchAll(/[`'"]([^`'"\n]+)[`'"]/dgu)].flatMap((match) => group(values, match, 1) ?? [])
  if (marked.length > 0) return marked.map((one) => toText(one))
  return [...values.text.matchAll(/[\p{L}\p{N}_-]+/gu)]
    .filter(([word]) => !/^(?:or|and)$/i.test(word))
    .map((match) => toText(part(values, match.index, match.index + match[0].length)))
}

const plain =
  /(?:\||[–—:(]|\s-)\s*([a-z][\w-]*(?:,\s+[a-z][\w-]*)*,?\s+or\s+[a-z][\w-]*|[a-z][\w-]*(?:\s*(?:\/|\\\|)\s*[a-z][\w-]*){2,})\s*(?=\||$|[,.;)])/du

/** `` `open`, `waived` or `solved` `` behind a type; with fewer than three it takes an "or". */
const inMarks =
  /(?:\||[–—:(]|\s-)\s*(`[\w-]{1,40}`(?:,\s*`[\w-]{1,40}`)*,?\s+or\s+`[\w-]{1,40}`|`[\w-]{1,40}`(?:(?:,|\s*\/|\s*\\?\|)\s*`[\w-]{1,40}`){2,})\s*(?=\||$|[,.;)])/du

/** `(required, open | done | failed)`. */
const inBars = /[,(:]\s*([a-z][\w-]*(?:\s*\\?\|\s*[a-z][\w-]*){2,})\s*(?=$|[,.;)])/du

/** `one of guest, sponsor, crew` without marks. */
const oneOfWords =
  /\b[Oo]ne of:?\s+([a-z][\w-]*(?:,\s+(?!or\b|and\b)[a-z][\w-]*)+(?:,?\s+(?:or|and)\s+[a-z][\w-]*)?)\s*(?=$|[.;)])/du

/** "allowed are `web` and `desk`" */
const allowed = new RegExp(
  String.raw`\b(?:allowed|valid|possible|permitted)(?:\s+(?:values|states))?\s+(?:are|is)(?:\s+either)?:?\s+(${inMark}(?:${joint}${inMark})+)`,
  'diu',
)

/** "enum: planned, on_road" and "check `ck_orders_way`: round, courier" in a cell, or behind a semicolon. */
const behindColon =
  /(?:^|\||[;,(])\s*(?:enum|check(?:\s+`\w{1,62}`)?|(?:allowed\s+)?values|states)\s*:\s*([a-z][\w-]{0,39}(?:,\s+(?:or\s+)?[a-z][\w-]{0,39})+)\s*(?=\||$|[.;)])/diu

/** `web, desk or phone` as the words on a column: values, perhaps. */
export function valuesInWords(line: Stretch): DocumentedEnum['values'] {
  const patterns = [plain, inMarks, inBars, oneOfWords, allowed, behindColon]
  const match = patterns.map((pattern) => pattern.exec(line.text)).find((one) => one !== null)
  const values = match ? group(line, match, 1) : undefined
  return values ? itemsIn(values) : []
}
