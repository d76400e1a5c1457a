// The package's code, `dist`: what TypeScript made in `build`, in a few files. A program of a thousand modules spends its start
// on finding them.
import {execFileSync} from 'node:child_process'
import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {built, bundle, bundleForBrowsers, licences, precompile, root} from './bundling.mjs'

const target = join(root, 'dist')
const entries = [
  'src/cli/main',
  'src/index',
  'src/rule/index',
  'src/lint/remark',
  'src/lint/preset',
  'src/run/worker',
  'src/verify/worker',
]

for (const folder of [built, target]) rmSync(folder, {recursive: true, force: true})
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {stdio: 'inherit'})
await precompile()
const bundled = await bundle(Object.fromEntries(entries.map((name) => [name, join(built, `${name}.js`)])), {
  dir: target,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
})
writeFileSync(join(target, 'licences.txt'), licences(bundled))
await bundleForBrowsers(
  {'src/browser': join(built, 'src/browser.js')},
  {dir: target, entryFileNames: '[name].js', chunkFileNames: 'chunks/browser-[name]-[hash].js'},
)
