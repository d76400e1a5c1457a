import {join, relative, resolve} from 'node:path'
import {posix} from '../config/files.ts'
import type {Config, ConfigType} from '../config/types.ts'
import {show} from '../report/show.ts'
import {draftOf} from '../run/draft.ts'
import {configOf} from '../run/type-named.ts'
import {notice, print} from './io.ts'
import {writeNew} from './write-new.ts'

interface Options {
  readonly set?: readonly string[]
  readonly stdout?: boolean
  readonly output?: string
  readonly config?: string
}

/** Writes a document of a type: from its template, else from its outline. */
export function newDocument(name: string, given: string | undefined, options: Options): number {
  const cwd = process.cwd()
  const config = configOf(options.config, cwd)
  const {text, title, place, configured} = draftOf(name, given, options.set ?? [], {config, cwd})
  if (options.stdout === true) {
    print(text)
    return 0
  }
  const target = options.output === undefined ? join(place.folder, place.fileName(title)) : resolve(options.output)
  writeNew(target, text, {folders: options.output === undefined})
  const shown = show(posix(relative(cwd, target)) || target)
  notice(`written to ${shown}; \`spec-lint ${shown}\` lists what is left to be filled in.`)
  warnOutside(target, configured, config)
  return 0
}

function warnOutside(target: string, configured: ConfigType | undefined, config: Config | undefined): void {
  if (!configured || !config) return
  const way = posix(relative(config.root, target))
  if (!configured.files(way))
    notice(`the files of the type ${configured.name} are ${configured.globs.join(' ')}; ${show(way)} is none of them.`)
}
