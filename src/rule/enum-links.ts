/** Which lists of values mean the same: by name, by column, or because the document says so. */
import {remembered} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {columnForm} from './creations.ts'
import {meaningOf, placeOf as place} from './enum-meaning.ts'
import type {ValueList} from './enums.ts'
import {entityForm, ofKind, operationsOf} from './schema.ts'

type Lists = readonly ValueList[]

interface Links {
  /** Whether two lists mean the same values. */
  readonly isOne: (a: ValueList, b: ValueList) => boolean
  /** Under what a list is kept, and looked for: two that mean the same share a key. */
  readonly keysOf: (one: ValueList, way: 'kept' | 'asked') => readonly string[]
}

export function linksOf(lists: Lists, schema: SchemaFacts, document: SpecDocument): Links {
  const said = saidIn(lists, schema, document)
  const named = namedNear(lists, document)
  const meaning = meaningOf(lists, document)
  const formsAt = new Map<string, string[]>()
  for (const [form, places] of said) for (const at of places) formsAt.set(at, [...(formsAt.get(at) ?? []), form])
  const placesOf = new Map<string, Set<string>>()
  for (const {column} of lists) if (column) add(placesOf, formOf(column.name), place(column))

  const means = (one: ValueList, {column, constraint}: ValueList): boolean => {
    const {name, start} = one
    if (!name || !column) return false
    const {places, isSaid} = meaning(one)
    if (isSaid) return places.has(place(column))
    const own = said.get(formOf(name))
    if (own) return own.has(place(column))
    if (constraint && named(constraint).some((near) => near.start === start)) return true
    const form = formOf(name)
    if (form === entityForm(column.table) + columnForm(column.name)) return true
    if (form === entityForm(column.table) + formOf(column.name)) return true
    // A bare `Status` means the one column of that name.
    if (formOf(column.name) === form && placesOf.get(form)?.size === 1) return true
    return places.has(place(column))
  }
  /** The names that a column may be meant by. */
  const formsOf = ({column, constraint}: ValueList): readonly string[] =>
    column
      ? [
          ...(formsAt.get(place(column)) ?? []),
          ...(constraint ? named(constraint).flatMap(({name}) => (name ? formOf(name) : [])) : []),
          entityForm(column.table) + columnForm(column.name),
          entityForm(column.table) + formOf(column.name),
          formOf(column.name),
        ]
      : []
  return {
    isOne: (a, b) => {
      if (a.column && b.column) return place(a.column) === place(b.column)
      if (a.name && b.name) return formOf(a.name) === formOf(b.name)
      return a.name ? means(a, b) : means(b, a)
    },
    keysOf: (one, way) => {
      const [toNames, toColumns] = way === 'kept' ? ['column', 'name'] : ['name', 'column']
      const own = one.name ? formOf(one.name) : undefined
      return [
        ...(one.column ? [`place ${place(one.column)}`] : []),
        ...(own === undefined ? [] : [`same ${own}`, `${toColumns} ${own}`]),
        ...formsOf(one).map((form) => `${toNames} ${form}`),
        ...[...meaning(one).places].map((at) => `place ${at}`),
      ]
    },
  }
}

/** `movementkind` to the columns that are said to have it, as `stockmovement.kind`. */
function saidIn(lists: Lists, schema: SchemaFacts, {source}: SpecDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const said = new Map<string, Set<string>>()
  const names = new Map<string, Name[]>()
  for (const {name} of lists) {
    const same = name && names.get(lastPart(name))
    if (same) same.push(name)
    else if (name) names.set(lastPart(name), [name])
  }
  const tables = [
    ...schema.tables,
    ...schema.models.tables.map(({name, table, columns}) => ({name: table ?? name, columns})),
    ...ofKind(operationsOf(schema), 'create-table').map(({table, columns}) => ({name: table, columns})),
  ]
  if (names.size === 0) return said
  for (const {name, columns} of tables)
    for (const column of columns) {
      for (const one of wordsIn(source.slice(column)).flatMap((word) => names.get(word) ?? []))
        if (one.key !== column.name.key) add(said, formOf(one), place({table: name, name: column.name}))
    }
  return said
}

/** Each word once, in lower case. */
const wordsIn = remembered((text) => [...new Set(text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu))])

/** Among more of them, a constraint that is named beside them tells nothing. */
const mostNear = 50

/** The lists with a name in whose section a constraint is named, which may be the one that it is about. */
function namedNear(lists: Lists, {sections, source}: SpecDocument): (constraint: Name) => Lists {
  const besides = ({start, end}: ValueList): string =>
    source.slice({start: source.lineSpan(source.lineOf(start)).start, end})
  const inSections = new Map<(typeof sections)[number], ValueList[]>()
  const own = sections.filter(({body}) => body.end > body.start)
  for (const one of lists) {
    const section = one.name && own.findLast(({body}) => body.start <= one.start && one.start < body.end)
    const there = section && inSections.get(section)
    if (there && there.length < mostNear) there.push(one)
    else if (section && !there) inSections.set(section, [one])
  }
  const texts = [...inSections].map(([{body}, there]) => {
    const text = source.slice(body)
    return {text, there, words: wordSet(text)}
  })
  const near = (text: string): Lists => {
    const isWord = /^[\p{L}\p{N}_]+$/u.test(text)
    return texts.flatMap((one) => {
      if (!(isWord ? one.words.has(text) : one.text.includes(text))) return []
      // A list of constraints names each beside its values.
      const beside = one.there.filter((list) => besides(list).includes(text))
      return beside.length > 0 ? beside : one.there
    })
  }
  const known = new Map<string, Lists>()
  return ({text}) => {
    const found = known.get(text) ?? near(text)
    known.set(text, found)
    return found
  }
}

const wordSet = remembered((text): ReadonlySet<string> => new Set(text.match(/[\p{L}\p{N}_]+/gu)))

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

/** `OrderStatuses`, `access.order_status` and `OrderStatusEnum` are one. */
function formOf({key}: Name): string {
  const form = entityForm({key: key.toLowerCase().replace(/statuses$/u, 'status')}).replace(
    /(?:enum|value|option|choice)$/u,
    '',
  )
  return entityForm({key: form})
}
