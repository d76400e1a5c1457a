/** Enums as items of a list that hold their values: ``- `state` `` and below it ``- `open`: may be changed``. */
import {expression} from '../../document/expressions.ts'
import type {List, SpecDocument} from '../../document/types.ts'
import {linesOf} from './lines.ts'
import type {DocumentedEnum} from './model.ts'
import {group, nameOf, stretchOf, toText} from './stretch.ts'

const ofEnums = /\benum(?:s|erations?|\s+types?)?\b/i
const ofOld = /\b(?:extend|exist|modif|chang|alter|add values)/i
const head = expression(
  'diu',
)`^[*_\x60]{0,4}([\p{L}_][\p{L}\p{N}_.]{0,80})[*_\x60]{0,4}(?:\s+\([^()]{1,60}\))?\s*[:：–—-]?\s*$`
const value = expression('du')`^[*_]{0,3}[\x60'"]([\p{L}\p{N}_ -]{1,40})[\x60'"][*_]{0,3}(?=\s*(?:$|[:(–—,;.]|-\s))`

export function enumItems(document: SpecDocument): readonly DocumentedEnum[] {
  return linesOf(document).flatMap(({item, topic, stretch, section}): readonly DocumentedEnum[] => {
    if (!ofEnums.test(topic) || ofOld.test(topic)) return []
    const match = head.exec(stretch.text)
    const name = match ? group(stretch, match, 1) : undefined
    const items = item.blocks.filter((block): block is List => block.kind === 'list').flatMap((list) => list.items)
    if (!name || items.length < 2) return []
    const values = items.flatMap(({textSpan}) => {
      const line = stretchOf(document, textSpan)
      const found = value.exec(line.text)
      const text = found ? group(line, found, 1) : undefined
      return text ? [toText(text)] : []
    })
    if (values.length < items.length) return []
    const {start, end} = item
    return [{kind: 'documentedEnum', start, end, name: nameOf(name), values, table: undefined, section, source: 'list'}]
  })
}
