import {existsSync} from 'node:fs'
import {basename, dirname, join, relative, resolve} from 'node:path'
import type {Json} from '../document/types.ts'
import type {Dialect} from '../rule/types.ts'
import {checkConfig} from './check.ts'
import {databaseParts} from './database.ts'
import {SpecLintError} from './error.ts'
import {isInside, posix, readTextFile, upwards} from './files.ts'
import {globProblem, matcher} from './glob.ts'
import {limitsOf, noLimits} from './limits.ts'
import {loadTemplateFor, loadTypeFor} from './type-files.ts'
import {layRules, rulesOf, suppressionRules} from './rules.ts'
import {isTemplatePath} from './templates.ts'
import type {Config, ConfigType, Known} from './types.ts'
import {type DataFile, readData} from './yaml.ts'

const names = ['spec-lint.yaml', 'spec-lint.yml', 'spec-lint.json', '.config/spec-lint.yaml']
const deepest = 10
const largest = 262_144

type Map_ = {readonly [key: string]: Json}

/** The configuration that holds for files of a directory: the nearest one upwards, not beyond the repository. */
export function findConfig(directory: string): string | undefined {
  for (const place of upwards(directory, existsSync)) {
    const found = names.map((name) => join(place, name)).filter((path) => existsSync(path))
    if (found.length > 1)
      throw new SpecLintError('config', `There are two configurations, ${found.join(' and ')}`, 'Keep one of them.', {
        file: found[0] ?? place,
      })
    if (found[0] !== undefined) return found[0]
  }
  return undefined
}

/** Built-in settings alone, relative to a directory. */
export function noConfig(root: string): Config {
  return {
    path: undefined,
    root,
    layers: [],
    types: [],
    dialect: undefined,
    database: undefined,
    baseline: undefined,
    rules: new Map(),
    overrides: [],
    ignored: () => false,
    limits: noLimits,
  }
}

/** Reads and checks a configuration file; every mistake is a `SpecLintError` with its place. */
export function loadConfig(path: string, known: Known): Config {
  const absolute = resolve(path)
  const folder = dirname(absolute)
  const root = basename(folder) === '.config' ? dirname(folder) : folder
  return load(absolute, root, known, [])
}

function load(path: string, root: string, known: Known, chain: readonly string[]): Config {
  const boundary = upwards(root, existsSync).at(-1) ?? root
  const project = existsSync(join(boundary, '.git')) ? boundary : root
  const file = readConfigFile(path, project)
  checkConfig(file, known)
  const data = file.data as Map_
  const bases = basesOf(data).map(({reference, pointer}) => {
    const base = resolve(dirname(path), reference)
    if (chain.includes(base) || base === path)
      throw new SpecLintError(
        'config',
        `\`extends: ${reference}\` goes in a circle`,
        'Let one of the files stand alone.',
        file.placeOf(pointer),
      )
    if (chain.length >= deepest)
      throw new SpecLintError(
        'config',
        `\`extends\` is more than ${deepest} files deep`,
        'Join some of them.',
        file.placeOf(pointer),
      )
    if (!existsSync(base))
      throw new SpecLintError(
        'config',
        `\`extends: ${reference}\` names no file`,
        'Write a path relative to this file.',
        file.placeOf(pointer),
      )
    if (!isInside(base, boundary))
      throw new SpecLintError(
        'config',
        `\`extends: ${reference}\` leaves the repository`,
        'Copy the file into the repository.',
        file.placeOf(pointer),
      )
    return load(base, dirname(base), known, [...chain, path])
  })
  const types = Object.entries((data['types'] ?? {}) as Map_).map(([name, value]) =>
    readType(file, name, value as Map_, root),
  )
  const ignored = patterns(file, data['ignore'], '/ignore')
  const own = matcher(ignored)
  const dialect =
    (data['dialect'] as Dialect | undefined) ?? bases.findLast((base) => base.dialect !== undefined)?.dialect
  return {
    path,
    root,
    layers: [...bases.flatMap(({layers}) => layers), file],
    types: typesOver(bases, types),
    dialect,
    database: databaseOf(file, data, {folder: root, root: project}, bases, dialect),
    baseline: baselineOf(file, data, project) ?? bases.findLast((base) => base.baseline)?.baseline,
    rules: layRules([...bases.map(({rules}) => rules), suppressionRules(data['suppressions']), rulesOf(data['rules'])]),
    overrides: [...bases.flatMap(({overrides}) => overrides), ...overridesOf(file, data['overrides'])],
    ignored: (one) => own(one) || bases.some((base) => base.ignored(one)),
    limits: limitsOf(
      data['limits'],
      bases.map(({limits}) => limits),
    ),
  }
}

/** Own types come first; of two bases with a type of one name, the later one's holds. */
function typesOver(bases: readonly Config[], own: readonly ConfigType[]): readonly ConfigType[] {
  const inherited = bases.flatMap(({types}) => types)
  const isLast = ({name}: ConfigType, index: number): boolean =>
    !own.some((one) => one.name === name) && !inherited.slice(index + 1).some((one) => one.name === name)
  return [...own, ...inherited.filter(isLast)]
}

/** A key of this file replaces the same key of its bases. */
function databaseOf(
  file: DataFile,
  data: Map_,
  places: {readonly folder: string; readonly root: string},
  bases: readonly Config[],
  dialect: Dialect | undefined,
): Config['database'] {
  const own = databaseParts(file, data, places)
  const inherited = bases.flatMap(({database}) => database ?? [])
  const schema =
    data['schema'] === undefined ? (inherited.findLast((base) => base.schema.length > 0)?.schema ?? []) : own.schema
  const migrations = own.migrations ?? inherited.findLast((base) => base.migrations)?.migrations
  return schema.length === 0 && !migrations ? undefined : {root: places.root, schema, migrations, dialect}
}

function baselineOf(file: DataFile, data: Map_, project: string): Config['baseline'] {
  const written = data['baseline']
  if (typeof written !== 'string') return undefined
  const path = resolve(dirname(file.path), written)
  const at = file.placeOf('/baseline')
  if (!isInside(path, project))
    throw new SpecLintError(
      'config',
      `\`baseline: ${written}\` leads out of the project`,
      'Write a path to a file of this project.',
      at,
    )
  return {path, at}
}

function readConfigFile(path: string, boundary: string): DataFile {
  const read = readTextFile(path, boundary, largest)
  if ('problem' in read)
    throw new SpecLintError(
      'config',
      `The configuration can't be read. ${read.problem.message}`,
      'Name a readable file.',
      {file: path},
    )
  return readData(path, read.text)
}

function basesOf(data: Map_): readonly {readonly reference: string; readonly pointer: string}[] {
  const value = data['extends']
  if (value === undefined) return []
  return Array.isArray(value)
    ? value.map((one, index) => ({reference: String(one), pointer: `/extends/${index}`}))
    : [{reference: String(value), pointer: '/extends'}]
}

function readType(file: DataFile, name: string, value: Map_, root: string): ConfigType {
  const pointer = `/types/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const globs = patterns(file, value['files'], `${pointer}/files`)
  const reference = typeof value['type'] === 'string' ? value['type'] : name
  const at = value['type'] === undefined ? file.placeOf(pointer, true) : file.placeOf(`${pointer}/type`)
  const folder = dirname(file.path)
  const template = templateOf(file, value, pointer)
  return {
    name,
    globs,
    files: matcher(globs),
    template: template === undefined ? undefined : posix(relative(root, resolve(folder, template))),
    type:
      template === undefined || value['type'] !== undefined
        ? loadTypeFor(reference, folder, root, at)
        : loadTemplateFor(template, folder, root, file.placeOf(`${pointer}/template`), name),
    rules: rulesOf(value['rules']),
  }
}

/** `template: ./rfc.md`, or a template in the place of a type. */
function templateOf(file: DataFile, value: Map_, pointer: string): string | undefined {
  const {type, template} = value as {readonly type?: string; readonly template?: string}
  if (type !== undefined && template !== undefined)
    throw new SpecLintError(
      'config',
      'A type comes from a type file or from a template, not from both',
      'Delete one of `type` and `template`; a type file may say `extends: ./template.md`.',
      file.placeOf(`${pointer}/template`, true),
    )
  return template ?? (type !== undefined && isTemplatePath(type) ? type : undefined)
}

function patterns(file: DataFile, value: Json | undefined, pointer: string): readonly string[] {
  const list = Array.isArray(value) ? value.map(String) : []
  for (const [index, pattern] of list.entries()) {
    const problem = globProblem(pattern)
    if (problem !== undefined)
      throw new SpecLintError(
        'config',
        `The pattern \`${pattern}\` can't be used`,
        `${problem}.`,
        file.placeOf(`${pointer}/${index}`),
      )
  }
  return list
}

function overridesOf(file: DataFile, value: Json | undefined): Config['overrides'] {
  const list = Array.isArray(value) ? (value as readonly Map_[]) : []
  return list.map((one, index) => ({
    files: matcher(patterns(file, one['files'], `/overrides/${index}/files`)),
    rules: rulesOf(one['rules']),
  }))
}
