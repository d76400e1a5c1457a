import {dirname} from 'node:path'
import type {RunOptions} from './options.ts'
import {fileSettings, type Finders, homeOf, type Member, shown} from './read.ts'

/** What is known of a document before it is read. */
export function memberAt(path: string, {configOf}: Finders, options: RunOptions): Member {
  const config = configOf(dirname(path))
  return {
    path,
    name: shown(path, options.cwd),
    settings: fileSettings(path, config, options),
    home: homeOf(path, config),
  }
}
