import {readDocument} from '../../src/document/parse.ts'
import type {ColumnFact, ConstraintFact, Dialect, Name, Operation, SqlFacts} from '../../src/sql/model.ts'
import {loadSqlFor} from '../../src/sql/load.ts'
import {readSql} from '../../src/sql/read.ts'

export function inFence(sql: string, language = 'sql'): string {
  return `# D\n\n\`\`\`${language}\n${sql}\n\`\`\`\n`
}

export async function factsOf(text: string, dialect?: Dialect): Promise<SqlFacts> {
  const document = readDocument(text)
  await loadSqlFor(document, dialect)
  return readSql(document, dialect)
}

/** The operations of an SQL text in short; problems as `! message`. */
export async function shown(sql: string, dialect?: Dialect): Promise<readonly string[]> {
  const {statements, problems} = await factsOf(inFence(sql), dialect)
  return [...statements.flatMap(({operations}) => operations.map(show)), ...problems.map(({message}) => `! ${message}`)]
}

/** `!`: not null, `?`: null, `=`: default, `+`: generated; `~`: from a placeholder. */
export function show(operation: Operation): string {
  const {kind} = operation
  const rest = words(operation).filter((word) => word !== '')
  return [kind, ...rest].join(' ')
}

function words(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'create-table':
      return [
        operation.ifNotExists ? 'if-not-exists' : '',
        operation.temporary ? 'temporary' : '',
        named(operation.table),
        `(${operation.columns.map(column).join(', ')})`,
        ...operation.constraints.map(constraint),
      ]
    case 'set-default':
      return [named(operation.table), named(operation.column)]
    case 'insert':
      return [
        named(operation.table),
        operation.columns.length > 0 ? `(${list(operation.columns)})` : '',
        operation.filtered ? 'filtered' : '',
      ]
    case 'add-column':
      return [named(operation.table), column(operation.column), ...operation.constraints.map(constraint)]
    case 'add-constraint':
      return [
        named(operation.table),
        constraint(operation.constraint),
        operation.notValid ? 'not-valid' : '',
        operation.usingIndex ? 'using-index' : '',
      ]
    case 'create-index': {
      const {index} = operation
      const flags = [index.unique ? 'unique' : '', index.partial ? 'partial' : '', index.concurrently ? 'online' : '']
      return [`${named(index.name)} on ${named(index.table)}(${list(index.columns)})`, ...flags]
    }
    case 'select':
      return [
        `from ${list(operation.tables)}`,
        operation.star ? '*' : '',
        operation.filters.length > 0 ? `where ${list(operation.filters)}` : '',
        operation.order.length > 0 ? `order ${list(operation.order)}` : '',
        operation.limited ? 'limited' : '',
      ]
    case 'create-enum':
      return [named(operation.name), operation.values.map(({text}) => text).join('|')]
    default:
      return Object.entries(operation)
        .filter(([key]) => !['kind', 'start', 'end', 'statement'].includes(key))
        .map(([key, value]) => other(key, value))
  }
}

function other(key: string, value: unknown): string {
  if (value === undefined || value === false) return ''
  if (value === true) return key
  if (Array.isArray(value)) return value.length === 0 ? '' : `(${list(value as readonly Name[])})`
  if (typeof value === 'string') return value
  if ('base' in (value as object)) return (value as {base: string}).base
  return 'key' in (value as object) ? named(value as Name) : `'${(value as {text: string}).text}'`
}

function named(name: Name | undefined): string {
  return name === undefined ? '-' : `${name.key || `{${name.text}}`}${name.hole ? '~' : ''}`
}

function list(names: readonly Name[]): string {
  return names.map(named).join(', ')
}

function column({name, type, nullable, default: value, generated}: ColumnFact): string {
  const size = type && type.size.length > 0 ? `(${type.size.join(',')})` : ''
  const values = type && type.values.length > 0 ? `(${type.values.map(({text}) => text).join('|')})` : ''
  const marks = `${nullable === false ? '!' : nullable === true ? '?' : ''}${generated ? '+' : ''}`
  return `${named(name)} ${type?.base ?? '-'}${size}${values}${type?.array ? '[]' : ''}${marks}${value ? `=${value.text}` : ''}`
}

function constraint(one: ConstraintFact): string {
  const name = one.name ? `${named(one.name)}:` : ''
  if (one.kind === 'check') {
    const allowed = one.allowed
      ? ` ${named(one.allowed.column)}=${one.allowed.values.map(({text}) => text).join('|')}`
      : ''
    return `${name}check[${one.text}${allowed}]`
  }
  if (one.kind === 'foreign')
    return `${name}fk(${list(one.columns)})→${named(one.table)}(${list(one.target)})${one.onDelete ? ` ${one.onDelete.text}` : ''}`
  return `${name}${one.kind === 'primary' ? 'pk' : 'unique'}(${list(one.columns)})`
}
