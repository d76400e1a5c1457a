import {readdirSync, realpathSync, statSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import type {Json} from '../document/types.ts'
import {type MigrationToolName, migrationToolNames} from '../rule/migration-tools.ts'
import type {Dialect} from '../rule/types.ts'
import {nearest} from '../type/nearest.ts'
import {SpecLintError} from './error.ts'
import {isInside, posix} from './files.ts'
import type {DataFile} from './yaml.ts'

/** Where a project tells what its database has, and where its migrations are. */
export interface DatabaseConfig {
  /** Absolute directory beyond which nothing is read. */
  readonly root: string
  /** Absolute paths of files and folders, in the order in which they are applied; they were there when the configuration was read. */
  readonly schema: readonly string[]
  readonly migrations: {readonly folder: string; readonly tool: MigrationToolName | undefined} | undefined
  readonly dialect: Dialect | undefined
}

/** The parts of a configuration that tell of the database; those that it lacks are its base's. */
export type DatabaseParts = Pick<DatabaseConfig, 'schema' | 'migrations'>

interface Places {
  /** Directory that paths are relative to. */
  readonly folder: string
  /** Directory that they must not leave. */
  readonly root: string
}

/** Reads `schema` and `migrations`; a path that is not there, or outside of the project, is a `SpecLintError`. */
export function databaseParts(file: DataFile, data: {readonly [key: string]: Json}, places: Places): DatabaseParts {
  const {schema, migrations} = data
  const listed = Array.isArray(schema)
    ? schema.map((one, index) => ({written: String(one), pointer: `/schema/${index}`}))
    : schema === undefined
      ? []
      : [{written: String(schema), pointer: '/schema'}]
  return {
    schema: listed.map(({written, pointer}) => pathOf(written, 'schema', file, pointer, places)),
    migrations: migrations === undefined ? undefined : migrationsOf(file, migrations, places),
  }
}

function migrationsOf(file: DataFile, value: Json, places: Places): DatabaseParts['migrations'] {
  const map =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as {readonly [key: string]: Json})
      : undefined
  const pointer = map ? '/migrations/folder' : '/migrations'
  const folder = pathOf(String(map ? map['folder'] : value), 'migrations', file, pointer, places)
  if (!statSync(folder).isDirectory())
    throw new SpecLintError(
      'config',
      `\`migrations: ${String(map ? map['folder'] : value)}\` is a file, not a folder`,
      'Name the folder of the migrations.',
      file.placeOf(pointer),
    )
  return {folder, tool: migrationToolNames.find((name) => name === map?.['tool'])}
}

function pathOf(written: string, key: string, file: DataFile, pointer: string, {folder, root}: Places): string {
  const path = resolve(folder, written)
  const place = file.placeOf(pointer)
  const outside = (): SpecLintError =>
    new SpecLintError(
      'config',
      `\`${key}: ${written}\` leads out of the project`,
      'Write a path to a file or a folder of this project.',
      place,
    )
  if (!isInside(path, root)) throw outside()
  let real: string
  try {
    real = realpathSync(path)
  } catch {
    const near = nearestPath(path, root, folder)
    throw new SpecLintError(
      'config',
      `\`${key}: ${written}\` leads to nothing`,
      near === undefined ? 'Write a path that is there, relative to this file.' : `Write \`${near}\`.`,
      place,
    )
  }
  if (!isInside(real, realpathSync(root))) throw outside()
  const stat = statSync(real)
  if (!stat.isFile() && !stat.isDirectory())
    throw new SpecLintError(
      'config',
      `\`${key}: ${written}\` is neither a file nor a folder`,
      'Name a file or a folder.',
      place,
    )
  return path
}

/** The path with the first name that isn't there replaced by the nearest one beside it, relative to the configuration. */
function nearestPath(path: string, root: string, folder: string): string | undefined {
  let at = path
  const rest: string[] = []
  while (isInside(at, root) && at !== root) {
    const parent = dirname(at)
    const name = at.slice(parent.length).replace(/^[/\\]/u, '')
    const names = namesIn(parent)
    if (names) {
      const [near] = nearest(name, names)
      return near === undefined ? undefined : posix(relative(folder, join(parent, near, ...rest)))
    }
    rest.unshift(name)
    at = parent
  }
  return undefined
}

function namesIn(directory: string): readonly string[] | undefined {
  try {
    return readdirSync(directory).slice(0, 2000)
  } catch {
    return undefined
  }
}
