import {relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {findConfig, loadConfig} from '../config/load.ts'
import {posix} from '../config/files.ts'
import {show} from '../report/show.ts'
import {known} from '../run/options.ts'
import {builtinTypes} from '../type/builtin.ts'
import {outlineOf} from '../scaffold/outline.ts'
import {renderType} from '../scaffold/render.ts'
import {columns, print, printJson} from './io.ts'
import {configOf, typeNamed} from './type-named.ts'

interface Row {
  readonly name: string
  readonly title: string
  readonly files: readonly string[]
  /** Path of the template that the type was compiled from, relative to the configuration. */
  readonly template?: string
  readonly description: string
}

interface Options {
  readonly json?: boolean
  readonly config?: string
  readonly show?: string
  readonly markdown?: boolean
}

/** The types of the configuration with their files, else the built-in ones. */
export function listTypes(options: Options): number {
  if (options.markdown === true && options.show === undefined)
    throw new SpecLintError('types', '`--markdown` needs a type', 'Write `--show TYPE --markdown`.')
  if (options.show !== undefined) return showType(options.show, options)
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

/** One type as an outline to read, or as a template. */
function showType(name: string, options: Options): number {
  const {type} = typeNamed(name, configOf(options.config), process.cwd())
  if (options.markdown === true) print(renderType(type, {kind: 'template'}))
  else if (options.json === true) printJson(type)
  else
    print(
      `${outlineOf(type)
        .map((line) => show(line))
        .join('\n')}\n`,
    )
  return 0
}
