import {mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {build} from 'rolldown'
import {asTheyAre, engines, root} from '../.ci/bundling.mjs'

/** A module of the tests, which are TypeScript, by its path in the repository. */
export async function load(path) {
  const folder = join(root, 'build/bench')
  const file = join(folder, `${path.replaceAll('/', '-')}-${process.pid}.mjs`)
  mkdirSync(folder, {recursive: true})
  await build({
    input: join(root, path),
    output: {file, format: 'esm', codeSplitting: false},
    platform: 'node',
    external: [...asTheyAre, ...engines, 'fast-check'],
    resolve: {mainFields: ['module', 'main'], alias: {'spec-lint/rule': join(root, 'src/rule/index.ts')}},
    logLevel: 'silent',
  })
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(file)
  }
}
