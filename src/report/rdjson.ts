import type {Point} from '../document/types.ts'
import {wholeMessage} from './lines.ts'
import {inRepository} from './repository.ts'
import {toJson} from './to-json.ts'
import type {FormatOptions, Problem, Report} from './types.ts'

const severities = {error: 'ERROR', warning: 'WARNING', info: 'INFO'} as const

/** reviewdog's diagnostic format, with suggestions. Its columns count bytes of UTF-8, from 1. */
export function rdjson({problems, counts}: Report, {prefix}: FormatOptions): string {
  const worst = counts.errors > 0 ? 'error' : counts.warnings > 0 ? 'warning' : 'info'
  return `${toJson({
    source: {name: 'spec-lint', url: 'https://github.com/spec-lint/spec-lint'},
    severity: severities[worst],
    diagnostics: problems.map((problem) => diagnostic(problem, prefix)),
  })}\n`
}

function diagnostic(problem: Problem, prefix: string): object {
  const {path, from, to, severity, ruleId, url, source, fix} = problem
  // Edits that belong together can't be taken one by one.
  const edit = fix?.edits.length === 1 ? fix.edits[0] : undefined
  return {
    message: wholeMessage(problem),
    location: {path: inRepository(path, prefix), range: {start: inBytes(from, source), end: inBytes(to, source)}},
    severity: severities[severity],
    code: {value: ruleId, url},
    ...(edit && {
      suggestions: [
        {
          range: {
            start: inBytes(source.pointOf(edit.start), source),
            end: inBytes(source.pointOf(edit.end), source),
          },
          text: edit.text,
        },
      ],
    }),
  }
}

function inBytes({line, column, offset}: Point, source: Problem['source']): {line: number; column: number} {
  return {line, column: Buffer.byteLength(source.slice({start: offset - column + 1, end: offset})) + 1}
}
