/** Ranges of numbers that the checks of the SQL and the words on a column give in two ways. */
import {kept, remembered} from '../document/remembered.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import {type Bound, type Bounds, boundsIn, sameBound} from '../sql/bounds.ts'
import {linesOf} from '../sql/documented/lines.ts'
import {rangeIn} from '../sql/documented/ranges.ts'
import {lastBefore} from '../sql/documented/stretch.ts'
import {lastPart} from '../sql/implicit.ts'
import type {ColumnFact, Name} from '../sql/model.ts'
import {constraintsOf} from '../sql/parts.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {isNamedLike, sayingsOf} from './column-sayings.ts'
import {columnForm} from './creations.ts'
import {forwardOperations, scriptOperations} from './keys.ts'
import {called, itsName, ofKind, ofTable, sameName} from './schema.ts'

/** A range that others of its column differ from. */
export interface RangeFault {
  readonly table: Name
  readonly column: Name
  readonly at: Span
  readonly bounds: Bounds
  readonly other: Said
}

interface Said extends Span {
  readonly bounds: Bounds
  readonly isSql: boolean
}

interface Checked {
  readonly table: Name
  readonly column: ColumnFact
  /** Of the check. */
  readonly names: readonly Name[]
  readonly said: readonly Said[]
}

export function rangeFaults(facts: {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}): readonly RangeFault[] {
  const {document, schema, type} = facts
  return checkedColumns(schema, type).flatMap((one) => {
    const all = [...one.said, ...described(one, document, schema)]
    return disagreeing(all, isWhole(one.column)).map(([wrong, other]) => ({
      table: one.table,
      column: one.column.name,
      at: wrong,
      bounds: wrong.bounds,
      other,
    }))
  })
}

const whole = /^(?:integer|bigint|smallint|tinyint)$/u
const numeric = /^(?:integer|bigint|smallint|tinyint|numeric|real|double)$/u

function isWhole({type}: ColumnFact): boolean {
  return type !== undefined && whole.test(type.base)
}

/** The columns of numbers whose checks of the migration say nothing but their bounds. */
function checkedColumns(schema: SchemaFacts, type: BoundDocument): readonly Checked[] {
  const operations = [...forwardOperations(schema, type), ...scriptOperations(schema)]
  const dropped = ofKind(operations, 'drop-constraint')
  const found = new Map<string, Checked>()
  for (const operation of operations) {
    const table = tableOf(operation)
    if (!table || table.hole || operation.statement.template) continue
    const columns = [
      ...ofTable(ofKind(operations, 'create-table'), table).flatMap((one) => one.columns),
      ...ofTable(ofKind(operations, 'add-column'), table).map((one) => one.column),
    ]
    for (const check of constraintsOf(operation)) {
      if (check.kind !== 'check' || (check.name && called(dropped, nameOfDrop, check.name).length > 0)) continue
      const bounds = boundsIn(check.text)
      const column = bounds && columns.find(({name}) => name.key.toLowerCase() === bounds.column)
      if (!bounds || !column?.type || !numeric.test(column.type.base) || column.type.array) continue
      const key = `${table.key} ${column.name.key}`
      const before = found.get(key)
      const said = {start: check.start, end: check.end, bounds, isSql: true}
      found.set(key, {
        table,
        column,
        names: [...(before?.names ?? []), ...(check.name ? [check.name] : [])],
        said: [...(before?.said ?? []), said],
      })
    }
  }
  return [...found.values()]
}

function nameOfDrop({name}: {readonly name: Name | undefined}): Name | undefined {
  return name
}

function described({table, column, names}: Checked, document: SpecDocument, schema: SchemaFacts): readonly Said[] {
  const form = columnForm(column.name)
  const inTables = called(schema.tables, itsName, table)
    .filter(({source}) => source !== 'mermaid')
    .flatMap(({columns}) => columns.filter(({name}) => columnForm(name) === form))
    .flatMap(({name, type, end}) => rangeAt(document, type?.end ?? name.end, end, column.name))
  const inChecks = schema.checks
    .filter(({what, name}) => what === 'check' && names.some((one) => sameName(one, name)))
    .flatMap(({name}) =>
      rangeAt(document, name.end, document.source.lineSpan(document.source.lineOf(name.end)).end, column.name),
    )
  const inSayings = sayingsOf(document)
    .filter((one) => columnForm(one.column) === form && isMeant(one.tables, table))
    .flatMap(({words}) => rangeAt(document, words.start, words.end, column.name))
  const said = [...inTables, ...inChecks, ...listed(document, table, column.name)]
  const found = [
    ...said,
    ...inSayings.filter((one) => !said.some(({start, end}) => start < one.end && one.start < end)),
  ]
  // What was read already has no second voice.
  const more = inCode(document, names, column.name).filter(
    (one) => !found.some(({start, end}) => start < one.end && one.start < end),
  )
  return [...found, ...more]
}

/** The table stands last of all that look like it. */
function isMeant(names: readonly Name[], table: Name): boolean {
  return names.some((one) => isNamedLike(one, table))
}

/** "Check: `parcels.weight > 0` as `ck_weight`": a condition between back quotes, on the line of the check's name. */
function inCode(document: SpecDocument, names: readonly Name[], column: Name): readonly Said[] {
  return names.flatMap((name) =>
    linesWith(lastPart(name), document).flatMap(({start, end}) => {
      return conditionsIn(document.text.slice(start, end)).flatMap(({at, length, bounds}): readonly Said[] =>
        bounds.column === column.key.toLowerCase()
          ? [{start: start + at, end: start + at + length, bounds, isSql: false}]
          : [],
      )
    }),
  )
}

/** The bounds that a line has between back quotes. */
const conditionsIn = remembered((line) =>
  [...line.matchAll(/`([^`\n]{3,80})`/gu)].flatMap(({index, 1: text = ''}) => {
    const bounds = boundsIn(text.replace(/^\s*(?:CHECK\s*\()?\s*["]?\w{1,63}"?\.(?=\w)/iu, ''))
    return bounds ? [{at: index + 1, length: text.length, bounds}] : []
  }),
)

/** The lines outside of code that have a word between back quotes, each once. */
function linesWith(word: string, document: SpecDocument): readonly Span[] {
  const {codes, source} = document
  const found: Span[] = []
  for (const at of quotedIn(document).get(word) ?? []) {
    if (at < (found.at(-1)?.end ?? 0)) continue
    const line = source.lineSpan(source.lineOf(at))
    if ((lastBefore(codes, line.start + 1)?.end ?? 0) <= line.start) found.push(line)
  }
  return found
}

const quoted = kept<ReadonlyMap<string, readonly number[]>>()

/** Where each text stands that is between two back quotes with none between them. */
function quotedIn(document: SpecDocument): ReadonlyMap<string, readonly number[]> {
  return quoted(document, () => {
    const {text} = document
    const found = new Map<string, number[]>()
    let end = text.indexOf('`')
    for (let at = end; at >= 0; at = end) {
      end = text.indexOf('`', at + 1)
      if (end < 0) break
      const word = text.slice(at + 1, end)
      const places = found.get(word)
      if (places) places.push(at)
      else found.set(word, [at])
    }
    return found
  })
}

/** "- `orders.total` must be >= 0" in a list. */
function listed(document: SpecDocument, table: Name, column: Name): readonly Said[] {
  const lines = pathsOf(document).get(`${lastPart(table)}.${lastPart(column)}`.toLowerCase()) ?? []
  return lines.flatMap(({start, end}) => rangeAt(document, start, end, column))
}

const paths = kept<ReadonlyMap<string, readonly Span[]>>()

/** What stands behind the path of a column that an item of a list begins with, by that path. */
function pathsOf(document: SpecDocument): ReadonlyMap<string, readonly Span[]> {
  return paths(document, () => {
    const found = new Map<string, Span[]>()
    for (const {stretch} of linesOf(document)) {
      const path = pathFirst.exec(stretch.text)
      const key = path?.[1]?.toLowerCase()
      if (!path || key === undefined) continue
      const span = {start: stretch.at(path[0].length), end: stretch.at(stretch.text.length - 1) + 1}
      const list = found.get(key)
      if (list) list.push(span)
      else found.set(key, [span])
    }
    return found
  })
}

const pathFirst = /^[*`]{0,4}(\w{1,63}\.\w{1,63})(?=[\s`*])/u

function rangeAt({text}: SpecDocument, start: number, end: number, column: Name): readonly Said[] {
  const found = rangeIn(text.slice(start, end), column.key)
  return found ? [{start: start + found.start, end: start + found.end, bounds: found, isSql: false}] : []
}

/** Those of the minority, each with one that says otherwise; where both sides are as many, the SQL is right. */
function disagreeing(all: readonly Said[], areWhole: boolean): readonly (readonly [Said, Said])[] {
  const isSame = (a: Said, b: Said): boolean =>
    (['low', 'high'] as const).every((side) => {
      const [one, other] = [a.bounds[side], b.bounds[side]]
      return !one || !other || sameBound(one, other, side, areWhole)
    })
  if (!all.some(({isSql}) => !isSql)) return []
  const votes = (one: Said): number => all.filter((other) => isSame(one, other)).length * 2 + (one.isSql ? 1 : 0)
  return all.flatMap((one) => {
    const right = all.filter((other) => !isSame(one, other)).toSorted((a, b) => votes(b) - votes(a))[0]
    return right && votes(right) > votes(one) ? [[one, right] as const] : []
  })
}

/** "from 1 to 4", "at least 0", "more than 0". */
export function rangeWords({low, high}: Bounds): string {
  if (low && high && !low.isOpen && !high.isOpen) return `from ${low.value} to ${high.value}`
  const words = (bound: Bound | undefined, open: string, closed: string): readonly string[] =>
    bound ? [`${bound.isOpen ? open : closed} ${bound.value}`] : []
  return [...words(low, 'more than', 'at least'), ...words(high, 'less than', 'at most')].join(' and ')
}
