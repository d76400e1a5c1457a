import remarkLint from 'remark-lint'
import {unified} from 'unified'
import type {Plugin} from 'unified'
import {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {RuleConfigs} from '../config/types.ts'
import {parseMarkdown} from '../document/markdown.ts'
import type {SpecDocument} from '../document/types.ts'
import type {Json, Severity} from '../rule/types.ts'
import type {Finding} from './types.ts'

/** The rules of remark-lint that matter to a specification; each is loaded when a configuration switches it on. */
const loaders: Readonly<Record<string, () => Promise<{readonly default: unknown}>>> = {
  'final-newline': () => import('remark-lint-final-newline'),
  'heading-increment': () => import('remark-lint-heading-increment'),
  'no-duplicate-definitions': () => import('remark-lint-no-duplicate-definitions'),
  'no-duplicate-headings-in-section': () => import('remark-lint-no-duplicate-headings-in-section'),
  'no-empty-url': () => import('remark-lint-no-empty-url'),
  'no-heading-like-paragraph': () => import('remark-lint-no-heading-like-paragraph'),
  'no-literal-urls': () => import('remark-lint-no-literal-urls'),
  'no-reference-like-url': () => import('remark-lint-no-reference-like-url'),
  'no-table-indentation': () => import('remark-lint-no-table-indentation'),
  'no-tabs': () => import('remark-lint-no-tabs'),
  'no-undefined-references': () => import('remark-lint-no-undefined-references'),
  'no-unused-definitions': () => import('remark-lint-no-unused-definitions'),
  'table-pipes': () => import('remark-lint-table-pipes'),
}

export const remarkLintRules: readonly string[] = Object.keys(loaders)

const prefix = 'remark-lint/'

/** A rule of remark-lint, ready to run. */
export interface RemarkLintRule {
  readonly name: string
  readonly severity: Severity
  readonly plugin: Plugin<unknown[]>
  readonly options: Json | undefined
}

type Loaded = ReadonlyMap<string, Plugin<unknown[]>>

/** Loads the rules of remark-lint that a configuration switches on. */
export async function loadRemarkLint(config: RuleConfigs): Promise<readonly RemarkLintRule[]> {
  return remarkLintOf(config, await load(namesOn(config)))
}

/** Loads every rule of remark-lint that we know: for callers that can't wait later. */
export function loadAllRemarkLint(): Promise<Loaded> {
  return load(remarkLintRules)
}

/** The rules of remark-lint that a configuration switches on, from those that are loaded. */
export function remarkLintOf(config: RuleConfigs, loaded: Loaded): readonly RemarkLintRule[] {
  return namesOn(config).flatMap((name) => {
    const {severity, options} = config.get(prefix + name) ?? {}
    const plugin = loaded.get(name)
    return plugin
      ? [{name, severity: severity === undefined ? 'warning' : (severity as Severity), plugin, options}]
      : []
  })
}

function namesOn(config: RuleConfigs): readonly string[] {
  return [...config]
    .filter(([id, {severity}]) => id.startsWith(prefix) && severity !== 'off')
    .map(([id]) => id.slice(prefix.length))
}

async function load(names: readonly string[]): Promise<Loaded> {
  const loaded = await Promise.all(
    names.map(async (name): Promise<readonly (readonly [string, Plugin<unknown[]>])[]> => {
      const module = await loaders[name]?.()
      // remark-lint types each plug-in by its own options, which the configuration holds as data.
      return module ? [[name, module.default as Plugin<unknown[]>]] : []
    }),
  )
  return new Map(loaded.flat())
}

/** What they find. Where a finding of ours speaks of the same text already, theirs is left out. */
export function runRemarkLint(
  document: SpecDocument,
  rules: readonly RemarkLintRule[],
  ours: readonly Finding[],
): readonly Finding[] {
  if (rules.length === 0) return []
  const {bom} = document.source
  const file = new VFile({value: document.text.slice(bom), ...(document.path !== undefined && {path: document.path})})
  const processor = unified().use(remarkLint)
  for (const {plugin, options} of rules) processor.use(plugin, options === undefined ? [2] : [2, options])
  processor.runSync(parseMarkdown(document.text.slice(bom)), file)
  const severities = new Map(rules.map(({name, severity}) => [name, severity]))
  return file.messages
    .map((message) => findingOf(message, document, severities))
    .filter(({start, end}) => !ours.some((own) => own.start <= start && end <= own.end && end > start))
}

function findingOf(message: VFileMessage, document: SpecDocument, severities: ReadonlyMap<string, Severity>): Finding {
  const name = message.ruleId ?? 'unknown'
  const {start, end} = spanOf(message, document)
  return {
    start,
    end,
    ruleId: prefix + name,
    severity: severities.get(name) ?? 'warning',
    reason: message.reason,
    note: message.note?.split('\n', 1)[0] ?? `See the page of remark-lint's rule \`${name}\`.`,
    url: message.url ?? `https://github.com/remarkjs/remark-lint/tree/main/packages/remark-lint-${name}`,
    actual: document.text.slice(start, end),
    expected: message.expected ?? [],
    fix: undefined,
    related: [],
  }
}

function spanOf({place}: VFileMessage, document: SpecDocument): {readonly start: number; readonly end: number} {
  const {bom} = document.source
  const first = place && 'start' in place ? place.start : place
  const last = place && 'start' in place ? place.end : place
  const start = Math.min((first?.offset ?? 0) + bom, document.text.length)
  return {start, end: Math.max(start, Math.min((last?.offset ?? first?.offset ?? 0) + bom, document.text.length))}
}
