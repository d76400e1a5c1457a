import {kept} from '../document/remembered.ts'
import type {Span, SpecDocument, Text} from '../document/types.ts'
import type {Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {forwardOperations, scriptOperations} from './keys.ts'
import {linksOf} from './enum-links.ts'
import {saidLookups} from './lookup-values.ts'
import {formerValues, valuesInSql} from './sql-values.ts'

/** A list of the values that something may have, wherever it stands. */
export interface ValueList extends Span {
  /** Name of the enum; `undefined` for a list of a column. */
  readonly name: Name | undefined
  readonly column: {readonly table: Name; readonly name: Name} | undefined
  readonly values: readonly Text[]
  /** `CHECK`, `CREATE TYPE`, `MovementKind`. */
  readonly what: string
  readonly from: 'document' | 'check' | 'type' | 'code' | 'prose'
  /** Name of the constraint, by which a text may mean it. */
  readonly constraint: Name | undefined
  /** Of a programming language that nobody stores by itself: compared only with what the database has. */
  readonly program?: boolean
}

const grouped = kept<readonly (readonly ValueList[])[]>()

/** Lists that mean the same values, each group in the order of the text. */
export function enumGroups(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly (readonly ValueList[])[] {
  return grouped(schema, () => [
    ...groupsIn(enumLists(schema, document, type), schema, document),
    ...formerValues(schema, document, forwardOperations(schema, type)),
    ...saidLookups(document, forwardOperations(schema, type)),
  ])
}

function groupsIn(
  lists: readonly ValueList[],
  schema: SchemaFacts,
  document: SpecDocument,
): readonly (readonly ValueList[])[] {
  const groups: ValueList[][] = []
  const byKey = new Map<string, Set<number>>()
  const links = linksOf(lists, schema, document)
  for (const one of lists) {
    const asked = links.keysOf(one, 'asked').flatMap((key) => [...(byKey.get(key) ?? [])])
    const found = [...new Set(asked)].filter((at) => groups[at]?.some((other) => links.isOne(one, other)))
    const [first = groups.length, ...more] = found
    // Two columns may have one enum, where their own lists are the same.
    if (more.length > 0 && !agree(found.flatMap((at) => groups[at] ?? []))) continue
    groups[first] = [...found.flatMap((at) => groups[at] ?? []), one]
    for (const at of more) groups[at] = []
    if (more.length > 0)
      for (const places of byKey.values()) if (more.some((at) => places.delete(at))) places.add(first)
    for (const key of links.keysOf(one, 'kept')) byKey.set(key, (byKey.get(key) ?? new Set()).add(first))
  }
  return groups.filter(
    (group) =>
      group.length > 1 &&
      group.some(({values}) => values.length > 1) &&
      (!group.some(({program}) => program) || group.some(({from}) => from === 'check' || from === 'type')),
  )
}

/** Columns whose lists have the same values. */
function agree(lists: readonly ValueList[]): boolean {
  const forms = lists.map(({values}) => [...new Set(values.map(({text}) => text))].toSorted().join('\n'))
  return lists.every(({column}) => column) && new Set(forms).size === 1
}

const known = kept<readonly ValueList[]>()

/** All lists of values, in the order of the text. */
export function enumLists(schema: SchemaFacts, document: SpecDocument, type: BoundDocument): readonly ValueList[] {
  return known(schema, () => listsIn(schema, document, type))
}

function listsIn(schema: SchemaFacts, document: SpecDocument, type: BoundDocument): readonly ValueList[] {
  return [
    ...documented(schema, document),
    ...valuesInSql(forwardOperations(schema, type)),
    ...valuesInSql(scriptOperations(schema)),
  ]
    .filter(
      ({values, start, end}) =>
        values.length > 0 &&
        !/\{\{|\.{3}|…|\[(?!["'\s])\w/u.test(document.text.slice(start, end).replaceAll(/=\s*\[[^[\]]*\]/gu, '')),
    )
    .toSorted((a, b) => a.start - b.start)
}

/** Values that are added, gone or examples; a new table has all of its own. */
const partial =
  /\b(?:new|added|additional)\b(?! (?:ent|(?:tables?|models?|columns?|fields?)\b|enum(?:eration)?(?:s|\s+types?)?\b(?!\s+values?)))|\b(?:extended|removed|legacy|old|deprecated|example)\b(?! ent)/i

function documented({enums, models}: SchemaFacts, document: SpecDocument): readonly ValueList[] {
  return [...enums, ...models.enums]
    .filter(({name, section}) => {
      const title = section.heading?.title.text ?? ''
      return !name.hole && !partial.test(title)
    })
    .map(({name, values, table, source, start, end}): ValueList => ({
      start,
      end,
      name: table ? undefined : name,
      column: table ? {table, name} : undefined,
      values,
      what: table ? `${document.source.slice(table)}.${name.text}` : name.text,
      from:
        source === 'python' || source === 'prisma' || source === 'typescript' || source === 'program'
          ? 'code'
          : source === 'prose'
            ? 'prose'
            : 'document',
      constraint: undefined,
      program: source === 'program',
    }))
}
