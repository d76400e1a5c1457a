import {hash} from 'node:crypto'
import {existsSync, lstatSync, readdirSync, statSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {posix, repositoryRoot} from '../config/files.ts'
import type {Config} from '../config/types.ts'
import {version} from '../lint/links.ts'
import {type Checked, type Entries, type Entry, readCacheFile, writeCacheFile} from './cache-file.ts'
import type {Fact} from './engine.ts'
import {packageFolder} from './installation.ts'
import type {RunOptions} from './options.ts'
import {homeOf, shown} from './read.ts'

/** What earlier runs found. */
export interface Cache {
  /** What is known of a file with this very text; its questions are still to be asked. */
  readonly entryOf: (path: string, text: string, config: Config) => Entry | undefined
  readonly keep: (file: CachedFile, config: Config) => void
  /** Writes what is new. */
  readonly save: () => void
}

interface CachedFile {
  /** Absolute. */
  readonly path: string
  readonly text: string
  /** `undefined` for a file that is of no type. */
  readonly fact: Pick<Fact, 'page' | 'reading'> | undefined
  /** `undefined` where no rule was run. */
  readonly checked: Checked | undefined
}

export function openCache(options: RunOptions): Cache {
  const {cwd} = options
  const path = join(folderOf(options), `${optionsPrint(options).slice(0, 16)}.json`)
  const before = readCacheFile(path)
  const now = new Map<string, Entry>()
  const keyOf = (file: string, text: string, config: Config): string =>
    // The text as it stands, behind JSON, which ends where it ends: to quote it takes longer than to hash it.
    digestOf(`${JSON.stringify([configPrint(config, cwd), shown(file, cwd), homeOf(file, config).path])}\n${text}`)
  return {
    entryOf: (file, text, config) => {
      const entry = before.get(shown(file, cwd))
      return entry?.key === keyOf(file, text, config) ? entry : undefined
    },
    keep: ({path: file, text, fact, checked}, config) => {
      // A bug is to be seen each time.
      if (checked?.result.findings.some(({ruleId}) => ruleId === 'internal-error')) return
      const document = fact && {
        anchors: [...fact.page.anchors],
        specification: fact.page.specification,
        reading: fact.reading,
      }
      now.set(shown(file, cwd), {key: keyOf(file, text, config), document, checked})
    },
    save: () => {
      if (now.size > 0 && isOwn(options)) writeCacheFile(path, laidOver(before, now, cwd))
    },
  }
}

/** Files that this run did not look at are still known, as long as they are there. */
function laidOver(before: Entries, now: Entries, cwd: string): Entries {
  return new Map([...[...before].filter(([name]) => !now.has(name) && existsSync(resolve(cwd, name))), ...now])
}

function folderOf({cache, cwd}: RunOptions): string {
  if (typeof cache === 'string') return resolve(cwd, cache)
  const root = repositoryRoot(join(cwd, 'any.md')) ?? cwd
  return existsSync(join(root, 'node_modules'))
    ? join(root, 'node_modules/.cache/spec-lint')
    : join(root, '.spec-lint-cache')
}

/** A repository may hold a link of the usual name, which leads anywhere. */
function isOwn(options: RunOptions): boolean {
  const isNamed = typeof options.cache === 'string'
  return isNamed || lstatSync(folderOf(options), {throwIfNoEntry: false})?.isSymbolicLink() !== true
}

const configs = new WeakMap<Config, string>()

/** All that a configuration says, and the types that it names. */
function configPrint(config: Config, cwd: string): string {
  const known = configs.get(config)
  if (known !== undefined) return known
  const {root, layers, types} = config
  const made = printOf([
    posix(relative(cwd, root)),
    layers.map(({path, data}) => [posix(relative(cwd, path)), data]),
    types.map(({name, type, template}) => [name, type, template]),
  ])
  configs.set(config, made)
  return made
}

/** What holds for all files: the program as it is installed, and what it was called with. */
function optionsPrint({cwd, rules, only, skip, inlineConfig, type, config}: RunOptions): string {
  const root = repositoryRoot(join(cwd, 'any.md')) ?? cwd
  return printOf([
    installation(),
    posix(relative(root, cwd)),
    [...rules],
    only,
    skip,
    inlineConfig,
    type ?? null,
    config ?? null,
  ])
}

let installed: string | undefined

/** The program and what it depends on; a build of the same version is another program. */
function installation(): string {
  if (installed !== undefined) return installed
  const own = fileURLToPath(new URL('dist', packageFolder))
  const code = readdirSync(own, {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.(?:js|json)$/u.test(name) && !name.includes('node_modules'))
    .toSorted()
  const locks: string[] = []
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder))
    for (const name of ['.package-lock.json', '.modules.yaml', '.yarn-state.yml'])
      locks.push(join(folder, 'node_modules', name))
  installed = printOf([
    version,
    process.version,
    code.map((name) => [name, stampOf(join(own, name))]),
    locks.map((path) => stampOf(path)),
  ])
  return installed
}

function stampOf(path: string): readonly number[] {
  const stat = statSync(path, {throwIfNoEntry: false})
  return stat ? [stat.size, stat.mtimeMs] : []
}

function printOf(value: unknown): string {
  return digestOf(JSON.stringify(value))
}

function digestOf(text: string): string {
  return hash('sha256', text)
}
