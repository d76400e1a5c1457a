import {
  askedKeys,
  findSharing,
  nameKeys,
  defineRule,
  forwardOperations,
  type IndexKey,
  type IndexShape,
  indexShapes,
  lastPart,
  ofKind,
  related,
  sameName,
} from 'spec-lint/rule'

export default defineRule({
  id: 'index-redundant',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No index begins another one, or repeats a key.',
    why: 'The longer index serves whatever the shorter one does; the shorter one only costs each write and its disk.',
    remedy: 'Drop the shorter index. A primary or unique key already comes with an index of its own.',
    exceptions:
      'Unique and partial indexes, those that the document drops, those of other methods, operator classes, collations or directions, and those that include other columns.',
  },
  options: {},
  messages: {
    repeated: {
      reason: 'Index `{index}` repeats {other}: both hold `{columns}`',
      note: 'Drop `{index}`.',
    },
    contained: {
      reason: 'Index `{index}` on `{columns}` only begins {other}, which serves the same queries',
      note: 'Drop `{index}`.',
    },
  },
  check({type, schema, report}) {
    const all = indexShapes(schema, type).filter(
      ({keys, predicate, table}) => keys.length > 0 && predicate === undefined && !table.hole,
    )
    const dropped = new Set(ofKind(forwardOperations(schema, type), 'drop-index').map(({name}) => lastPart(name)))
    const own = all.filter(
      ({origin, statement, name}) =>
        origin === 'index' && statement !== undefined && !(name && dropped.has(lastPart(name))),
    )
    const places = new Map(own.map((one, place) => [one, place]))
    for (const [place, index] of own.entries()) {
      if (index.unique || index.name === undefined || index.name.hole) continue
      const other = findSharing(
        all,
        beginnings,
        wholeOf(index),
        (one) =>
          one !== index &&
          one.origin !== 'foreign' &&
          !isSame(one, index) &&
          covers(one, index) &&
          // Of two equal indexes the later one is too many.
          (one.keys.length > index.keys.length ||
            one.origin !== 'index' ||
            one.unique ||
            (places.get(one) ?? -1) < place) &&
          (one.statement !== undefined || one.keys.length > index.keys.length || one.origin !== 'index'),
      )
      if (other === undefined) continue
      const words = {index: index.name.text, other: nameOf(other), columns: index.keys.map(({text}) => text).join(', ')}
      const isEqual = other.keys.length === index.keys.length
      const extra = related(other, 'The other index')
      if (isEqual) report.repeated(index.name, words, extra)
      else report.contained(index.name, words, extra)
    }
  },
})

/** More columns than an index may have in any of the databases. */
const mostKeys = 64

/** All that an index begins with, and so may cover. */
function beginnings({table, keys}: IndexShape): readonly string[] {
  const forms = keys.slice(0, mostKeys).map((_, index) => formsOf(keys.slice(0, index + 1)))
  return nameKeys(table).flatMap((name) => forms.map((form) => `${name} ${form}`))
}

function wholeOf({table, keys}: IndexShape): readonly string[] {
  return askedKeys(table).map((name) => `${name} ${formsOf(keys.slice(0, mostKeys))}`)
}

function formsOf(keys: readonly IndexKey[]): string {
  return JSON.stringify(keys.map(({form}) => form))
}

/** The same index, told twice: in the schema and in the migration, in a statement and in a list. */
function isSame(a: IndexShape, b: IndexShape): boolean {
  return a.name !== undefined && b.name !== undefined && sameName(a.name, b.name)
}

function covers(longer: IndexShape, shorter: IndexShape): boolean {
  return (
    sameName(longer.table, shorter.table) &&
    longer.method === shorter.method &&
    (shorter.method === undefined || longer.keys.length === shorter.keys.length) &&
    shorter.keys.length <= longer.keys.length &&
    shorter.include.every((column) => longer.include.includes(column)) &&
    (sameKeys(longer.keys, shorter.keys, false) || sameKeys(longer.keys, shorter.keys, true))
  )
}

/** `turned`: the index is read backwards. */
function sameKeys(longer: readonly IndexKey[], shorter: readonly IndexKey[], turned: boolean): boolean {
  return shorter.every(({form, variant, descending}, index) => {
    const key = longer[index]
    return (
      key !== undefined && key.form === form && key.variant === variant && key.descending !== (descending === turned)
    )
  })
}

function nameOf({name, origin, keys}: IndexShape): string {
  const columns = keys.map(({text}) => text).join(', ')
  if (origin === 'index') return name ? `\`${name.text}\`` : `the index on \`${columns}\``
  return `the ${origin} key on \`${columns}\``
}
