import {basename, dirname, extname, join, resolve} from 'node:path'
import {isInside} from '../config/files.ts'
import {localUrl} from '../document/url.ts'
import type {Specification} from '../rule/types.ts'
import type {EarlierFiles} from './earlier.ts'
import type {Sheet} from './sheet.ts'
import type {NamedFinding} from './types.ts'

/** Whether a document may have other problems than before: it links to, or names, something that the change touches. */
export function dependsOn(one: Sheet, earlier: EarlierFiles): boolean {
  const {seen, touched} = earlier
  const links = seen.length === 0 ? [] : linksOf(one)
  if (links.some((link) => seen.some((path) => leadsTo(link, path)))) return true
  if (touched.length === 0) return false
  const text = one.text.toLowerCase()
  const mentions = new Set(one.reading.mentions)
  const self = one.page.specification
  return touched.some(
    ({specification}) =>
      wordsOf(specification).some((word) => text.includes(word)) ||
      specification.ids.some((id) => mentions.has(id)) ||
      (self !== undefined && areKin(self, specification)),
  )
}

/** Whether two documents share an identity, or one of them names the other as what it follows. */
function areKin(a: Specification, b: Specification): boolean {
  return (
    (a.identity !== undefined && a.identity.toLowerCase() === b.identity?.toLowerCase()) || names(a, b) || names(b, a)
  )
}

function names({relations}: Specification, {path, identity, title}: Specification): boolean {
  return relations.some(
    (relation) =>
      relation.path === path ||
      (identity !== undefined && hasWord(relation.text, identity)) ||
      (title !== '' && relation.text.toLowerCase().includes(title.toLowerCase())),
  )
}

/** `12` stands in `PRD-12` and in `0012`, and not in `2012`. */
function hasWord(text: string, word: string): boolean {
  const [own, wanted] = [text.toLowerCase(), word.toLowerCase()]
  for (let at = own.indexOf(wanted); at >= 0; at = own.indexOf(wanted, at + 1)) {
    const before = own.slice(0, at).replace(/0{1,9}$/u, '')
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(own.slice(at + wanted.length))) return true
  }
  return false
}

/** The changed file that a finding comes from; its absolute path. */
export function causeOf({reason, note, actual}: NamedFinding, one: Sheet, earlier: EarlierFiles): string {
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

/** By which others may name it in their text. A bare number stands in every document; who means it says so in a relation. */
function wordsOf({path, identity, title, tables}: Specification): readonly string[] {
  const words = [basename(path, extname(path)), identity, title, ...tables]
  return words.flatMap((word) =>
    word === undefined || word.length < 2 || /^\d+$/u.test(word) ? [] : [word.toLowerCase()],
  )
}

/** Absolute paths that links and relations may lead to. */
function linksOf({path, reading, root}: Sheet): readonly string[] {
  return reading.urls.flatMap((url) => {
    const local = localUrl(url)
    if (!local || local.path === '') return []
    return [local.path.startsWith('/') ? join(root, local.path) : resolve(dirname(path), local.path)]
  })
}

/** A page may be written without its ending, and a folder by its name. */
function leadsTo(link: string, path: string): boolean {
  return isInside(path, link) || path.slice(0, -extname(path).length || undefined) === link.replace(/\.html$/u, '')
}
