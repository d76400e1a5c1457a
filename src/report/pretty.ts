import type {Source} from '../document/types.ts'
import type {Fix} from '../rule/types.ts'
import {fixLines} from './fix-lines.ts'
import {show, showAll} from './show.ts'
import {colourOf, type Paint} from './style.ts'
import {plural, summaryOf} from './summary.ts'
import type {FormatOptions, Problem, Report} from './types.ts'
import {widthOf} from './width.ts'

/** Characters of a source line that are shown at most, and on the narrowest terminal. */
const widest = 110
const narrowest = 30

/** For people: what, where with the source, how. */
export function pretty(report: Report, {paint, limit, showFixes = false, width}: FormatOptions): string {
  const shown = report.problems.slice(0, limit).map((problem) => block(problem, paint, showFixes, width))
  const hidden = report.problems.length - shown.length
  const more = hidden > 0 ? [`… and ${plural(hidden, 'more problem')}; --max-problems none shows all.\n`] : []
  return [...shown, ...more, `${[summaryOf(report), ...fixableLine(report)].join('\n')}\n`].join('\n')
}

/** What `--fix` would do. */
function fixableLine({counts: {fixable, fixableUnsafe}}: Report): readonly string[] {
  if (fixable === 0 && fixableUnsafe === 0) return []
  if (fixableUnsafe === 0) return [`${fixable} fixable with --fix`]
  if (fixable === 0) return [`${fixableUnsafe} fixable with --fix --unsafe-fixes`]
  return [`${fixable} fixable with --fix, ${fixableUnsafe} more with --fix --unsafe-fixes`]
}

function block(problem: Problem, paint: Paint, showFixes: boolean, width: number | undefined): string {
  const {path, from, severity, ruleId, reason, note, url, related, source, fix, causedBy} = problem
  const lines = [
    `${paint('bold', `${show(path)}:${from.line}:${from.column}`)} ${paint(colourOf[severity], severity)} ${ruleId}${fix ? ' [fixable]' : ''}`,
    `  ${showAll(reason)}`,
    '',
    ...excerpt(problem, paint, width),
    '',
    ...(showFixes && fix ? fixBlock(fix, source, paint) : []),
    `  ${paint('cyan', 'help:')} ${showAll(note)}`,
    ...(causedBy === undefined ? [] : [`  ${paint('cyan', 'cause:')} the change of ${show(causedBy)}`]),
    ...related.map(({start, message}) => {
      const at = source.pointOf(start)
      return `  ${paint('cyan', 'see:')} ${show(path)}:${at.line}:${at.column} ${show(message)}`
    }),
    `  ${paint('dim', `docs: ${url}`)}`,
    '',
  ]
  return lines.join('\n')
}

function fixBlock(fix: Fix, source: Source, paint: Paint): readonly string[] {
  const title = `${showAll(fix.title)}${fix.safety === 'unsafe' ? ' (unsafe)' : ''}`
  return [
    `  ${paint('cyan', 'fix:')} ${title}`,
    '',
    ...fixLines(fix, source).map((line) => `    ${paint(line.startsWith('-') ? 'red' : 'bold', showAll(line))}`),
    '',
  ]
}

function excerpt({source, from, to, severity}: Problem, paint: Paint, width: number | undefined): readonly string[] {
  const last = Math.min(from.line + 1, source.lineCount)
  const digits = String(last).length
  const rows: string[] = []
  for (let line = Math.max(1, from.line - 1); line <= last; line += 1) {
    const text = source.slice(source.lineSpan(line))
    const here = line === from.line
    // A range over several lines is underlined on its first.
    const start = here ? from.column - 1 : 0
    const end = here ? (to.line === from.line ? to.column - 1 : text.length) : 0
    const {shown, before, under} = cut(text, start, Math.max(end, start), roomFor(text, width, digits))
    const gutter = `${here ? ' >' : '  '} ${String(line).padStart(digits)} |`
    rows.push(`${paint(here ? 'bold' : 'dim', gutter)} ${shown}`.trimEnd())
    if (here) {
      const carets = '^'.repeat(Math.max(1, under)) + (to.line > from.line ? '…' : '')
      rows.push(`   ${' '.repeat(digits)} | ${' '.repeat(before)}${paint(colourOf[severity], carets)}`)
    }
  }
  return rows
}

/** Characters that fit beside the gutter, with a dot at either end; wide ones take two columns. */
function roomFor(text: string, width: number | undefined, digits: number): number {
  if (width === undefined) return widest
  const room = Math.max(narrowest, Math.min(widest, width - digits - 8))
  return widthOf(text) > text.length ? Math.floor(room / 2) : room
}

/** The offset, or the one before it where it would part a surrogate pair. */
function whole(text: string, offset: number): number {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset
}

/** The part of a line around a range that fits, with the columns before and under it. */
function cut(
  text: string,
  start: number,
  end: number,
  room: number,
): {readonly shown: string; readonly before: number; readonly under: number} {
  const from = text.length > room && start > room / 2 ? whole(text, start - Math.floor(room / 3)) : 0
  const head = from > 0 ? '…' : ''
  const tail = text.length > from + room ? '…' : ''
  const stop = whole(text, Math.min(text.length, from + room))
  const piece = (a: number, b: number): string =>
    showAll(text.slice(Math.max(a, from), Math.max(Math.max(a, from), Math.min(b, stop))))
  return {
    shown: head + piece(from, stop) + tail,
    before: widthOf(head + piece(from, start)),
    under: widthOf(piece(start, end)),
  }
}
