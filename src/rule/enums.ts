import {kept} from '../document/remembered.ts'
import type {Span, SpecDocument, Text} from '../document/types.ts'
import type {ColumnFact, ConstraintFact, Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {isStage} from './copies.ts'
import {forwardOperations, scriptOperations} from './keys.ts'
import {called, nameOf, ofKind, ofTable, sameName} from './schema.ts'
import {linksOf} from './enum-links.ts'

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
  /** Of a programming language that nobody stores by itself: compared only with what the database has. */
  readonly program?: boolean
}

const grouped = kept<readonly (readonly ValueList[])[]>()

/** Lists that mean the same values, each group in the order of the text. */
export function enumGroups(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly (readonly ValueList[])[] {
  return grouped(schema, () => groupsIn(enumLists(schema, document, type), schema, document))
}

function groupsIn(
  lists: readonly ValueList[],
  schema: SchemaFacts,
  document: SpecDocument,
): readonly (readonly ValueList[])[] {
  const groups: ValueList[][] = []
  const byKey = new Map<string, Set<number>>()
  const links = linksOf(lists, schema, document)
  for (const one of lists) {
    const asked = links.keysOf(one, 'asked').flatMap((key) => [...(byKey.get(key) ?? [])])
    const found = [...new Set(asked)].filter((at) => groups[at]?.some((other) => links.isOne(one, other)))
    const [first = groups.length, ...more] = found
    if (more.length > 0) continue
    if (found.length === 0) groups.push([one])
    else groups[first]?.push(one)
    for (const key of links.keysOf(one, 'kept')) byKey.set(key, (byKey.get(key) ?? new Set()).add(first))
  }
  return groups.filter(
    (group) =>
      group.length > 1 &&
      group.some(({values}) => values.length > 1) &&
      (!group.some(({program}) => program) || group.some(({from}) => from === 'check' || from === 'type')),
  )
}

const known = kept<readonly ValueList[]>()

/** All lists of values, in the order of the text. */
export function enumLists(schema: SchemaFacts, document: SpecDocument, type: BoundDocument): readonly ValueList[] {
  return known(schema, () => listsIn(schema, document, type))
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
        !/\b(?:new|added|additional|extended|removed|legacy|old|deprecated|example)\b(?! ent)/i.test(title)
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
        source === 'python' || source === 'prisma' || source === 'typescript' || source === 'program'
          ? 'code'
          : source === 'prose'
            ? 'prose'
            : 'document',
      constraint: undefined,
      program: source === 'program',
    }))
}

function inSql(given: readonly Operation[]): readonly ValueList[] {
  const operations = given.filter((one) => !isReplaced(one, given) && !isStage(one.statement))
  const changed = new Set(ofKind(operations, 'rename-enum-value').map(({name}) => name.key))
  const added = ofKind(operations, 'add-enum-value')
  const types = ofKind(operations, 'create-enum')
    .filter(({name}) => !name.hole && !changed.has(name.key))
    .map(({name, values, start, end}): ValueList => {
      const later = called(added, nameOf, name)
        .filter((one) => one.name.key === name.key)
        .map(({value}) => value)
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
  return ofTable(ofKind(all, 'drop-constraint'), one.table).some(
    ({name, what, start}) =>
      start > one.start &&
      (what === 'check' || what === 'any') &&
      checks.some((check) => !name || !check.name || sameName(check.name, name)),
  )
}

/** `CREATE DOMAIN state AS TEXT CHECK (VALUE IN ('a', 'b'))` */
function domains(operations: readonly Operation[]): readonly ValueList[] {
  return ofKind(operations, 'create-object').flatMap(({what, name, statement}) => {
    const list = what === 'domain' ? /\bVALUE\s+IN\s*\(([^()]*)\)/i.exec(statement.text) : null
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
