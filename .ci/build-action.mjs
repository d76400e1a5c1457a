// The action as one folder, `dist/action`.
import {join} from 'node:path'
import {bundleProgram, root} from './bundling.mjs'

await bundleProgram('src/action/main.js', join(root, 'dist/action'), 'main.js')
