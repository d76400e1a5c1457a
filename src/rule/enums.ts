import type {Span, SpecDocument, Text} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {ColumnFact, ConstraintFact, Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {columnForm} from './creations.ts'
import {isStage} from './copies.ts'
import {forwardOperations, scriptOperations} from './keys.ts'
import {entityForm, ofKind, operationsOf, sameName} from './schema.ts'

/** A list of the values that something may have, wherever it stands. */
export interface ValueList extends Span {
  /** Name of the enum; `undefined` for a list of a column. */
  readonly name: Name | undefined
  readonly column: {readonly table: Name; readonly name: Name} | undefined
  readonly values: readonly Text[]
  /** `CHECK`, `CREATE TYPE`, `MovementKind`. */
  readonly what: string
  readonly from: 'document' | 'check' | 'type' | 'code' | 'prose'
  /** Name of the constraint, by which a text may mean it. */
  readonly constraint: Name | undefined
}

/** Lists that mean the same values, each group in the order of the text. */
export function enumGroups(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly (readonly ValueList[])[] {
  const lists = enumLists(schema, document, type)
  const groups: ValueList[][] = []
  const links = new Links(lists, schema, document)
  for (const one of lists) {
    const found = groups.filter((group) => group.some((other) => links.isOne(one, other)))
    const [first, ...more] = found
    if (!first) groups.push([one])
    else if (more.length === 0) first.push(one)
  }
  return groups.filter((group) => group.length > 1 && group.some(({values}) => values.length > 1))
}

const known = new WeakMap<SchemaFacts, readonly ValueList[]>()

/** All lists of values, in the order of the text. */
export function enumLists(schema: SchemaFacts, document: SpecDocument, type: BoundDocument): readonly ValueList[] {
  const made = known.get(schema) ?? listsIn(schema, document, type)
  known.set(schema, made)
  return made
}

function listsIn(schema: SchemaFacts, document: SpecDocument, type: BoundDocument): readonly ValueList[] {
  return [
    ...documented(schema, document),
    ...inSql(forwardOperations(schema, type)),
    ...inSql(scriptOperations(schema)),
  ]
    .filter(
      ({values, start, end}) =>
        values.length > 0 &&
        !/\{\{|\.{3}|…|\[(?!["'\s])\w/u.test(document.text.slice(start, end).replaceAll(/=\s*\[[^[\]]*\]/gu, '')),
    )
    .toSorted((a, b) => a.start - b.start)
}

function documented({enums, models}: SchemaFacts, document: SpecDocument): readonly ValueList[] {
  return [...enums, ...models.enums]
    .filter(({name, section}) => {
      const title = section.heading?.title.text ?? ''
      return (
        !name.hole &&
        !/\b(?:new|added|additional|extended|removed|legacy|old|deprecated|example)\b(?! ent)/iu.test(title)
      )
    })
    .map(({name, values, table, source, start, end}): ValueList => ({
      start,
      end,
      name: table ? undefined : name,
      column: table ? {table, name} : undefined,
      values,
      what: table ? `${document.source.slice(table)}.${name.text}` : name.text,
      from:
        source === 'python' || source === 'prisma' || source === 'typescript'
          ? 'code'
          : source === 'prose'
            ? 'prose'
            : 'document',
      constraint: undefined,
    }))
}

function inSql(given: readonly Operation[]): readonly ValueList[] {
  const operations = given.filter((one) => !isReplaced(one, given) && !isStage(one.statement.section))
  const changed = new Set(ofKind(operations, 'rename-enum-value').map(({name}) => name.key))
  const added = ofKind(operations, 'add-enum-value')
  const types = ofKind(operations, 'create-enum')
    .filter(({name}) => !name.hole && !changed.has(name.key))
    .map(({name, values, start, end}): ValueList => {
      const later = added.filter((one) => one.name.key === name.key).map(({value}) => value)
      const all = [...values, ...later]
      return {
        start,
        end,
        name,
        column: undefined,
        values: all,
        what: `CREATE TYPE ${name.text}`,
        from: 'type',
        constraint: undefined,
      }
    })
  const columns = [
    ...ofKind(operations, 'create-table').flatMap(({table, columns: all, constraints}) => [
      ...all.flatMap((column) => inline(table, column)),
      ...constraints.flatMap((one) => checked(table, one)),
    ]),
    ...ofKind(operations, 'add-column').flatMap(({table, column, constraints}) => [
      ...inline(table, column),
      ...constraints.flatMap((one) => checked(table, one)),
    ]),
    ...ofKind(operations, 'add-constraint').flatMap(({table, constraint}) => checked(table, constraint)),
  ]
  return [...types, ...domains(operations), ...columns]
}

/** A CHECK that a later statement drops. */
function isReplaced(one: Operation, all: readonly Operation[]): boolean {
  if (one.kind !== 'add-constraint' && one.kind !== 'create-table') return false
  const constraints = one.kind === 'create-table' ? one.constraints : [one.constraint]
  const checks = constraints.filter(({kind}) => kind === 'check')
  return ofKind(all, 'drop-constraint').some(
    ({table, name, what, start}) =>
      start > one.start &&
      (what === 'check' || what === 'any') &&
      sameName(table, one.table) &&
      checks.some((check) => !name || !check.name || sameName(check.name, name)),
  )
}

/** `CREATE DOMAIN state AS TEXT CHECK (VALUE IN ('a', 'b'))` */
function domains(operations: readonly Operation[]): readonly ValueList[] {
  return ofKind(operations, 'create-object').flatMap(({what, name, statement}) => {
    const list = what === 'domain' ? /\bVALUE\s+IN\s*\(([^()]*)\)/iu.exec(statement.text) : null
    if (!list || name.hole || statement.template) return []
    const from = statement.start + list.index + list[0].length - 1 - (list[1] ?? '').length
    const values = [...(list[1] ?? '').matchAll(/'([^']*)'/gu)].map((match) => ({
      start: from + match.index,
      end: from + match.index + match[0].length,
      text: match[1] ?? '',
    }))
    return [
      {
        start: statement.start,
        end: statement.end,
        name,
        column: undefined,
        values,
        what: `CREATE DOMAIN ${name.text}`,
        from: 'type',
        constraint: undefined,
      },
    ]
  })
}

function inline(table: Name, {name, type}: ColumnFact): readonly ValueList[] {
  if (!type || type.values.length === 0) return []
  const {start, end, values} = type
  return [
    {
      start,
      end,
      name: undefined,
      column: {table, name},
      values,
      what: `ENUM (${name.text})`,
      from: 'check',
      constraint: undefined,
    },
  ]
}

function checked(table: Name, constraint: ConstraintFact): readonly ValueList[] {
  if (constraint.kind !== 'check' || !constraint.allowed) return []
  const {start, end, name: own, allowed} = constraint
  const column = {table, name: allowed.column}
  return [
    {
      start,
      end,
      name: undefined,
      column,
      values: allowed.values,
      what: `CHECK (${column.name.text})`,
      from: 'check',
      constraint: own,
    },
  ]
}

/** Tells whether two lists mean the same values: by name, by column, or because the document says so. */
class Links {
  readonly #lists: readonly ValueList[]
  readonly #document: SpecDocument
  /** `movementkind` to the columns that are said to have it, as `stockmovement.kind`. */
  readonly #said = new Map<string, Set<string>>()

  constructor(lists: readonly ValueList[], schema: SchemaFacts, document: SpecDocument) {
    this.#lists = lists
    this.#document = document
    const names = lists.flatMap(({name}) => name ?? [])
    const tables = [
      ...schema.tables,
      ...schema.models.tables.map(({name, table, columns}) => ({name: table ?? name, columns})),
      ...ofKind(operationsOf(schema), 'create-table').map(({table, columns}) => ({name: table, columns})),
    ]
    for (const {name, columns} of tables) {
      for (const column of columns) {
        const words = new Set(
          document.source
            .slice(column)
            .toLowerCase()
            .match(/[\p{L}_][\p{L}\p{N}_]*/gu),
        )
        for (const one of names) {
          if (one.key === column.name.key || !words.has(lastPart(one))) continue
          const key = formOf(one)
          this.#said.set(key, (this.#said.get(key) ?? new Set()).add(place({table: name, name: column.name})))
        }
      }
    }
  }

  isOne(a: ValueList, b: ValueList): boolean {
    if (a.column && b.column) return place(a.column) === place(b.column)
    if (a.name && b.name) return formOf(a.name) === formOf(b.name)
    return a.name ? this.#means(a, b) : this.#means(b, a)
  }

  #means({name, start}: ValueList, {column, constraint}: ValueList): boolean {
    if (!name || !column) return false
    const said = this.#said.get(formOf(name))
    if (said) return said.has(place(column))
    const section = this.#document.sections.findLast(({body}) => body.start <= start && start < body.end)
    if (constraint && section && this.#document.source.slice(section.body).includes(constraint.text)) return true
    const form = formOf(name)
    if (form === entityForm(column.table) + columnForm(column.name)) return true
    if (form === entityForm(column.table) + formOf(column.name)) return true
    // A bare `Status` means the one column of that name.
    const places = this.#lists.flatMap((one) =>
      one.column && formOf(one.column.name) === form ? place(one.column) : [],
    )
    return formOf(column.name) === form && new Set(places).size === 1
  }
}

function place({table, name}: NonNullable<ValueList['column']>): string {
  return `${entityForm(table)}.${columnForm(name)}`
}

/** `OrderStatuses`, `access.order_status` and `OrderStatusEnum` are one. */
function formOf({key}: Name): string {
  const form = entityForm({key: key.toLowerCase().replace(/statuses$/u, 'status')}).replace(
    /(?:enum|value|option|choice)$/u,
    '',
  )
  return entityForm({key: form})
}
