import type {DatabaseConfig} from '../config/database.ts'
import {databaseOf} from '../lint/database.ts'
import type {Prepared} from '../lint/prepare.ts'
import {migrationNames} from '../rule/migration-names.ts'

/** What the files of the configuration say of the database, and which of them. */
export async function databaseFacts(
  prepared: Prepared,
  config: DatabaseConfig | undefined,
): Promise<DatabaseFacts | undefined> {
  const database = databaseOf(config)
  if (!config || !database) return undefined
  await database.load()
  const {document, type} = prepared
  const names = migrationNames(document, type, database.migrations).map(({text: name}) => name)
  const moments = database.schemaAround(names)
  const state = moments?.before ?? moments?.now
  return {
    schema: state && {
      files: [...state.files],
      tables: [...state.tables.values()].map(({name}) => name.text),
      enums: [...state.enums.values()].map(({name}) => name.text),
      complete: state.complete,
      before: moments?.own,
    },
    migrations: database.migrations && {
      folder: database.migrations.folder,
      tool: database.migrations.tool,
      count: database.migrations.names.length,
    },
    warnings: database.warnings(),
  }
}

export interface DatabaseFacts {
  readonly schema:
    | {
        readonly files: readonly string[]
        readonly tables: readonly string[]
        readonly enums: readonly string[]
        readonly complete: boolean
        readonly before: string | undefined
      }
    | undefined
  readonly migrations: {readonly folder: string; readonly tool: string | undefined; readonly count: number} | undefined
  readonly warnings: readonly string[]
}

/** The rows of the database in the text. */
export function databaseRows({schema, migrations, warnings}: DatabaseFacts): readonly (readonly string[])[] {
  const {files = [], tables = [], before} = schema ?? {}
  const shown = files.length > 3 ? `${files[0]} … ${files.at(-1)}` : files.join(', ')
  const stop = before === undefined ? '' : `, before ${before}`
  return [
    [
      'Schema',
      schema
        ? `${count(tables.length, 'table')} from ${count(files.length, 'file')}${files.length > 0 ? `: ${shown}` : ''}${stop}`
        : 'nothing that could be read',
    ],
    ...(migrations
      ? [
          [
            'Migrations',
            `${count(migrations.count, 'migration')} in ${migrations.folder} (${migrations.tool ?? 'no known tool'})`,
          ],
        ]
      : []),
    ...warnings.map((warning) => ['', warning]),
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
