/** What sentences say the rows of a lookup table to be: ``` `categories` is the lookup table of `adult`, `child` and `staff` ```, "Seeded with `A`, `B`". */
import {expression} from '../../document/expressions.ts'
import type {SpecDocument, Text} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {linesOf} from './lines.ts'
import {type Stretch, group, nameOf, spanOf, stretchOf, toText} from './stretch.ts'

export interface LookupList {
  readonly table: Name
  readonly values: readonly Text[]
}

const item = String.raw`\x60[^\x60\n]{1,40}\x60`
const list = String.raw`(${item}(?:\s*,\s*(?:(?:and|or)\s+)?${item}|\s+(?:and|or)\s+${item}){1,40})`
const ofTable = expression(
  'diu',
)`^\W*(?:the\s+)?(?:new\s+)?(?:table\s+)?\x60([\p{L}_][\p{L}\p{N}_.]{0,80})\x60[^.\x60\n]{0,80}?\b(?:lookup|reference)\b[^.\x60\n]{0,60}?${list}(?=\s*(?:$|[.;:(]))`
const seeded = expression(
  'diu',
)`^\W*(?:the\s+)?(?:new\s+)?(?:table\s+)?\x60([\p{L}_][\p{L}\p{N}_.]{0,80})\x60[\s\S]{0,800}?\b(?:seeded|filled|starts?|populated)\s+with\s+(?:the\s+)?(?:rows?\s+|codes?\s+|values?\s+)?${list}(?=\s*(?:$|[.;:(]))`
const marked = /`([^`\n]{1,40})`/dgu
const longest = 1500

export function lookupLists(document: SpecDocument): readonly LookupList[] {
  const paragraphs = [document.root, ...document.sections].flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < longest)
      .map((block) => stretchOf(document, block)),
  )
  return [...linesOf(document).map(({stretch}) => stretch), ...paragraphs].flatMap((whole) =>
    /\b(?:lookup|reference|seeded|filled|populated|starts?)\b/i.test(whole.text) ? listIn(whole) : [],
  )
}

function listIn(whole: Stretch): readonly LookupList[] {
  const match = ofTable.exec(whole.text) ?? seeded.exec(whole.text)
  const [table, written] = match ? [group(whole, match, 1), group(whole, match, 2)] : []
  if (!table || !written) return []
  const values = [...written.text.matchAll(marked)].flatMap((one) => {
    const value = group(written, one, 1)
    return value ? [{...toText(value), ...spanOf(value)}] : []
  })
  return values.length > 1 ? [{table: nameOf(table), values}] : []
}
