/** What becomes of rows when those are deleted that they belong to, as lists of relations say it. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument, Text} from '../../document/types.ts'
import {linesOf} from './lines.ts'
import type {Owners} from './owners.ts'
import {type Stretch, group, part, toText} from './stretch.ts'

/** An action, and which keys have it. */
export interface DeleteAction {
  readonly action: Text
  /** The table that has the key, as it is called or by a word for one of its rows; `undefined`: whichever has the column. */
  readonly child: string | undefined
  /** The table that the key leads to, in the same way. */
  readonly parent: string | undefined
  readonly column: string | undefined
  /** All keys that no other item of the list names. */
  readonly others: boolean
  readonly section: Section
}

export function deleteActions(document: SpecDocument, owners: Owners): readonly DeleteAction[] {
  return linesOf(document).flatMap(({stretch, section}) => {
    if (!anyAction.test(stretch.text)) return []
    const found = [
      ofNumbers(stretch),
      ofSentence(stretch),
      ...ofAction(stretch),
      ...ofJoin(stretch),
      ...ofOwner(stretch, section, owners),
    ]
    return found.flatMap((one) =>
      one ? [{child: undefined, parent: undefined, column: undefined, others: false, ...one, section}] : [],
    )
  })
}

type Read = Pick<DeleteAction, 'action'> & Partial<DeleteAction>

const anyAction = /\b(?:cascades?|restrict(?:ed)?|set\s+null)\b/i
const action = String.raw`(cascade|restrict|set\s+null)s?`
const word = String.raw`[\p{L}_][\p{L}\p{N}_]{0,62}`

const numbers = expression(
  'diu',
)`^\s*\x60?(${word})\x60?\s+(?:1|one)\s*(?:→|->|:|-|–|to)\s*(?:N|n|\*|many)\s+\x60?(${word})\x60?\s*\(\s*\x60(${word})\x60\s*,\s*(?:on\s+delete\s+)?${action}\s*\)`

/** `` `orders` 1 → N `returns` (`order_id`, ON DELETE RESTRICT) `` */
function ofNumbers(line: Stretch): Read | undefined {
  const match = numbers.exec(line.text)
  const said = match ? group(line, match, 4) : undefined
  return match && said ? {action: toText(said), parent: match[1], child: match[2], column: match[3]} : undefined
}

const sentence = expression(
  'diu',
)`^\s*(?:an?|each|every|one)\s+\x60?(${word})\x60?\s+(?:(?:has|have|may|can|owns|created|own)\s+){1,3}(?:many|several|any\s+number\s+of|zero\s+or\s+more|one\s+or\s+more|at\s+most\s+one)\s+\x60?(${word})\x60?[^.(]{0,10}[;,][^()]{0,120}\(\s*(?:on\s+delete\s+)?${action}\s*\)`
const ownColumn = expression('u')`\x60(?:(${word})\.)?(${word})\x60`

/** "A clinic has many recalls; deleting the clinic deletes its recalls (cascade)." */
function ofSentence(line: Stretch): Read | undefined {
  const match = sentence.exec(line.text)
  const said = match ? group(line, match, 3) : undefined
  if (!match || !said) return undefined
  const tail = match[0].slice((match.indices?.[2]?.[1] ?? 0) - match.index)
  const [, table, column] = ownColumn.exec(tail.slice(1)) ?? []
  return {action: toText(said), parent: match[1], child: table ?? match[2], column}
}

const joined = expression(
  'diu',
)`^\s*\x60(${word})\x60\s*(?:↔|<->|⟷)\s*\x60(${word})\x60\s*(?:↔|<->|⟷)\s*\x60(${word})\x60[^.]{0,60}\bboth\b[^.]{0,60}?\b${action}\b`

/** `` `jurors` ↔ `juror_categories` ↔ `categories`; both foreign keys ON DELETE CASCADE `` */
function ofJoin(line: Stretch): readonly Read[] {
  const match = joined.exec(line.text)
  const said = match ? group(line, match, 4) : undefined
  return match && said ? [match[1], match[3]].map((parent) => ({action: toText(said), parent, child: match[2]})) : []
}

const byAction = expression('diu')`^\s*(?:on\s+delete\s+)${action}\s*:\s*`
const dotted = expression('gu')`\x60(${word})\.(${word})\x60`

/** "On delete CASCADE: `a.b_id`, `c.d_id`", "On delete RESTRICT: all others". */
function ofAction(line: Stretch): readonly Read[] {
  const match = byAction.exec(line.text)
  const said = match ? group(line, match, 1) : undefined
  if (!match || !said) return []
  const rest = line.text.slice(match[0].length)
  if (/^all (?:the )?others?\b/i.test(rest)) return [{action: toText(said), others: true}]
  return [...rest.matchAll(dotted)].map(([, child, column]) => ({action: toText(said), child, column}))
}

const belongs = /^\s*(?:belongs|refers|points)\s+to\b/i
const bracket = expression('dgiu')`\(\s*(?:on\s+delete\s+)?${action}\s*\)`
const named = expression('gu')`\x60(${word})\x60`

/** "Belongs to `orders` and `customers` (ON DELETE RESTRICT) and optionally to `stores` (ON DELETE SET NULL)" */
function ofOwner(line: Stretch, section: Section, owners: Owners): readonly Read[] {
  if (!belongs.test(line.text)) return []
  const child = owners.sureAt(section, line.at(0))?.text
  if (child === undefined) return []
  let from = 0
  return [...line.text.matchAll(bracket)].flatMap((match): readonly Read[] => {
    const said = group(line, match, 1)
    const parents = [...part(line, from, match.index).text.matchAll(named)]
    from = match.index + match[0].length
    return said ? parents.map(([, parent]) => ({action: toText(said), parent, child})) : []
  })
}
