import {relative} from 'node:path'
import {posix, projectRoot, readTextFile} from '../config/files.ts'
import {isWithin} from '../document/places.ts'
import type {SpecDocument} from '../document/types.ts'
import {specificationOf} from '../lint/specification.ts'
import {isNamedBeside, mayMean} from '../rule/related.ts'
import type {BoundId, BoundIds, CoverSpec, Specification} from '../rule/types.ts'
import {filesMatching} from './discover.ts'
import {type Citation, citationsIn} from './citations.ts'
import type {RunOptions} from './options.ts'
import type {Readied} from './read.ts'

/** Which requirement is named where: the matrix that a reviewer asks for. */
export interface Trace {
  /** What names requirements by the types of the documents, in the order of the columns: "use case". */
  readonly sources: readonly string[]
  /** Tests were looked at. */
  readonly tests: boolean
  readonly documents: readonly TracedDocument[]
  /** Identifiers in tests that no document defines. */
  readonly unknown: readonly Place[]
  /** Identifiers in tests that several documents define, without a word of which is meant. */
  readonly ambiguous: readonly (Place & {readonly paths: readonly string[]})[]
}

interface Place {
  readonly id: string
  readonly path: string
  readonly line: number
}

export interface TracedDocument {
  readonly path: string
  readonly type: string
  readonly title: string
  readonly status: string | undefined
  readonly rows: readonly TraceRow[]
}

export interface TraceRow {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly line: number
  /** By source, then `test` and `document`. */
  readonly named: ReadonlyMap<string, readonly TraceCell[]>
  /** Sources of which one at least would have to name it, and none does. */
  readonly gaps: readonly string[]
  /** The kind has no such source. */
  readonly asks: ReadonlySet<string>
}

export interface TraceCell {
  /** An identifier, or the text of the criterion. */
  readonly text: string
  readonly path: string
  readonly line: number
}

export const testColumn = 'test'
export const documentColumn = 'other document'

/** The matrix over the documents of a run and, where there are patterns, the tests that they name. */
export function traceOf(ready: readonly Readied[], patterns: readonly string[], options: RunOptions): Trace {
  const traced = ready.filter(({prepared}) => prepared.type.ids.some(({definitions}) => definitions.length > 0))
  const owners = ownersOf(traced)
  const citations = patterns.length === 0 ? [] : readTests(patterns, traced, options)
  const tests = citations.map((citation) => ({citation, owner: ownerOf(citation, owners)}))
  const others = mentionsBetween(ready, owners)
  const sources = [
    ...new Set(
      traced.flatMap(({prepared}) => prepared.type.type.ids.flatMap(({coveredBy}) => coveredBy.map(({name}) => name))),
    ),
  ]
  return {
    sources,
    tests: patterns.length > 0,
    documents: traced.map((one) => documentOf(one, [...tests, ...others], patterns.length > 0)),
    unknown: tests.flatMap(({citation, owner}) => (owner.kind === 'unknown' ? [placeOf(citation)] : [])),
    ambiguous: tests.flatMap(({citation, owner}) =>
      owner.kind === 'ambiguous' ? [{...placeOf(citation), paths: owner.paths}] : [],
    ),
  }
}

function placeOf({id, path, line}: Citation): Place {
  return {id, path, line}
}

interface Owner {
  readonly specification: Specification
  readonly name: string
}

type Owned =
  | {readonly kind: 'owned'; readonly name: string}
  | {readonly kind: 'unknown'}
  | {readonly kind: 'ambiguous'; readonly paths: readonly string[]}

/** Who defines each identifier. */
function ownersOf(ready: readonly Readied[]): ReadonlyMap<string, readonly Owner[]> {
  const owners = new Map<string, Owner[]>()
  for (const {prepared, name} of ready) {
    const specification = specificationOf(prepared, name)
    for (const id of specification.ids) owners.set(id, [...(owners.get(id) ?? []), {specification, name}])
  }
  return owners
}

/** The document that a citation means: the only one that defines it, or the one that is named beside it. */
function ownerOf({id, context}: Citation, owners: ReadonlyMap<string, readonly Owner[]>): Owned {
  const found = owners.get(id) ?? []
  const [only] = found
  if (!only) return {kind: 'unknown'}
  if (found.length === 1) return {kind: 'owned', name: only.name}
  const named = found.filter(({specification, name}) => {
    const file = name.split('/').at(-1) ?? name
    return context.includes(file) || (specification.identity !== undefined && context.includes(specification.identity))
  })
  return named.length === 1 && named[0]
    ? {kind: 'owned', name: named[0].name}
    : {kind: 'ambiguous', paths: found.map(({name}) => name)}
}

interface Attributed {
  readonly citation: Citation
  readonly owner: Owned
}

function readTests(patterns: readonly string[], traced: readonly Readied[], options: RunOptions): readonly Citation[] {
  const specs = unique(traced.flatMap(({prepared}) => prepared.type.type.ids))
  const files = new Set(patterns.flatMap((pattern) => filesMatching(pattern, options)))
  return [...files].flatMap((file) => {
    const read = readTextFile(file, projectRoot(file, options.cwd))
    // A binary file or one that is too large names nothing.
    return 'problem' in read ? [] : citationsIn(read.text, posix(relative(options.cwd, file)), specs)
  })
}

function unique<T extends {readonly form: string}>(specs: readonly T[]): readonly T[] {
  return [...new Map(specs.map((spec) => [spec.form, spec])).values()]
}

/** Where documents name identifiers of others. */
function mentionsBetween(
  ready: readonly Readied[],
  owners: ReadonlyMap<string, readonly Owner[]>,
): readonly Attributed[] {
  return ready.flatMap(({prepared: {document, type}, name}) => {
    const own = type.ids.flatMap(({definitions}) => definitions.map(({item}) => item.id))
    return document.mentions.flatMap((mention): readonly Attributed[] => {
      const isOwn = own.includes(mention.id)
      const meant = (owners.get(mention.id) ?? []).filter(
        ({name: other, specification}) =>
          other !== name &&
          (isOwn ? isNamedBeside(mention, document, specification) : mayMean(mention, document, own, specification)),
      )
      return meant.map((owner) => ({
        citation: {
          id: mention.id,
          path: name,
          line: document.source.lineOf(mention.start),
          text: '',
          context: '',
          kind: documentColumn,
        },
        owner: {kind: 'owned', name: owner.name},
      }))
    })
  })
}

function documentOf({prepared, name}: Readied, cited: readonly Attributed[], withTests: boolean): TracedDocument {
  const {document, type} = prepared
  const mine = cited.flatMap(({citation, owner}) => (owner.kind === 'owned' && owner.name === name ? [citation] : []))
  return {
    path: name,
    type: type.type.name,
    title: document.title?.text ?? name,
    status: type.status?.value.text,
    rows: type.ids.flatMap((ids) => {
      const seen = new Set<string>()
      return ids.definitions.flatMap((one) => {
        if (seen.has(one.item.id)) return []
        seen.add(one.item.id)
        return [rowOf(one, ids, mine, {document, name, withTests})]
      })
    }),
  }
}

interface Surroundings {
  readonly document: SpecDocument
  readonly name: string
  readonly withTests: boolean
}

function rowOf(
  {item, coveredBy}: BoundId,
  {spec}: BoundIds,
  citations: readonly Citation[],
  {document, name, withTests}: Surroundings,
): TraceRow {
  const named = new Map<string, readonly TraceCell[]>()
  for (const {name: source} of spec.coveredBy) {
    const covers = coveredBy.filter((cover) => cover.spec.name === source)
    named.set(
      source,
      covers.map((cover) => ({
        text: cover.by ?? criterionAt(cover.at.start, document),
        path: name,
        line: document.source.lineOf(cover.at.start),
      })),
    )
  }
  const own = citations.filter(({id}) => id === item.id)
  for (const kind of [...(withTests ? [testColumn] : []), documentColumn])
    named.set(
      kind,
      own.filter((citation) => citation.kind === kind).map(({text, path, line}) => ({text, path, line})),
    )
  const covered = coveredBy.length > 0 || spec.coveredBy.length === 0
  const untested = withTests && (named.get(testColumn) ?? []).length === 0
  return {
    id: item.id,
    kind: spec.name,
    title: item.title.text,
    line: document.source.lineOf(item.idSpan.start),
    named,
    gaps: [
      ...(covered ? [] : spec.coveredBy.map((source: CoverSpec) => source.name)),
      ...(untested ? [testColumn] : []),
    ],
    asks: new Set([...spec.coveredBy.map((source) => source.name), ...(withTests ? [testColumn] : [])]),
  }
}

/** The list item or paragraph at an offset, in the words of the document. */
function criterionAt(offset: number, {lists, source}: SpecDocument): string {
  const item = lists.flatMap(({items}) => items).find(({textSpan}) => isWithin(offset, textSpan))
  return item?.text ?? source.slice(source.lineSpan(source.lineOf(offset))).trim()
}
