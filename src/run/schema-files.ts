import {dirname, relative, resolve} from 'node:path'
import {rules} from '../../rules/index.ts'
import {isInside, posix, projectRoot, readTextFile} from '../config/files.ts'
import {knownSchemaFile, namedSchemaFile} from '../config/schema-files.ts'
import {createSource} from '../document/source.ts'
import {runChangeRules} from '../lint/change.ts'
import {fingerprintsOf} from '../lint/fingerprint.ts'
import {dialectOf, schemaEdit} from '../lint/schema-edits.ts'
import type {SchemaEdit} from '../rule/change.ts'
import {loadParsers} from '../sql/parsers/index.ts'
import {withoutBaseline} from './baseline.ts'
import type {Changes} from './changes.ts'
import {isWanted, type RunOptions} from './options.ts'
import {configFinder, fileSettings, homeOf, type Member, shown} from './read.ts'
import {inShard} from './shard.ts'
import type {Sheet} from './sheet.ts'
import type {FileResult} from './types.ts'

interface ChangedRun {
  /** As they were given. */
  readonly paths: readonly string[]
  readonly sheets: readonly Sheet[]
  readonly changes: Changes | undefined
}

/** A file of the schema that a change leaves. */
interface Touched extends Member {
  readonly edit: SchemaEdit
  readonly text: string
}

/** What a change does to the database's schema below some paths, as far as a rule has something to say of it. */
export async function changedSchemaFiles(run: ChangedRun, options: RunOptions): Promise<readonly FileResult[]> {
  const own = rules.filter(({id, scope}) => scope === 'change' && isWanted(id, options))
  if (!run.changes || run.sheets.length === 0 || own.length === 0) return []
  const {now} = run.changes
  const touched = await touchedFiles(run, run.changes, options)
  if (touched.length === 0) return []
  const byPath = new Map(touched.map((one) => [one.edit.path, one]))
  const found = runChangeRules(
    {
      schema: touched.map(({edit}) => edit),
      documents: run.sheets.map(({text, path}) => ({text, touched: now.has(path)})),
    },
    {
      rules: own,
      configOf: (path) => byPath.get(path)?.settings.rules ?? options.rules,
      textOf: (path) => byPath.get(path)?.text ?? '',
    },
  )
  return touched.flatMap((one): readonly FileResult[] => {
    const findings = found.filter(({path}) => path === one.edit.path)
    if (findings.length === 0 || !inShard(one.name, options.shard)) return []
    const names = fingerprintsOf(one.home.path, findings, createSource(one.text))
    const named = findings.map(({path: _path, ...finding}, index) => ({...finding, fingerprint: names[index] ?? ''}))
    const linted = {kind: 'linted', type: 'schema', findings: named, suppressed: [], baselined: []} as const
    return [{path: one.name, text: one.text, result: withoutBaseline(linted, one)}]
  })
}

async function touchedFiles(
  {paths, sheets}: ChangedRun,
  changes: Changes,
  options: RunOptions,
): Promise<readonly Touched[]> {
  const {cwd} = options
  const folders = (paths.length === 0 ? ['.'] : paths).map((path) => resolve(cwd, path))
  const configOf = configFinder(options)
  const describes = sheets.some(({reading}) => reading.speaksOfSchema)
  const found: Touched[] = []
  for (const [path, from] of changes.now) {
    if (!folders.some((folder) => isInside(path, folder))) continue
    const root = projectRoot(path, cwd)
    const way = posix(relative(root, path))
    const config = configOf(dirname(path))
    const {database} = config
    const kind = database ? namedSchemaFile(path, database) : describes ? knownSchemaFile(way) : undefined
    const settings = fileSettings(path, config, options)
    const text = kind && !settings.ignored ? textNow(path, root, options) : undefined
    if (!kind || text === undefined) continue
    const before = from === undefined ? undefined : changes.before(from)
    // What was no text before can't be compared.
    if (from !== undefined && before === undefined) continue
    const file = {path: way, kind, before, now: text}
    const dialect = dialectOf(file, config.dialect)
    if (kind.kind === 'sql') await loadParsers([dialect])
    const edit = schemaEdit(file, dialect)
    if (edit) found.push({name: shown(path, cwd), path, settings, home: homeOf(path, config), edit, text})
  }
  return found.toSorted(byKind)
}

function textNow(path: string, root: string, {overlay}: RunOptions): string | undefined {
  const laid = overlay?.present.get(path)
  if (laid) return laid()
  const read = readTextFile(path, root)
  return 'text' in read ? read.text : undefined
}

function byKind({edit: a}: Touched, {edit: b}: Touched): number {
  const migrations = Number(b.migration !== undefined) - Number(a.migration !== undefined)
  return migrations || (a.path < b.path ? -1 : 1)
}
