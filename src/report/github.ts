import {randomUUID} from 'node:crypto'
import {compact} from './compact.ts'
import {show} from './show.ts'
import {plural} from './summary.ts'
import {inRepository} from './repository.ts'
import type {FormatOptions, Problem, Report} from './types.ts'

/** What GitHub shows of each level in one step; it drops the others in silence. */
const shownByGitHub = 10

const commands = {error: 'error', warning: 'warning', info: 'notice'} as const

/**
 * Workflow commands, which GitHub shows as annotations, and the whole report in a folded group of the log. There, and only
 * there, lines of a document are printed as they are, so commands are off meanwhile.
 */
export function github(report: Report, options: FormatOptions): string {
  const annotations = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    chosen(
      report.problems.filter((problem) => problem.severity === severity),
      options,
    ),
  )
  if (report.problems.length === 0) return compact(report)
  const token = randomUUID()
  const log = [
    '::group::spec-lint',
    `::stop-commands::${token}`,
    compact(report).trimEnd(),
    `::${token}::`,
    '::endgroup::',
  ]
  return `${[...annotations, ...log].join('\n')}\n`
}

function chosen(problems: readonly Problem[], options: FormatOptions): readonly string[] {
  if (problems.length <= shownByGitHub) return problems.map((problem) => annotation(problem, options))
  const shown = new Set(spread(problems).slice(0, shownByGitHub - 1))
  const rest = problems.length - shown.size
  const level = problems[0]?.severity ?? 'error'
  return [
    ...problems.filter((problem) => shown.has(problem)).map((problem) => annotation(problem, options)),
    command(commands[level], {title: 'spec-lint'}, [
      `and ${plural(rest, `more ${level}`)}, see the job summary or the log`,
    ]),
  ]
}

/** The first problem of each file, then the second of each, and so on. */
function spread(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map<string, number>()
  const ranked = problems.map((problem) => {
    const rank = seen.get(problem.path) ?? 0
    seen.set(problem.path, rank + 1)
    return {problem, rank}
  })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({problem}) => problem)
}

function annotation({severity, path, from, to, ruleId, reason, note, url}: Problem, {prefix}: FormatOptions): string {
  return command(
    commands[severity],
    {
      file: inRepository(path, prefix),
      line: String(from.line),
      endLine: String(to.line),
      ...(from.line === to.line && {col: String(from.column), endColumn: String(to.column)}),
      title: `spec-lint ${ruleId}`,
    },
    [reason, note, url],
  )
}

/** One workflow command; no text can end it or begin another. */
export function command(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  lines: readonly string[],
): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
  return `::${name} ${written.join(',')}::${data(lines.map((line) => show(line)).join('\n'))}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(show(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
