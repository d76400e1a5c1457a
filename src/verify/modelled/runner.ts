import {runJob} from '../course/course.ts'
import {type Limits, type Runner, stopped} from '../host.ts'
import type {Job, Outcome, Phase} from '../model.ts'
import {sureChanges} from './entries.ts'
import {openModel} from './engine.ts'
import {columnEntry} from './lookup.ts'

/** Runs jobs of MySQL on a model of it, in this thread: nothing of a document is executed. */
export function createModelRunner(limits: Limits): Runner {
  return {
    run: async (job) => model(job, limits),
    pack: async () => Promise.resolve(undefined),
    close: async () => Promise.resolve(),
  }
}

const overrun = new Error('It takes too long')

async function model(job: Job, {job: most}: Limits): Promise<Outcome> {
  const opened = openModel(job)
  const {engine, doubts, implicit, unknown} = opened
  const begun = performance.now()
  let at: {readonly phase: Phase; readonly index: number} = {phase: 'before', index: 0}
  await engine.reset()
  try {
    // The model has the derived tables from the beginning, with what isn't known of them.
    const outcome = await runJob(engine, {...job, stubs: []}, (phase, index) => {
      at = {phase, index}
      opened.tell(phase, index)
      if (performance.now() - begun > most) throw overrun
    })
    const sure = (changes: Outcome['residue']): Outcome['residue'] => changes && sureChanges(changes, doubts, implicit)
    const isDoubted = ({table, column}: Outcome['losses'][number]): boolean =>
      ['all', `table ${table}`, columnEntry(table, column)].some((entry) => doubts.has(entry))
    return {
      ...outcome,
      unknown,
      made: sureChanges(outcome.made, doubts, implicit),
      declared: sure(outcome.declared),
      residue: sure(outcome.residue),
      again: sure(outcome.again),
      losses: outcome.losses.filter((loss) => !isDoubted(loss)),
    }
  } catch (error) {
    if (error !== overrun) throw error
    return stopped(engine.name, at, 'time', `the statements of the document did not end within ${most / 1000} seconds`)
  }
}
