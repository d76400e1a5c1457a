// The action as one folder, `dist/action`: the program in one file, and beside it the packages that load WebAssembly by their
// own address.
import {cpSync, readFileSync, rmSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'dist/action')
const asTheyAre = ['libpg-query', '@guanmingchiu/sqlparser-ts', '@prisma/prisma-schema-wasm']

rmSync(target, {recursive: true, force: true})
await build({
  input: join(root, 'dist/src/action/main.js'),
  platform: 'node',
  external: asTheyAre,
  // A `main` may be UMD, of which no bundler sees what it loads.
  resolve: {mainFields: ['module', 'main']},
  output: {dir: target, entryFileNames: 'main.js', format: 'esm', codeSplitting: false, minify: false},
})
for (const name of withDependencies(asTheyAre))
  cpSync(join(root, 'node_modules', name), join(target, 'node_modules', name), {recursive: true, dereference: true})

function withDependencies(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const {dependencies = {}} = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
    withDependencies(Object.keys(dependencies), found)
  }
  return found
}
