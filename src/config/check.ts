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
  for (const {pointer, keyword, property, expected} of deepestFirst(checkValue(schema, file.data))) {
    if (keyword === 'additionalProperties' && property !== undefined) throw unknown(file, pointer, property, known)
    if (keyword === 'required')
      throw new SpecLintError(
        'config',
        `\`${last(pointer)}\` has no \`${property}\``,
        `Add \`${property}\`.`,
        file.placeOf(pointer, true),
      )
    if (pointer === '/migrations/tool') throw unknownTool(file)
    const ruleAt = /^(.*\/rules\/[^/]+|\/suppressions\/[^/]+)(\/.*)?$/u.exec(pointer)
    if (ruleAt) throw ruleMistake(file, pointer, ruleAt[1] ?? pointer, expected)
    throw new SpecLintError(
      'config',
      `\`${last(pointer)}\` is not what it has to be`,
      `Write ${expected}.`,
      file.placeOf(pointer),
    )
  }
}

/** Of the branches of an `anyOf`, the one that went deepest into the value is the one that was meant. */
function deepestFirst(problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  return problems.toSorted((a, b) => b.pointer.split('/').length - a.pointer.split('/').length)
}

function ruleMistake(file: DataFile, pointer: string, rulePointer: string, expected: string): SpecLintError {
  const name = last(rulePointer)
  const value = valueAt(file.data, rulePointer)
  const severity = Array.isArray(value) ? (value as readonly Json[])[0] : value
  const levels = ['off', 'info', 'warning', 'error']
  if (
    rulePointer.includes('/rules/') &&
    (typeof severity !== 'string' || levels.includes(severity) || severity === 'warn')
  ) {
    return new SpecLintError(
      'config',
      `The options of rule \`${name}\` are not what they have to be`,
      `Write ${expected}; \`spec-lint explain ${name}\` lists the options.`,
      file.placeOf(pointer),
    )
  }
  const text = typeof severity === 'string' ? severity : JSON.stringify(severity)
  const [near] = nearest(text, levels)
  return new SpecLintError(
    'config',
    `\`${text}\` is no severity`,
    near === undefined ? 'Write `off`, `info`, `warning` or `error`.' : `Write \`${near}\`.`,
    file.placeOf(rulePointer),
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
