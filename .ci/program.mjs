// A program as one folder: itself in one file, and beside it the packages that load WebAssembly by their own address.
import {cpSync, readFileSync, rmSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const asTheyAre = ['libpg-query', '@guanmingchiu/sqlparser-ts', '@prisma/prisma-schema-wasm']

/** Bundles a built file, given from the root, into a folder; `name` is that of the program there. */
export async function bundleProgram(input, target, name) {
  rmSync(target, {recursive: true, force: true})
  await build({
    input: join(root, input),
    platform: 'node',
    external: asTheyAre,
    // A `main` may be UMD, of which no bundler sees what it loads.
    resolve: {mainFields: ['module', 'main']},
    output: {dir: target, entryFileNames: name, format: 'esm', codeSplitting: false, minify: false},
  })
  for (const one of withDependencies(asTheyAre))
    cpSync(join(root, 'node_modules', one), join(target, 'node_modules', one), {recursive: true, dereference: true})
}

function withDependencies(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const {dependencies = {}} = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
    withDependencies(Object.keys(dependencies), found)
  }
  return found
}
