import {expression} from '../../document/expressions.ts'
import {sectionAt} from '../../document/places.ts'
import type {CodeBlock, SpecDocument} from '../../document/types.ts'
import {areAttributes, attributeIn, type ReadAttribute} from './attributes.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import {stateOf} from './states.ts'
import {type Stretch, codeStretch, group, nameOf, part, spanOf, trim} from './stretch.ts'

/** Entities in pseudo code, as templates have them: `Order {`, then `id: UUID (PK)` line by line, then `}`. */
export function entityBlocks(document: SpecDocument): readonly DocumentedTable[] {
  return document.codes.filter(isPlain).flatMap((code) => blocksIn(code, document))
}

/** Code of no language: what has one has a reader of its own. */
export function isPlain({language}: CodeBlock): boolean {
  return language === undefined || /^(?:te?xt|plain|plaintext|pseudo\w*)$/u.test(language)
}

const opening = expression(
  'diu',
)`^\s*(?:(?:entity|table|model|type)\s+)?([\p{L}_][\p{L}\p{N}_.]{0,80})\s*(?:\(([\p{L} ,]{1,40})\)\s*)?\{\s*$`
const isOld = /\b(?:exists?|existing|present|current|changed|modified|altered|extended)\b/i
/** ``corrected: boolean (new, required)``. */
const isAdded = /\((?:[^()]{0,80},\s*)?(?:new|added)\b/i
const mostLines = 2000

interface Line {
  readonly attribute: ReadAttribute | undefined
  readonly isNew: boolean
}

function blocksIn(code: CodeBlock, document: SpecDocument): readonly DocumentedTable[] {
  const found: DocumentedTable[] = []
  let name: Stretch | undefined
  let isThere = false
  let read: Line[] = []
  for (const line of linesOf(code)) {
    const match = opening.exec(line.text)
    if (match) {
      name = group(line, match, 1)
      isThere = isOld.test(match[2] ?? '')
      read = []
    } else if (/^\s*\}/u.test(line.text)) {
      if (name && areAttributes(read.map(({attribute}) => attribute)))
        found.push(tableOf({name, isThere}, read, code, document))
      name = undefined
    } else if (name && /[^\s,]/u.test(line.text) && !/^\s*(?:\/\/|#|--)/u.test(line.text)) {
      const isNew = isAdded.test(line.text)
      read.push(...attributesIn(withoutComma(trim(line))).map((attribute) => ({attribute, isNew})))
    }
  }
  return found
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
      const line = part(whole, from, from + text.length)
      from += text.length + 1
      return line
    })
}

function withoutComma(line: Stretch): Stretch {
  return /[,;]$/u.test(line.text) ? part(line, 0, line.text.length - 1) : line
}

/** Of a table that is there already, the lines that are new are what it gets. */
function tableOf(
  {name, isThere}: {readonly name: Stretch; readonly isThere: boolean},
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
