import {show} from './show.ts'
import {plural} from './summary.ts'
import type {FormatOptions, Problem, Report} from './types.ts'

/** GitHub takes a summary of 1 MiB at most, and the step fails on a larger one. */
const limit = 900 * 1024

/** A table for a job summary or a comment on a pull request. No text of a document is markup in it. */
export function markdown(report: Report, options: FormatOptions): string {
  const head = headOf(report, options)
  if (report.problems.length === 0) return `${head}\n`
  const rows: string[] = []
  let size = Buffer.byteLength(head) + 500
  for (const problem of report.problems) {
    const row = rowOf(problem)
    size += Buffer.byteLength(row) + 1
    if (size > limit) break
    rows.push(row)
  }
  const missing = report.problems.length - rows.length
  return `${[
    head,
    '',
    '| Where | Severity | Rule | Problem |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(missing > 0 ? ['', `${plural(missing, 'more problem')} found no room here; the log has them all.`] : []),
  ].join('\n')}\n`
}

function headOf({counts, errors, problems}: Report, {rules}: FormatOptions): string {
  // Without the change, the rules that look at it find nothing, and fix nothing.
  const byChange = new Set(rules.flatMap(({id, scope}) => (scope === 'change' ? [id] : [])))
  const fix = problems.some((one) => one.fix && byChange.has(one.ruleId)) ? '--changed --fix' : '--fix'
  const found = [
    counts.errors > 0 && plural(counts.errors, 'error'),
    counts.warnings > 0 && plural(counts.warnings, 'warning'),
    counts.infos > 0 && plural(counts.infos, 'info'),
  ].filter((part) => part !== false)
  const fixes = [
    counts.fixable > 0 &&
      `${plural(counts.fixable, 'problem')} ${counts.fixable === 1 ? 'has' : 'have'} a safe fix: run \`npx spec-lint ${fix}\`.`,
    counts.fixableUnsafe > 0 && `${counts.fixableUnsafe} can be fixed with \`${fix} --unsafe-fixes\`.`,
  ].filter((part) => part !== false)
  return [
    `## spec-lint: ${found.length === 0 ? 'no problems' : found.join(', ')}`,
    '',
    [`${plural(counts.files, 'file')} checked, ${counts.filesWithProblems} with problems.`, ...fixes].join(' '),
    ...errors.flatMap(({path, message}) => ['', `**Not read:** ${code(path)}: ${prose(message)}`]),
  ].join('\n')
}

function rowOf({path, from, severity, ruleId, url, reason, note}: Problem): string {
  return `| ${code(`${path}:${from.line}`)} | ${severity} | [${ruleId}](${url}) | ${prose(`${reason}. ${note}`)} |`
}

/** A sentence of ours with the document's words in backquotes: those stay code, all else is escaped. */
function prose(text: string): string {
  return show(text, 2000)
    .split(/(`[^`]*`)/u)
    .map((part, index) => (index % 2 === 1 ? code(part.slice(1, -1)) : inert(part)))
    .join('')
}

/** A code span that holds its text whatever it is, also in a cell. */
function code(text: string): string {
  const words = show(text, 2000)
  if (words.trim() === '' || words.includes('`') || words.includes('\\|')) return `<code>${inert(words)}</code>`
  return `\`${words.replaceAll('|', '\\|')}\``
}

/** Every sign that could be read as markup as a character reference; an empty comment where an address or a name would become a link. */
function inert(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>()#|~&!$]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`)
    .replaceAll(/(?<=@|:(?=\S)|www(?=\.))/gi, '<!-- -->')
}
