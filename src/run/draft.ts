import {execFileSync} from 'node:child_process'
import {SpecLintError} from '../config/error.ts'
import {readTextFile} from '../config/files.ts'
import type {Config, ConfigType} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import {list} from '../document/words.ts'
import {today} from '../lint/today.ts'
import type {JsonSchema, SpecType} from '../rule/types.ts'
import {fillTemplate} from '../scaffold/fill.ts'
import {renderType} from '../scaffold/render.ts'
import type {Known} from '../scaffold/types.ts'
import {fits} from '../scaffold/values.ts'
import {nearest} from '../type/nearest.ts'
import {keyForm} from '../type/normalize.ts'
import {coerce, properties} from '../type/text-values.ts'
import {checkValue} from '../type/values.ts'
import {type Place, placeFor} from './scaffold.ts'
import {type Named, typeNamed} from './type-named.ts'

/** A document that is not written yet. */
export interface Draft {
  readonly text: string
  readonly title: string | undefined
  readonly place: Place
  /** The type as the configuration has it. */
  readonly configured: ConfigType | undefined
}

/**
 * A document of the type with a name: from its template, else from its outline. `settings` are `key=value`. Throws
 * `SpecLintError` for a type or a key that there is not, and for a value that the type doesn't take.
 */
export function draftOf(
  name: string,
  title: string | undefined,
  settings: readonly string[],
  {config, cwd}: {readonly config: Config | undefined; readonly cwd: string},
): Draft {
  const {type, configured, template} = typeNamed(name, config, cwd)
  const values = new Map(settings.map((setting) => settingOf(setting, type)))
  const place = placeFor(type, configured, config, cwd)
  const filling: Known = {
    kind: 'document',
    title: title?.replaceAll(/\s+/gu, ' ').trim() || undefined,
    identity: place.identity,
    values,
    today: today(),
    author: gitUser(cwd),
  }
  return {text: textOf(type, template, filling), title: filling.title, place, configured}
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
