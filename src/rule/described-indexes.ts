/** Indexes and unique constraints that the words give other columns than the SQL, under the same name. */
import {keptIn} from '../document/remembered.ts'
import {linesOf} from '../sql/documented/lines.ts'
import type {DocumentedIndex} from '../sql/documented/model.ts'
import {group, nameOf, pieces, spanOf, type Stretch, unquoted} from '../sql/documented/stretch.ts'
import {lastPart} from '../sql/implicit.ts'
import type {IndexFact, Name, Operation} from '../sql/model.ts'
import {constraintsOf} from '../sql/parts.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {forwardOperations} from './keys.ts'
import {called, ofKind, ofTable} from './schema.ts'

/** An index of a list that the SQL has under the same name, on other columns or without being unique. */
export interface DescribedIndexFault {
  readonly index: DocumentedIndex
  readonly actual: IndexFact
}

export function indexesThatDiffer(schema: SchemaFacts, type: BoundDocument): readonly DescribedIndexFault[] {
  // A document of tables has them in its list and in the migration, which are compared with each other.
  if (type.withRole('tables').length > 0) return []
  const operations = forwardOperations(schema, type)
  const made = indexesMade(operations)
  const read = new Set(schema.indexes.flatMap(({name, columns}) => (name && columns.length > 0 ? [name.key] : [])))
  const described = [...schema.indexes, ...inLines(schema, operations).filter(({name}) => name && !read.has(name.key))]
  return described.flatMap((index) => {
    const {name, columns} = index
    const isOpen = columns.length === 0 || columns.some(({key, hole}) => key === '' || hole)
    if (!name || name.hole || isOpen) return []
    const same = called(made, indexName, name)
    const [actual] = same
    const isOther =
      actual !== undefined &&
      same.every((one) => one.columns.every(({key}) => key !== '') && wordsOf(one) !== wordsOf(index))
    const isLess = actual !== undefined && index.unique && same.every(({unique}) => !unique)
    return isOther || isLess ? [{index, actual}] : []
  })
}

function wordsOf({columns}: {readonly columns: readonly Name[]}): string {
  return columns.map(({key}) => key.toLowerCase()).join()
}

function indexName({name}: IndexFact): Name | undefined {
  return name
}

/** Those of the migration, and the unique constraints that have a name. */
function indexesMade(operations: readonly Operation[]): readonly IndexFact[] {
  return [
    ...ofKind(operations, 'create-index').map(({index}) => index),
    ...operations.flatMap((one) => {
      const table = tableOf(one)
      return constraintsOf(one).flatMap((each): readonly IndexFact[] =>
        table && each.kind === 'unique' && each.name
          ? [{...each, kind: 'index', table, unique: true, partial: false, concurrently: false}]
          : [],
      )
    }),
  ]
}

const known = keptIn<readonly DocumentedIndex[]>()

/** Items that name one index of the SQL, and behind it nothing but columns of its table: "**ix_a** – t (a, b)", "`ix_a`: t.a, b". */
function inLines(schema: SchemaFacts, operations: readonly Operation[]): readonly DocumentedIndex[] {
  return known(schema, operations, () => {
    const names = new Map(
      indexesMade(operations).flatMap((one) => (one.name ? [[lastPart(one.name).toLowerCase(), one]] : [])),
    )
    return names.size === 0
      ? []
      : linesOf(schema.document).flatMap(({stretch, section}): readonly DocumentedIndex[] => {
          const [, first = '', second = ''] = begins.exec(stretch.text) ?? []
          const match =
            names.has(first.toLowerCase()) || names.has(second.toLowerCase()) ? named.exec(stretch.text) : null
          const written = match ? group(stretch, match, 1) : undefined
          const made = written && names.get(written.text.toLowerCase())
          const list = match ? (group(stretch, match, 2) ?? group(stretch, match, 3)) : undefined
          if (!written || !made || !list) return []
          const columns = pieces(list, /^,/u).map((one) => nameOf(lastOfPath(unquoted(one))))
          if (!columns.every((one) => isColumn(one, made.table, operations))) return []
          const {table} = made
          const span = {start: written.at(0), end: spanOf(list).end}
          return [
            {
              kind: 'documentedIndex',
              what: 'index',
              ...span,
              name: nameOf(written),
              table,
              columns,
              unique: false,
              partial: false,
              section,
            },
          ]
        })
  })
}

/** The first words of a line, of which one is the name. */
const begins = /^[*`"]{0,4}(\w{1,63})(?:[*`"]{0,4}\s{0,3}[:–—-]\s{1,3}[*`"]{0,4}(\w{1,63}))?/u

const word = String.raw`[\x60"]{0,2}\w{1,63}[\x60"]{0,2}`
const path = String.raw`(?:${word}\.)?${word}`
const named = new RegExp(
  String.raw`^(?:${word}\s{0,3}[:–—-]\s{1,3})?[*\x60"]{0,4}(\w{1,63})[*\x60"]{0,4}[^(;.\n]{0,80}?(?:\([\x60\s]{0,3}(${path}(?:\s?,\s?${path}){0,15})[\x60\s]{0,3}\)|[:–—-]\s{1,3}(${word}\.${word}(?:\s?,\s?${path}){0,15}))`,
  'du',
)

/** `code` of `carriers.code`. */
function lastOfPath(whole: Stretch): Stretch {
  const dot = whole.text.lastIndexOf('.')
  return dot < 0 ? whole : {text: whole.text.slice(dot + 1), at: (index) => whole.at(index + dot + 1)}
}

function isColumn(column: Name, table: Name, operations: readonly Operation[]): boolean {
  return ofTable(operations, table).some((one) => {
    if (one.kind === 'create-table') return one.columns.some(({name}) => name.key === column.key)
    return one.kind === 'add-column' && one.column.name.key === column.key
  })
}
