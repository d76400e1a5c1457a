import {join, relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix, readTextFile} from '../config/files.ts'
import {matcher} from '../config/glob.ts'
import {loadTemplateFor} from '../config/type-files.ts'
import {importers} from '../import/importers.ts'
import type {ImportedType, Left, Project} from '../import/types.ts'
import type {SpecType} from '../rule/types.ts'
import {builtinJson} from '../type/builtin.ts'
import {type Loaded, loadType} from '../type/load.ts'
import {filesMatching} from './discover.ts'
import {runOptions} from './options.ts'
import {filesOf, isMadeFrom, named, type Page, pagesIn, type Proposal} from './survey.ts'

/** A type of another tool, ready to be configured. */
interface ImportedProposal extends Proposal {
  /** The declaration that it was made from. */
  readonly from: string
  readonly rules: Readonly<Record<string, string>>
}

export interface Imports {
  readonly proposals: readonly ImportedProposal[]
  readonly left: readonly Left[]
}

/** The types that the declarations of other tools below a folder amount to, and what of them doesn't translate. */
export function importsOf(folder: string, tools: readonly string[]): Imports {
  const project = projectAt(folder)
  const all = [...new Set(tools)].flatMap((tool) => importers.get(tool)?.(project) ?? [])
  const left = all.flatMap((one) => one.left)
  const pages = pagesIn(folder)
  const proposals = all
    .flatMap(({types}) => types)
    .flatMap((one): readonly ImportedProposal[] => {
      const loaded = load(one, folder)
      if ('problem' in loaded) {
        left.push({file: one.from, line: 1, what: 'the file', why: loaded.problem})
        return []
      }
      const {type} = loaded
      const files = documentsOf(one, type, pages)
      if (one.narrow && files.documents.length === 0)
        left.push({
          file: one.from,
          line: 1,
          what: `the documents of ${one.name}`,
          why: 'none was found; name them in `types`',
        })
      const {body} = one
      return [
        {
          name: one.name,
          type,
          template: body.kind === 'template' ? body.path : undefined,
          json: body.kind === 'type' ? body.json : undefined,
          rules: one.rules ?? {},
          from: one.from,
          ...files,
        },
      ]
    })
  return {proposals: named(proposals), left}
}

/** Where the declarations don't name the documents, those that have half of the fixed sections. */
function documentsOf(
  {globs, narrow}: ImportedType,
  type: SpecType,
  pages: readonly Page[],
): Pick<Proposal, 'globs' | 'documents'> {
  const fits = matcher(globs)
  const inside = pages.filter(({path}) => fits(path))
  const isFixed = type.outline.sections.some(({pattern, required}) => pattern === undefined && required !== false)
  if (!narrow || !isFixed) return {globs, documents: inside.map(({path}) => path)}
  const own = inside.filter((page) => isMadeFrom(page, type)).map(({path}) => path)
  return filesOf(
    own,
    pages.map(({path}) => path),
  )
}

function load(one: ImportedType, folder: string): {readonly type: SpecType} | {readonly problem: string} {
  try {
    if (one.body.kind === 'template')
      return {type: loadTemplateFor(one.body.path, folder, folder, {file: one.from}, one.name)}
    const loaded: Loaded = loadType(one.body.json, builtinJson)
    return 'type' in loaded ? loaded : {problem: loaded.problems[0]?.message ?? "it can't be read"}
  } catch (error) {
    if (error instanceof SpecLintError) return {problem: error.message}
    throw error
  }
}

function projectAt(folder: string): Project {
  const paths = filesMatching('**', {...runOptions({cwd: folder}), errorOnUnmatched: false}).map((path) =>
    posix(relative(folder, path)),
  )
  const known = new Set(paths)
  return {
    paths,
    text: (path) => {
      if (!known.has(path)) return undefined
      const read = readTextFile(join(folder, path), folder)
      return 'text' in read ? read.text : undefined
    },
  }
}
