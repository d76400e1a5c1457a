/** What stands in the folders below a root, as files that link to it see it. */
import {readdirSync, realpathSync, statSync} from 'node:fs'
import {basename, extname, join, relative} from 'node:path'
import {isInside, posix} from '../config/files.ts'
import {nearest} from '../type/nearest.ts'

export type Kind = 'file' | 'directory' | 'link'

/** Files that are there, or have another text, and files that are not there; absolute paths. */
export interface Overlay {
  readonly present: ReadonlyMap<string, () => string | undefined>
  readonly absent: ReadonlySet<string>
}

/** The entries of a directory at the time of the overlay. */
export function laidOver(
  entries: ReadonlyMap<string, Kind>,
  directory: string,
  overlay: Overlay | undefined,
): ReadonlyMap<string, Kind> {
  if (!overlay) return entries
  const present = [...overlay.present.keys()].flatMap((path): [string, Kind][] => {
    const [name = '', ...rest] = isInside(path, directory) ? posix(relative(directory, path)).split('/') : []
    return name === '' || entries.has(name) ? [] : [[name, rest.length > 0 ? 'directory' : 'file']]
  })
  return new Map([...[...entries].filter(([name]) => !overlay.absent.has(join(directory, name))), ...present])
}

/** What a path leads to. */
type Found =
  | {readonly kind: 'file'; readonly path: string}
  | {readonly kind: 'directory'; readonly path: string}
  | {readonly kind: 'outside'}
  | {readonly kind: 'missing'; readonly nearest: readonly string[]}

/** Follows a path from the root, name by name and in the right case, whatever the file system thinks of case. */
export function find(root: string, path: string, list: (directory: string) => ReadonlyMap<string, Kind>): Found {
  if (!isInside(path, root)) return {kind: 'outside'}
  const names = posix(relative(root, path))
    .split('/')
    .filter((name) => name !== '')
  let at = root
  for (const [index, name] of names.entries()) {
    const entries = list(at)
    const kind = entries.get(name) ?? entries.get(name.normalize('NFC'))
    const last = index === names.length - 1
    if (kind === undefined) {
      const other = last ? pageNamed(name, entries) : undefined
      if (other !== undefined) return {kind: 'file', path: join(at, other)}
      const rest = names.slice(index + 1)
      return {kind: 'missing', nearest: closest(name, entries, last).map((near) => join(at, near, ...rest))}
    }
    const next = kind === 'link' ? followed(join(at, name), root) : {path: join(at, name), kind}
    if (!next) return {kind: 'outside'}
    if (next.kind === 'file') return last ? {kind: 'file', path: next.path} : {kind: 'missing', nearest: []}
    at = next.path
  }
  return {kind: 'directory', path: at}
}

function followed(
  link: string,
  root: string,
): {readonly path: string; readonly kind: 'file' | 'directory'} | undefined {
  try {
    const path = realpathSync(link)
    if (!isInside(path, realpathSync(root))) return undefined
    return {path, kind: statSync(path).isDirectory() ? 'directory' : 'file'}
  } catch {
    return undefined
  }
}

/** Sites that are made from Markdown link to pages by other names: `guide`, `guide.html` for `guide.md`. */
function pageNamed(name: string, entries: ReadonlyMap<string, Kind>): string | undefined {
  const ending = extname(name)
  if (ending !== '' && ending !== '.html') return undefined
  const stem = basename(name, ending)
  return ['.md', '.mdx'].map((other) => stem + other).find((other) => entries.get(other) === 'file')
}

function closest(name: string, entries: ReadonlyMap<string, Kind>, last: boolean): readonly string[] {
  const names = [...entries].flatMap(([entry, kind]) => (last || kind === 'directory' ? [entry] : []))
  return nearest(name, names.slice(0, 2000)).slice(0, 3)
}

export function entriesOf(directory: string): ReadonlyMap<string, Kind> {
  try {
    return new Map(
      readdirSync(directory, {withFileTypes: true}).map((entry) => [
        entry.name,
        entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'directory' : 'file',
      ]),
    )
  } catch {
    return new Map()
  }
}

/** A path as the document would write it: from its own directory or from the root, with `./` where it had one. */
export function written(path: string, sample: string, directory: string, root: string): string {
  if (sample.startsWith('/')) return `/${posix(relative(root, path))}`
  const way = posix(relative(directory, path))
  return sample.startsWith('./') && !way.startsWith('.') ? `./${way}` : way
}
