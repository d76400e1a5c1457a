import {expression} from '../../document/expressions.ts'
import type {List, ListItem, SpecDocument} from '../../document/types.ts'
import {areAttributes, attributeIn, type ReadAttribute} from './attributes.ts'
import {heldBy} from './held.ts'
import {type Line, linesOf} from './lines.ts'
import type {DocumentedTable} from './model.ts'
import {stateOf} from './states.ts'
import {type Stretch, group, nameOf, part, stretchOf} from './stretch.ts'

const isAbout = /\b(?:models?|tables?|entit(?:y|ies)|collections?)\b/i
const isOld = /\b(?:modif\w+|exist\w+|chang\w+|extend\w*|alter\w*|updat\w+)\b/i

/** `` `orders`: what a customer bought ``, `` **Table `orders`** ``, `` `Order` (new) ``. */
const head = expression(
  'diu',
)`^[*_]{0,3}(?:(?:new |existing |modified )?(?:table|model|entity)\s+)?\x60([\p{L}_][\p{L}\p{N}_.$]{0,80})\x60[*_]{0,3}\s*(?:$|[:(,–—-])`
const boldHead = expression('du')`^\*\*([\p{L}_][\p{L}\p{N}_]{0,80})\*\*\s*(?:$|[:(,–—-])`
/** "add `quota` (integer, default 5)", also behind the name of the table. */
const adding = expression('diu')`^[\s:–—-]*(?:(?:add|adds|gets|new)\b[^\x60]{0,30})(?=\x60)`

/**
 * Models as items of a list below a label or heading that speaks of models or tables: the fields of a new one as a list within
 * the item; of one that is there, what it gets, also on the line itself.
 */
export function modelItems(document: SpecDocument): readonly DocumentedTable[] {
  return linesOf(document).flatMap((line) => {
    if (!isAbout.test(line.topic)) return []
    const match = head.exec(line.stretch.text) ?? boldHead.exec(line.stretch.text)
    const name = match ? group(line.stretch, match, 1) : undefined
    if (!match || !name) return []
    const nested = line.item.blocks.filter((block): block is List => block.kind === 'list')
    const items = nested.flatMap((list) => list.items)
    const isThere = isOld.test(line.topic)
    const end = (match.indices?.[1]?.[1] ?? 0) + 1
    const read = isThere
      ? gained([part(line.stretch, end), ...items.map((item) => inItem(item, document))])
      : fieldsOf(items, document)
    return read.length === 0 ? [] : [tableOf(name, read, isThere, line)]
  })
}

function fieldsOf(items: readonly ListItem[], document: SpecDocument): readonly ReadAttribute[] {
  const lines = items.map((item) => (item.checked === undefined ? attributeIn(inItem(item, document)) : undefined))
  return areAttributes(lines) ? lines.flatMap((one) => one ?? []) : []
}

function gained(lines: readonly Stretch[]): readonly ReadAttribute[] {
  return lines.flatMap(sayings).flatMap((line) => {
    const match = adding.exec(line.text)
    const read = match ? attributeIn(part(line, match[0].length)) : undefined
    return read?.column.type ? [read] : []
  })
}

const another = /(?:[;,]|\band)\s+(?:also\s+)?(?=(?:adds?|gets|new)\b[^`]{0,30}`)/giu

/** "add `quota` (integer); add `state` State": what is said of each. */
function sayings(line: Stretch): readonly Stretch[] {
  const ends = [...line.text.matchAll(another)].map((match) => ({
    end: match.index,
    start: match.index + match[0].length,
  }))
  const starts = [0, ...ends.map(({start}) => start)]
  return starts.map((start, index) => part(line, start, ends[index]?.end))
}

function inItem(item: ListItem, document: SpecDocument): Stretch {
  return stretchOf(document, item.textSpan)
}

function tableOf(
  name: Stretch,
  read: readonly ReadAttribute[],
  isThere: boolean,
  {item, section}: Line,
): DocumentedTable {
  return {
    kind: 'documentedTable',
    start: item.start,
    end: item.end,
    name: nameOf(name),
    ...heldBy(read),
    section,
    source: 'attributeList',
    state: isThere ? 'existing' : (stateOf(section) ?? 'new'),
    certain: true,
    part: isThere ? 'added' : 'all',
    asks: new Set(),
    changes: read.flatMap(({change}) => change ?? []),
  }
}
