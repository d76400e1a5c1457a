import files from '../../schemas/schema-files.json' with {type: 'json'}
import {isInside, posix} from './files.ts'
import {matcher} from './glob.ts'
import type {DatabaseConfig} from './database.ts'
import {relative} from 'node:path'

/** How a file tells of the schema: as SQL, as Prisma's models, line by line, or in calls of a language. */
export type SchemaFileKind =
  | {readonly kind: 'sql' | 'prisma' | 'calls'; readonly migration: boolean}
  | {readonly kind: 'models'; readonly migration: false; readonly table: RegExp; readonly part: RegExp}

/** What the calls of code that changes a schema look like. */
export const schemaCalls = {
  table: new RegExp(files.calls.table, 'iu'),
  part: new RegExp(files.calls.part, 'iu'),
  word: new RegExp(files.calls.word, 'gu'),
  sql: new RegExp(files.calls.sql, 'giu'),
  /** How a change is made, which is nothing of what it makes. */
  manner: new RegExp(files.manner, 'gu'),
}

const migrations = matcher(files.migrations)
const schemas = matcher(files.schemas)
const aside = matcher(files.aside)
const models = files.models.map(({files: globs, table, part}) => ({
  fits: matcher(globs),
  table: new RegExp(table, 'u'),
  part: new RegExp(part, 'u'),
}))

/** What a file tells of the schema, by its place; `undefined` when nothing. `path` is relative to the project, with `/`. */
export function knownSchemaFile(path: string): SchemaFileKind | undefined {
  if (aside(path)) return undefined
  const ending = endingOf(path)
  if (migrations(path) && files.endings.includes(ending)) return {kind: codeKind(ending), migration: true}
  if (schemas(path)) return {kind: codeKind(ending), migration: false}
  const model = models.find(({fits}) => fits(path))
  return model && {kind: 'models', migration: false, table: model.table, part: model.part}
}

/** The same by what a configuration names. `path` is absolute. */
export function namedSchemaFile(
  path: string,
  {root, schema, migrations: own}: DatabaseConfig,
): SchemaFileKind | undefined {
  const way = posix(relative(root, path))
  const ending = endingOf(way)
  if (own && isInside(path, own.folder))
    return files.endings.includes(ending) && !aside(posix(relative(own.folder, path)))
      ? {kind: codeKind(ending), migration: true}
      : undefined
  if (!schema.some((one) => isInside(path, one))) return undefined
  const inFolder = schema.some((one) => one !== path && isInside(path, one))
  if (ending === 'prisma') return {kind: 'prisma', migration: false}
  // A folder of SQL is one of migrations.
  return ending === 'sql' ? {kind: 'sql', migration: inFolder} : undefined
}

function codeKind(ending: string): 'sql' | 'prisma' | 'calls' {
  return ending === 'sql' || ending === 'prisma' ? ending : 'calls'
}

function endingOf(path: string): string {
  return /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''
}
