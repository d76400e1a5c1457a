import {dirname} from 'node:path'
import type {RuleConfigs} from '../config/types.ts'
import {databaseFor, databaseOf, loadDatabase} from '../lint/database.ts'
import {internalError, optionsFor, place, reportFor} from '../lint/rules.ts'
import {suppress} from '../lint/suppress.ts'
import type {Finding} from '../lint/types.ts'
import {withoutBaseline} from '../run/baseline.ts'
import {discover} from '../run/discover.ts'
import {packageFolder} from '../run/installation.ts'
import {named} from '../run/named.ts'
import {isWanted, type RunOptions} from '../run/options.ts'
import {findersOf, readAll, type Readied} from '../run/read.ts'
import {emptyRun, type FileResult, type RunError, type RunResult} from '../run/types.ts'
import {compileOnce} from '../run/v8.ts'
import type {Proof, ProofRule} from '../rule/proof.ts'
import {loadSchemaParsers} from '../sql/load.ts'
import {severityFor} from '../type/severity.ts'
import {rules as builtinRules} from '../../rules/index.ts'
import {extensionsIn} from './extensions.ts'
import {loadGate} from './gate.ts'
import {type Absence, createRunner, type Limits, type Runner, usualLimits} from './host.ts'
import type {Executable, Outcome} from './model.ts'
import {type Plan, planOf, type Unplanned, type Wishes} from './plan/plan.ts'
import {proofOf} from './proof.ts'
import {readSnapshot, writeSnapshot} from './snapshot.ts'

/** A document that was executed, or why it wasn't. */
export interface Verified {
  /** Relative to the working directory, with `/`. */
  readonly path: string
  readonly plan: Plan | Unplanned
  readonly outcome: Outcome | undefined
  readonly proof: Proof
}

export interface VerifyResult {
  readonly run: RunResult
  readonly verified: readonly Verified[]
}

export interface VerifyOptions extends Wishes {
  readonly limits: Limits
  /** The script of the thread; by default that of the package. */
  readonly worker: URL
}

export function verifyOptions(options: Partial<VerifyOptions> = {}): VerifyOptions {
  return {
    fill: 0,
    dump: false,
    limits: usualLimits,
    worker: new URL('dist/src/verify/worker.js', packageFolder),
    ...options,
  }
}

/** Executes the migrations of documents. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function verifyPaths(
  paths: readonly string[],
  run: RunOptions,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const finders = findersOf(run)
  const found = discover(paths.length === 0 ? ['.'] : paths, run)
  for (const path of found.files) finders.configOf(dirname(path))
  const {ready, errors, noType, ignored} = readAll(found, run, finders)
  const {files, verified, failures} = await verifyReady(ready, run, options)
  return {
    verified,
    run: {...emptyRun, files, errors: [...errors, ...failures], skipped: {noType, ignored}},
  }
}

interface Part {
  readonly files: readonly FileResult[]
  readonly verified: readonly Verified[]
  readonly failures: readonly RunError[]
}

/** Executes the migrations of documents that were read, one after the other. */
export async function verifyReady(ready: readonly Readied[], run: RunOptions, options: VerifyOptions): Promise<Part> {
  // Times of queries are asked for of code that was compiled for speed.
  if (options.fill === 0) compileOnce()
  // The engine starts while the documents are still being read.
  const early = earlyRunner(ready, options)
  const plans = await plansOf(ready, options)
  const runners = await runnersFor([...plans.values()], options, early)
  const files: FileResult[] = []
  const verified: Verified[] = []
  const failures: RunError[] = []
  try {
    for (const [index, one] of ready.entries()) {
      const plan = plans.get(one) ?? {kind: 'unplanned' as const, unverified: []}
      const {outcome, absent} = await execute(plan, runners)
      if (absent) failures.push({path: one.name, code: 'engine', message: wordsOf(absent, plan)})
      const proof = outcome && plan.kind === 'plan' ? proofOf(plan, outcome, one.prepared.document) : unproved(plan)
      verified.push({path: one.name, plan, outcome, proof})
      if (plan.kind === 'plan' || plan.unverified.length > 0)
        files.push({path: one.name, text: one.text, result: withoutBaseline(judged(one, proof, run), one)})
      run.progress?.(index + 1, ready.length)
    }
  } finally {
    await Promise.all([...runners.values()].map(async (runner) => runner.close()))
  }
  return {files, verified, failures: onlyOnce(failures)}
}

/** The engine is absent for all documents: it is told once. */
function onlyOnce(failures: readonly RunError[]): readonly RunError[] {
  return failures.filter(({message}, index) => failures.findIndex((one) => one.message === message) === index)
}

async function plansOf(
  ready: readonly Readied[],
  options: VerifyOptions,
): Promise<ReadonlyMap<Readied, Plan | Unplanned>> {
  const plans = new Map<Readied, Plan | Unplanned>()
  let parser: Awaited<ReturnType<typeof loadGate>> | undefined
  for (const one of ready) {
    const {prepared, settings, workspace, path} = one
    await loadSchemaParsers(prepared.document, prepared.dialect)
    const database = databaseOf(settings.database)
    await loadDatabase(database, prepared)
    parser ??= await loadGate()
    const project = workspace.projectOf(path, prepared.document, databaseFor(database, prepared), undefined)
    plans.set(
      one,
      planOf(prepared, project, settings.database, {parser, wishes: {fill: options.fill, dump: options.dump}}),
    )
  }
  return plans
}

interface Early {
  readonly runner: Runner
  readonly extensions: readonly string[]
}

/** PostgreSQL for documents that seem to have some. */
function earlyRunner(ready: readonly Readied[], options: VerifyOptions): Early | undefined {
  const isLikely = ({prepared: {document, dialect}}: Readied): boolean =>
    (dialect ?? 'postgresql') === 'postgresql' &&
    document.codes.some(
      ({language}) => language !== undefined && /^(?:sql|postgres(?:ql)?|psql|pgsql)$/u.test(language),
    )
  const likely = ready.filter(isLikely)
  if (likely.length === 0) return undefined
  const extensions = extensionsIn(likely.map(({text}) => text))
  return {runner: postgresRunner(extensions, options), extensions}
}

function postgresRunner(extensions: readonly string[], options: VerifyOptions): Runner {
  const snapshot = readSnapshot()
  const runner = createRunner({dialect: 'postgresql', snapshot, extensions}, options.worker, options.limits)
  return snapshot ? runner : packing(runner)
}

/** One engine for all documents of a dialect. */
async function runnersFor(
  plans: readonly (Plan | Unplanned)[],
  options: VerifyOptions,
  early: Early | undefined,
): Promise<ReadonlyMap<Executable, Runner>> {
  const runners = new Map<Executable, Runner>()
  if (early) runners.set('postgresql', early.runner)
  for (const dialect of ['postgresql', 'sqlite', 'mysql'] as const) {
    const jobs = plans.flatMap((plan) => (plan.kind === 'plan' && plan.job.dialect === dialect ? [plan.job] : []))
    if (jobs.length === 0) continue
    const extensions = [...new Set(jobs.flatMap((job) => job.extensions))]
    if (dialect === 'mysql') {
      const {createModelRunner} = await import('./modelled/runner.ts')
      runners.set(dialect, createModelRunner(options.limits))
    } else if (dialect === 'sqlite') {
      const settings = {dialect, snapshot: undefined, extensions: []}
      runners.set(dialect, createRunner(settings, options.worker, options.limits))
    } else if (!early || extensions.some((name) => !early.extensions.includes(name))) {
      void early?.runner.close()
      runners.set(dialect, postgresRunner(extensions, options))
    }
  }
  return runners
}

/** Keeps the data directory of an engine that was made anew, before the first document has touched it. */
function packing(runner: Runner): Runner {
  let packed = false
  return {
    ...runner,
    run: async (job) => {
      if (!packed) {
        packed = true
        const bytes = await runner.pack()
        if (bytes) writeSnapshot(bytes)
      }
      return runner.run(job)
    },
  }
}

async function execute(
  plan: Plan | Unplanned,
  runners: ReadonlyMap<Executable, Runner>,
): Promise<{readonly outcome: Outcome | undefined; readonly absent: Absence | undefined}> {
  if (plan.kind === 'unplanned') return {outcome: undefined, absent: undefined}
  const answer = await runners.get(plan.job.dialect)?.run(plan.job)
  if (answer === undefined) return {outcome: undefined, absent: undefined}
  return 'kind' in answer ? {outcome: undefined, absent: answer} : {outcome: answer, absent: undefined}
}

function wordsOf({kind, name, words}: Absence, plan: Plan | Unplanned): string {
  const engine = plan.kind === 'plan' && plan.job.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  return kind === 'absent'
    ? `\`${name}\`, which executes ${engine}, is not installed; run \`npm install --save-dev ${name}\``
    : `The engine of ${engine} failed: ${words}`
}

function unproved(plan: Plan | Unplanned): Proof {
  const unverified = plan.kind === 'unplanned' ? plan.unverified : []
  return {
    engine: '',
    modelled: undefined,
    unverified,
    faults: [],
    differences: [],
    residue: [],
    losses: [],
    lax: [],
    unused: [],
  }
}

/** The findings of the rules that look at what became of SQL, without those that comments suppress. */
function judged(one: Readied, proof: Proof, run: RunOptions): ReturnType<typeof named> {
  const {prepared, settings} = one
  const rules = builtinRules.filter(({id, scope}) => scope === 'proof' && isWanted(id, run))
  const found = rules.flatMap((rule) => judge(rule as unknown as ProofRule, one, proof, settings.rules))
  const names = builtinRules.map(({id}) => id)
  const {findings, suppressed} = run.inlineConfig
    ? suppress(found, prepared.document, {names, ran: (rule) => rules.some(({id}) => id === rule), complete: false})
    : {findings: found, suppressed: []}
  const byPlace = (a: Finding, b: Finding): number => a.start - b.start || (a.reason < b.reason ? -1 : 1)
  return named(
    {
      kind: 'linted',
      type: prepared.type.type.name,
      findings: findings.toSorted(byPlace),
      suppressed: suppressed.toSorted(byPlace),
    },
    one,
  )
}

function judge(rule: ProofRule, one: Readied, proof: Proof, configs: RuleConfigs): readonly Finding[] {
  const {document, type} = one.prepared
  const config = configs.get(rule.id)
  // Whoever asks for the execution wants to know of what wasn't executed.
  const own = config?.severity ?? severityFor(rule, type)
  const severity = own === 'off' && config?.severity === undefined && rule.severity === 'off' ? 'warning' : own
  if (severity === 'off') return []
  const findings: Finding[] = []
  const report = reportFor(rule as never, severity, config, (words, at) => {
    findings.push({...place(document.text, at), ...words})
  })
  try {
    rule.check({document, type, proof, options: optionsFor(rule, type, config), report} as never)
    return findings
  } catch (error) {
    return [internalError(rule.id, error)]
  }
}
