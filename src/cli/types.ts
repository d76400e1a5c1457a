import {relative} from 'node:path'
import {findConfig, loadConfig} from '../config/load.ts'
import {posix} from '../config/files.ts'
import {show} from '../report/show.ts'
import {known} from '../run/options.ts'
import {builtinTypes} from '../type/builtin.ts'
import {columns, print, printJson} from './io.ts'

interface Row {
  readonly name: string
  readonly title: string
  readonly files: readonly string[]
  /** Path of the template that the type was compiled from, relative to the configuration. */
  readonly template?: string
  readonly description: string
}

/** The types of the configuration with their files, else the built-in ones. */
export function listTypes(options: {readonly json?: boolean; readonly config?: string}): number {
  const path = options.config ?? findConfig(process.cwd())
  const config = path === undefined ? undefined : loadConfig(path, known)
  const configured = config?.types ?? []
  const rows: readonly Row[] =
    configured.length > 0
      ? configured.map(({name, globs, type, template}) => ({
          name,
          title: type.title,
          files: globs,
          description: template === undefined ? type.description : `From the template ${template}.`,
          ...(template !== undefined && {template}),
        }))
      : builtinTypes().map(({name, title, description}) => ({name, title, files: [], description}))
  if (options.json === true) printJson(rows)
  else {
    print(
      columns([
        ['TYPE', 'FILES', 'WHAT IT IS'],
        ...rows.map(({name, files, description}) => [
          show(name),
          files.length === 0 ? 'detected' : show(files.join(' ')),
          show(description),
        ]),
      ]),
    )
    if (path !== undefined) print(`\nConfiguration: ${show(posix(relative(process.cwd(), path)))}\n`)
  }
  return 0
}
