import {posix} from 'node:path'
import {kept} from '../document/remembered.ts'
import type {Json, MetadataEntry} from '../document/types.ts'
import {localUrl} from '../document/url.ts'
import type {Relation, RelationSpec, Specification} from '../rule/types.ts'
import {identityOf, scalar} from '../type/identity.ts'
import type {Prepared} from './prepare.ts'

/** What other documents may know of one. `path` is relative to the project's root, with `/`. */
export function specificationOf({document, type, schemaChanges}: Prepared, path: string): Specification {
  const title = document.title?.text ?? ''
  return {
    path,
    type: type.type.name,
    title,
    identity: identityOf(type.type, type.metadata, title),
    status: type.status?.value.text,
    phase: type.status?.phase?.kind,
    ids: [...new Set(type.ids.flatMap(({definitions}) => definitions.map(({item}) => item.id)))],
    relations: type.type.relations.flatMap((spec) => {
      const entry = type.metadata.entry(spec.key)
      return entry ? relationsOf(spec.kind, entry, path) : []
    }),
    tables: [
      ...new Set(schemaChanges.flatMap(({operation, name}) => (operation === 'create-table' && name ? [name] : []))),
    ],
  }
}

function relationsOf(kind: RelationSpec['kind'], entry: MetadataEntry, path: string): readonly Relation[] {
  const values = Array.isArray(entry.value) ? entry.value.flatMap((one) => scalar(one as Json) ?? []) : split(entry.raw)
  return values.flatMap((value) => {
    const text = value.trim()
    return text === '' || /^(?:none|n\/a|null|~|[-–—])$/i.test(text) ? [] : [{kind, text, path: pathIn(text, path)}]
  })
}

function split(raw: string): readonly string[] {
  return raw.match(/\[[^\]]*\]\([^)]*\)|[^,;]+/gu) ?? []
}

/** The path that a value is or links to; one without a slash needs an ending. */
function pathIn(text: string, from: string): string | undefined {
  const address = /\]\(<?([^)>\s]+)>?[^)]*\)/u.exec(text)?.[1] ?? text
  if (address === text && !/^\S+\.(?:md|markdown|mdx)(?:#\S*)?$/i.test(text) && !/^\.{0,2}\//u.test(text))
    return undefined
  const local = localUrl(address)
  if (!local || local.path === '') return undefined
  const joined = local.path.startsWith('/')
    ? posix.normalize(local.path.slice(1))
    : posix.normalize(posix.join(posix.dirname(from), local.path))
  return joined.startsWith('..') ? undefined : joined
}

/** Each path once, in their order. */
export function unique(all: readonly Specification[]): readonly Specification[] {
  const byPath = new Map(all.map((one) => [one.path, one]))
  return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

const members = kept<ReadonlySet<Specification>>()

/** The same list where it has the others already. */
export function withMore(all: readonly Specification[], more: readonly Specification[]): readonly Specification[] {
  const known = members(all, () => new Set(all))
  return more.every((one) => known.has(one)) ? all : unique([...all, ...more])
}
