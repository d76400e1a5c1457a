import {expression} from '../../document/expressions.ts'
import {sectionAt} from '../../document/places.ts'
import {kept} from '../../document/remembered.ts'
import type {CodeBlock, SpecDocument} from '../../document/types.ts'
import {areAttributes, attributeIn, type ReadAttribute} from './attributes.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import {stateOf} from './states.ts'
import {type Stretch, codeStretch, group, nameOf, part, spanOf, trim} from './stretch.ts'

/** Entities in pseudo code, as templates have them: `Order {`, then `id: UUID (PK)` line by line, then `}`. */
export function entityBlocks(document: SpecDocument): readonly DocumentedTable[] {
  return blocksOf(document).map(({table}) => table)
}

/** An entity, and its lines that are of no single column: `unique: (a, b)`. */
export interface EntityBlock {
  readonly table: DocumentedTable
  readonly keys: readonly Stretch[]
}

const known = kept<readonly EntityBlock[]>()

export function blocksOf(document: SpecDocument): readonly EntityBlock[] {
  return known(document, () => document.codes.filter(isPlain).flatMap((code) => blocksIn(code, document)))
}

/** Code of no language: what has one has a reader of its own. */
export function isPlain({language}: CodeBlock): boolean {
  return language === undefined || /^(?:te?xt|plain|plaintext|pseudo\w*)$/u.test(language)
}

const word = String.raw`[\p{L}_][\p{L}\p{N}_.]{0,80}`
/** `Order`, `Entity: Order`, `Order (existing)`, `Order (table: orders)`, `Order → orders`, with what ends it: a brace, a colon or nothing. */
const opening = expression(
  'diu',
)`^\s{0,99}(?:[*-]\s{1,9})?(?:(?:entity|table|model|type)\s{0,9}:?\s{1,9})?["\x60]?(${word})["\x60]?\s{0,99}(?:[(\[]([\p{L}_ ,:="\x60]{1,60})[)\]]\s{0,99}|(?:→|->)\s{0,9}(${word})\s{0,99})?(\{|:)?\s{0,199}(?:(?://|#|--)(.{0,200}))?$`
/** `// table clients, exists already`. */
const tableNamed =
  /\b(?:table|collection)\s+[`"']?(?!(?:that|which|is|was|exists|for|of|with|name|already|to|in|on)\b)([A-Za-z_][\w.]{0,80})/d
const comment = /\s(?:\/\/|#|--)\s.*$/u
/** `index: (a, b)`, `unique: (a, b)`, `exclusion: …`: of the table, not of a column. */
const ofTable =
  /^(?:(?:unique|partial|composite|primary|foreign)\s+)*(?:index(?:es)?|keys?|constraints?|exclusion|excludes?|checks?|unique)\s*[:(]/i
const isOld = /\b(?:exists?|existing|present|current|changed|modified|altered|extended)\b/i
/** `corrected: boolean (new, required)`, `corrected: boolean // new`. */
const isAdded = /\((?:[^()]{0,80},\s*)?(?:new|added)\b|\s(?:\/\/|#|--)\s*(?:new|added)\b/i
const mostLines = 2000

interface Line {
  readonly attribute: ReadAttribute | undefined
  readonly isNew: boolean
}

function blocksIn(code: CodeBlock, document: SpecDocument): readonly EntityBlock[] {
  const found: EntityBlock[] = []
  let open: Open | undefined
  const close = (): void => {
    if (open && areAttributes(open.read.map(({attribute}) => attribute)))
      found.push({table: tableOf(open.head, open.read, code, document), keys: open.keys})
    open = undefined
  }
  for (const line of linesOf(code)) {
    const indent = /^\s*/u.exec(line.text)?.[0].length ?? 0
    const isEmpty = indent === line.text.length
    if (/^\s*\{\s*$/u.test(line.text)) {
      open = open && {...open, head: {...open.head, isIndented: false}}
      continue
    }
    if (open?.head.isIndented === true && (isEmpty || indent <= open.head.indent)) close()
    const head = headOf(line, indent)
    if (head && (!open || (!open.head.isIndented && !head.isIndented))) open = {head, read: [], keys: []}
    else if (/^\s*\}/u.test(line.text)) close()
    else if (open) open = withLine(open, line)
  }
  if (open?.head.isIndented === true) close()
  return found
}

/** An entity that has begun and not ended. */
interface Open {
  readonly head: Head
  readonly read: readonly Line[]
  readonly keys: readonly Stretch[]
}

interface Head {
  readonly name: Stretch
  readonly isThere: boolean
  readonly indent: number
  /** Without braces: what stands further in is of it. */
  readonly isIndented: boolean
}

function headOf(line: Stretch, indent: number): Head | undefined {
  const match = opening.exec(line.text)
  const written = match ? group(line, match, 1) : undefined
  if (!match || !written) return undefined
  const aside = group(line, match, 2)
  const words = group(line, match, 5)
  const named = words ? tableNamed.exec(words.text) : undefined
  return {
    name:
      group(line, match, 3) ??
      (aside && nameAside(aside, written.text)) ??
      (words && named ? group(words, named, 1) : undefined) ??
      written,
    isThere: isOld.test(match[2] ?? '') || isOld.test(match[5] ?? ''),
    indent,
    isIndented: match[4] !== '{',
  }
}

/** `orders`, `table: orders` behind `Order`; not `existing`. */
function nameAside(aside: Stretch, name: string): Stretch | undefined {
  const match = /^\s*(table\s*[:=]?\s*)?["`]?([a-z_][\w.]*)["`]?\s*$/du.exec(aside.text)
  const found = match ? group(aside, match, 2) : undefined
  const isAlike = found?.text.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()
  return match?.[1] !== undefined || isAlike ? found : undefined
}

function withLine(open: Open, line: Stretch): Open {
  if (!/[^\s,]/u.test(line.text) || /^\s*(?:\/\/|#|--)/u.test(line.text)) return open
  const behind = /^\s*[*-]\s+/u.exec(line.text)?.[0].length ?? 0
  const own = withoutComma(trim(part(line, behind, comment.exec(line.text)?.index)))
  if (ofTable.test(own.text)) return {...open, keys: [...open.keys, own]}
  const isNew = isAdded.test(line.text)
  return {...open, read: [...open.read, ...attributesIn(own).map((attribute) => ({attribute, isNew}))]}
}

/** `created_at, updated_at: TIMESTAMP` says one thing of two. */
function attributesIn(line: Stretch): readonly (ReadAttribute | undefined)[] {
  const names = /^\w{1,63}(?:\s*,\s*\w{1,63})+(?=\s*:)/u.exec(line.text)?.[0] ?? ''
  const all = [...names.matchAll(/\w+/gu)].map(({0: name, index}) => part(line, index, index + name.length))
  const last = all.at(-1)
  if (!last) return [attributeIn(line)]
  const attribute = attributeIn(part(line, names.length - last.text.length))
  return all.map((name) =>
    attribute && name !== last
      ? {...attribute, column: {...attribute.column, name: nameOf(name), start: name.at(0)}}
      : attribute,
  )
}

function linesOf(code: CodeBlock): readonly Stretch[] {
  const whole = codeStretch(code)
  let from = 0
  return code.value
    .split('\n')
    .slice(0, mostLines)
    .map((text) => {
      const line = part(whole, from, from + text.length - Number(text.endsWith('\r')))
      from += text.length + 1
      return line
    })
}

function withoutComma(line: Stretch): Stretch {
  return /[,;]$/u.test(line.text) ? part(line, 0, line.text.length - 1) : line
}

/** Of a table that is there already, the lines that are new are what it gets. */
function tableOf(
  {name, isThere}: Head,
  lines: readonly Line[],
  code: CodeBlock,
  document: SpecDocument,
): DocumentedTable {
  const isChanged = lines.some(({isNew}) => isNew) && (isThere || lines.some(({isNew}) => !isNew))
  const read = lines.flatMap(({attribute, isNew}) => (attribute && (isNew || !isChanged) ? [attribute] : []))
  const section = sectionAt(document, code.start)
  const {start, end} = spanOf(name)
  return {
    kind: 'documentedTable',
    start,
    end: read.at(-1)?.column.end ?? end,
    name: nameOf(name),
    ...heldBy(read),
    section,
    source: 'attributeList',
    state: isThere || isChanged ? 'existing' : stateOf(section),
    certain: false,
    part: isChanged ? 'added' : 'all',
    asks: new Set(),
    changes: read.flatMap(({change}) => change ?? []),
  }
}
