import type {Json} from '../document/types.ts'
import {migrationToolNames} from '../rule/migration-tools.ts'
import type {JsonSchema} from '../rule/types.ts'
import {nearest} from '../type/nearest.ts'
import {checkValue, type SchemaProblem} from '../type/values.ts'
import {SpecLintError} from './error.ts'
import {configSchema} from './schema.ts'
import type {Known} from './types.ts'
import type {DataFile} from './yaml.ts'

const schemas = new WeakMap<Known, JsonSchema>()

/** Holds a configuration against its schema; the first mistake is thrown, with its place and the nearest right name. */
export function checkConfig(file: DataFile, known: Known): void {
  if (typeof file.data !== 'object' || file.data === null || Array.isArray(file.data)) {
    throw new SpecLintError(
      'config',
      'A configuration is a map of keys',
      'Begin with `types:` or `rules:`.',
      file.placeOf(''),
    )
  }
  const schema = schemas.get(known) ?? configSchema(known.rules, known.remarkLint)
  schemas.set(known, schema)
  for (const problem of gravestFirst(checkValue(schema, file.data))) {
    const {pointer, keyword, property} = problem
    if (keyword === 'additionalProperties' && property !== undefined) throw unknown(file, pointer, property, known)
    if (keyword === 'required')
      throw new SpecLintError(
        'config',
        `${named(pointer)} has no \`${property}\``,
        `Add \`${property}\`.`,
        file.placeOf(pointer, !/\/\d+$/u.test(pointer)),
      )
    if (pointer === '/migrations/tool') throw unknownTool(file)
    const ruleAt = /^(.*\/rules\/[^/]+|\/suppressions\/[^/]+)(\/.*)?$/u.exec(pointer)?.[1]
    throw ruleAt === undefined ? misfit(file, problem, named(pointer)) : ruleMistake(file, problem, ruleAt)
  }
}

/**
 * Of the branches of an `anyOf`, the one that went deepest into the value is the one that was meant; of a key that is missing and
 * one that is unknown, this is that.
 */
function gravestFirst(problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  const depth = ({pointer}: SchemaProblem): number => pointer.split('/').length
  const isUnknown = ({keyword}: SchemaProblem): number => Number(keyword === 'additionalProperties')
  return problems.toSorted((a, b) => depth(b) - depth(a) || isUnknown(b) - isUnknown(a))
}

/** A value of another kind, or none of those that there are. */
function misfit(file: DataFile, {pointer, expected, replacements}: SchemaProblem, what: string): SpecLintError {
  const value = valueAt(file.data, pointer)
  const [near] = replacements
  return new SpecLintError(
    'config',
    value === null ? `${what} has no value` : `${what} can't be ${kindOf(value)}`,
    near === undefined ? `Write ${expected}.` : `Write \`${near}\`.`,
    file.placeOf(pointer),
  )
}

function kindOf(value: Json | undefined): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map of keys' : `\`${String(value)}\``
}

const levels = ['off', 'info', 'warning', 'error']
const severities: ReadonlySet<Json | undefined> = new Set([...levels, 'warn', 0, 1, 2, true, false])

function ruleMistake(file: DataFile, problem: SchemaProblem, rulePointer: string): SpecLintError {
  const name = last(rulePointer)
  const value = valueAt(file.data, rulePointer)
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
  const [severity] = list
  if (!severities.has(severity)) return wrongSeverity(file, severity, name, rulePointer)
  const option = /\/rules\/[^/]+\/1\/(.+)$/u.exec(problem.pointer)?.[1]
  const mistake =
    option === undefined
      ? misfit(
          file,
          {...problem, expected: 'a severity, or a list of a severity and a map of options'},
          `Rule \`${name}\``,
        )
      : misfit(file, problem, `Option \`${last(`/${option}`)}\` of rule \`${name}\``)
  const help = `${mistake.help.replace(/\.$/u, '')}; \`spec-lint explain ${name}\` lists the options.`
  const reason = list.length > 2 ? `Rule \`${name}\` has more than a severity and options` : mistake.message
  return new SpecLintError('config', reason, help, file.placeOf(problem.pointer))
}

function wrongSeverity(file: DataFile, severity: Json | undefined, name: string, pointer: string): SpecLintError {
  const text = typeof severity === 'string' ? severity : JSON.stringify(severity)
  const [near] = nearest(text, levels)
  return new SpecLintError(
    'config',
    severity === null || severity === undefined ? `Rule \`${name}\` has no severity` : `\`${text}\` is no severity`,
    near === undefined ? 'Write `off`, `info`, `warning` or `error`.' : `Write \`${near}\`.`,
    file.placeOf(pointer),
  )
}

function unknownTool(file: DataFile): SpecLintError {
  const name = String(valueAt(file.data, '/migrations/tool'))
  const [near] = nearest(name, migrationToolNames)
  return new SpecLintError(
    'config',
    `\`${name}\` is no migration tool`,
    near === undefined
      ? `The tools are ${migrationToolNames.map((one) => `\`${one}\``).join(', ')}; without \`tool\` the names in the folder show it.`
      : `Write \`${near}\`.`,
    file.placeOf('/migrations/tool'),
  )
}

function unknown(file: DataFile, pointer: string, property: string, known: Known): SpecLintError {
  const place = file.placeOf(`${pointer}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`, true)
  const inRules = /(?:^|\/)rules$/u.test(pointer)
  const inOptions = /\/rules\/[^/]+\/1$/u.test(pointer)
  const candidates = inRules ? ruleNames(known) : inOptions ? optionNames(pointer, known) : keysAt(pointer)
  const [near] = nearest(property, candidates)
  const what = inRules ? 'rule' : inOptions ? 'option of this rule' : 'key of a configuration'
  const help =
    near === undefined
      ? inRules
        ? '`spec-lint rules` lists the rules.'
        : candidates.length === 0
          ? 'It has no options.'
          : `The keys here are ${candidates.map((name) => `\`${name}\``).join(', ')}.`
      : `Write \`${near}\`.`
  return new SpecLintError('config', `\`${property}\` is no ${what}`, help, place)
}

function ruleNames({rules, remarkLint}: Known): readonly string[] {
  return [...rules.map(({id}) => id), ...remarkLint.map((name) => `remark-lint/${name}`)]
}

function optionNames(pointer: string, {rules}: Known): readonly string[] {
  const id = /\/rules\/([^/]+)\/1$/u.exec(pointer)?.[1]
  return Object.keys(rules.find((rule) => rule.id === id)?.options ?? {})
}

function keysAt(pointer: string): readonly string[] {
  if (/^\/types\/[^/]+$/u.test(pointer)) return ['files', 'type', 'template', 'rules']
  if (/^\/overrides\/\d+$/u.test(pointer)) return ['files', 'rules']
  if (pointer === '/migrations') return ['folder', 'tool']
  if (pointer === '/suppressions') return ['requireReason', 'requireRule', 'reportUnused']
  return [
    'extends',
    'types',
    'dialect',
    'schema',
    'migrations',
    'rules',
    'overrides',
    'baseline',
    'suppressions',
    'ignore',
  ]
}

/** What a pointer leads to, at the beginning of a sentence. */
function named(pointer: string): string {
  const [, list, index] = /([^/]+)\/(\d+)$/u.exec(pointer) ?? []
  return list === undefined ? `\`${last(pointer)}\`` : `Entry ${Number(index) + 1} of \`${last(list)}\``
}

function last(pointer: string): string {
  return pointer.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') || 'the configuration'
}

function valueAt(data: Json, pointer: string): Json | undefined {
  let value: Json | undefined = data
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    value = typeof value === 'object' && value !== null ? (value as {readonly [key: string]: Json})[key] : undefined
  }
  return value
}
