import type {Span} from '../document/types.ts'
import {constraintName, lastPart, sameName} from './implicit.ts'
import type {ConstraintFact, IndexFact, Name, Operation, OperationOf} from './model.ts'
import {askedKeys, itself, named, nameKeys, nameOf, ofKind, onTable, sharing} from './named.ts'
import {constraintKind} from './parts.ts'
import {hasColumn, hasConstraint, hasDrop, hasIndex, hasPython, hasTable, hasValue, ofType} from './same-object.ts'
import {isUndoing, isUndone} from './takers.ts'
import {tableOf} from './undoes.ts'

/** What an operation brings about, or the part of it that another list of operations lacks. */
export interface Lack extends Span {
  /** In words: "index `idx_a`", "column `a.b`", "the drop of table `a`". */
  readonly what: string
  readonly operation: Operation
  /** Names by which prose would speak of it; one of them without a name of its own: all of them. */
  readonly names: readonly Name[]
}

type Operations = readonly Operation[]

/**
 * What operations bring about that others don't. The object decides: a constraint inside `CREATE TABLE` is the one that is
 * added later, a column of a table is the one that is added to it. A table that the others change is there already, unless it is `fresh`. Helpers, data and what is made and dropped again aren't asked for.
 */
export function lacking(own: Operations, others: Operations, fresh: readonly Name[] = []): readonly Lack[] {
  const rebuilt = [...own, ...others].flatMap((one) => (one.kind === 'rename-table' ? [one.table, one.to] : []))
  const helpers = own.filter((one) => one.kind === 'create-table' && one.temporary)
  return own.flatMap((operation, index) => {
    const table = tableOf(operation)
    const isHelper =
      (operation.kind !== 'rename-table' && table && named(rebuilt, itself, table).length > 0) ||
      (table && onTable(helpers, table).length > 0)
    const isGone = isUndone(operation, own, index + 1) || isUndoing(operation, own, index)
    return isHelper || isGone ? [] : lacks(operation, others, own, fresh)
  })
}

function lacks(operation: Operation, others: Operations, own: Operations, fresh: readonly Name[]): readonly Lack[] {
  const {start, end} = operation
  const lack = (what: string, names: readonly Name[]): readonly Lack[] => [{start, end, what, operation, names}]
  switch (operation.kind) {
    case 'create-table':
      return tableLacks(operation, others, own, fresh)
    case 'add-column': {
      const {table, column} = operation
      if (!hasColumn(others, table, column.name))
        return lack(`column \`${table.text}.${column.name.text}\``, [column.name])
      return constraintLacks(operation, operation.constraints, others)
    }
    case 'create-index':
      return hasIndex(others, operation.index) ? [] : lack(indexWords(operation.index), indexNames(operation.index))
    case 'add-constraint':
      return constraintLacks(operation, [{...operation.constraint, start, end}], others)
    case 'create-enum':
      return ofType(others, operation.name).length > 0 || hasPython(others)
        ? []
        : lack(`enum \`${operation.name.text}\``, [operation.name])
    case 'add-enum-value':
      return ofType(others, operation.name).some((one) => hasValue(one, operation.value.text))
        ? []
        : lack(`value \`${operation.value.text}\` of enum \`${operation.name.text}\``, [
            {...operation.value, key: operation.value.text, hole: false},
          ])
    default:
      return changeLacks(operation, others, own, lack)
  }
}

function changeLacks(
  operation: Operation,
  others: Operations,
  own: Operations,
  lack: (what: string, names: readonly Name[]) => readonly Lack[],
): readonly Lack[] {
  switch (operation.kind) {
    case 'drop-table':
      return hasDrop(others, operation.table)
        ? []
        : lack(`the drop of table \`${operation.table.text}\``, [operation.table])
    case 'drop-column': {
      const {table, column} = operation
      const isDropped = onColumn(ofKind(others, 'drop-column'), operation).length > 0 || hasDrop(others, table)
      return isDropped ? [] : lack(`the drop of column \`${table.text}.${column.text}\``, [column])
    }
    case 'drop-index': {
      const {name, table} = operation
      const isDropped =
        named(ofKind(others, 'drop-index'), nameOf, name).length > 0 ||
        named(ofKind(others, 'drop-constraint'), nameOf, name).length > 0 ||
        (table !== undefined && hasDrop(others, table))
      return isDropped ? [] : lack(`the drop of index \`${name.text}\``, [name])
    }
    case 'drop-constraint': {
      const {table, name} = operation
      const isSpared = isReplaced(table, own, others)
      return isSpared || !name ? [] : lack(`the drop of constraint \`${name.text}\``, [name])
    }
    case 'rename-table':
      return ofKind(others, 'rename-table').length > 0 || hasTable(others, operation.to)
        ? []
        : lack(`the renaming of table \`${operation.table.text}\``, [operation.to])
    case 'rename-column': {
      const isKnown =
        hasColumn(others, operation.table, operation.to) ||
        onTable(ofKind(others, 'rename-column'), operation.table).length > 0
      return isKnown
        ? []
        : lack(`the renaming of column \`${operation.table.text}.${operation.column.text}\``, [operation.to])
    }
    case 'set-not-null':
      return isNullable(operation, others, own)
        ? lack(`\`SET NOT NULL\` of \`${operation.table.text}.${operation.column.text}\``, [operation.column])
        : changeOfColumn(operation, others, own, lack)
    case 'alter-type':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return changeOfColumn(operation, others, own, lack)
    default:
      return []
  }
}

function changeOfColumn(
  operation: OfColumn,
  others: Operations,
  own: Operations,
  lack: (what: string, names: readonly Name[]) => readonly Lack[],
): readonly Lack[] {
  const {table, column} = operation
  return onColumn(others, operation).length > 0 || [others, own].some((all) => hasColumn(all, table, column))
    ? []
    : lack(`the change of column \`${table.text}.${column.text}\``, [column])
}

/** Both add the column so that it may be null, and the others leave it at that. */
function isNullable(operation: OfColumn, others: Operations, own: Operations): boolean {
  const {table, column} = operation
  const added = [own, others].map((all) =>
    onTable(ofKind(all, 'add-column'), table).filter((one) => sameName(one.column.name, column)),
  )
  return (
    onColumn(others, operation).length === 0 &&
    added.every((all) => all.length > 0 && all.every((one) => isOpenToNull(one)))
  )
}

function isOpenToNull({column, constraints}: OperationOf<'add-column'>): boolean {
  return column.nullable !== false && !column.generated && constraints.every(({kind}) => kind !== 'primary')
}

/** Some constraint of the table takes the place of the dropped one, or goes as well. */
function isReplaced(table: Name, own: Operations, others: Operations): boolean {
  return (
    onTable(ofKind(own, 'add-constraint'), table).length > 0 ||
    onTable(ofKind(others, 'drop-constraint'), table).length > 0 ||
    hasDrop(others, table)
  )
}

interface OfColumn {
  readonly table: Name
  readonly column: Name
}

/** The operations about a column that is there. */
function onColumn(others: Operations, {table, column}: OfColumn): Operations {
  const asked = askedKeys(table).map((key) => `${key} ${lastPart(column)}`)
  return sharing(others, changedKeys, asked).filter(
    (one) => 'column' in one && one.kind !== 'add-column' && sameName(one.column, column),
  )
}

function changedKeys(one: Operation): readonly string[] {
  if (!('column' in one) || one.kind === 'add-column') return []
  return nameKeys(one.table).map((key) => `${key} ${lastPart(one.column)}`)
}

/** A whole table, unless the others change one of that name: then it is there already. */
function tableLacks(
  operation: OperationOf<'create-table'>,
  others: Operations,
  own: Operations,
  fresh: readonly Name[],
): readonly Lack[] {
  const {table, start, end} = operation
  const made = onTable(ofKind(others, 'create-table'), table)
  if (made.length === 0)
    return named(fresh, itself, table).length === 0 && hasTable(others, table)
      ? []
      : [{start, end, what: `table \`${table.text}\``, operation, names: [table]}]
  if (isPartial(operation) || made.some(isPartial)) return []
  const columns = operation.columns
    .filter(
      ({name}) =>
        !name.hole &&
        !hasColumn(others, table, name) &&
        sharing(own, goneKeys, [lastPart(name)]).every(
          (one) =>
            !('column' in one) ||
            one.kind === 'add-column' ||
            !sameName(one.column, name) ||
            (!sameName(one.table, table) && ofKind(own, 'rename-table').length === 0),
        ),
    )
    .map((column): Lack => ({
      start: column.start,
      end: column.end,
      what: `column \`${table.text}.${column.name.text}\``,
      operation,
      names: [column.name],
    }))
  return [...columns, ...constraintLacks(operation, operation.constraints, others)]
}

/** A column that is dropped or renamed, of whatever table. */
function goneKeys(one: Operation): readonly string[] {
  return one.kind === 'drop-column' || one.kind === 'rename-column' ? [lastPart(one.column)] : []
}

/** Something is left out on purpose, or it isn't a list of columns (`AS SELECT`, `LIKE`). */
function isPartial({columns, statement}: OperationOf<'create-table'>): boolean {
  return columns.length === 0 || statement.template || /\.\.\.|…|\blike\b/i.test(statement.text)
}

function constraintLacks(
  operation: OperationOf<'create-table' | 'add-column' | 'add-constraint'>,
  constraints: readonly ConstraintFact[],
  others: Operations,
): readonly Lack[] {
  const {table, statement} = operation
  return constraints
    .filter((constraint) => constraint.kind !== 'primary' || operation.kind === 'add-constraint')
    .filter((constraint) => !constraint.name?.hole && !hasConstraint(others, table, constraint))
    .map((constraint): Lack => {
      const name = constraint.name?.text ?? constraintName(constraint, table, statement.dialect)
      const columns = constraint.kind === 'check' ? [] : constraint.columns
      const written = name === undefined ? `of \`${table.text}\` (${shownOf(constraint)})` : `\`${name}\``
      const {start, end} = constraint
      return {
        start,
        end,
        what: `${constraintKind(constraint)} ${written}`,
        operation,
        names: constraint.name ? [constraint.name] : columns.length > 0 ? columns : [table],
      }
    })
}

/** What a constraint without a name is known by. */
function shownOf(constraint: ConstraintFact): string {
  return constraint.kind === 'check'
    ? `\`${constraint.text.replaceAll(/\s+/gu, ' ').trim().slice(0, 60)}\``
    : constraint.columns.map(({text}) => text).join(', ')
}

function indexWords({name, table, columns}: IndexFact): string {
  return name ? `index \`${name.text}\`` : `index of \`${table.text}\` (${columns.map(({text}) => text).join(', ')})`
}

function indexNames({name, columns, table}: IndexFact): readonly Name[] {
  if (name) return [name]
  const plain = columns.filter(({key}) => key !== '')
  return plain.length > 0 ? plain : [table]
}
