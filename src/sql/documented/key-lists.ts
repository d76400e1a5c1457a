/** Keys behind a word that says what they are: ``Unique: `uq_seats` (`day`, `seat`)``, ``Indexes: `ix_a` (a), `ix_b` (b, c)``. */
import {expression} from '../../document/expressions.ts'
import type {Section} from '../../document/types.ts'
import type {Name} from '../model.ts'
import type {DocumentedIndex} from './model.ts'
import {type Stretch, group, nameOf, namesIn, part, spanOf} from './stretch.ts'

const word = String.raw`[\p{L}_][\p{L}\p{N}_$]{0,62}`
const column = String.raw`\x60?${word}\x60?(?:\s(?:ASC|DESC))?`
const lead =
  /^[\s*_]*(?:(unique)(?:\s+(?:keys?|constraints?|index(?:es)?))?|(?:(?:secondary|composite|performance|new)\s+)?(?:index(?:es)?|indices))[*_]*\s*:[*_]*\s*(?=`)/i
const key = expression(
  'dgiu',
)`\x60(${word})\x60\s?(?:on\s)?\((\s?${column}(?:\s?,\s?${column}){0,15}\s?)\)(?=([^\x60]{0,20}))`

/** The keys of a sentence, or of an item; none where it is about something else. */
export function keysListed(sentence: Stretch, table: Name | undefined, section: Section): readonly DocumentedIndex[] {
  const head = lead.exec(sentence.text)
  if (!head) return []
  return [...sentence.text.matchAll(key)].flatMap((match): readonly DocumentedIndex[] => {
    const [name, list] = [group(sentence, match, 1), group(sentence, match, 2)]
    if (!name || !list) return []
    const behind = match[3] ?? ''
    return [
      {
        kind: 'documentedIndex',
        ...spanOf(part(sentence, match.index, match.index + match[0].length)),
        what: 'index',
        name: nameOf(name),
        table,
        columns: namesIn(list),
        unique: head[1] !== undefined || /^[\s,]*unique\b/i.test(behind),
        partial: /^[\s,]*(?:where|partial)\b/i.test(behind),
        section,
      },
    ]
  })
}

const owner = expression('diu')`^[\s*_]*(?:(?:table|model|entity)\s+)?[*_]*\x60(${word}(?:\.${word})?)\x60`

/** The table that a paragraph begins with: "**\`deliveries\`** (new). Indexes: …". */
export function leadingTable(whole: Stretch): Name | undefined {
  const match = owner.exec(whole.text)
  const name = match ? group(whole, match, 1) : undefined
  return name ? nameOf(name) : undefined
}
