import {csv} from '../report/csv.ts'
import {show} from '../report/show.ts'
import {painter, wantsColour} from '../report/style.ts'
import {traceTable} from '../report/trace.ts'
import {traceJson, traceMarkdown, traceRows} from '../report/trace-data.ts'
import {discover} from '../run/discover.ts'
import {runOptions} from '../run/options.ts'
import {readAll} from '../run/read.ts'
import {type Trace, traceOf} from '../run/trace.ts'
import {notice, print} from './io.ts'
import {typeGiven} from './type-given.ts'

interface Options {
  readonly format: 'table' | 'csv' | 'json' | 'markdown'
  readonly tests?: readonly string[]
  readonly gaps?: boolean
  readonly check?: boolean
  readonly config?: string
  readonly type?: string
}

/** The matrix of requirements and what names them. */
export function trace(paths: readonly string[], given: object): number {
  // commander's options, by the declarations in `program.ts`.
  const options = given as Options
  const run = runOptions({config: options.config, type: typeGiven(options.type)})
  const {ready, errors} = readAll(discover(paths.length === 0 ? ['.'] : paths, run), run)
  for (const {path, message} of errors) notice(`${show(path)}: ${show(message)}.`)
  const found = traceOf(ready, options.tests ?? [], run)
  if (found.documents.length === 0)
    notice(
      `no requirement to trace. ${ready.length === 0 ? 'No document of a type was found.' : 'None of the documents defines an identifier of its type.'}`,
    )
  else print(rendered(found, options))
  if (errors.length > 0) return 2
  const gaps = found.documents.some(({rows}) => rows.some((row) => row.gaps.length > 0)) || found.unknown.length > 0
  return options.check === true && gaps ? 1 : 0
}

function rendered(found: Trace, {format, gaps}: Options): string {
  switch (format) {
    case 'csv':
      return csv(traceRows(found))
    case 'json':
      return traceJson(found)
    case 'markdown':
      return traceMarkdown(found)
    case 'table':
      return traceTable(found, {
        paint: painter(wantsColour('auto', process.stdout.isTTY, process.env)),
        width: process.stdout.columns ?? 160,
        gapsOnly: gaps === true,
      })
    default:
      return format satisfies never
  }
}
