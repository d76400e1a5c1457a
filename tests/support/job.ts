import type {Job} from '../../src/verify/model.ts'

/** Nothing to execute: the rest of what a test or a measurement asks for. */
export const noJob: Job = {
  dialect: 'postgresql',
  before: [],
  stubs: [],
  open: false,
  known: [],
  up: [],
  down: undefined,
  declared: [],
  others: [],
  rows: [],
  queries: [],
  fill: 0,
  dump: false,
  extensions: [],
  mariadb: false,
}
