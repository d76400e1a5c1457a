// The module of expressions that are written out when the package is built. `.ci/build.mjs` bundles this file, which loads what a lint
// loads, and so makes all of them.
import {sources} from '../src/document/expressions.ts'

export {lint} from '../src/cli/lint.ts'

export const expressions = `export const written = ${JSON.stringify([...sources])}\n`
