import {byFile} from './lines.ts'
import {show} from './show.ts'
import {colourOf} from './style.ts'
import {plural, summaryOf} from './summary.ts'
import type {FormatOptions, Problem, Report} from './types.ts'
import {widthOf} from './width.ts'

/** For people, grouped by file, one line a problem. */
export function stylish(report: Report, {paint, limit, symbols}: FormatOptions): string {
  const shown = report.problems.slice(0, limit)
  const hidden = report.problems.length - shown.length
  const groups = [...byFile(shown)].map(([path, problems]) => group(path, problems, paint))
  const {errors, warnings, infos} = report.counts
  const total = errors + warnings + infos
  const last =
    total === 0
      ? summaryOf(report)
      : paint(
          errors > 0 ? 'red' : 'yellow',
          `${symbols ? '✖ ' : ''}${plural(total, 'problem')} (${plural(errors, 'error')}, ${plural(warnings, 'warning')}${infos > 0 ? `, ${plural(infos, 'info')}` : ''})`,
        )
  return `${[...groups, ...(hidden > 0 ? [`… and ${plural(hidden, 'more problem')}\n`] : []), last].join('\n')}\n`
}

function group(path: string, problems: readonly Problem[], paint: FormatOptions['paint']): string {
  const rows = problems.map(({from, severity, reason, ruleId}) => ({
    place: `${from.line}:${from.column}`,
    severity,
    reason: show(reason),
    ruleId,
  }))
  const places = Math.max(...rows.map(({place}) => place.length))
  const reasons = Math.min(80, Math.max(...rows.map(({reason}) => widthOf(reason))))
  const lines = rows.map(({place, severity, reason, ruleId}) => {
    const gap = ' '.repeat(Math.max(0, reasons - widthOf(reason)))
    const level = paint(colourOf[severity], severity.padEnd(7))
    return `  ${place.padStart(places)}  ${level}  ${reason}${gap}  ${paint('dim', ruleId)}`
  })
  return `${[paint('bold', show(path)), ...lines].join('\n')}\n`
}
