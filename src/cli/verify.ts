import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {isForPeople} from '../report/formats.ts'
import {reportOf} from '../report/report.ts'
import {show, showAll} from '../report/show.ts'
import {createTextFile} from '../run/write.ts'
import {diagramOf, evidenceOf, explanationOf} from '../verify/tell.ts'
import {type Verified, verifyOptions, verifyPaths} from '../verify/verify.ts'
import {exitCode} from './exit-code.ts'
import {notice, print, printJson} from './io.ts'
import {type Options, optionsOf} from './lint-options.ts'
import {outputs, writeReport} from './output.ts'
import {progressOn} from './progress.ts'

interface VerifyFlags extends Options {
  readonly explain?: boolean
  readonly json?: boolean
  readonly dump?: string
  readonly rows?: number
  readonly diagram?: boolean
}

/** Executes the migrations of documents, and reports what became of them. */
export async function verify(paths: readonly string[], given: object): Promise<number> {
  // commander's options, by the declarations in `commands.ts`.
  const flags = given as VerifyFlags
  const started = performance.now()
  const to = outputs(flags, 'stdout')
  const progress = progressOn(process.stderr, process.env)
  const options = verifyOptions({dump: flags.dump !== undefined, fill: flags.rows ?? 0})
  const run = optionsOf({...flags, ignore: true, errorOnUnmatched: true, inlineConfig: true}, {progress: progress.tell})
  const {run: result, verified} = await verifyPaths(paths, run, options).finally(progress.clear)
  const report = reportOf(result, performance.now() - started, flags.quiet === true)
  const executed = verified.filter(({plan}) => plan.kind === 'plan')
  if (flags.dump !== undefined) for (const one of executed) dump(flags.dump, one)
  for (const {path, message} of result.errors) notice(`${show(path)}: ${show(message)}.`)
  if (flags.json === true) printJson(executed.map(evidenceOf))
  else if (flags.diagram === true) print(executed.map(diagramOf).join('\n'))
  else {
    const explained = flags.explain === true || (flags.rows ?? 0) > 0
    if (explained && to.some(({format, file}) => file === undefined && isForPeople(format)))
      print(
        executed
          .flatMap((one) =>
            explanationOf(one)
              .split('\n')
              .map((line) => `${showAll(line)}\n`),
          )
          .join(''),
      )
    writeReport(report, to, {...flags, shard: undefined}, 'stdout')
    const modelled = executed.filter(({proof}) => proof.modelled !== undefined)
    if (modelled.length > 0) notice(modelledWords(modelled.length, executed.length))
  }
  if (executed.length === 0 && result.errors.length === 0 && result.files.length === 0)
    notice('no document has a migration in SQL.')
  return exitCode(report, flags)
}

/** Who reads `clean` of documents that no engine ran has to know that none did. */
function modelledWords(modelled: number, all: number): string {
  const were = (count: number): string => (count === 1 ? 'was' : 'were')
  if (modelled === all)
    return all === 1 ? 'the document was modelled, not executed.' : `all ${all} documents were modelled, not executed.`
  return `of ${all} documents ${modelled} ${were(modelled)} modelled, and ${all - modelled} ${were(all - modelled)} executed.`
}

/** The schema before, after and after the rollback, in one file each. */
function dump(folder: string, {path, outcome}: Verified): void {
  const dumps = outcome?.dumps
  if (!dumps) return
  mkdirSync(folder, {recursive: true})
  const name = path.replaceAll(/[^\p{L}\p{N}.-]+/gu, '_').replace(/\.\w+$/u, '')
  const files = {before: dumps.before, after: dumps.after, 'after-rollback': dumps.back}
  for (const [moment, text] of Object.entries(files)) {
    const problem = createTextFile(join(folder, `${name}.${moment}.txt`), text, {force: true})
    if (problem)
      throw new SpecLintError('dump', `The schema was not written. ${problem.message}`, 'Name another folder.')
  }
}
