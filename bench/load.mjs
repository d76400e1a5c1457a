import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {build} from 'rolldown'

/** A module of the tests, which are TypeScript, by its path in the repository. */
export async function load(path) {
  const folder = mkdtempSync(join(tmpdir(), 'spec-lint-load-'))
  const file = join(folder, 'module.mjs')
  const input = join(dirname(fileURLToPath(import.meta.url)), '..', path)
  await build({input, output: {file, format: 'esm'}, platform: 'node', logLevel: 'silent'})
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    rmSync(folder, {recursive: true})
  }
}
