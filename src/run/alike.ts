import {basename, dirname} from 'node:path/posix'
import {typeName} from '../config/templates.ts'
import {inferFrom} from '../infer/corpus/corpus.ts'
import {factsOf} from '../infer/corpus/facts.ts'
import {loadType, type TypeJson} from '../type/load.ts'
import {builtinJson} from '../type/builtin.ts'
import type {SpecType} from '../rule/types.ts'
import type {Page} from './survey.ts'

/** Documents that look alike, of no type that is known. */
export interface Kin {
  /** A folder, or the folders of a file name. */
  readonly place: string
  readonly name: string
  /** The pattern of files of one name; `undefined` for a folder. */
  readonly pattern: string | undefined
  readonly pages: readonly Page[]
}

export interface KinType {
  readonly json: TypeJson
  readonly type: SpecType
  /** Those that the type was inferred from. */
  readonly own: readonly Page[]
}

/** With fewer, what they share by chance looks like a rule. */
const fewestInferred = 5
const fewestAlike = 3
const threshold = 0.95

/** Files of one folder, then files of one name in folders side by side. */
export function kinIn(pages: readonly Page[]): readonly Kin[] {
  const folders = groupsOf(pages, ({path}) => dirname(path))
  const inFolders = folders.filter(([, group]) => areAlike(group))
  const taken = new Set(inFolders.flatMap(([, group]) => group))
  const left = pages.filter((page) => !taken.has(page) && dirname(page.path) !== '.')
  const names = groupsOf(left, ({path}) => `${dirname(dirname(path))}/*/${basename(path)}`).filter(
    ([, group]) => group.length >= fewestInferred && areAlike(group),
  )
  return [
    ...inFolders.map(([place, group]) => ({
      place,
      name: typeName(basename(place)),
      pattern: undefined,
      pages: group,
    })),
    ...names.map(([place, group]) => ({
      place: place.replace(/^\.\//u, ''),
      pattern: place.replace(/^\.\//u, ''),
      name: typeName(basename(place).replace(/\.\w+$/u, '')),
      pages: group,
    })),
  ]
}

function groupsOf(
  pages: readonly Page[],
  keyOf: (page: Page) => string,
): readonly (readonly [string, readonly Page[]])[] {
  const groups = new Map<string, Page[]>()
  for (const page of pages) groups.set(keyOf(page), [...(groups.get(keyOf(page)) ?? []), page])
  return [...groups]
}

/** At least three, with two headings that two thirds of them have. */
function areAlike(pages: readonly Page[]): boolean {
  const counts = new Map<string, number>()
  for (const {headings} of pages) for (const one of headings) counts.set(one, (counts.get(one) ?? 0) + 1)
  const shared = [...counts.values()].filter((count) => count >= fewestAlike && count * 3 >= pages.length * 2)
  return pages.length >= fewestAlike && shared.length >= 2
}

/** The type that they share; `undefined` where there are too few, or they share too little. */
export function typeOfKin({pages, name}: Kin): KinType | undefined {
  if (pages.length < fewestInferred) return undefined
  const inferred = inferFrom(
    pages.map(({document}) => factsOf(document)),
    name,
    threshold,
  )
  if ('problem' in inferred || inferred.documents < fewestInferred) return undefined
  const loaded = loadType(inferred.json, builtinJson)
  if (!('type' in loaded)) return undefined
  const isFixed = loaded.type.outline.sections.filter(({required}) => required === true).length >= 2
  const strangers = new Set(inferred.strangers.map(({path}) => path))
  return isFixed
    ? {json: inferred.json, type: loaded.type, own: pages.filter(({path}) => !strangers.has(path))}
    : undefined
}
