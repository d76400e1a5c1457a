import type {Project} from '../rule/types.ts'

/** The real world, as far as rules may ask of it. */
export function realProject(): Project {
  return {today: new Date().toISOString().slice(0, 10)}
}
