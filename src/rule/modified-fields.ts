/** What modified fields say of the types and the nulls of columns, and the scripts there and back do otherwise. */
import type {ColumnFact, Name, Operation, OperationOf} from '../sql/model.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {AlteredField} from './altered-field.ts'
import {type Type, typesAgree} from './types-agree.ts'
import {columnForm, defaultsAgree} from './creations.ts'
import {ofKind, ofTable} from './schema.ts'

export function modifiedFields(
  {name: table, changes}: Pick<DocumentedTable, 'name' | 'changes'>,
  forward: readonly Operation[],
  back: readonly Operation[],
): readonly AlteredField[] {
  return changes.flatMap(({column, from, to, was, will}) => {
    const [there, after] = [typesOf(back, table, column, was?.name), typesOf(forward, table, column, was?.name)]
    return [
      ...changed(to, column, after),
      ...changed(from, was?.name ?? column, there),
      ...otherValues(from, column, there),
      ...(will ? [...nullsOf(will, forward, table, was?.name), ...defaultOf(will, forward, table)] : []),
      ...(was ? nullsOf(was, back, table, column) : []),
    ]
  })
}

/** The script lets the column be null where it is said not to be, or the other way round. */
function nullsOf(
  {name, nullable}: ColumnFact,
  script: readonly Operation[],
  table: Name,
  other: Name | undefined,
): readonly AlteredField[] {
  const last = ofTable(script, table).findLast(
    (one) =>
      (one.kind === 'set-not-null' || one.kind === 'drop-not-null') &&
      !one.statement.template &&
      isOneOf(one.column, [name, other]),
  )
  return last && nullable !== undefined && nullable !== (last.kind === 'drop-not-null')
    ? [{kind: 'nullable', column: name, isNullable: nullable, actual: last}]
    : []
}

/** The default that a statement of its own gives the column. */
function defaultOf(
  {name, default: value}: ColumnFact,
  script: readonly Operation[],
  table: Name,
): readonly AlteredField[] {
  const last = ofTable(ofKind(script, 'set-default'), table).findLast(
    (one) => !one.statement.template && isOneOf(one.column, [name]),
  )
  return value && last?.value && !defaultsAgree(value.text, last.value.text)
    ? [{kind: 'default', column: name, described: value, actual: last.value}]
    : []
}

function isOneOf(column: Name, names: readonly (Name | undefined)[]): boolean {
  return names.some((one) => one && columnForm(one) === columnForm(column))
}

/** The way back gives an enum other values than it is said to have had. */
function otherValues(
  described: ColumnFact['type'],
  column: Name,
  all: readonly OperationOf<'alter-type'>[],
): readonly AlteredField[] {
  const actual = all.at(-1)?.type
  const listed = (type: Type): string => type.values.map(({text}) => text.replaceAll("'", '')).join()
  return described &&
    actual &&
    described.values.length > 0 &&
    actual.values.length > 0 &&
    listed(described) !== listed(actual)
    ? [{kind: 'type', column, described, actual}]
    : []
}

function typesOf(
  operations: readonly Operation[],
  table: Name,
  ...names: readonly (Name | undefined)[]
): readonly OperationOf<'alter-type'>[] {
  return ofTable(ofKind(operations, 'alter-type'), table).filter(
    (one) => !one.statement.template && isOneOf(one.column, names),
  )
}

function changed(
  described: ColumnFact['type'],
  column: Name,
  all: readonly OperationOf<'alter-type'>[],
): readonly AlteredField[] {
  const actual = all[0]?.type
  if (!described || !actual || all.some(({type}) => !type || typesAgree(described, type))) return []
  return [{kind: 'type', column, described, actual}]
}
