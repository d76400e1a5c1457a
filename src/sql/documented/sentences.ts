import {expression} from '../../document/expressions.ts'
import type {Block, Section, SpecDocument, Table} from '../../document/types.ts'
import {blockAbove} from '../../document/places.ts'
import {countBefore} from '../../document/search.ts'
import type {Name} from '../model.ts'
import {type Stretch, group, nameOf, part, stretchOf} from './stretch.ts'

/** The table that a sentence above a block, or the header of the block, says it is about. */
export interface Spoken {
  readonly name: Name
  /** Only of columns that it gets. */
  readonly added: boolean
}

const word = String.raw`\x60([\p{L}_][\p{L}\p{N}_.$]{0,120})\x60`
const kinds = String.raw`(?:(?:new|existing|present|second|third|first|other|main)\s+){0,2}`
const forms: readonly RegExp[] = [
  // "Table `orders`:", "The existing table `orders` gets two columns:"
  expression('diu')`^\W*(?:(?:the|a|our)\s+)?${kinds}(?:table|entity|model|collection)\s+${word}`,
  expression('diu')`^\W*(?:the\s+)?(?:table|entity)\s+([\p{L}_]\w{0,120})\s*:$`,
  // "The `orders` table has these columns:", "`orders` has:", "`orders`:"
  expression('diu')`^\W*(?:(?:the|our)\s+)?${kinds}${word}\s+(?:table|entity|model|collection)\b`,
  expression(
    'diu',
  )`^[^\p{L}\p{N}\x60]*${word}(?:\s*\([^()\x60]{1,80}\))?,?\s*(?:(?:is\b(?=[^:]*\btable\b)|keeps|stores|records|lists|before\s+and\s+after\w*|as\s+it\s+(?:is|was)\s+and\s+(?:as\s+it\s+)?(?:is\s+to|will)\s+be|columns|fields|attributes|has|holds|gets|gains|contains|consists\s+of)\b.*)?:$`,
  // "Added to `orders`:", "New in the existing table `orders`:"
  expression(
    'diu',
  )`^\W*(?:added|new|additions|changes?)\s+(?:to|in|on|of)\s+(?:the\s+)?${kinds}(?:(?:table|entity|model)\s+)?${word}\s*:?$`,
  // "The columns of `orders` (9,000 rows) are:"
  expression(
    'diu',
  )`\b(?:columns?|fields?|attributes)\s+(?:of|in|for)\s+(?:the\s+)?${kinds}(?:(?:table|entity|model)\s+)?${word}`,
]

/** Several tables, or some of their columns. */
const more = /^\s*(?:,|&|\/|and\b|or\b)\s*`|^\s*,?\s*(?:that|which|whose|used|read|returned|shown|sent|to be)\b/i
const partial =
  /\b(?:new|added|additional|further)\s+(?:columns?|fields?|attributes?)\b|\b(?:\d+|two|three|four|five|six|seven|eight)\s+(?:columns|fields|attributes)\s+(?:of|in|for)\b|\b(?:gets?|gains?|receives?|is\s+(?:given|extended))\b|^\W*(?:added|new|additions|changes?)\s+(?:to|in|on|of)\b/i
const fresh = /\bnew\s+(?:table|entity)\b/i
const leading = /:$|\b(?:below|following|columns|fields|attributes)\b[^:]*\.$/i

/** What the sentence right above the table or list at an offset speaks of, or the header of the table. */
export function spokenAt(document: SpecDocument, section: Section, offset: number): Spoken | undefined {
  const {blocks} = section
  const at = countBefore(blocks, ({start}) => start <= offset) - 1
  const block = blocks[at]
  if (!block || block.start !== offset) return undefined
  return (
    (block.kind === 'table' ? inHeader(block, document) : undefined) ?? above(blockAbove(section, offset), document)
  )
}

function above(block: Block | undefined, document: SpecDocument): Spoken | undefined {
  if (block?.kind !== 'paragraph' || block.end - block.start > 600) return undefined
  const whole = stretchOf(document, block)
  const text = whole.text.trimEnd()
  const from = Math.max(
    0,
    ...[...text.matchAll(/[.!?]\s+(?=[\p{Lu}`])/gu)].map(({index, 0: {length}}) => index + length),
  )
  const sentence = part(whole, from, text.length)
  return leading.test(sentence.text) ? spokenIn(sentence) : undefined
}

/** `| Column of \`orders\` | Type |` */
function inHeader({header}: Table, document: SpecDocument): Spoken | undefined {
  const [first] = header
  return first && spokenIn(stretchOf(document, first))
}

function spokenIn(sentence: Stretch): Spoken | undefined {
  for (const form of forms) {
    const match = form.exec(sentence.text)
    const name = match ? group(sentence, match, 1) : undefined
    if (!match || !name) continue
    const [, end] = match.indices?.[1] ?? [0, 0]
    if (more.test(sentence.text.slice(end + 1))) return undefined
    return {name: nameOf(name), added: partial.test(sentence.text) && !fresh.test(sentence.text)}
  }
  return undefined
}
