import {dirname, relative, resolve} from 'node:path'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {posix, readTextFile} from '../config/files.ts'
import type {RuleConfigs} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import type {SpecDocument} from '../document/types.ts'
import {bindTo} from '../lint/prepare.ts'
import {showAll} from '../report/show.ts'
import type {BoundDocument, SpecType} from '../rule/types.ts'
import {runOptions} from '../run/options.ts'
import {configFinder, fileSettings} from '../run/read.ts'
import {builtinTypes} from '../type/builtin.ts'
import {detect, type Score, scores} from '../type/detect.ts'
import {severityFor} from '../type/severity.ts'
import {type DatabaseFacts, databaseFacts, databaseRows} from './inspect-database.ts'
import {columns, print, printJson} from './io.ts'
import {typeGiven} from './type-given.ts'

interface Options {
  readonly json?: boolean
  readonly config?: string
  readonly type?: string
}

/** Why a file is linted as it is: configuration, type and what decided it, metadata, sections, rules. */
export async function inspect(path: string, options: Options): Promise<number> {
  const absolute = resolve(path)
  const read = readTextFile(absolute, dirname(absolute))
  if ('problem' in read)
    throw new SpecLintError('no-file', `${path} can't be read. ${read.problem.message}`, 'Name a Markdown file.')
  const document = readDocument(read.text, {path: posix(path)})
  const run = runOptions({config: options.config})
  const config = configFinder(run)(dirname(absolute))
  const settings = fileSettings(absolute, config, run, document.typeComment?.name)
  const found = scores(document, builtinTypes())
  const given = typeGiven(options.type) ?? settings.type?.type
  const type = given ?? (settings.detects ? detect(document, builtinTypes())?.type : undefined)
  const why =
    options.type === undefined
      ? settings.type && settings.type.name === document.typeComment?.name
        ? 'the comment `spec-lint type`'
        : settings.type
          ? `the files of \`${settings.type.name}\` in the configuration`
          : settings.templateOf !== undefined
            ? `it is the template of \`${settings.templateOf}\``
            : type
              ? 'detected'
              : settings.detects
                ? 'no type reaches its minimum'
                : 'no type of the configuration has this file'
      : '`--type`'
  const prepared = type && bindTo(document, type, settings.dialect)
  const bound = prepared?.type
  const database = prepared && (await databaseFacts(prepared, settings.database))
  const facts = {
    file: posix(path),
    configuration: config.path === undefined ? undefined : posix(relative(process.cwd(), config.path)),
    ignored: settings.ignored,
    type: type?.name,
    decidedBy: why,
    scores: found.map(({type: {name}, score, minimum}) => ({type: name, score, minimum})),
    ...(database && {database}),
    ...(bound && {...boundFacts(document, bound), rules: ruleFacts(bound, settings.rules, settings.type?.rules)}),
  }
  if (options.json === true) printJson(facts)
  else print(showAllLines(text(facts, found, type)))
  return 0
}

function boundFacts(document: SpecDocument, bound: BoundDocument): Facts {
  const line = (offset: number): number => document.source.lineOf(offset)
  return {
    facts: [...bound.facts],
    phase: bound.status?.phase?.kind,
    metadata: bound.metadata.entries.map(({property, entry}) => ({
      key: property,
      value: entry.raw,
      line: line(entry.start),
      from: entry.origin,
    })),
    sections: bound.sections.map(({spec, state, matches, required, parent, notApplicable}) => ({
      section: spec.heading,
      level: depthOf(parent),
      state: notApplicable ? 'not applicable' : state === 'missing' && !required ? 'absent' : state,
      lines: matches.map(({start}) => line(start)),
    })),
  }
}

interface Facts {
  readonly facts: readonly string[]
  readonly phase: string | undefined
  readonly metadata: readonly {
    readonly key: string
    readonly value: string
    readonly line: number
    readonly from: string
  }[]
  readonly sections: readonly {
    readonly section: string
    readonly level: number
    readonly state: string
    readonly lines: readonly number[]
  }[]
}

function depthOf(parent: BoundDocument['sections'][number] | undefined): number {
  return parent === undefined ? 0 : 1 + depthOf(parent.parent)
}

interface RuleFact {
  readonly rule: string
  readonly severity: string
  readonly from: string
}

function ruleFacts(bound: BoundDocument, config: RuleConfigs, ofType: RuleConfigs | undefined): readonly RuleFact[] {
  const own = rules.map((rule): RuleFact => {
    const configured = config.get(rule.id)?.severity
    if (configured !== undefined)
      return {
        rule: rule.id,
        severity: configured,
        from: ofType?.has(rule.id) === true ? "the configuration's type" : 'configuration',
      }
    const severity = severityFor(rule, bound)
    return {
      rule: rule.id,
      severity,
      from:
        severity === rule.severity
          ? 'rule'
          : bound.type.rules[rule.id] === undefined
            ? `phase ${bound.status?.phase?.status ?? ''}`
            : 'type',
    }
  })
  const foreign = [...config]
    .filter(([name]) => name.startsWith('remark-lint/'))
    .map(([rule, {severity}]): RuleFact => ({rule, severity: severity ?? 'warning', from: 'configuration'}))
  return [...own, ...foreign]
}

function text(
  facts: {
    readonly file: string
    readonly configuration: string | undefined
    readonly ignored: boolean
    readonly decidedBy: string
    readonly database?: DatabaseFacts
  } & Partial<Facts & {readonly rules: readonly RuleFact[]}>,
  found: readonly Score[],
  type: SpecType | undefined,
): string {
  const head = [
    ['File', facts.file],
    ['Configuration', facts.configuration ?? 'none'],
    ['Ignored', facts.ignored ? 'yes' : 'no'],
    ['Type', `${type?.name ?? 'none'} (${facts.decidedBy})`],
    ...found.map(({type: {name}, score, minimum}) => ['', `${name}: ${score} points, ${minimum} needed`]),
    ...(facts.database ? databaseRows(facts.database) : []),
  ]
  const closest = type ? undefined : found[0]
  const lacking =
    closest?.signals
      .filter(({found: seen}) => !seen)
      .map(({text: signal, weight}) => ['', `${closest.type.name} lacks ${signal} (${weight})`]) ?? []
  if (!facts.sections) return columns([...head, ...lacking])
  const metadata = (facts.metadata ?? []).map(({key, value, line, from}) => [
    `  ${key}`,
    `${value} (line ${line}, ${from})`,
  ])
  const sections = facts.sections.map(({section, level, state, lines}) => [
    `  ${'  '.repeat(level)}${section}`,
    state,
    lines.length > 0 ? `line ${lines.join(', ')}` : 'nothing matched',
  ])
  const ruleRows = (facts.rules ?? []).map(({rule, severity, from}) => [`  ${rule}`, severity, from])
  const parts = [
    columns([...head, ['Facts', facts.facts?.join(', ') || 'none'], ['Phase', facts.phase ?? 'none']]),
    'Metadata\n',
    columns(metadata),
    'Sections\n',
    columns(sections),
    'Rules\n',
    columns(ruleRows),
  ]
  return parts.join('\n').replaceAll(/^(Metadata|Sections|Rules)\n\n/gmu, '$1\n')
}

function showAllLines(value: string): string {
  return value.split('\n').map(showAll).join('\n')
}
