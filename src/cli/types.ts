import {relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {findConfig, loadConfig} from '../config/load.ts'
import {posix} from '../config/files.ts'
import {show} from '../report/show.ts'
import {compareVersions, versionOf} from '../document/versions.ts'
import {known, runOptions} from '../run/options.ts'
import {configOf, typeNamed} from '../run/type-named.ts'
import {type VersionStatus, versionStatus} from '../run/versions.ts'
import {builtinTypes} from '../type/builtin.ts'
import {outlineOf} from '../scaffold/outline.ts'
import {renderType} from '../scaffold/render.ts'
import {columns, print, printJson} from './io.ts'

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
  readonly status?: boolean
}

/** The types of the configuration with their files, else the built-in ones. */
export async function listTypes(options: Options): Promise<number> {
  if (options.status === true) return showStatus(options)
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
  const {type} = typeNamed(name, configOf(options.config, process.cwd()), process.cwd())
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

/** Which documents were made from which version, and what the present one asks of the others. */
async function showStatus({config, json}: Options): Promise<number> {
  const all = await versionStatus(['.'], runOptions({config, errorOnUnmatched: false}))
  if (json === true) printJson(all)
  else if (all.length === 0) print('No document of a type is here.\n')
  else print(all.map((one) => statusLines(one).join('\n')).join('\n\n') + '\n')
  return 0
}

function statusLines({type, version, documents}: VersionStatus): readonly string[] {
  const versions = [...new Set(documents.map((one) => one.version))].toSorted(byVersion)
  const parts = versions.map((one) => {
    const count = documents.filter((document) => document.version === one).length
    const noun = count === 1 ? 'document' : 'documents'
    return one === undefined ? `${count} ${noun} without a version` : `${count} ${noun} on ${show(`${type}@${one}`)}`
  })
  const others = version === undefined ? [] : documents.filter((one) => one.version !== version)
  const asked = others.map(({path, version: from, errors, warnings}) => [
    `  ${show(path)}`,
    from === undefined ? 'none' : show(`${type}@${from}`),
    `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ])
  const head = `${show(version === undefined ? type : `${type}@${version}`)}: ${parts.join(', ')}`
  if (asked.length === 0) return [head]
  return [head, columns([['  DOCUMENT', 'MADE FROM', `ON ${show(`${type}@${version ?? ''}`)}`], ...asked]).trimEnd()]
}

/** Oldest first, those without one last. */
function byVersion(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  return compareVersions(versionOf(a) ?? [], versionOf(b) ?? []) || (a < b ? -1 : 1)
}
