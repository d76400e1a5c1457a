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
function isPlain({language}: CodeBlock): boolean {
  return language === undefined || /^(?:te?xt|plain|plaintext|pseudo\w*)$/u.test(language)
}

const opening = /^\s*(?:(?:entity|table|model|type)\s+)?([\p{L}_][\p{L}\p{N}_.]{0,80})\s*\{\s*$/diu
const mostLines = 2000

function blocksIn(code: CodeBlock, document: SpecDocument): readonly DocumentedTable[] {
  const found: DocumentedTable[] = []
  let name: Stretch | undefined
  let read: (ReadAttribute | undefined)[] = []
  for (const line of linesOf(code)) {
    const match = opening.exec(line.text)
    if (match) {
      name = group(line, match, 1)
      read = []
    } else if (/^\s*\}/u.test(line.text)) {
      if (name && areAttributes(read)) found.push(tableOf(name, read, code, document))
      name = undefined
    } else if (name && /[^\s,]/u.test(line.text) && !/^\s*(?:\/\/|#|--)/u.test(line.text)) {
      read.push(attributeIn(withoutComma(trim(line))))
    }
  }
  return found
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

function tableOf(
  name: Stretch,
  lines: readonly (ReadAttribute | undefined)[],
  code: CodeBlock,
  document: SpecDocument,
): DocumentedTable {
  const read = lines.flatMap((one) => one ?? [])
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
    state: stateOf(section),
    certain: false,
    part: 'all',
    asks: new Set(),
    changes: read.flatMap(({change}) => change ?? []),
  }
}
