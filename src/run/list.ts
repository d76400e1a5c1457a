import {dirname} from 'node:path'
import {secondsFor} from '../config/limits.ts'
import {readDocument} from '../document/parse.ts'
import {within} from '../lint/within.ts'
import {builtinTypes} from '../type/builtin.ts'
import {detect} from '../type/detect.ts'
import {readChanges} from './changes.ts'
import {discover} from './discover.ts'
import type {RunOptions} from './options.ts'
import {configFinder, fileSettings, mayBeDocument, readAll, readFor, shown} from './read.ts'
import {inShard} from './shard.ts'
import {settled} from './staged.ts'
import {sheetOf} from './sheet.ts'
import {changedView} from './view.ts'
import {projectRoot} from '../config/files.ts'

/** The documents that `lintPaths` would look at, relative to the working directory; no rule runs. */
export function listPaths(paths: readonly string[], given: RunOptions): readonly string[] {
  const options = settled(given)
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  if (options.changes) {
    const changes = readChanges(options.changes, options.cwd)
    const sheets = readAll(found, options).ready.map(sheetOf)
    return changedView(sheets, changes, options.changes, options).members.map(({name}) => name)
  }
  const configOf = configFinder(options)
  return found.files.flatMap((path) => {
    const name = shown(path, options.cwd)
    return inShard(name, options.shard) && isDocument(path, configOf, options) ? [name] : []
  })
}

/** By its settings where these decide, else by what stands in it. */
function isDocument(path: string, configOf: ReturnType<typeof configFinder>, options: RunOptions): boolean {
  const config = configOf(dirname(path))
  const settings = fileSettings(path, config, options)
  if (settings.ignored) return false
  const read = readFor(path, projectRoot(path, options.cwd), options, settings.limits)
  if ('problem' in read || !mayBeDocument(read.text, settings, options)) return false
  if (options.type || (settings.type && !settings.detects && !read.text.includes('spec-lint type'))) return true
  try {
    const seconds = secondsFor(settings.limits, read.text.length)
    const made = within(seconds, () => {
      const document = readDocument(read.text, {path})
      const stated = fileSettings(path, config, options, document.typeComment?.name)
      return stated.type !== undefined || (stated.detects && isDetected(document))
    })
    return made?.value === true
  } catch (error) {
    // Nested too deeply for the parser.
    if (error instanceof RangeError) return false
    throw error
  }
}

function isDetected(document: ReturnType<typeof readDocument>): boolean {
  const types = builtinTypes()
  return types.some(({name}) => name === document.typeComment?.name) || detect(document, types) !== undefined
}
