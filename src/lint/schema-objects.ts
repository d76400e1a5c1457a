import {schemaCalls, type SchemaFileKind} from '../config/schema-files.ts'
import type {SchemaObject} from '../rule/change.ts'
import type {Operation} from '../rule/types.ts'
import {type Line, type LineChanges, linesOf} from './schema-lines.ts'

/** What of a schema the operations of one form make and those of the other don't. */
export function objectsInOperations(before: readonly Operation[], now: readonly Operation[]): readonly SchemaObject[] {
  const [old, own] = [formsOf(before), formsOf(now)]
  return [
    ...[...own].flatMap(([form, one]) => (old.has(form) ? [] : objectsOf(one, before))),
    ...[...old].flatMap(([form, one]) => (own.has(form) || isRemade(one, now) ? [] : objectsOf(one, []))),
  ]
}

/** Places are no difference. */
const aside: ReadonlySet<string> = new Set(['start', 'end', 'statement', 'section', 'code'])

function formsOf(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map((one) => [formOf(one), one]))
}

function formOf(value: object): string {
  return JSON.stringify(value, (key, inner: unknown) => (aside.has(key) ? undefined : inner))
}

function isRemade(one: Operation, now: readonly Operation[]): boolean {
  return (
    one.kind === 'create-table' && now.some((other) => other.kind === one.kind && other.table.key === one.table.key)
  )
}

function objectsOf(one: Operation, before: readonly Operation[]): readonly SchemaObject[] {
  switch (one.kind) {
    case 'create-table':
      return [{names: [one.table.text], parts: otherColumns(one, before)}]
    case 'drop-table':
      return [{names: [one.table.text], parts: []}]
    case 'rename-table':
      return [{names: [one.table.text, one.to.text], parts: []}]
    case 'add-column':
      return [{names: [one.table.text], parts: [one.column.name.text]}]
    case 'drop-column':
    case 'alter-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'drop-default':
    case 'set-default':
      return [{names: [one.table.text], parts: [one.column.text]}]
    case 'rename-column':
      return [{names: [one.table.text], parts: [one.column.text, one.to.text]}]
    case 'add-constraint':
    case 'drop-constraint':
      return [{names: [one.table.text], parts: []}]
    case 'create-index': {
      const {table, name, columns} = one.index
      return [{names: [table.text], parts: [...(name ? [name.text] : []), ...columns.map(({text}) => text)]}]
    }
    case 'drop-index':
      return [{names: [...(one.table ? [one.table.text] : []), one.name.text], parts: []}]
    case 'create-enum':
      return [{names: [one.name.text], parts: []}]
    case 'add-enum-value':
    case 'rename-enum-value':
      return [{names: [one.name.text], parts: [one.value.text]}]
    case 'create-object':
    case 'drop-object':
    case 'alter-object':
      // What the server is given is no part of the schema.
      return one.what === 'extension' || one.name.text === '' ? [] : [{names: [one.name.text], parts: []}]
    default:
      return []
  }
}

/** The columns of a table that another form of it has otherwise, or not; none for a table that is new. */
function otherColumns(
  one: Extract<Operation, {kind: 'create-table'}>,
  before: readonly Operation[],
): readonly string[] {
  const old = before.find((other) => other.kind === 'create-table' && other.table.key === one.table.key)
  if (old?.kind !== 'create-table') return []
  const [were, are] = [old, one].map(
    ({columns}) => new Map(columns.map((column) => [column.name.text, formOf(column)])),
  )
  const names = [...new Set([...(were?.keys() ?? []), ...(are?.keys() ?? [])])]
  return names.filter((name) => were?.get(name) !== are?.get(name))
}

/** What lines of a language of models say of the tables that they stand in. */
export function objectsInModels(
  {before, now}: {readonly before: string; readonly now: string},
  {added, removed}: LineChanges,
  kind: Extract<SchemaFileKind, {kind: 'models'}>,
): readonly SchemaObject[] {
  return [...inModels(now, added, kind), ...inModels(before, removed, kind)]
}

function inModels(
  text: string,
  changed: readonly Line[],
  {table, part}: Extract<SchemaFileKind, {kind: 'models'}>,
): readonly SchemaObject[] {
  const numbers = new Set(changed.map(({number}) => number))
  const found: SchemaObject[] = []
  let name: string | undefined
  for (const line of linesOf(text)) {
    const head = table.exec(line.text)?.[1]
    const column = part.exec(line.text)?.[1]
    name = head ?? name
    if (!numbers.has(line.number) || name === undefined) continue
    if (column !== undefined) found.push({names: [name], parts: [column]})
  }
  return found
}

/** Lines below a call that may hold its words. */
const reach = 3

/** What the calls of code make, alter or drop; what stands in SQL between them too. */
export function objectsInCalls(text: string, {added}: LineChanges): readonly SchemaObject[] {
  const lines = linesOf(text)
  const numbers = new Set(added.map(({number}) => number))
  return lines.flatMap((line, index): readonly SchemaObject[] => {
    if (!numbers.has(line.number)) return []
    const written = [...line.text.matchAll(schemaCalls.sql)].flatMap(([, name]) => name ?? [])
    if (written.length > 0) return written.map((name) => ({names: [name], parts: []}))
    const isPart = schemaCalls.part.test(line.text)
    if (!isPart && !schemaCalls.table.test(line.text)) return []
    const near = lines.slice(index, index + reach).map((one) => one.text)
    const called = near.join('\n').slice(line.text.search(isPart ? schemaCalls.part : schemaCalls.table))
    const [table, part] = [...called.matchAll(schemaCalls.word)].map(([, word]) => word ?? '')
    return table === undefined ? [] : [{names: [table], parts: isPart && part !== undefined ? [part] : []}]
  })
}
