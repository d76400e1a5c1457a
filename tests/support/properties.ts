import {builtinTypes} from '../../src/type/builtin.ts'

export {cases} from './cases.ts'
export {broken, mutated} from './holds.ts'

export const types = builtinTypes()
