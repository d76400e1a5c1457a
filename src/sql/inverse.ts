import {constraintName, indexName, lastPart} from './implicit.ts'
import type {Dialect, Name, Operation, OperationOf} from './model.ts'

export {undoes} from './undoes.ts'

export type Inverse = {readonly kind: 'sql'; readonly text: string} | {readonly kind: 'none'; readonly why: string}

/** The statement that takes an operation back, in the dialect of its own; or why there is none. */
export function inverseOf(operation: Operation): Inverse {
  const {dialect} = operation.statement
  const name = (one: Name): string => nameInSql(one, dialect)
  switch (operation.kind) {
    case 'create-table':
      return sql(`DROP TABLE ${name(operation.table)}`)
    case 'add-column':
      return sql(`ALTER TABLE ${name(operation.table)} DROP COLUMN ${name(operation.column.name)}`)
    case 'rename-table':
      return renameBack(operation.table, operation.to, dialect)
    case 'rename-column':
      return dialect === 'mssql'
        ? sql(`EXEC sp_rename '${operation.table.text}.${operation.to.text}', '${operation.column.text}', 'COLUMN'`)
        : sql(`ALTER TABLE ${name(operation.table)} RENAME COLUMN ${name(operation.to)} TO ${name(operation.column)}`)
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return columnBack(operation, dialect)
    case 'add-constraint':
      return dropConstraint(operation, dialect)
    case 'create-index':
      return dropIndex(operation, dialect)
    case 'create-enum':
      return sql(`DROP TYPE ${name(operation.name)}`)
    case 'create-object':
      return dropObject(operation, dialect)
    case 'other':
      return none(`it isn’t known what undoes \`${operation.verb}\``)
    default:
      return none(reasons[operation.kind])
  }
}

type Irreversible = Exclude<
  Operation['kind'],
  | `create-${string}`
  | `${'set' | 'drop'}-${'default' | 'not-null'}`
  | `rename-${'table' | 'column'}`
  | `add-${'column' | 'constraint'}`
  | 'other'
>

const reasons: Readonly<Record<Irreversible, string>> = {
  'add-enum-value': 'a value can’t be removed from an enum',
  'rename-enum-value': 'the new value isn’t known',
  'alter-type': 'the old type isn’t known',
  'alter-object': 'the old definition isn’t known',
  'drop-table': 'the old definition isn’t known',
  'drop-column': 'the old definition isn’t known',
  'drop-constraint': 'the old definition isn’t known',
  'drop-index': 'the old definition isn’t known',
  'drop-object': 'the old definition isn’t known',
  'validate-constraint': 'a validated constraint needs no undoing',
  insert: 'it can’t be told which rows are new',
  copy: 'it can’t be told which rows are new',
  update: 'the old rows aren’t known',
  delete: 'the old rows aren’t known',
  truncate: 'the old rows aren’t known',
  select: 'it changes nothing',
  begin: 'it changes nothing',
  commit: 'it changes nothing',
  rollback: 'it changes nothing',
}

function sql(text: string): Inverse {
  return {kind: 'sql', text: `${text};`}
}

function none(why: string): Inverse {
  return {kind: 'none', why}
}

/** The new name stands in the schema of the old one. */
function renameBack(table: Name, to: Name, dialect: Dialect): Inverse {
  const schema = table.text.includes('.') && !to.text.includes('.') ? table.text.replace(/[^.]*$/u, '') : ''
  const now = {...to, text: `${schema}${to.text}`, key: `${schema}${to.key}`}
  if (dialect === 'mssql') return sql(`EXEC sp_rename '${now.text}', '${table.text.replace(/^.*\./u, '')}'`)
  const old = {...table, text: table.text.replace(/^.*\./u, ''), key: lastPart(table)}
  return sql(`ALTER TABLE ${nameInSql(now, dialect)} RENAME TO ${nameInSql(old, dialect)}`)
}

function columnBack(
  operation: OperationOf<'set-not-null' | 'drop-not-null' | 'set-default' | 'drop-default'>,
  dialect: Dialect,
): Inverse {
  const change = `ALTER TABLE ${nameInSql(operation.table, dialect)} ALTER COLUMN ${nameInSql(operation.column, dialect)}`
  if (operation.kind === 'drop-default') return none('the old default isn’t known')
  if (operation.kind === 'set-default')
    return dialect === 'postgresql' || dialect === 'mysql'
      ? sql(`${change} DROP DEFAULT`)
      : none('the old definition isn’t known')
  if (dialect !== 'postgresql') return none('the column’s type has to be said again')
  return sql(`${change} ${operation.kind === 'set-not-null' ? 'DROP' : 'SET'} NOT NULL`)
}

function dropConstraint({table, constraint}: OperationOf<'add-constraint'>, dialect: Dialect): Inverse {
  if (dialect === 'sqlite') return none('SQLite can’t drop a constraint')
  const change = `ALTER TABLE ${nameInSql(table, dialect)} DROP`
  if (dialect === 'mysql' && constraint.kind === 'primary') return sql(`${change} PRIMARY KEY`)
  const implicit = constraintName(constraint, table, dialect)
  if (implicit === undefined) return none('the constraint has no name')
  const name = constraint.name ? nameInSql(constraint.name, dialect) : quoteWord(implicit, implicit, dialect)
  const words = {foreign: 'FOREIGN KEY', unique: 'INDEX', check: 'CHECK', primary: 'CONSTRAINT'}
  return sql(`${change} ${dialect === 'mysql' ? words[constraint.kind] : 'CONSTRAINT'} ${name}`)
}

function dropIndex({index}: OperationOf<'create-index'>, dialect: Dialect): Inverse {
  const implicit = indexName(index, dialect)
  if (implicit === undefined) return none('the index has no name')
  const name = index.name ? nameInSql(index.name, dialect) : quoteWord(implicit, implicit, dialect)
  const table = nameInSql(index.table, dialect)
  if (dialect === 'mysql' || dialect === 'mssql') return sql(`DROP INDEX ${name} ON ${table}`)
  // An index stands in its table's schema.
  const isQualified = dialect === 'postgresql' && index.table.text.includes('.') && !index.name?.text.includes('.')
  const schema = isQualified ? table.replace(/[^.]*$/u, '') : ''
  return sql(`DROP INDEX ${index.concurrently ? 'CONCURRENTLY ' : ''}${schema}${name}`)
}

function dropObject({what, name, table}: OperationOf<'create-object'>, dialect: Dialect): Inverse {
  if (what === 'rls') return sql(`ALTER TABLE ${nameInSql(name, dialect)} DISABLE ROW LEVEL SECURITY`)
  const owner = table && dialect === 'postgresql' ? ` ON ${nameInSql(table, dialect)}` : ''
  const word = what === 'virtual table' ? 'TABLE' : what.toUpperCase()
  return sql(`DROP ${word} ${nameInSql(name, dialect)}${owner}`)
}

/** A name as SQL; a placeholder as it stands. */
export function nameInSql({text, key, hole}: Name, dialect: Dialect): string {
  if (hole) return text
  const keys = key.split('.')
  return text
    .split('.')
    .map((part, index, parts) =>
      quoteWord(part, keys[keys.length - parts.length + index] ?? part.toLowerCase(), dialect),
    )
    .join('.')
}

const quotes: Readonly<Record<Dialect, readonly [string, string]>> = {
  postgresql: ['"', '"'],
  mysql: ['`', '`'],
  sqlite: ['"', '"'],
  mssql: ['[', ']'],
}

const reserved =
  /^(?:all|and|any|array|as|asc|between|by|case|check|column|condition|constraint|create|cross|current_user|default|delete|desc|distinct|drop|else|end|exists|false|fetch|for|foreign|from|full|grant|group|groups|having|in|index|inner|insert|interval|into|is|join|key|keys|left|like|limit|not|null|offset|on|or|order|outer|primary|rank|references|right|row|rows|select|session_user|set|some|system|table|then|to|trigger|true|union|unique|update|usage|user|using|values|view|when|where|window|with)$/i

function quoteWord(text: string, key: string, dialect: Dialect): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && !reserved.test(text) && text.toLowerCase() === key
  if (isPlain) return text
  const [open, close] = quotes[dialect]
  return open + text.replaceAll(close, close + close) + close
}
