import {createHash} from 'node:crypto'
import type {Log, Region, ReportingDescriptor, Result} from 'sarif'
import type {Point} from '../document/types.ts'
import {ruleUrl, version} from '../lint/links.ts'
import type {Severity} from '../rule/types.ts'
import {wholeMessage} from './lines.ts'
import {listed} from './listed.ts'
import {inRepository} from './repository.ts'
import {toJson} from './to-json.ts'
import type {FormatOptions, Problem, Report, RuleInfo} from './types.ts'

/** GitHub keeps no more results of a run. */
const kept = 5000
const levels = {error: 'error', warning: 'warning', info: 'note', off: 'none'} as const
const weights = {error: 'error', warning: 'warning', info: 'recommendation', off: 'recommendation'} as const

/** SARIF 2.1.0 with all that GitHub's code scanning asks for. */
export function sarif(report: Report, options: FormatOptions): string {
  const lines = new Map<string, number>()
  const all = listed(report, options.includeSuppressed)
  const rules = rulesOf(all, options)
  const index = new Map(rules.map(({id}, position) => [id, position]))
  const worst = all.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, kept)
  const results = new Set(worst)
  const left = all.length - results.size
  const notifications = [
    ...report.errors.map(({path, message}) => ({
      level: 'error' as const,
      message: {text: text(`${path}: ${message}`)},
    })),
    ...(left > 0 ? [{level: 'warning' as const, message: {text: `${left} more results were left out`}}] : []),
  ]
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'spec-lint',
            semanticVersion: version,
            informationUri: 'https://github.com/spec-lint/spec-lint',
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {SRCROOT: {description: {text: 'The root of the repository.'}}},
        // Two uploads of one category would replace each other.
        automationDetails: {id: options.shard ? `spec-lint/shard-${options.shard.index}/` : 'spec-lint/'},
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            ...(notifications.length > 0 && {toolExecutionNotifications: notifications}),
          },
        ],
        results: all
          .filter((problem) => results.has(problem))
          .map((problem) => result(problem, index.get(problem.ruleId) ?? -1, options, lines)),
      },
    ],
  }
  return `${toJson(log)}\n`
}

/** Every rule that is known, and those of other tools that found something. */
function rulesOf(problems: readonly Problem[], {rules}: FormatOptions): readonly RuleInfo[] {
  const known = new Set(rules.map(({id}) => id))
  const others = new Map(problems.filter(({ruleId}) => !known.has(ruleId)).map((problem) => [problem.ruleId, problem]))
  return [
    ...rules,
    ...[...others].map(([id, {severity, url}]) => ({
      id,
      severity,
      summary: id,
      why: '',
      remedy: '',
      url,
      category: 'other',
    })),
  ]
}

function descriptor({id, severity, summary, why, remedy, category, url = ruleUrl(id)}: RuleInfo): ReportingDescriptor {
  const whole = [summary, why, remedy].filter((part) => part !== '').join(' ')
  return {
    id,
    shortDescription: {text: summary},
    fullDescription: {text: whole},
    helpUri: url,
    help: {text: `${whole} See ${url}`, markdown: `${whole}\n\n[Rule documentation](${url})`},
    defaultConfiguration: {level: levels[severity], ...(severity === 'off' && {enabled: false})},
    properties: {tags: ['specification', category], 'problem.severity': weights[severity], precision: 'high'},
  }
}

function result(problem: Problem, ruleIndex: number, {prefix}: FormatOptions, lines: Map<string, number>): Result {
  const {ruleId, severity, path, from, to, source, related, fix, fingerprint, suppression} = problem
  const artifactLocation = {uri: uriOf(inRepository(path, prefix)), uriBaseId: 'SRCROOT'}
  const region = (start: number, end: number): Region => regionOf(source.pointOf(start), source.pointOf(end))
  return {
    ruleId,
    ...(ruleIndex >= 0 && {ruleIndex}),
    level: levels[severity],
    message: {text: text(wholeMessage(problem))},
    locations: [{physicalLocation: {artifactLocation, region: regionOf(from, to)}}],
    ...(related.length > 0 && {
      relatedLocations: related.map(({message, start, end}, id) => ({
        id,
        message: {text: text(message)},
        physicalLocation: {artifactLocation, region: region(start, end)},
      })),
    }),
    ...(suppression && {
      suppressions: [
        {
          kind: suppression.kind,
          ...(suppression.justification !== '' && {justification: suppression.justification}),
          location: {
            physicalLocation: {artifactLocation, region: region(suppression.start, suppression.end)},
          },
        },
      ],
    }),
    partialFingerprints: {primaryLocationLineHash: lineHash(problem, lines), 'specLint/v1': fingerprint},
    ...(fix && {
      fixes: [
        {
          description: {text: text(fix.title)},
          artifactChanges: [
            {
              artifactLocation,
              replacements: fix.edits.map((edit) => ({
                deletedRegion: region(edit.start, edit.end),
                insertedContent: {text: edit.text.toWellFormed()},
              })),
            },
          ],
        },
      ],
    }),
  }
}

function regionOf(from: Point, to: Point): Region {
  return {startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column}
}

function lineHash({path, source, from}: Problem, lines: Map<string, number>): string {
  const hash = createHash('sha256')
    .update(source.slice(source.lineSpan(from.line)).trim())
    .digest('hex')
    .slice(0, 16)
  const key = `${path}\u0000${hash}`
  const count = (lines.get(key) ?? 0) + 1
  lines.set(key, count)
  return `${hash}:${count}`
}

/** What stands before what is suppressed. */
function rankOf({severity, suppression}: Problem): number {
  return suppression ? 3 : rank(severity)
}

function rank(severity: Severity): number {
  return severity === 'error' ? 0 : severity === 'warning' ? 1 : 2
}

/** In a message `[words](place)` is a link; SARIF escapes brackets with backslashes. */
function text(message: string): string {
  return message.includes('](') ? message.replaceAll(/[[\]\\]/gu, (sign) => `\\${sign}`) : message
}

function uriOf(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join('/')
}
