// The action as one folder, `dist/action`: the program in one file, and beside it the packages that load WebAssembly by their
// own address.
import {cpSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {asTheyAre, built, bundle, licences, root} from './bundling.mjs'

const target = join(root, 'dist/action')

rmSync(target, {recursive: true, force: true})
const bundled = await bundle(join(built, 'src/action/main.js'), {
  dir: target,
  entryFileNames: 'main.js',
  codeSplitting: false,
})
writeFileSync(join(target, 'licences.txt'), licences(bundled))
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
