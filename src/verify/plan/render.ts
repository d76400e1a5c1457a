import type {ColumnFact, Name, Operation, TypeFact} from '../../sql/model.ts'
import type {Executable} from '../model.ts'
import {quoted} from '../quoted.ts'

/** A name as SQL writes it, each part in quotation marks. */
export function quotedName({key}: Name): string {
  return key.split('.').map(quoted).join('.')
}

const types: Readonly<Record<string, string>> = {
  bytes: 'bytea',
  double: 'double precision',
  datetime: 'timestamp',
  json: 'jsonb',
  string: 'text',
  int: 'integer',
  float: 'double precision',
}

const plain =
  /^(?:text|varchar|char|citext|integer|bigint|smallint|numeric|real|double|boolean|uuid|date|time|timestamp|timestamptz|json|bytes|interval|inet|datetime|string|int|float)$/u

/** The type of a column; `text` for one that nobody gives, or that is no type of its own. */
export function columnSql({type}: Pick<ColumnFact, 'type'>, dialect: Executable): string {
  return type === undefined ? 'text' : typeSql(type, dialect)
}

export function typeSql(type: TypeFact, dialect: Executable): string {
  if (dialect !== 'postgresql') return type.hole ? 'TEXT' : type.text.replaceAll(/[^\w() ,]/gu, ' ')
  if (type.hole || !plain.test(type.base)) return 'text'
  const size = /^(?:varchar|char|numeric)$/u.test(type.base) && type.size.length > 0 ? `(${type.size.join(', ')})` : ''
  return `${types[type.base] ?? type.base}${size}${type.array ? '[]' : ''}`
}

/** What an operation of a script in Python does, as SQL; `undefined` for what needs more than names. */
export function operationSql(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'drop-table':
      return `DROP TABLE ${quotedName(operation.table)}`
    case 'drop-column':
      return `ALTER TABLE ${quotedName(operation.table)} DROP COLUMN ${quotedName(operation.column)}`
    case 'drop-index':
      return `DROP INDEX ${quotedName(operation.name)}`
    case 'rename-table':
      return `ALTER TABLE ${quotedName(operation.table)} RENAME TO ${quotedName(operation.to)}`
    case 'rename-column':
      return `ALTER TABLE ${quotedName(operation.table)} RENAME COLUMN ${quotedName(operation.column)} TO ${quotedName(operation.to)}`
    case 'drop-constraint':
      return operation.name
        ? `ALTER TABLE ${quotedName(operation.table)} DROP CONSTRAINT ${quotedName(operation.name)}`
        : undefined
    case 'set-not-null':
    case 'drop-not-null': {
      const verb = operation.kind === 'set-not-null' ? 'SET' : 'DROP'
      return `ALTER TABLE ${quotedName(operation.table)} ALTER COLUMN ${quotedName(operation.column)} ${verb} NOT NULL`
    }
    case 'drop-object':
      return /^(?:type|view|function|sequence|extension|schema|domain)$/u.test(operation.what)
        ? `DROP ${operation.what.toUpperCase()} ${quotedName(operation.name)}`
        : undefined
    default:
      return undefined
  }
}
