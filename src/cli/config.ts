import {dirname, relative, resolve} from 'node:path'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {posix, readTextFile} from '../config/files.ts'
import {layerOfType, type Origin, rulesTold, settingOf, type Told, toldBy} from '../config/origins.ts'
import {configSchema} from '../config/schema.ts'
import type {Config} from '../config/types.ts'
import {optionsFor} from '../lint/rules.ts'
import {showAll} from '../report/show.ts'
import {known, runOptions} from '../run/options.ts'
import {configFinder, fileSettings, type Readied, readyText, workspaceFinder} from '../run/read.ts'
import {severityFor} from '../type/severity.ts'
import {print, printJson} from './io.ts'

interface Options {
  readonly json?: boolean
  readonly config?: string
}

/** The JSON Schema of `spec-lint.yaml`, with every rule and its options. */
export function printSchema(): number {
  printJson(configSchema(known.rules, known.remarkLint))
  return 0
}

/** The configuration that holds here, or for one file, each value with where it is written. */
export function printConfig(path: string | undefined, {json, config: given}: Options): number {
  const options = runOptions({config: given ?? (process.env['SPEC_LINT_CONFIG'] || undefined)})
  const configOf = configFinder(options)
  const config = configOf(path === undefined ? process.cwd() : dirname(resolve(path)))
  const values: readonly Shown[] = path === undefined ? toldBy(config) : valuesFor(path, config, options)
  if (json === true) {
    printJson({
      version: 1,
      configuration: config.path === undefined ? null : shownPath(config.path),
      ...(path !== undefined && {file: posix(path)}),
      values: values.map(({key, value, from, why}) => ({
        key: key.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
        value,
        from: from.map((one) => ({...one, file: shownPath(one.file)})),
        ...(from.length === 0 && {why}),
      })),
    })
    return 0
  }
  print(`# ${headline(config, path)}\n${lines(values)}`)
  return 0
}

/** A value with why it holds where nothing writes it. */
interface Shown extends Told {
  readonly why?: string
}

function valuesFor(path: string, config: Config, options: ReturnType<typeof runOptions>): readonly Shown[] {
  const absolute = resolve(path)
  const read = readTextFile(absolute, dirname(absolute))
  if ('problem' in read)
    throw new SpecLintError('no-file', `${path} can't be read. ${read.problem.message}`, 'Name a Markdown file.')
  const configOf = (): Config => config
  const ready = readyText(read.text, absolute, {configOf, workspaceOf: workspaceFinder(options, configOf)}, options)
  const settings = ready?.settings ?? fileSettings(absolute, config, options)
  const name = settings.type?.name
  const home = name === undefined ? undefined : layerOfType(config, name)
  const type = ready?.prepared.type.type.name ?? null
  const pointer = `/types/${(name ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`
  const keys = new Set(['dialect', 'schema', 'migrations', 'baseline'])
  return [
    {key: ['ignored'], value: settings.ignored, from: [], why: settings.ignored ? '`ignore` below' : 'no pattern'},
    {
      key: ['type'],
      value: type,
      from: home ? [home.placeOf(pointer, true)] : [],
      why: type === null ? 'no type has this file' : settings.type ? 'its comment' : 'detected',
    },
    ...toldBy(config).filter(({key}) => keys.has(key[0] ?? '') || (settings.ignored && key[0] === 'ignore')),
    ...rulesFor(posix(relative(config.root, absolute)), name, config, ready),
  ]
}

/** Every rule as it holds for a file, with all of its options. */
function rulesFor(
  path: string,
  type: string | undefined,
  config: Config,
  ready: Readied | undefined,
): readonly Shown[] {
  const told = rulesTold(config, {path, type})
  const own = rules.map((rule): Shown => {
    const one = told.get(rule.id)
    const bound = ready?.prepared.type
    const severity = one?.severity ?? (bound ? severityFor(rule, bound) : rule.severity)
    const options = bound ? optionsFor(rule, bound, one) : (one?.options ?? {})
    return {
      key: ['rules', rule.id],
      value: settingOf({severity, options: Object.keys(options).length === 0 ? undefined : options}),
      from: one?.from ?? [],
      why: bound?.type.rules[rule.id] === undefined && severity === rule.severity ? 'default' : 'type',
    }
  })
  const foreign = [...told].filter(([id]) => id.startsWith('remark-lint/'))
  return [...own, ...foreign.map(([id, one]) => ({key: ['rules', id], value: settingOf(one), from: one.from}))]
}

function headline({path, layers}: Config, file: string | undefined): string {
  const what = file === undefined ? '' : `${posix(file)}, by `
  if (path === undefined) return showAll(`${what}built-in settings; there is no configuration`)
  const bases = layers.slice(0, -1).map((layer) => shownPath(layer.path))
  return showAll(`${what}${shownPath(path)}${bases.length > 0 ? ` over ${bases.toReversed().join(', ')}` : ''}`)
}

/** YAML, with the place of each value behind it. */
function lines(values: readonly Shown[]): string {
  let open: readonly string[] = []
  const rows = values.flatMap(({key, value, from, why}) => {
    const depth = key.findIndex((part, index) => open[index] !== part)
    const outer = key.slice(Math.max(depth, 0), -1).map((part, index) => {
      return {text: `${indentOf(key, Math.max(depth, 0) + index)}${keyText(part)}`, origin: ''}
    })
    open = key
    const origin = from.length > 0 ? from.map(placeText).join(', ') : (why ?? '')
    const last = key.at(-1) ?? ''
    return [
      ...outer,
      {text: `${indentOf(key, key.length - 1)}${keyText(last)} ${JSON.stringify(value)}`.replace('- :', '-'), origin},
    ]
  })
  const width = Math.min(60, Math.max(0, ...rows.map(({text}) => text.length)))
  return rows
    .map(({text, origin}) => `${showAll(origin === '' ? text : `${text.padEnd(width)}  # ${origin}`)}\n`)
    .join('')
}

function indentOf(key: readonly string[], depth: number): string {
  return '  '.repeat(key.slice(0, depth).length)
}

/** An index is an item of a list. */
function keyText(part: string): string {
  if (/^\d+$/u.test(part)) return '-'
  return `${/^[a-z][\w./-]*$/i.test(part) ? part : JSON.stringify(part)}:`
}

function placeText({file, line}: Origin): string {
  return `${shownPath(file)}:${line}`
}

function shownPath(path: string): string {
  return posix(relative(process.cwd(), path)) || path
}
