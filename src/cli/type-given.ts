import {loadTypeFor} from '../config/type-files.ts'
import type {SpecType} from '../rule/types.ts'

/** The type that `--type` names: built in, or a file. */
export function typeGiven(name: string | undefined): SpecType | undefined {
  return name === undefined ? undefined : loadTypeFor(name, process.cwd(), process.cwd(), {})
}
