import type {Json} from '../document/types.ts'
import type {SeveritySetting} from '../rule/types.ts'
import {layRules, ruleConfig, suppressionRules} from './rules.ts'
import type {Config, RuleConfig} from './types.ts'
import type {DataFile} from './yaml.ts'

/** 1-based. */
export interface Origin {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A value of a configuration, and where it is written; more than one place where severity and options are from two. */
export interface Told {
  /** Keys from the outermost inwards. */
  readonly key: readonly string[]
  readonly value: Json
  readonly from: readonly Origin[]
}

/** A rule as the configuration sets it; `undefined` parts are left to the rule and the type. */
export interface ToldRule extends RuleConfig {
  readonly from: readonly Origin[]
}

type Map_ = {readonly [key: string]: Json}

/** What a configuration says once its bases are laid under it, value by value. */
export function toldBy(config: Config): readonly Told[] {
  return [
    ...config.types.flatMap(({name}) => typeTold(config, name)),
    ...['dialect', 'schema', 'migrations'].flatMap((key) => lastTold(config, key)),
    ...[...rulesTold(config)].map(([rule, told]) => ({
      key: ['rules', rule],
      value: settingOf(told),
      from: told.from,
    })),
    ...overridesTold(config),
    ...lastTold(config, 'baseline'),
    ...ignoredTold(config),
  ]
}

/** The rules that the configuration sets for all files, or for one: its path relative to the root, and its type's name. */
export function rulesTold(
  config: Config,
  file?: {readonly path: string; readonly type: string | undefined},
): ReadonlyMap<string, ToldRule> {
  const inside = file !== undefined && file.path !== '' && !file.path.startsWith('..')
  const base = config.layers.flatMap((layer) => [
    blockAt(layer, '/suppressions', (value) => suppressionRules(value), suppressionKeys),
    blockAt(layer, '/rules'),
  ])
  const home = file?.type === undefined ? undefined : layerOfType(config, file.type)
  const ofType = home === undefined || file?.type === undefined ? [] : [blockAt(home, `${typeAt(file.type)}/rules`)]
  const overrides = overrideBlocks(config).flatMap(({layer, pointer}, index) =>
    inside && config.overrides[index]?.files(file.path) === true ? [blockAt(layer, `${pointer}/rules`)] : [],
  )
  const told = new Map<string, ToldRule>()
  for (const block of [...base, ...ofType, ...overrides])
    for (const [rule, one] of block) told.set(rule, laidOver(told.get(rule), one))
  return told
}

type Block = ReadonlyMap<string, ToldRule>

const suppressionKeys: Readonly<Record<string, string>> = {
  'suppression-reason': 'requireReason',
  'suppression-rule': 'requireRule',
  'suppression-unused': 'reportUnused',
}

function blockAt(
  layer: DataFile,
  pointer: string,
  read = (value: Json): ReadonlyMap<string, RuleConfig> =>
    new Map(Object.entries(value as Map_).map(([rule, setting]) => [rule, ruleConfig(setting)])),
  keys: Readonly<Record<string, string>> = {},
): Block {
  const value = valueAt(layer.data, pointer)
  if (value === undefined) return new Map()
  return new Map(
    [...read(value)].map(([rule, config]) => [
      rule,
      {...config, from: [layer.placeOf(`${pointer}/${escaped(keys[rule] ?? rule)}`)]},
    ]),
  )
}

/** As `layRules` does it, with the places. */
function laidOver(earlier: ToldRule | undefined, own: ToldRule): ToldRule {
  if (!earlier) return own
  const laid = layRules([new Map([['rule', earlier]]), new Map([['rule', own]])]).get('rule') ?? own
  const keeps = (earlier.options !== undefined && own.options === undefined) || own.severity === undefined
  return {...laid, from: keeps ? [...own.from, ...earlier.from] : own.from}
}

/** A setting as a configuration writes it. */
export function settingOf({severity, options}: RuleConfig): Json {
  const level: SeveritySetting | true = severity ?? true
  return options === undefined ? level : [level, options]
}

function typeTold(config: Config, name: string): readonly Told[] {
  const layer = layerOfType(config, name)
  const value = layer && valueAt(layer.data, typeAt(name))
  if (!layer || typeof value !== 'object' || value === null) return []
  return leaves(value as Map_, ['types', name], typeAt(name), layer)
}

/** Two levels of maps, so that a rule of a type has a place of its own. */
function leaves(map: Map_, key: readonly string[], pointer: string, layer: DataFile): readonly Told[] {
  return Object.entries(map).flatMap(([name, value]): readonly Told[] => {
    const at = `${pointer}/${escaped(name)}`
    return name === 'rules' && typeof value === 'object' && value !== null
      ? leaves(value as Map_, [...key, name], at, layer)
      : [{key: [...key, name], value, from: [layer.placeOf(at)]}]
  })
}

function lastTold({layers}: Config, key: string): readonly Told[] {
  const layer = layers.findLast(({data}) => valueAt(data, `/${key}`) !== undefined)
  const value = layer && valueAt(layer.data, `/${key}`)
  return layer && value !== undefined ? [{key: [key], value, from: [layer.placeOf(`/${key}`)]}] : []
}

function overridesTold(config: Config): readonly Told[] {
  return overrideBlocks(config).flatMap(({layer, pointer}, index) => {
    const value = valueAt(layer.data, pointer)
    return leaves((value ?? {}) as Map_, ['overrides', String(index)], pointer, layer)
  })
}

function overrideBlocks({layers}: Config): readonly {readonly layer: DataFile; readonly pointer: string}[] {
  return layers.flatMap((layer) => {
    const list = valueAt(layer.data, '/overrides')
    return Array.isArray(list) ? list.map((_, index) => ({layer, pointer: `/overrides/${index}`})) : []
  })
}

function ignoredTold({layers}: Config): readonly Told[] {
  const all = layers.flatMap((layer) => {
    const list = valueAt(layer.data, '/ignore')
    return Array.isArray(list)
      ? list.map((value: Json, index) => ({value, from: [layer.placeOf(`/ignore/${index}`)]}))
      : []
  })
  return all.map(({value, from}, index) => ({key: ['ignore', String(index)], value, from}))
}

/** The file whose type of this name holds: the last one that has it. */
export function layerOfType({layers}: Config, name: string): DataFile | undefined {
  return layers.findLast(({data}) => valueAt(data, typeAt(name)) !== undefined)
}

function typeAt(name: string): string {
  return `/types/${escaped(name)}`
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function valueAt(data: Json, pointer: string): Json | undefined {
  let value: Json | undefined = data
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as {readonly [key: string]: Json})[key]
  }
  return value
}
