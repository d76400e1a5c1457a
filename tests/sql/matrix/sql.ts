/** Operations as statements, as words and as calls of Alembic, each with its way back. */
import type {Column, Dialect, Op} from './stories.ts'

function columnSql(
  {name, type, nullable, default: value, primary, to, target, act, check}: Column,
  dialect: Dialect,
): string {
  const parts = [name, type]
  if (primary) parts.push(dialect === 'mysql' ? 'NOT NULL AUTO_INCREMENT PRIMARY KEY' : 'PRIMARY KEY')
  else parts.push(nullable ? 'NULL' : 'NOT NULL')
  if (value !== undefined) parts.push(`DEFAULT ${value}`)
  if (to !== undefined) parts.push(`REFERENCES ${to} (${target ?? 'id'}) ON DELETE ${act}`)
  if (check !== undefined) parts.push(`CHECK (${check})`)
  if (dialect === 'mysql' && name === 'updated_at') parts.push('ON UPDATE CURRENT_TIMESTAMP')
  return (dialect === 'postgresql' ? parts.filter((part) => part !== 'NULL') : parts).join(' ')
}

export function upSql(op: Op, dialect: Dialect): string {
  const alter = 'table' in op ? `ALTER TABLE ${op.table}` : ''
  switch (op.kind) {
    case 'enum':
      return `CREATE TYPE ${op.name} AS ENUM (${op.values.map((one) => `'${one}'`).join(', ')});`
    case 'table':
      return `CREATE TABLE ${op.name} (\n${op.columns.map((one) => `    ${columnSql(one, dialect)}`).join(',\n')}\n);`
    case 'column':
      return `${alter} ADD COLUMN ${columnSql(op.column, dialect)};`
    case 'type':
      return dialect === 'mysql'
        ? `${alter} MODIFY COLUMN ${op.column} ${op.to} NOT NULL;`
        : `${alter} ALTER COLUMN ${op.column} TYPE ${op.to};`
    case 'rename':
      return `${alter} RENAME COLUMN ${op.column} TO ${op.to};`
    case 'drop':
      return `${alter} DROP COLUMN ${op.column.name};`
    case 'unique':
      return `${alter} ADD CONSTRAINT ${op.name} UNIQUE (${op.columns.join(', ')});`
    case 'check':
      return `${alter} ADD CONSTRAINT ${op.name} CHECK (${op.text});`
    case 'foreign':
      return `${alter} ADD CONSTRAINT ${op.name} FOREIGN KEY (${op.column}) REFERENCES ${op.to} (id) ON DELETE ${op.act};`
    default:
      return `CREATE INDEX ${op.name} ON ${op.table} (${op.columns.join(', ')});`
  }
}

export function downSql(op: Op, dialect: Dialect): string {
  const alter = 'table' in op ? `ALTER TABLE ${op.table}` : ''
  switch (op.kind) {
    case 'enum':
      return `DROP TYPE ${op.name};`
    case 'table':
      return `DROP TABLE ${op.name};`
    case 'column':
      return `${alter} DROP COLUMN ${op.column.name};`
    case 'type':
      return upSql({...op, from: op.to, to: op.from}, dialect)
    case 'rename':
      return `${alter} RENAME COLUMN ${op.to} TO ${op.column};`
    case 'drop':
      return `${alter} ADD COLUMN ${columnSql(op.column, dialect)};`
    case 'unique':
      return dialect === 'mysql' ? `${alter} DROP INDEX ${op.name};` : `${alter} DROP CONSTRAINT ${op.name};`
    case 'check':
      return dialect === 'mysql' ? `${alter} DROP CHECK ${op.name};` : `${alter} DROP CONSTRAINT ${op.name};`
    case 'foreign':
      return dialect === 'mysql' ? `${alter} DROP FOREIGN KEY ${op.name};` : `${alter} DROP CONSTRAINT ${op.name};`
    default:
      return dialect === 'mysql' ? `DROP INDEX ${op.name} ON ${op.table};` : `DROP INDEX ${op.name};`
  }
}

/** In words, as lists of steps name operations. */
export function upWords(op: Op): string {
  switch (op.kind) {
    case 'enum':
      return `Create enum \`${op.name}\` with the values ${op.values.map((one) => `\`${one}\``).join(', ')}`
    case 'table':
      return `Create table \`${op.name}\``
    case 'column':
      return `Add column \`${op.column.name}\` to \`${op.table}\``
    case 'type':
      return `Change the type of \`${op.table}.${op.column}\` to \`${op.to}\``
    case 'rename':
      return `Rename column \`${op.table}.${op.column}\` to \`${op.to}\``
    case 'drop':
      return `Drop column \`${op.column.name}\` from \`${op.table}\``
    case 'unique':
      return `Add unique constraint \`${op.name}\` on \`${op.table}(${op.columns.join(', ')})\``
    case 'check':
      return `Add check \`${op.name}\` to \`${op.table}\``
    case 'foreign':
      return `Add foreign key \`${op.name}\` from \`${op.table}.${op.column}\` to \`${op.to}\``
    default:
      return `Create index \`${op.name}\` on \`${op.table}(${op.columns.join(', ')})\``
  }
}

export function downWords(op: Op): string {
  switch (op.kind) {
    case 'enum':
      return `Drop enum \`${op.name}\``
    case 'table':
      return `Drop table \`${op.name}\``
    case 'column':
      return `Drop column \`${op.column.name}\` from \`${op.table}\``
    case 'type':
      return `Change the type of \`${op.table}.${op.column}\` back to \`${op.from}\``
    case 'rename':
      return `Rename column \`${op.table}.${op.to}\` back to \`${op.column}\``
    case 'drop':
      return `Add column \`${op.column.name}\` to \`${op.table}\` again, empty`
    case 'unique':
    case 'check':
      return `Drop constraint \`${op.name}\``
    case 'foreign':
      return `Drop foreign key \`${op.name}\``
    default:
      return `Drop index \`${op.name}\``
  }
}

/** The short form: the head of a statement in backquotes. */
export function upHead(op: Op, dialect: Dialect): string {
  const head = upSql(op, dialect).replace(/;$/u, '')
  return op.kind === 'table' ? `\`CREATE TABLE ${op.name}\`` : `\`${head}\``
}

function saType({type}: Column): string {
  const [, word = type, size] = /^(\w+)(?: UNSIGNED)?(?:\(([^)]*)\))?/u.exec(type) ?? []
  const known: Readonly<Record<string, string>> = {
    UUID: 'postgresql.UUID(as_uuid=True)',
    VARCHAR: `sa.String(length=${size})`,
    TEXT: 'sa.Text()',
    BOOLEAN: 'sa.Boolean()',
    TIMESTAMPTZ: 'sa.DateTime(timezone=True)',
    DATETIME: 'sa.DateTime()',
    DATE: 'sa.Date()',
    NUMERIC: `sa.Numeric(${size})`,
    DOUBLE: 'sa.Float()',
    CHAR: `sa.CHAR(length=${size})`,
    DECIMAL: `sa.Numeric(${size})`,
    BIGINT: 'sa.BigInteger()',
    INTEGER: 'sa.Integer()',
    SMALLINT: 'sa.SmallInteger()',
  }
  return known[word] ?? `postgresql.ENUM(name='${word}', create_type=False)`
}

function saColumn(column: Column): string {
  const {name, nullable, default: value, primary, to, target, act} = column
  const parts = [`'${name}'`, saType(column)]
  if (to !== undefined) parts.push(`sa.ForeignKey('${to}.${target ?? 'id'}', ondelete='${act}')`)
  parts.push(primary ? 'primary_key=True' : `nullable=${nullable ? 'True' : 'False'}`)
  if (value !== undefined) parts.push(`server_default=sa.text("${value}")`)
  return `sa.Column(${parts.join(', ')})`
}

const list = (names: readonly string[]): string => `[${names.map((one) => `'${one}'`).join(', ')}]`

export function upAlembic(op: Op): string {
  switch (op.kind) {
    case 'enum':
      return `postgresql.ENUM(${op.values.map((one) => `'${one}'`).join(', ')}, name='${op.name}').create(op.get_bind())`
    case 'table': {
      const checks = op.columns.flatMap(({check}) => (check === undefined ? [] : [`sa.CheckConstraint("${check}")`]))
      return `op.create_table(\n        '${op.name}',\n${[...op.columns.map(saColumn), ...checks].map((one) => `        ${one},`).join('\n')}\n    )`
    }
    case 'column':
      return `op.add_column('${op.table}', ${saColumn(op.column)})`
    case 'type':
      return `op.alter_column('${op.table}', '${op.column}', existing_type=${saType({name: '', type: op.from})}, type_=${saType({name: '', type: op.to})})`
    case 'rename':
      return `op.alter_column('${op.table}', '${op.column}', new_column_name='${op.to}')`
    case 'drop':
      return `op.drop_column('${op.table}', '${op.column.name}')`
    case 'unique':
      return `op.create_unique_constraint('${op.name}', '${op.table}', ${list(op.columns)})`
    case 'check':
      return `op.create_check_constraint('${op.name}', '${op.table}', "${op.text}")`
    case 'foreign':
      return `op.create_foreign_key('${op.name}', '${op.table}', '${op.to}', ['${op.column}'], ['id'], ondelete='${op.act}')`
    default:
      return `op.create_index('${op.name}', '${op.table}', ${list(op.columns)})`
  }
}

export function downAlembic(op: Op): string {
  switch (op.kind) {
    case 'enum':
      return `op.execute('DROP TYPE ${op.name}')`
    case 'table':
      return `op.drop_table('${op.name}')`
    case 'column':
      return `op.drop_column('${op.table}', '${op.column.name}')`
    case 'type':
      return upAlembic({...op, from: op.to, to: op.from})
    case 'rename':
      return upAlembic({...op, column: op.to, to: op.column})
    case 'drop':
      return upAlembic({kind: 'column', table: op.table, column: op.column})
    case 'unique':
    case 'check':
    case 'foreign': {
      const type = op.kind === 'foreign' ? 'foreignkey' : op.kind
      return `op.drop_constraint('${op.name}', '${op.table}', type_='${type}')`
    }
    default:
      return `op.drop_index('${op.name}', table_name='${op.table}')`
  }
}
