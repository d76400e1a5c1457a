import {formed} from '../type/id-form.ts'
import type {IdSpec} from '../type/types.ts'

export {canonicalId} from '../type/id-form.ts'

/** The first identifier of a kind: `FR-1`, `FR1.1`. */
export function exampleId(spec: IdSpec): string {
  return formed(spec, [])
}
