// The extension in one file, and in `server` the program that it starts where the workspace has none. `npm run build` of the
// repository goes before it.
import {copyFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'
import {bundleProgram} from '../../.ci/bundling.mjs'

const here = dirname(fileURLToPath(import.meta.url))
await build({
  input: join(here, 'src/extension.ts'),
  platform: 'node',
  external: ['vscode'],
  output: {file: join(here, 'dist/extension.cjs'), format: 'cjs', codeSplitting: false},
})
await bundleProgram('src/cli/main.js', join(here, 'server'), 'main.mjs')
copyFileSync(join(here, '../../LICENSE'), join(here, 'LICENSE'))
