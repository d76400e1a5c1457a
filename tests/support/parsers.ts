import {loadAllSchemaParsers} from '../../src/sql/load.ts'

// Files share their modules: what one leaves of a parser, the next does not inherit.
await loadAllSchemaParsers()
