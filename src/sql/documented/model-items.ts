import {expression} from '../../document/expressions.ts'
import type {List, ListItem, SpecDocument} from '../../document/types.ts'
import {areAttributes, attributeIn, type ReadAttribute} from './attributes.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import {type ModelHead, modelHeads} from './model-heads.ts'
import {stateOf} from './states.ts'
import {type Stretch, part, pieces, stretchOf} from './stretch.ts'
import {typeChange} from './type-changes.ts'

/** "add `quota` (integer, default 5)", also behind the name of the table. */
const adding = expression('diu')`^[\s:–—-]*(?:(?:add|adds|gets|new)\b[^\x60]{0,30})(?=\x60)`

/**
 * Models as items of a list below what speaks of models or tables: the fields of a new one as a list within the item; of one that
 * is there, what it gets, also on the line itself.
 */
export function modelItems(document: SpecDocument): readonly DocumentedTable[] {
  return modelHeads(document).flatMap((head) => {
    const {rest, items, isThere} = head
    const read = isThere
      ? gained([rest, ...items.map((item) => inItem(item, document))])
      : fieldsOf(items.flatMap(fieldItems), document)
    const changed = isThere ? [rest, ...items.map((item) => inItem(item, document))].flatMap(changesIn) : []
    return [
      ...(read.length === 0 ? [] : [tableOf(head, read)]),
      ...(changed.length === 0 ? [] : [{...tableOf(head, changed), part: 'modified' as const}]),
    ]
  })
}

const ofType = String.raw`\x60?(\w+(?:\s?\([\d, ]{1,9}\))?)\x60?`
/** "change the type of `name` from VARCHAR(80) to VARCHAR(160)", "widen `name` (VARCHAR(80) → VARCHAR(160))" */
const changing = expression(
  'diu',
)`^[\s:–—-]*(?:changes?|widens?|alters?|extends?|enlarges?|lengthens?|shortens?|narrows?|converts?|modif(?:y|ies))\b[^\x60;]{0,40}\x60([\p{L}_][\p{L}\p{N}_$]{0,80})\x60[^\x60;]{0,30}?(?:\bfrom\s+|[:(]\s*)${ofType}\s*(?:\bto\b|→|->)\s*${ofType}(?=[\s).,;]|$)`

/** The types that columns had and get, of each saying. */
function changesIn(line: Stretch): readonly ReadAttribute[] {
  return pieces(line, /^;/u).flatMap((piece) => typeChange(piece, changing))
}

const fieldLabel = /^(?:(?:key |core |main |data )?(?:attributes?|fields?|columns?|properties))\s*[:：]?$/i
/** `note: TEXT`: a field that is called as a label may be. */
const typedFirst =
  /^\w+\s*(?::|\s[–—-])\s*(?:text|(?:var)?char|string|jsonb?|bool(?:ean)?|(?:big|small)?int(?:eger)?|uuid|date|timestamp(?:tz)?|numeric|decimal)\b/i
const otherLabel =
  /^(?:(?:foreign |primary |unique |composite )*(?:keys?|constraints?)|unique|index(?:es)?|indices|checks?|relationships?|relations|notes?|purpose|description)\s*(?:[:：]|$)/i

/** The items that may be fields: those below "Attributes:" too, and not those that say what follows is something else. */
function fieldItems(item: ListItem): readonly ListItem[] {
  const words = item.lead?.text ?? item.text
  if (fieldLabel.test(words))
    return item.blocks.filter((block): block is List => block.kind === 'list').flatMap(({items}) => items)
  return otherLabel.test(words) && !typedFirst.test(item.text) ? [] : [item]
}

function fieldsOf(items: readonly ListItem[], document: SpecDocument): readonly ReadAttribute[] {
  const lines = items.map((item) => (item.checked === undefined ? attributeIn(inItem(item, document)) : undefined))
  return areAttributes(lines) ? lines.flatMap((one) => one ?? []) : []
}

function gained(lines: readonly Stretch[]): readonly ReadAttribute[] {
  return lines.flatMap((whole) => {
    const all = sayings(whole)
    // What goes on without the word adds as well.
    const adds = all.some((line) => adding.test(line.text))
    return all.flatMap((line) => {
      const match = adding.exec(line.text)
      const from = match ? match[0].length : adds && line.text.startsWith('`') ? 0 : undefined
      const read = from === undefined ? undefined : attributeIn(part(line, from))
      return read?.column.type ? [read] : []
    })
  })
}

const another = /(?:[;,]|\band)\s+(?:also\s+)?(?=(?:adds?|gets|new)\b[^`]{0,30}`|`\w{1,62}`\s\([A-Za-z])/giu

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

function tableOf({name, isThere, line: {item, section}}: ModelHead, read: readonly ReadAttribute[]): DocumentedTable {
  return {
    kind: 'documentedTable',
    start: item.start,
    end: item.end,
    name,
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
