import {relatedIn} from '../rule/related.ts'
import type {Project} from '../rule/types.ts'

/** A project without files: a text that stands nowhere. */
export function noProject(today: string): Project {
  return {
    today,
    self: undefined,
    specifications: [],
    related: relatedIn([]),
    target: () => ({kind: 'unknown'}),
    before: undefined,
    earlier: [],
    migrations: undefined,
    schemaAround: () => undefined,
  }
}
