/** The columns that a list with a name is about, where its name is of neither a column nor a type: by what stands above it, by its words, by its values. */
import {blockAbove, sectionAt} from '../document/places.ts'
import {kept} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name} from '../sql/model.ts'
import {columnForm} from './creations.ts'
import type {ValueList} from './enums.ts'
import {entityForm} from './schema.ts'

type Lists = readonly ValueList[]
type Column = NonNullable<ValueList['column']>

interface Meaning {
  readonly places: ReadonlySet<string>
  /** The document says it; else it is told from the words and values. */
  readonly isSaid: boolean
}

const none: Meaning = {places: new Set(), isSaid: false}
const meant = kept<(one: ValueList) => Meaning>()

/** A column as lists are compared: `workorder.state`. */
export function placeOf({table, name}: Column): string {
  return `${entityForm(table)}.${columnForm(name)}`
}

/** The places that a list means without their name; none where two readings are possible. */
export function meaningOf(lists: Lists, document: SpecDocument): (one: ValueList) => Meaning {
  return meant(lists, () => {
    const columns = new Map<string, Column>()
    for (const {column} of lists) if (column) columns.set(placeOf(column), column)
    const known = new Map<ValueList, Meaning>()
    return (one) => {
      const made = known.get(one) ?? placesFor(one, columns, lists, document)
      known.set(one, made)
      return made
    }
  })
}

function placesFor(
  one: ValueList,
  columns: ReadonlyMap<string, Column>,
  lists: Lists,
  document: SpecDocument,
): Meaning {
  const {name} = one
  if (!name || one.from === 'type' || columns.size === 0) return none
  const own = dotted(name.text).filter((place) => columns.has(place))
  if (own.length > 0) return {places: new Set(own), isSaid: true}
  const told = [...new Set(wordsAround(one, document).flatMap(dotted))].filter((place) => columns.has(place))
  if (told.length === 1) return {places: new Set(told), isSaid: true}
  const words = wordsOf(name)
  const byWords = [...columns].filter(([, column]) => isCalled(words, column)).map(([place]) => place)
  if (byWords.length > 0) return byWords.length === 1 ? {places: new Set(byWords), isSaid: false} : none
  return one.from === 'prose' ? none : byValues(one, words, lists)
}

/** The heading above a list, and a line or two right above and below its fence. */
function wordsAround({start, end, from}: ValueList, document: SpecDocument): readonly string[] {
  const section = sectionAt(document, start)
  const title = section.heading?.title.text ?? ''
  const code = section.codes.find((one) => one.start <= start && end <= one.end)
  if (from !== 'code' || !code) return [title]
  const above = blockAbove(section, code.start)
  const below = section.blocks[section.blocks.findIndex((block) => block.start === code.start) + 1]
  const near = [above, below].flatMap((block) =>
    block?.kind === 'paragraph' && block.end - block.start < 200 ? document.text.slice(block.start, block.end) : [],
  )
  return [title, ...near]
}

/** `work_order.state` in a text, as places; of `calib.work_order.state` the last two. */
function dotted(text: string): readonly string[] {
  return [...text.matchAll(/["`]?([\p{L}_]\w*)["`]?\.["`]?([\p{L}_]\w*)["`]?(?!\.?\w)/gu)].map(([, table, column]) =>
    [entityForm({key: (table ?? '').toLowerCase()}), formOf(column ?? '')].join('.'),
  )
}

function formOf(text: string): string {
  const key = text.toLowerCase()
  return columnForm({text, key, hole: false, start: 0, end: 0})
}

/** `OrderState` is that of `work_order.state`: it ends as the column does, and begins with words of the table. */
function isCalled(words: readonly string[], {table, name}: Column): boolean {
  const own = wordsOf(name)
  const rest = words.slice(0, words.length - own.length)
  if (rest.length === 0 || own.some((word, index) => words[rest.length + index] !== word)) return false
  let from = 0
  const around = wordsOf(table)
  return rest.every((word) => {
    const at = around.indexOf(word, from)
    from = at + 1
    return at >= 0
  })
}

const fewest = 3

/** `CefrLevel` has the values of `level` and `max_level` but for one: no other list has that word and those values. */
function byValues(one: ValueList, words: readonly string[], lists: Lists): Meaning {
  const values = new Set(one.values.map(({text}) => text))
  const stored = lists.filter(({from}) => from === 'check' || from === 'type')
  if (values.size < fewest || stored.some((list) => isAlike(list, values, values.size, 0))) return none
  const ending = words.at(-1)
  const near = stored.filter(({column, name}) => {
    const other = column?.name ?? name
    return other !== undefined && wordsOf(other).at(-1) === ending
  })
  const [first] = near
  if (!first || near.some((list) => !list.column || !isAlike(list, values, fewest, 1))) return none
  const theirs = new Set(first.values.map(({text}) => text))
  if (near.some((list) => !isAlike(list, theirs, theirs.size, 0))) return none
  return {places: new Set(near.flatMap(({column}) => (column ? placeOf(column) : []))), isSaid: false}
}

/** At least so many shared, and on neither side more than so many others. */
function isAlike({values}: ValueList, words: ReadonlySet<string>, shared: number, others: number): boolean {
  const own = new Set(values.map(({text}) => text))
  const both = [...own].filter((word) => words.has(word)).length
  return both >= shared && own.size - both <= others && words.size - both <= others
}

/** `workOrder_States` as `work`, `order`, `state`. */
function wordsOf(name: Name): readonly string[] {
  const text = name.text.replaceAll(/["`]/gu, '')
  const words = text
    .slice(text.length - lastPart(name).length)
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (/^status(?:es)?$/i.test(word) ? 'state' : entityForm({key: word.toLowerCase()})))
  return /^(?:enum|value|option|choice)$/u.test(words.at(-1) ?? '') ? words.slice(0, -1) : words
}
