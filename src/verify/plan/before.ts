import type {DatabaseConfig} from '../../config/database.ts'
import {readSource} from '../../lint/database-files.ts'
import type {SchemaState, TableState} from '../../rule/types.ts'
import {split} from '../../sql/split.ts'
import {forwardText} from '../../sql/migrations/forward.ts'
import type {Executable, Stub} from '../model.ts'
import {columnSql, quotedName} from './render.ts'

export interface Before {
  readonly statements: readonly string[]
  readonly stubs: readonly Stub[]
  /** What the files tell is all that there is. */
  readonly complete: boolean
}

/** The SQL of the files that a state was read from, in order; tables that no SQL makes are made of what is known of them. */
export function beforeOf(state: SchemaState, config: DatabaseConfig, dialect: Executable): Before {
  const paths = [...config.schema, ...(config.migrations ? [config.migrations.folder] : [])]
  const wanted = new Set(state.files)
  const files = paths.flatMap((path) => readSource(path, config).files)
  const used = files.filter(
    ({path, language}, index) =>
      language === 'sql' && wanted.has(path) && files.findIndex((one) => one.path === path) === index,
  )
  const order = new Map(state.files.map((path, index) => [path, index]))
  const statements = used
    .toSorted((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0))
    .flatMap(({text}) => statementsIn(text, dialect))
  const sql = new Set(used.map(({path}) => path))
  const stubs = [...state.tables.values()].filter(({file}) => !sql.has(file)).map((table) => stubOf(table, dialect))
  return {statements, stubs, complete: state.complete}
}

function statementsIn(text: string, dialect: Executable): readonly string[] {
  const forward = forwardText(text.replace(/^\uFEFF/u, ''))
  return split(forward, dialect)
    .pieces.filter(({meta}) => !meta)
    .map(({start, end}) => forward.slice(start, end))
}

function stubOf({name, columns, constraints}: TableState, dialect: Executable): Stub {
  const primary = constraints.find(({kind}) => kind === 'primary')
  const key = primary?.kind === 'primary' && primary.columns.length === 1 ? primary.columns[0]?.key : undefined
  return {
    table: quotedName(name),
    columns: columns.map((column) => ({
      name: column.name.key,
      type: columnSql(column, dialect),
      rest: [column.nullable === false ? 'NOT NULL' : '', column.name.key === key ? 'PRIMARY KEY' : '']
        .filter(Boolean)
        .join(' '),
      guessed: false,
    })),
  }
}
