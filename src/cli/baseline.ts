import {show} from '../report/show.ts'
import {plural} from '../report/summary.ts'
import {baselineOf, groupsOf} from '../run/baseline.ts'
import {noBaseline, writeBaselines} from '../run/baseline-update.ts'
import {discover} from '../run/discover.ts'
import {type RunOptions, runOptions} from '../run/options.ts'
import {readAll} from '../run/read.ts'
import {compileOnce} from '../run/v8.ts'
import {notice, print} from './io.ts'

interface Options {
  readonly baseline?: string
  readonly config?: string
}

export async function baseline(part: string, paths: readonly string[], given: object): Promise<number> {
  const {baseline: file, config} = given as Options
  compileOnce()
  const options = runOptions({
    concurrency: 'auto',
    baseline: file,
    config: config ?? (process.env['SPEC_LINT_CONFIG'] || undefined),
  })
  if (part === 'show') return list(paths, options)
  const {changes, errors} = await writeBaselines(paths, options, part === 'update' ? 'update' : 'prune')
  for (const {path, added, removed, problems} of changes)
    notice(`${show(path)}: ${plural(problems, 'problem')}; ${added} added, ${removed} removed.`)
  for (const {path, message} of errors) notice(`${show(path)}: ${show(message)}.`)
  return errors.length > 0 ? 2 : 0
}

/** What baselines hold, a problem a line. */
function list(paths: readonly string[], options: RunOptions): number {
  const {ready, errors} = readAll(discover(paths.length === 0 ? ['.'] : paths, options), options)
  const groups = groupsOf(ready)
  if (groups.length === 0 && errors.length === 0) throw noBaseline()
  for (const {baseline: held, members} of groups) {
    for (const {home, name} of members)
      for (const {rule, text} of baselineOf(held).get(home.path) ?? [])
        print(`${show(name)}: ${show(text)} [${show(rule)}]\n`)
  }
  for (const {path, message} of errors) notice(`${show(path)}: ${show(message)}.`)
  return errors.length > 0 ? 2 : 0
}
