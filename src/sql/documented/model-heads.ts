import {expression} from '../../document/expressions.ts'
import {kept} from '../../document/remembered.ts'
import type {List, ListItem, SpecDocument} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {type Line, linesOf} from './lines.ts'
import {type Stretch, group, lastBefore, nameOf, part} from './stretch.ts'

/** An item that names a model and holds what is said of it. */
export interface ModelHead {
  /** Offset of the item. */
  readonly start: number
  readonly end: number
  readonly name: Name
  readonly line: Line
  /** What the line says behind the name. */
  readonly rest: Stretch
  /** Of a model that is there. */
  readonly isThere: boolean
  readonly items: readonly ListItem[]
}

const isAbout = /\b(?:models?|tables?|entit(?:y|ies)|collections?)\b/i
const isOld = /\b(?:modif\w+|exist\w+|chang\w+|extend\w*|alter\w*|updat\w+)\b/i

/** `` `orders`: what a customer bought ``, `` **Table `orders`** ``, `` `Order` (new) ``, `` `Order` → table `orders` ``. */
const head = expression(
  'diu',
)`^[*_]{0,3}(?:(?:new |existing |modified )?(?:table|model|entity)\s+)?\x60([\p{L}_][\p{L}\p{N}_.$]{0,80})\x60[*_]{0,3}\s*(?:$|[:(,→–—-])`
const boldHead = expression('du')`^\*\*([\p{L}_][\p{L}\p{N}_]{0,80})\*\*\s*(?:$|[:(,→–—-])`
/** "(table `teams`)", "→ `teams`": what the model is called in the database. */
const tableName = expression(
  'diu',
)`^[\x60*_]*\s*(?:\((?:(?:db|database|sql) )?table:?\s+|(?:→|->|=>)\s*(?:table\s+)?)\x60([\p{L}_][\p{L}\p{N}_.$]{0,80})\x60`

/** Models as items of a list below a label, heading or item that speaks of models or tables, in order; those within others too. */
export function modelHeads(document: SpecDocument): readonly ModelHead[] {
  return known(document, () => linesOf(document).flatMap(headIn))
}

const known = kept<readonly ModelHead[]>()

function headIn(line: Line): readonly ModelHead[] {
  if (!isAbout.test(line.topic)) return []
  const {stretch, item} = line
  const match = head.exec(stretch.text) ?? boldHead.exec(stretch.text)
  const name = match ? group(stretch, match, 1) : undefined
  if (!match || !name) return []
  const rest = part(stretch, (match.indices?.[1]?.[1] ?? 0) + 1)
  const said = tableName.exec(rest.text)
  const table = said ? group(rest, said, 1) : undefined
  const nested = item.blocks.filter((block): block is List => block.kind === 'list')
  return [
    {
      start: item.start,
      end: item.end,
      name: nameOf(table ?? name),
      line,
      rest,
      isThere: isOld.test(line.topic),
      items: nested.flatMap((list) => list.items),
    },
  ]
}

const outer = kept<readonly ModelHead[]>()

/** The model in whose item a place lies. */
export function modelAround(document: SpecDocument, offset: number): ModelHead | undefined {
  const heads = outer(document, () => {
    let last = -1
    // What is said of a field, such as its values, is said of the model that holds it.
    return modelHeads(document).filter(({start, end, items}) => {
      if (items.length === 0 || start < last) return false
      last = end
      return true
    })
  })
  const found = lastBefore(heads, offset)
  return found && offset < found.end ? found : undefined
}
