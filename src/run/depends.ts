import {basename, dirname, extname, join, resolve} from 'node:path'
import {isInside} from '../config/files.ts'
import {localUrl} from '../document/url.ts'
import type {Specification} from '../rule/types.ts'
import type {EarlierFiles} from './earlier.ts'
import type {Readied} from './read.ts'
import type {NamedFinding} from './types.ts'

/** Whether a document may have other problems than before: it links to, or names, something that the change touches. */
export function dependsOn(one: Readied, earlier: EarlierFiles): boolean {
  const {changes, touched} = earlier
  const links = linksOf(one)
  if (links.some((link) => [...changes.now.keys(), ...changes.gone].some((path) => leadsTo(link, path)))) return true
  const text = one.text.toLowerCase()
  const mentions = new Set(one.prepared.document.mentions.map(({id}) => id))
  return touched.some(({specification}) => {
    const {ids} = specification
    return wordsOf(specification).some((word) => text.includes(word)) || ids.some((id) => mentions.has(id))
  })
}

/** The changed file that a finding comes from; its absolute path. */
export function causeOf({reason, note, actual}: NamedFinding, one: Readied, earlier: EarlierFiles): string {
  const said = `${reason}\n${note}\n${actual}`.toLowerCase()
  const {changes, touched} = earlier
  const all = [...changes.gone, ...changes.now.keys()].toSorted()
  const named = all.find((path) => said.includes(basename(path).toLowerCase()))
  const meant = touched.find(({specification}) =>
    [...wordsOf(specification), ...specification.ids.map((id) => id.toLowerCase())].some((word) => said.includes(word)),
  )?.path
  const linked = all.find((path) => linksOf(one).some((link) => leadsTo(link, path)))
  return named ?? meant ?? linked ?? touched[0]?.path ?? all[0] ?? one.path
}

/** By which others may name it. */
function wordsOf({path, identity, title, tables}: Specification): readonly string[] {
  const words = [basename(path, extname(path)), identity, title, ...tables]
  return words.flatMap((word) => (word === undefined || word.length < 2 ? [] : [word.toLowerCase()]))
}

/** Absolute paths that links and relations may lead to. */
function linksOf({path, prepared: {document}, workspace}: Readied): readonly string[] {
  return [...document.links, ...document.definitions].flatMap(({url}) => {
    const local = localUrl(url)
    if (!local || local.path === '') return []
    return [local.path.startsWith('/') ? join(workspace.root, local.path) : resolve(dirname(path), local.path)]
  })
}

/** A page may be written without its ending, and a folder by its name. */
function leadsTo(link: string, path: string): boolean {
  return isInside(path, link) || path.slice(0, -extname(path).length || undefined) === link.replace(/\.html$/u, '')
}
