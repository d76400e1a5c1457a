import {execFileSync} from 'node:child_process'
import {join, relative, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix, readTextFile} from '../config/files.ts'
import type {Config, ConfigType} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import {list} from '../document/words.ts'
import {today} from '../lint/today.ts'
import {show} from '../report/show.ts'
import type {JsonSchema, SpecType} from '../rule/types.ts'
import {placeFor} from '../run/scaffold.ts'
import {fillTemplate} from '../scaffold/fill.ts'
import {renderType} from '../scaffold/render.ts'
import type {Known} from '../scaffold/types.ts'
import {fits} from '../scaffold/values.ts'
import {nearest} from '../type/nearest.ts'
import {keyForm} from '../type/normalize.ts'
import {coerce, properties} from '../type/text-values.ts'
import {checkValue} from '../type/values.ts'
import {notice, print} from './io.ts'
import {configOf, type Named, typeNamed} from './type-named.ts'
import {writeNew} from './write-new.ts'

interface Options {
  readonly set?: readonly string[]
  readonly stdout?: boolean
  readonly output?: string
  readonly config?: string
}

/** Writes a document of a type: from its template, else from its outline. */
export function newDocument(name: string, title: string | undefined, options: Options): number {
  const cwd = process.cwd()
  const config = configOf(options.config)
  const {type, configured, template} = typeNamed(name, config, cwd)
  const values = new Map((options.set ?? []).map((setting) => settingOf(setting, type)))
  const place = placeFor(type, configured, config, cwd)
  const filling: Known = {
    kind: 'document',
    title: title?.replaceAll(/\s+/gu, ' ').trim() || undefined,
    identity: place.identity,
    values,
    today: today(),
    author: gitUser(cwd),
  }
  const text = textOf(type, template, filling)
  if (options.stdout === true) {
    print(text)
    return 0
  }
  const target =
    options.output === undefined ? join(place.folder, place.fileName(filling.title)) : resolve(options.output)
  writeNew(target, text, {folders: options.output === undefined})
  const shown = show(posix(relative(cwd, target)) || target)
  notice(`written to ${shown}; \`spec-lint ${shown}\` lists what is left to be filled in.`)
  warnOutside(target, configured, config)
  return 0
}

function textOf(type: SpecType, template: Named['template'], filling: Known): string {
  if (!template) return renderType(type, filling)
  const {path, root} = template
  const read = readTextFile(path, root)
  if ('problem' in read)
    throw new SpecLintError(
      'template',
      `The template can't be read. ${read.problem.message}`,
      'Name a readable file.',
      {
        file: path,
      },
    )
  return fillTemplate(readDocument(read.text, {path}), type, filling)
}

/** `status=Draft`; the key may be written as in a document. */
function settingOf(setting: string, {metadata, name}: SpecType): readonly [string, string] {
  const at = setting.indexOf('=')
  const key = setting.slice(0, Math.max(at, 0)).trim()
  const value = setting.slice(at + 1).trim()
  if (key === '') throw new SpecLintError('set', `\`${setting}\` sets no key`, 'Write `--set key=value`.')
  const schemas = properties(metadata?.schema ?? {})
  const names = Object.keys(schemas)
  const property =
    names.find((one) => keyForm(one) === keyForm(key)) ??
    names.find((one) => metadata?.aliases[one]?.some((alias) => keyForm(alias) === keyForm(key)))
  if (property === undefined) throw unknownKey(key, names, name)
  const schema: JsonSchema = schemas[property] ?? {}
  if (value === '' || fits(schema, value)) return [property, value]
  const [problem] = checkValue(schema, coerce(schema, value))
  throw new SpecLintError(
    'set',
    `\`${value}\` is no value of \`${property}\``,
    `Write ${problem?.expected ?? 'another value'}.`,
  )
}

function unknownKey(key: string, names: readonly string[], type: string): SpecLintError {
  const [near] = nearest(key, names)
  const help =
    near !== undefined
      ? `Write \`${near}\`.`
      : names.length === 0
        ? 'The type has no metadata.'
        : `Its keys are ${list(names)}.`
  return new SpecLintError('set', `\`${key}\` is no key of the type ${type}`, help)
}

/** Who writes; nobody where git doesn't know or isn't there. */
function gitUser(cwd: string): string | undefined {
  try {
    const name = execFileSync('git', ['config', 'user.name'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    })
    return name.replaceAll(/\s+/gu, ' ').trim() || undefined
  } catch {
    return undefined
  }
}

function warnOutside(target: string, configured: ConfigType | undefined, config: Config | undefined): void {
  if (!configured || !config) return
  const way = posix(relative(config.root, target))
  if (!configured.files(way))
    notice(`the files of the type ${configured.name} are ${configured.globs.join(' ')}; ${show(way)} is none of them.`)
}
