import {testMutants} from './support/mutant-tests.ts'

testMutants(1)
