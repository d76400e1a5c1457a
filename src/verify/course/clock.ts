import type {Clock} from '../engine/types.ts'
import type {Step} from '../model.ts'

/** Times what is done, by name. */
export function createClock(): Clock {
  const steps: Step[] = []
  return {
    steps,
    timed: async (name, run, note = () => '') => {
      const started = performance.now()
      const made = await run()
      steps.push({name, milliseconds: performance.now() - started, note: note(made)})
      return made
    },
  }
}
