import type {Span} from '../document/types.ts'
import {constraintName, sameName} from './implicit.ts'
import type {ConstraintFact, IndexFact, Name, Operation, OperationOf} from './model.ts'
import {hasColumn, hasConstraint, hasIndex, hasTable, hasValue, isDropOf, isOfType, isPython} from './same-object.ts'
import {tableOf, undoes} from './undoes.ts'

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
  return own.flatMap((operation, index) => {
    const table = tableOf(operation)
    const isHelper =
      (operation.kind !== 'rename-table' && table && rebuilt.some((name) => sameName(name, table))) ||
      (table && own.some((one) => one.kind === 'create-table' && one.temporary && sameName(one.table, table)))
    const isGone =
      own.slice(index + 1).some((later) => undoes(operation, later)) ||
      own.slice(0, index).some((earlier) => undoes(earlier, operation))
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
      return others.some((one) => isOfType(one, operation.name) || isPython(one))
        ? []
        : lack(`enum \`${operation.name.text}\``, [operation.name])
    case 'add-enum-value':
      return others.some((one) => isOfType(one, operation.name) && hasValue(one, operation.value.text))
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
      return others.some((one) => one.kind === 'drop-table' && sameName(one.table, operation.table))
        ? []
        : lack(`the drop of table \`${operation.table.text}\``, [operation.table])
    case 'drop-column': {
      const {table, column} = operation
      const isDropped = others.some(
        (one) => (one.kind === 'drop-column' && sameColumn(one, operation)) || isDropOf(one, table),
      )
      return isDropped ? [] : lack(`the drop of column \`${table.text}.${column.text}\``, [column])
    }
    case 'drop-index': {
      const isDropped = others.some(
        (one) =>
          (one.kind === 'drop-index' && sameName(one.name, operation.name)) ||
          (one.kind === 'drop-constraint' && one.name !== undefined && sameName(one.name, operation.name)) ||
          (operation.table !== undefined && isDropOf(one, operation.table)),
      )
      return isDropped ? [] : lack(`the drop of index \`${operation.name.text}\``, [operation.name])
    }
    case 'drop-constraint': {
      const {table, name} = operation
      const isReplaced = own.some((one) => one.kind === 'add-constraint' && sameName(one.table, table))
      const isDropped = others.some(
        (one) => (one.kind === 'drop-constraint' && sameName(one.table, table)) || isDropOf(one, table),
      )
      return isReplaced || isDropped || !name ? [] : lack(`the drop of constraint \`${name.text}\``, [name])
    }
    case 'rename-table':
      return others.some((one) => one.kind === 'rename-table' || hasTable(one, operation.to))
        ? []
        : lack(`the renaming of table \`${operation.table.text}\``, [operation.to])
    case 'rename-column': {
      const isKnown =
        hasColumn(others, operation.table, operation.to) ||
        others.some((one) => one.kind === 'rename-column' && sameName(one.table, operation.table))
      return isKnown
        ? []
        : lack(`the renaming of column \`${operation.table.text}.${operation.column.text}\``, [operation.to])
    }
    case 'alter-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return others.some((one) => 'column' in one && one.kind !== 'add-column' && sameColumn(one, operation)) ||
        hasColumn([...others, ...own], operation.table, operation.column)
        ? []
        : lack(`the change of column \`${operation.table.text}.${operation.column.text}\``, [operation.column])
    default:
      return []
  }
}

interface OfColumn {
  readonly table: Name
  readonly column: Name
}

function sameColumn(a: OfColumn, b: OfColumn): boolean {
  return sameName(a.table, b.table) && sameName(a.column, b.column)
}

/** A whole table, unless the others change one of that name: then it is there already. */
function tableLacks(
  operation: OperationOf<'create-table'>,
  others: Operations,
  own: Operations,
  fresh: readonly Name[],
): readonly Lack[] {
  const {table, start, end} = operation
  const made = others.filter((one) => one.kind === 'create-table' && sameName(one.table, table))
  const [first] = made
  if (first?.kind !== 'create-table')
    return !fresh.some((name) => sameName(name, table)) && others.some((one) => hasTable(one, table))
      ? []
      : [{start, end, what: `table \`${table.text}\``, operation, names: [table]}]
  if (isPartial(operation) || made.some((one) => one.kind === 'create-table' && isPartial(one))) return []
  const columns = operation.columns
    .filter(
      ({name}) =>
        !name.hole &&
        !hasColumn(others, table, name) &&
        !own.some(
          (one) =>
            /^(?:drop|rename)-column$/u.test(one.kind) && 'column' in one && sameName((one as OfColumn).column, name),
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

/** Something is left out on purpose, or it isn't a list of columns (`AS SELECT`, `LIKE`). */
function isPartial({columns, statement}: OperationOf<'create-table'>): boolean {
  return columns.length === 0 || statement.template || /\.\.\.|…|\blike\b/iu.test(statement.text)
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
      const kind = {foreign: 'foreign key', unique: 'unique constraint', check: 'check', primary: 'primary key'}
      const columns = constraint.kind === 'check' ? [] : constraint.columns
      const written =
        name === undefined ? `of \`${table.text}\` (${columns.map(({text}) => text).join(', ')})` : `\`${name}\``
      const {start, end} = constraint
      return {
        start,
        end,
        what: `${kind[constraint.kind]} ${written}`,
        operation,
        names: constraint.name ? [constraint.name] : columns.length > 0 ? columns : [table],
      }
    })
}

function indexWords({name, table, columns}: IndexFact): string {
  return name ? `index \`${name.text}\`` : `index of \`${table.text}\` (${columns.map(({text}) => text).join(', ')})`
}

function indexNames({name, columns, table}: IndexFact): readonly Name[] {
  if (name) return [name]
  const plain = columns.filter(({key}) => key !== '')
  return plain.length > 0 ? plain : [table]
}
