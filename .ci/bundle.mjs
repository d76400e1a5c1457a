// The action as one folder, `dist/action`.
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {bundleProgram} from './program.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
await bundleProgram('dist/src/action/main.js', join(root, 'dist/action'), 'main.js')
