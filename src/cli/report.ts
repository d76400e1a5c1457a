import {dirname, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {readTextFile} from '../config/files.ts'
import {mergeReports, type NamedReport} from '../report/merge.ts'
import {readReport} from '../report/read.ts'
import {show} from '../report/show.ts'
import {notice} from './io.ts'
import {exitCode, type ExitOptions, tellTooMany} from './exit-code.ts'
import {type OutputOptions, outputs, writeReport} from './output.ts'

/** Bytes; a run over thousands of documents. */
const largest = 256 * 1024 * 1024

interface Options extends OutputOptions, ExitOptions {
  readonly allowStaleBaseline?: boolean
}

/** One report of several JSON reports, in any format. */
export function mergeFiles(files: readonly string[], given: object): number {
  const options = given as Options
  const to = outputs(options, 'stdout')
  const report = mergeReports(files.map(read), (path) => {
    const found = readTextFile(resolve(path), dirname(resolve(path)))
    return 'text' in found ? found.text : undefined
  })
  for (const {path, message} of report.errors) notice(`${show(path)}: ${show(message)}.`)
  writeReport(report, to, options, 'stdout')
  const code = exitCode(report, options)
  tellTooMany(report, options)
  return code === 0 && report.counts.stale > 0 && options.allowStaleBaseline !== true ? 1 : code
}

function read(file: string): NamedReport {
  const path = resolve(file)
  const found = readTextFile(path, dirname(path), largest)
  if ('problem' in found)
    throw new SpecLintError('report', `${file} can't be read. ${found.problem.message}`, 'Name a JSON report.')
  return {file, report: readReport(found.text, file)}
}
