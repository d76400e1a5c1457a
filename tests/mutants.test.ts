import {testMutants} from './support/mutant-tests.ts'

testMutants(0)
