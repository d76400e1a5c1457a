import type {ConstraintFact, Name, Operation} from './model.ts'
import {constraintKind} from './parts.ts'

/** What an operation is about, in words: "index `idx_a`", "column `a.b`", "the new type of `a.b`". */
export function operationWords(operation: Operation): string {
  switch (operation.kind) {
    case 'create-table':
    case 'drop-table':
      return `${dropped(operation)}table ${quoted(operation.table)}`
    case 'rename-table':
      return `the renaming of table ${quoted(operation.table)} to ${quoted(operation.to)}`
    case 'add-column':
      return `column ${quoted(operation.table, operation.column.name)}`
    case 'drop-column':
      return `the drop of column ${quoted(operation.table, operation.column)}`
    case 'rename-column':
      return `the renaming of column ${quoted(operation.table, operation.column)} to ${quoted(operation.to)}`
    case 'alter-type':
      return `the new type of ${quoted(operation.table, operation.column)}`
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return `\`${operation.kind.replaceAll('-', ' ').toUpperCase()}\` of ${quoted(operation.table, operation.column)}`
    case 'add-constraint':
      return constraintWords(operation.constraint, operation.table)
    case 'drop-constraint':
      return `the drop of ${operation.name ? `constraint ${quoted(operation.name)}` : `a constraint of ${quoted(operation.table)}`}`
    case 'create-index':
      return operation.index.name
        ? `index ${quoted(operation.index.name)}`
        : `an index of ${quoted(operation.index.table)}`
    case 'drop-index':
      return `the drop of index ${quoted(operation.name)}`
    case 'validate-constraint':
      return `the validation of constraint ${quoted(operation.name)}`
    default:
      return otherWords(operation)
  }
}

function otherWords(operation: Operation): string {
  switch (operation.kind) {
    case 'create-enum':
      return `type ${quoted(operation.name)}`
    case 'add-enum-value':
    case 'rename-enum-value':
      return `value \`${operation.value.text}\` of ${quoted(operation.name)}`
    case 'create-object':
    case 'drop-object':
    case 'alter-object':
      return `${dropped(operation)}${operation.what} ${quoted(operation.name)}`
    case 'insert':
    case 'update':
    case 'delete':
    case 'truncate':
    case 'copy':
      return `\`${operation.kind.toUpperCase()}\`${operation.table ? ` of ${quoted(operation.table)}` : ''}`
    default:
      return `\`${operation.statement.text.slice(0, 30)}\``
  }
}

function dropped({kind}: Operation): string {
  return kind.startsWith('drop') ? 'the drop of ' : ''
}

function constraintWords(constraint: ConstraintFact, table: Name): string {
  const {name} = constraint
  return `${constraintKind(constraint)} ${name ? quoted(name) : `of ${quoted(table)}`}`
}

function quoted(...names: readonly Name[]): string {
  return `\`${names.map(({text}) => text).join('.')}\``
}
