import {createHash} from 'node:crypto'
import {statSync} from 'node:fs'
import {join, relative} from 'node:path'
import type {DatabaseConfig} from '../config/database.ts'
import {posix, readTextFile} from '../config/files.ts'
import {detectTool} from '../sql/migrations/detect.ts'
import {forwardFiles, migrationName} from '../sql/migrations/names.ts'
import type {MigrationToolName} from '../sql/migrations/tools.ts'
import type {Dialect} from '../sql/model.ts'
import type {SchemaFile} from '../sql/state/read.ts'
import {filesBelow, mostFiles} from './folder.ts'

/** A file that is applied, and the name of the migration that it is. */
interface SourceFile extends SchemaFile {
  /** As a document would name it; `undefined` for a file that is no migration. */
  readonly migration: string | undefined
}

/** The files of one path of `schema`. */
export interface Source {
  /** From the root of the project. */
  readonly title: string
  readonly files: readonly SourceFile[]
  /** The dialect that the names of the files tell. */
  readonly dialect: Dialect | undefined
  /** All that there is was read. */
  readonly complete: boolean
  /** Sentences without full stop, with the path in front. */
  readonly warnings: readonly string[]
}

/** A folder of migrations, as its names tell it. */
export interface MigrationListing {
  /** From the root of the project, with `/`. */
  readonly folder: string
  readonly tool: MigrationToolName | undefined
  /** Names as a document would write them, each once. */
  readonly names: readonly string[]
  readonly paths: readonly string[]
}

/** Bytes; larger dumps hold data, and a schema is a dump without. */
const largest = 4 * 1024 * 1024
const largestTogether = 16 * 1024 * 1024

/** Reads a file, a folder of migrations or a folder of Prisma's. What can't be read is a warning. */
export function readSource(path: string, {root, dialect}: DatabaseConfig): Source {
  const title = posix(relative(root, path)) || '.'
  if (!statSync(path, {throwIfNoEntry: false})?.isDirectory())
    return readFiles([{path, migration: undefined}], title, root)
  const {paths, tooMany} = filesBelow(path, root)
  if (tooMany) return unused(title, `it has more than ${mostFiles.toLocaleString('en')} files and isn't read`)
  const models = paths.filter((one) => one.endsWith('.prisma'))
  const forward = forwardFiles(paths, dialect)
  // A migration of Prisma's is SQL; a folder with models alone is one schema in several files.
  if (models.length > 0 && forward.files.length === 0) return joined(models, path, title, root)
  if (forward.files.length === 0) return unused(title, 'it holds no SQL that could be applied')
  const listed = forward.files.map((one) => ({path: join(path, one.path), migration: one.name}))
  const read = readFiles(listed, title, root)
  const code = paths.filter((one) => /\.(?:py|rb|go|java|kt|[cm]?[jt]s)$/i.test(one) && /\d{3}/u.test(one))
  const [first] = code
  return {
    ...read,
    dialect: forward.dialect,
    complete: read.complete && code.length === 0,
    warnings:
      first === undefined
        ? read.warnings
        : [...read.warnings, `${title}/${first}: it is code, not SQL, and isn't read${others(code.length - 1)}`],
  }
}

function others(count: number): string {
  return count === 0 ? '' : `, nor ${count === 1 ? 'is one more' : `are ${count} more`}`
}

function unused(title: string, why: string): Source {
  return {title, files: [], dialect: undefined, complete: false, warnings: [`${title}: ${why}`]}
}

interface Listed {
  readonly path: string
  readonly migration: string | undefined
}

function readFiles(listed: readonly Listed[], title: string, root: string): Source {
  const files: SourceFile[] = []
  const warnings: string[] = []
  let size = 0
  for (const {path, migration} of listed) {
    const shown = posix(relative(root, path))
    const read = readTextFile(path, root, largest)
    if ('problem' in read) {
      warnings.push(`${shown}: it isn't used. ${read.problem.message}`)
      continue
    }
    size += read.text.length
    if (size > largestTogether) {
      warnings.push(
        `${shown}: it and what follows aren't used. Together the files have more than ${largestTogether} bytes`,
      )
      break
    }
    const language = path.endsWith('.prisma') ? 'prisma' : 'sql'
    files.push({path: shown, language, text: read.text, migration})
  }
  return {title, files, dialect: undefined, complete: warnings.length === 0, warnings}
}

/** Models of several files know each other's enums: they are read as one. */
function joined(paths: readonly string[], folder: string, title: string, root: string): Source {
  const read = readFiles(
    paths.map((path) => ({path: join(folder, path), migration: undefined})),
    title,
    root,
  )
  const text = read.files.map((file) => file.text).join('\n')
  return {...read, files: [{path: title, language: 'prisma', text, migration: undefined}]}
}

/** The names of the migrations in the folder of the configuration. */
export function listMigrations({root, migrations}: DatabaseConfig): MigrationListing | undefined {
  if (!migrations) return undefined
  const folder = posix(relative(root, migrations.folder)) || '.'
  const {paths} = filesBelow(migrations.folder, root)
  const own = paths.filter((path) => isMigration(path))
  const sample = own.at(0)
  const read = sample === undefined ? undefined : readTextFile(join(migrations.folder, sample), root, largest)
  return {
    folder,
    tool:
      migrations.tool ?? detectTool({folder, paths, sample: read && 'text' in read ? read.text.slice(0, 20_000) : ''}),
    names: [...new Set(own.map((path) => migrationName(path)))],
    paths: own,
  }
}

function isMigration(path: string): boolean {
  return (
    /\.(?:sql|py|rb|go|[cm]?[jt]s|xml|ya?ml|json)$/i.test(path) &&
    !/(?:^|\/)(?:__init__\.py|env\.py|meta\/.*|index\.[cm]?[jt]s|.*\.d\.ts)$/u.test(path)
  )
}

/** What changes when a file does. */
export function fingerprint(config: DatabaseConfig): string {
  return pathsOf(config)
    .map((path) => {
      const stat = statSync(path, {throwIfNoEntry: false})
      return `${path} ${stat?.size ?? 0} ${stat?.mtimeMs ?? 0}`
    })
    .join('\n')
}

/** What changes when the content of a file does, on every machine; 64 hexadecimal digits. */
export function contentPrint(config: DatabaseConfig): string {
  const hash = createHash('sha256').update(JSON.stringify([config.dialect, config.migrations?.tool]))
  for (const path of pathsOf(config)) {
    const read = readTextFile(path, config.root, largestTogether)
    const content = 'text' in read ? read.text : read.problem.code
    hash.update(JSON.stringify([posix(relative(config.root, path)), content]))
  }
  return hash.digest('hex')
}

function pathsOf({root, schema, migrations}: DatabaseConfig): readonly string[] {
  return [...schema, ...(migrations ? [migrations.folder] : [])].flatMap((path) =>
    statSync(path, {throwIfNoEntry: false})?.isDirectory() === true
      ? filesBelow(path, root).paths.map((one) => join(path, one))
      : [path],
  )
}
