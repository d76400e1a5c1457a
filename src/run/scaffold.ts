import {basename, dirname, join, relative, resolve} from 'node:path'
import {posix} from '../config/files.ts'
import type {Config, ConfigType} from '../config/types.ts'
import {specificationOf} from '../lint/specification.ts'
import {today} from '../lint/today.ts'
import type {SpecType} from '../rule/types.ts'
import {identityIn} from '../scaffold/title.ts'
import {slug} from '../type/slug.ts'
import {discover} from './discover.ts'
import {runOptions} from './options.ts'
import {readAll} from './read.ts'

/** Where a new document goes, and what its neighbours say of it. */
export interface Place {
  /** Absolute. */
  readonly folder: string
  /** The next one: `13`, `DATA-015`; `undefined` when documents of the type have none that counts. */
  readonly identity: string | undefined
  /** The name of the file that a document with a title gets. */
  fileName(title: string | undefined): string
}

/** Looks at the documents beside the one that is to be written. */
export function placeFor(
  type: SpecType,
  configured: ConfigType | undefined,
  config: Config | undefined,
  cwd: string,
): Place {
  const around = configured && config ? folderOf(configured, config.root) : cwd
  const root = config?.root ?? cwd
  const isOwn = (path: string): boolean => configured === undefined || configured.files(posix(relative(root, path)))
  const options = {
    ...runOptions({cwd, errorOnUnmatched: false}),
    ...(config?.path !== undefined && {config: relative(cwd, config.path)}),
  }
  const template = configured?.template === undefined ? undefined : join(root, configured.template)
  const found = discover([around], options)
  const files = found.files.filter((path) => isOwn(path) && path !== template)
  const {ready} = readAll({files, ignored: []}, options)
  const own = ready.filter(({prepared}) => prepared.type.type.name === type.name)
  // No configuration says where they belong: beside the others, where all of them stand in one folder.
  const homes = new Set(own.map(({path}) => dirname(path)))
  const [home] = homes
  const folder = configured === undefined && home !== undefined && homes.size === 1 ? home : around
  const identities = own.flatMap(({prepared, name}) => specificationOf(prepared, name).identity ?? [])
  const named = configured === undefined ? own.map(({path}) => path) : files
  const names = namesIn(named.filter((path) => dirname(path) === folder).map((path) => basename(path)))
  const identity = nextIdentity(type, identities, names)
  return {folder, identity, fileName: (title) => fileName(title, identity, names)}
}

/** The folder that the first pattern names before its first wildcard. */
function folderOf({globs}: ConfigType, root: string): string {
  const pattern = globs.find((glob) => !glob.startsWith('!')) ?? ''
  const parts = pattern.replace(/^\//u, '').split('/')
  const magic = parts.findIndex((part) => /[*?[\]{}]/u.test(part))
  const last = magic < 0 ? (/\.\w+$/u.test(parts.at(-1) ?? '') ? parts.length - 1 : parts.length) : magic
  return resolve(root, ...parts.slice(0, last))
}

interface Names {
  /** How most names that have a number begin; without a divider nothing follows the number. */
  readonly style: {readonly prefix: string; readonly width: number; readonly divider: string} | undefined
  /** They begin with a date. */
  readonly dated: boolean
  /** The largest number. */
  readonly largest: number
}

const dated = /^\d{4}-\d{2}-\d{2}[-_ ]/u
/** `hip-0012` alone is a name, too. */
const numbered = /^([A-Za-z]{0,12}[-_]?)(\d{1,8})(?:([-_. ]+)\S|$)/u

function namesIn(files: readonly string[]): Names {
  const plain = files.filter((name) => !dated.test(name))
  const styles = plain.flatMap((name) => {
    const [, prefix = '', digits = '', divider = ''] = numbered.exec(name.replace(/\.\w+$/u, '')) ?? []
    return digits === '' ? [] : [{prefix, width: digits.length, divider, number: Number(digits)}]
  })
  // The newest of its kind is the one to follow.
  const last = styles.toSorted((a, b) => a.number - b.number).at(-1)
  const isRule = styles.length * 2 >= files.length
  return {
    style: last && isRule ? {prefix: last.prefix, width: last.width, divider: last.divider} : undefined,
    dated: files.length > 0 && (files.length - plain.length) * 2 > files.length,
    largest: last && isRule ? last.number : 0,
  }
}

const counted = /^(\D*)(\d{1,9})$/u

/** One more than the largest, in its form; the first one has the form of the type's example. */
function nextIdentity(type: SpecType, identities: readonly string[], names: Names): string | undefined {
  const {identity} = type
  if (!identity) return undefined
  const known = identities.flatMap((text) => {
    const [, prefix = '', digits = ''] = counted.exec(text) ?? []
    return digits === '' ? [] : [{prefix, digits}]
  })
  const last = known.toSorted((a, b) => Number(a.digits) - Number(b.digits)).at(-1)
  if (identity.kind === 'metadata' && (!last || known.length * 2 < identities.length)) return undefined
  const [, prefix = '', digits = ''] = counted.exec(identityIn(type) ?? '') ?? []
  const sample = last ?? (digits === '' ? undefined : {prefix, digits: digits.startsWith('0') ? digits : '0'})
  if (!sample) return undefined
  const number = Math.max(last ? Number(last.digits) : 0, names.largest) + 1
  return sample.prefix + String(number).padStart(sample.digits.startsWith('0') ? sample.digits.length : 1, '0')
}

function fileName(
  title: string | undefined,
  identity: string | undefined,
  {style, dated: isDated, largest}: Names,
): string {
  const words = slug(title ?? 'untitled').slice(0, 80)
  if (isDated) return `${today()}-${words}.md`
  const [, prefix = '', digits = ''] = counted.exec(identity ?? '') ?? []
  if (style) {
    const number = digits === '' ? String(largest + 1) : String(Number(digits))
    const head = `${style.prefix}${number.padStart(style.width, '0')}`
    return style.divider === '' ? `${head}.md` : `${head}${style.divider}${words}.md`
  }
  if (digits === '') return `${words}.md`
  const number = digits.startsWith('0') ? digits : digits.padStart(4, '0')
  return prefix === '' ? `${number}-${words}.md` : `${slug(`${prefix}${number}`)}-${words}.md`
}
