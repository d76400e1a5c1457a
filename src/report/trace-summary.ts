import {documentColumn, testColumn, type Trace, type TraceRow} from '../run/trace.ts'
import {show} from './show.ts'
import {plural} from './summary.ts'

/** Columns of a matrix besides the requirement itself. */
export function columnsOf({sources, tests}: Trace): readonly string[] {
  return [...sources, ...(tests ? [testColumn] : []), documentColumn]
}

/** What is missing, in sentences. */
export function traceSummary(trace: Trace): string {
  const rows = trace.documents.flatMap(({rows: all}) => all)
  const uncovered = rows.filter(({gaps}) => gaps.some((gap) => gap !== testColumn))
  const untested = rows.filter(({gaps}) => gaps.includes(testColumn))
  const wanted = rows.filter(({asks}) => trace.sources.some((source) => asks.has(source)))
  const named = trace.sources.join(' or ')
  const parts = [
    `${plural(rows.length, 'requirement')} in ${plural(trace.documents.length, 'document')}`,
    wanted.length === 0
      ? undefined
      : uncovered.length === 0
        ? `each of the ${wanted.length} that need it is named by some ${named}`
        : `${uncovered.length} of the ${wanted.length} that need it named by no ${named}${names(uncovered)}`,
    trace.tests
      ? untested.length === 0
        ? 'each has a test'
        : `${untested.length} without a test${names(untested)}`
      : undefined,
  ]
  const more = [
    ...trace.unknown.map(({id, path, line}) => `${show(path)}:${line} names ${id}, which no document defines.`),
    ...trace.ambiguous.map(
      ({id, path, line, paths}) =>
        `${show(path)}:${line} names ${id}, which ${plural(paths.length, 'document')} define; name the document in the same file.`,
    ),
  ]
  return [`${parts.filter((part) => part !== undefined).join('; ')}.`, ...more].join('\n')
}

function names(rows: readonly TraceRow[]): string {
  const ids = rows.slice(0, 8).map(({id}) => id)
  return rows.length === 0 ? '' : ` (${ids.join(', ')}${rows.length > 8 ? ', …' : ''})`
}
