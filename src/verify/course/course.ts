import type {Engine, TableShape} from '../engine/types.ts'
import type {Change, Entry, Fault, Job, Loss, Outcome, Stub} from '../model.ts'
import {createClock} from './clock.ts'
import {compare, textOf} from './compare.ts'
import {declaredChanges} from './declared.ts'
import {unenforced} from './enforced.ts'
import {fillTables} from './fill.ts'
import {completeStubs, makeBefore, runScript, type Tell} from './prepare.ts'
import {askQueries} from './queries.ts'
import {losses, rowsIn} from './rows.ts'
import {runOthers} from './others.ts'
import {addSamples} from './samples.ts'
import {seed, seedBefore} from './seed.ts'

/** Runs a job from a clean engine: the state before, the migration, the queries, the way back, and the migration again. */
export async function runJob(engine: Engine, job: Job, tell: Tell): Promise<Outcome> {
  const first = await attempt(engine, job, {stubs: job.stubs, samples: true}, tell)
  const stubs = job.open && isRepairable(first.faults) ? await completed(engine, job, tell) : job.stubs
  let outcome = first
  if (stubs !== job.stubs) {
    await engine.reset()
    outcome = await attempt(engine, job, {stubs, samples: true}, tell)
  }
  if (!isBySamples(outcome)) return outcome
  await engine.reset()
  const bare = await attempt(engine, job, {stubs, samples: false}, tell)
  return bare.faults.length < outcome.faults.length ? bare : outcome
}

async function completed(engine: Engine, job: Job, tell: Tell): Promise<readonly Stub[]> {
  await engine.reset()
  return completeStubs(engine, job, keyTypeOf(job), tell)
}

/** Whether the rows that were made up may be what a statement fails on: another value might have passed. */
function isBySamples({sampled, faults, made}: Outcome): boolean {
  if (sampled === 0) return false
  return faults.some(({phase, code, message}) => {
    if (!/^(?:migration|rollback|again)$/u.test(phase)) return false
    // A column that is new, and that no row can have a value of, fails on whatever row.
    const column = /^column "([^"]+)" of relation "[^"]+" contains null values$/u.exec(message)?.[1]
    if (code === '23502' && column !== undefined && made.length >= 0) return false
    return /^2[23]/u.test(code) || /constraint failed/u.test(message)
  })
}

function isRepairable(faults: readonly Fault[]): boolean {
  return faults.some(
    ({phase, code, message}) =>
      /^(?:migration|query|rows)$/u.test(phase) &&
      (/^(?:42P01|42703|42804|42883)$/u.test(code) || /^no such (?:table|column)|has no column named/u.test(message)),
  )
}

/** The type of the keys of tables of which nobody says more. */
function keyTypeOf({dialect, up}: Job): string {
  if (dialect === 'sqlite') return 'INTEGER'
  return /\buuid\b/iu.test(up.join('\n')) ? 'uuid' : 'bigint'
}

interface Made {
  readonly faults: readonly Fault[]
  readonly made: readonly Change[]
  readonly residue: readonly Change[] | undefined
  readonly again: readonly Change[] | undefined
  readonly losses: readonly Loss[]
}

/** What the state before is made of. */
interface Basis {
  readonly stubs: readonly Stub[]
  readonly samples: boolean
}

async function attempt(engine: Engine, job: Job, {stubs, samples}: Basis, tell: Tell): Promise<Outcome> {
  const clock = createClock()
  const {timed} = clock
  const faults: Fault[] = [...(await timed('state before', async () => makeBefore(engine, job, stubs, tell)))]
  const seeds = await timed('rows of the document', async () => seedBefore(engine, job.rows, tell))
  const shapes = await engine.shapes()
  const sampled = await timed(
    'sample rows',
    async () =>
      samples && engine.dialect !== 'mysql'
        ? addSamples(engine, shapes)
        : {rows: 0, empty: shapes.map(({name}) => name)},
    ({rows}) => `${rows}`,
  )
  const before = await timed('catalog', async () => engine.catalog())
  const rows = await rowsIn(engine, shapes)
  const started = new Date().toISOString().slice(0, 10)
  const failed = await timed('migration', async () => runScript(engine, job.up, 'migration', tell))
  if (failed) faults.push(failed.fault)
  const after = await timed('catalog', async () => engine.catalog())
  const outcome = {
    engine: engine.name,
    sampled: sampled.rows,
    unsampled: sampled.empty,
    schema: after,
    made: compare(before, after),
    steps: clock.steps,
    queries: [],
    unenforced: [],
    declared: undefined,
  }
  if (failed)
    return {...outcome, faults, residue: undefined, again: undefined, losses: [], dumps: dumpsOf(job, before, after)}
  const judged = await judge(engine, job, {before, after, left: seeds.left}, timed, tell)
  const back = await goBack(engine, job, {before, after, shapes, rows, started}, timed, tell)
  const declared =
    job.declared.length > 0 && back.faults.length === 0
      ? await timed('declared schema', async () => declaredChanges(engine, job, stubs, after, tell))
      : undefined
  return {
    ...outcome,
    ...judged,
    faults: [...faults, ...judged.faults, ...back.faults],
    residue: back.residue,
    again: back.again,
    losses: back.losses,
    declared,
    dumps: dumpsOf(job, before, after, back.entries),
  }
}

type Timed = ReturnType<typeof createClock>['timed']

/** What the migrated schema does: its constraints, the rows that the document has for it, its queries. */
async function judge(
  engine: Engine,
  job: Job,
  {
    before,
    after,
    left,
  }: {readonly before: readonly Entry[]; readonly after: readonly Entry[]; readonly left: readonly number[]},
  timed: Timed,
  tell: Tell,
): Promise<Pick<Outcome, 'faults' | 'unenforced' | 'queries'>> {
  const old = new Set(before.map(({kind, name}) => `${kind} ${name}`))
  const isNew = (table: string, constraint: string): boolean => !old.has(`constraint ${table}.${constraint}`)
  const shapes = await engine.shapes()
  await engine.savepoint()
  const rest = await seed(engine, job.rows, tell, left)
  await engine.restore()
  const others = await timed('other sections', async () => runOthers(engine, job.others, tell))
  const lax = await timed('constraints', async () => unenforced(engine, shapes, isNew))
  if (job.fill > 0) await timed('fill', async () => fillTables(engine, shapes, job.fill))
  const asked = await timed('queries', async () => askQueries(engine, job, after, (index) => tell('query', index)))
  return {faults: [...others, ...rest.faults, ...asked.faults], unenforced: lax, queries: asked.outcomes}
}

interface Around {
  readonly before: readonly Entry[]
  readonly after: readonly Entry[]
  readonly shapes: readonly TableShape[]
  readonly rows: Awaited<ReturnType<typeof rowsIn>>
  readonly started: string
}

/** The rollback, what it leaves, and the migration a second time. */
async function goBack(
  engine: Engine,
  {up, down}: Job,
  {before, after, shapes, rows, started}: Around,
  timed: Timed,
  tell: Tell,
): Promise<Omit<Made, 'made'> & {readonly entries: readonly Entry[] | undefined}> {
  const nothing = {residue: undefined, again: undefined, losses: [], entries: undefined}
  if (!down) return {...nothing, faults: []}
  const failed = await timed('rollback', async () => runScript(engine, down, 'rollback', tell))
  if (failed) return {...nothing, faults: [failed.fault]}
  const entries = await timed('catalog', async () => engine.catalog())
  const residue = compare(before, entries)
  const lost = losses(rows, await rowsIn(engine, shapes), shapes, started)
  const again = await timed('migration again', async () => runScript(engine, up, 'again', tell))
  if (again) return {residue, losses: lost, again: undefined, entries, faults: [again.fault]}
  return {residue, losses: lost, again: compare(after, await engine.catalog()), entries, faults: []}
}

function dumpsOf(
  {dump}: Job,
  before: readonly Entry[],
  after: readonly Entry[],
  back: readonly Entry[] = [],
): Outcome['dumps'] {
  return dump ? {before: textOf(before), after: textOf(after), back: textOf(back)} : undefined
}
