import type {Prepared} from '../../src/lint/prepare.ts'
import type {Operation} from '../../src/rule/types.ts'
import {foreignKeysIn, forwardOperations} from '../../src/rule/keys.ts'
import {halvesOf} from '../../src/rule/halves.ts'
import {severityFor} from '../../src/type/severity.ts'
import type {Mutant} from './mutants.ts'

/** Single faults of the SQL of a document. */
export function schemaMutants(prepared: Prepared): readonly Mutant[] {
  return [...syntax(prepared), ...halves(prepared), ...keys(prepared), ...transactions(prepared), ...twice(prepared)]
}

function cut({document: {text}}: Prepared, start: number, end: number, by = ''): string {
  return text.slice(0, start) + by + text.slice(end)
}

function lineOf({document: {source}}: Prepared, offset: number): number {
  return source.lineOf(offset)
}

/** A statement with its semicolon and the line ending behind it. */
function whole({document: {text}}: Prepared, {statement: {start, end}}: Operation): readonly [number, number] {
  const tail = /^\s*;?[ \t]*(?:\r\n|\n)?/u.exec(text.slice(end))?.[0].length ?? 0
  return [start, end + tail]
}

function syntax(prepared: Prepared): readonly Mutant[] {
  const {document, schema} = prepared
  const statement = schema.sql.statements.find(
    ({operations, template}) => operations[0]?.kind === 'create-table' && !template,
  )
  if (!statement) return []
  const comma = document.text.indexOf(',', statement.start)
  if (comma < 0 || comma > statement.end) return []
  return [
    {
      fault: 'write a comma twice',
      text: cut(prepared, comma, comma + 1, ',,'),
      rules: ['sql-syntax'],
      lines: [lineOf(prepared, comma), lineOf(prepared, comma) + 1],
    },
  ]
}

function halves(prepared: Prepared): readonly Mutant[] {
  const {declared, up, down} = halvesOf(prepared)
  const inSql = (operation: Operation): boolean =>
    operation.statement.code.language === 'sql' && operation.statement.operations.length === 1
  const indexes = up.filter((operation) => operation.kind === 'create-index' && inSql(operation) && declared.length > 0)
  const drops = down.filter((operation) => operation.kind === 'drop-column' && inSql(operation))
  return [
    ...indexes.slice(0, 1).map((operation): Mutant => {
      const [start, end] = whole(prepared, operation)
      return {
        fault: 'leave an index out of the migration',
        text: cut(prepared, start, end),
        rules: ['migration-covers-schema'],
        lines: [],
      }
    }),
    ...drops.slice(0, 1).map((operation): Mutant => {
      const [start, end] = whole(prepared, operation)
      return {
        fault: 'leave a column in the rollback',
        text: cut(prepared, start, end),
        rules: ['rollback-covers-migration'],
        lines: [],
      }
    }),
  ]
}

function keys(prepared: Prepared): readonly Mutant[] {
  const {document, type, schema} = prepared
  const found = foreignKeysIn(forwardOperations(schema, type))
  const [one] = found
  if (!one || type.type.rules['foreign-key-target'] === undefined) return []
  const asked = severityFor({id: 'foreign-key-on-delete', severity: 'warning'}, type) !== 'off'
  const {key} = one
  const wrong = `${key.table.text}x`
  const action = /\s+ON DELETE (?:CASCADE|RESTRICT|SET NULL|NO ACTION)/iu.exec(
    document.text.slice(key.start, key.end + 40),
  )
  const same = found.filter(
    ({table, key: other}) => table.key === one.table.key && other.columns[0]?.key === key.columns[0]?.key,
  )
  return [
    {
      fault: `lead to ${wrong}`,
      text: cut(prepared, key.table.start, key.table.end, wrong),
      rules: ['foreign-key-target'],
      lines: [lineOf(prepared, key.table.start)],
    },
    ...(asked && action && same.length === 1 && !schema.foreignKeys.some(({onDelete}) => onDelete)
      ? [
          {
            fault: 'say nothing of deletion',
            text: cut(prepared, key.start + action.index, key.start + action.index + action[0].length),
            rules: ['foreign-key-on-delete'],
            lines: [lineOf(prepared, key.start)],
          },
        ]
      : []),
  ]
}

function transactions(prepared: Prepared): readonly Mutant[] {
  const {up} = halvesOf(prepared)
  const begin = up.find(({kind}) => kind === 'begin')
  const commit = up.find(({kind}) => kind === 'commit')
  if (!begin || !commit) return []
  const [start, end] = whole(prepared, commit)
  return [
    {
      fault: 'never commit',
      text: cut(prepared, start, end),
      rules: ['migration-safety'],
      lines: [lineOf(prepared, begin.start)],
    },
  ]
}

function twice(prepared: Prepared): readonly Mutant[] {
  const {up} = halvesOf(prepared)
  const index = up.find(
    (one) =>
      one.kind === 'create-index' &&
      one.index.name &&
      one.statement.operations.length === 1 &&
      one.statement.text.startsWith('CREATE'),
  )
  if (!index || index.kind !== 'create-index' || index.statement.code.language !== 'sql') return []
  const [start, end] = whole(prepared, index)
  const copy = prepared.document.text.slice(start, end)
  return [
    {
      fault: 'create an index twice',
      text: cut(prepared, end, end, copy),
      rules: ['schema-conflict'],
      lines: [lineOf(prepared, end)],
    },
  ]
}
