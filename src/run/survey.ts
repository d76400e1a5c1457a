import {basename, dirname, join, relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix, readTextFile} from '../config/files.ts'
import {matcher} from '../config/glob.ts'
import {nameOf, typeName} from '../config/templates.ts'
import {loadTemplateFor} from '../config/type-files.ts'
import {readDocument} from '../document/parse.ts'
import type {SpecDocument} from '../document/types.ts'
import type {SpecType} from '../rule/types.ts'
import type {TypeJson} from '../type/load.ts'
import {builtinTypes} from '../type/builtin.ts'
import {detect} from '../type/detect.ts'
import {headingForm} from '../type/normalize.ts'
import {kinIn, typeOfKin} from './alike.ts'
import {discover} from './discover.ts'
import {runOptions} from './options.ts'

/** A type that a repository's documents can be held against. */
export interface Proposal {
  readonly name: string
  readonly type: SpecType
  /** Path of the template that it is compiled from, relative to the folder looked at; `undefined` for a built-in type. */
  readonly template: string | undefined
  /** The type file to write; `undefined` for a built-in type and a template. */
  readonly json: TypeJson | undefined
  readonly globs: readonly string[]
  /** Paths of the documents that the patterns match, relative, with `/`. */
  readonly documents: readonly string[]
}

export interface Survey {
  readonly proposals: readonly Proposal[]
  /** Templates that no document was made from. */
  readonly unused: readonly string[]
  /** Places of at least three files that look alike, too few or too different to infer a type from. */
  readonly alike: readonly {readonly place: string; readonly count: number}[]
}

export interface Page {
  readonly path: string
  readonly document: SpecDocument
  readonly headings: ReadonlySet<string>
}

const about =
  /^(?:readme|index|changelog|contributing|code_of_conduct|security|license|support|authors|history|summary)\b/i
const largestSurvey = 2000

/** Which types the Markdown files below a folder have, by what they show and by the templates beside them. */
export function surveyOf(folder: string): Survey {
  const pages = pagesIn(folder)
  const templates = pages.filter(({path}) => isTemplate(path))
  const documents = pages.filter(({path}) => !isTemplate(path) && !about.test(basename(path)))
  const all = pages.map(({path}) => path)
  const left = new Set(documents)
  const take = (own: readonly Page[]): readonly Page[] => {
    for (const one of own) left.delete(one)
    return own
  }
  const fromTemplates = templates.map(({path, document}) => {
    const type = detect(document, builtinTypes()) ? undefined : typeOf(path, folder)
    const own = type ? take([...left].filter((page) => isMadeFrom(page, type))) : []
    return {path, type, own}
  })
  const builtin = builtinTypes().map((type) => ({
    type,
    own: take([...left].filter(({document}) => detect(document, builtinTypes())?.type === type)),
  }))
  const known = new Set([...fromTemplates, ...builtin].flatMap(({own}) => own.map(({path}) => dirname(path))))
  const kin = kinIn([...left]).map((one) => ({
    ...one,
    // Where others of the folder have a type, these are old or unfinished ones of it.
    found: known.has(one.place) ? undefined : typeOfKin(one),
  }))
  const proposals = [
    ...fromTemplates.flatMap(({path, type, own}) =>
      type && own.length > 0
        ? [{name: nameFor(path, type, own), type, template: path, json: undefined, pattern: undefined, own}]
        : [],
    ),
    ...builtin.flatMap(({type, own}) =>
      own.length > 0 ? [{name: type.name, type, template: undefined, json: undefined, pattern: undefined, own}] : [],
    ),
    ...kin.flatMap(({name, pattern, found}) => (found ? [{name, template: undefined, pattern, ...found}] : [])),
  ]
  return {
    proposals: named(proposals).map(({own, pattern, ...proposal}) => {
      const paths = own.map(({path}) => path)
      return {...proposal, ...(pattern === undefined ? filesOf(paths, all) : filesNamed(pattern, paths, all))}
    }),
    unused: fromTemplates.flatMap(({path, type, own}) => (type && own.length === 0 ? [path] : [])),
    alike: kin.flatMap(({place, pages: group, found}) => (found ? [] : [{place, count: group.length}])),
  }
}

/** Two templates of one name are two types. */
export function named<T extends {readonly name: string}>(proposals: readonly T[]): readonly T[] {
  const taken = new Map<string, number>()
  return proposals.map((one) => {
    const count = (taken.get(one.name) ?? 0) + 1
    taken.set(one.name, count)
    return count === 1 ? one : {...one, name: `${one.name}-${count}`}
  })
}

export function pagesIn(folder: string): readonly Page[] {
  const {files} = discover(['.'], {...runOptions({cwd: folder}), errorOnUnmatched: false})
  return files
    .map((path) => posix(relative(folder, path)))
    .filter((path) => !/(?:^|\/)\./u.test(path))
    .slice(0, largestSurvey)
    .flatMap((path) => pageAt(path, folder) ?? [])
}

function pageAt(path: string, folder: string): Page | undefined {
  const read = readTextFile(join(folder, path), folder)
  if ('problem' in read) return undefined
  try {
    const document = readDocument(read.text, {path})
    return {path, document, headings: new Set(document.headings.map(({title}) => headingForm(title.text)))}
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function isTemplate(path: string): boolean {
  return /(?:^|\/)templates?\//i.test(path)
    ? !about.test(basename(path))
    : /(?:^|[-_. ])template(?:[-_. ]|$)/i.test(basename(path).replace(/\.\w+$/u, '')) && !isNumbered(basename(path))
}

/** `0029-template-changes.md` is about templates; `0000-template.md` is one. */
function isNumbered(name: string): boolean {
  return /^(?:[a-z]+-)?0*[1-9]\d*[-_. ]/iu.test(name)
}

/** By the template's file, or the acronym that its documents are numbered by, or the folder that they lie in. */
function nameFor(path: string, {identity}: SpecType, [sample]: readonly Page[]): string {
  const own = nameOf(basename(path))
  if (own !== 'document') return own
  const key =
    identity?.kind === 'metadata' ? identity.key : /^[A-Z]{3,5}(?=-?\d)/u.exec(sample?.document.title?.text ?? '')?.[0]
  const folders = [dirname(path), dirname(sample?.path ?? '')].map((folder) => nameOf(`${basename(folder)}.md`))
  return key === undefined ? (folders.find((one) => !general.has(one)) ?? 'document') : typeName(key)
}

const general = new Set(['document', 'accepted', 'implemented', 'text', 'docs', 'doc', 'src', 'templates', 'github'])

/** A template that is none for a type is of no use here. */
function typeOf(path: string, folder: string): SpecType | undefined {
  try {
    return loadTemplateFor(path, folder, folder, {}, nameOf(path))
  } catch (error) {
    if (error instanceof SpecLintError) return undefined
    throw error
  }
}

/** At least two of the template's fixed top sections, and half of those that it asks for. */
export function isMadeFrom({headings}: Page, {outline}: SpecType): boolean {
  const fixed = outline.sections.filter(({pattern, required}) => pattern === undefined && required !== false)
  const found = fixed.filter(({heading, aliases}) =>
    [heading, ...aliases].some((one) => headings.has(headingForm(one))),
  )
  return found.length >= 2 && found.length * 2 >= fixed.length
}

/** A pattern for a folder that holds little else, the paths themselves elsewhere. */
export function filesOf(own: readonly string[], all: readonly string[]): Pick<Proposal, 'globs' | 'documents'> {
  const folders = [...new Set(own.map((path) => dirname(path)))]
  const globs = folders.flatMap((folder) => {
    const inside = own.filter((path) => dirname(path) === folder)
    const beside = all.filter((path) => dirname(path) === folder && !inside.includes(path))
    const others = beside.filter((path) => !isTemplate(path) && !about.test(basename(path)))
    if (folder === '.' || others.length > inside.length || inside.some((path) => !path.endsWith('.md')))
      return inside.map(literal)
    const except = beside.filter((path) => !others.includes(path) && path.endsWith('.md'))
    return [`${literal(folder)}/*.md`, ...except.map((path) => `!${literal(path)}`)]
  })
  const fits = matcher(globs)
  return {globs, documents: all.filter((path) => fits(path))}
}

/** Files of one name, but for those that are of another kind. */
function filesNamed(
  pattern: string,
  own: readonly string[],
  all: readonly string[],
): Pick<Proposal, 'globs' | 'documents'> {
  const fits = matcher([pattern])
  const others = all.filter((path) => fits(path) && !own.includes(path))
  return {globs: [pattern, ...others.map((path) => `!${literal(path)}`)], documents: own}
}

/** A path as a pattern of itself. */
function literal(path: string): string {
  return path.replaceAll(/[\\*?[\]{}!#]/gu, String.raw`\$&`)
}
