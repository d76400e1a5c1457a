import type {Change, Entry} from '../model.ts'

/** What has to be done to one catalog to get the other; what goes with a table that differs as a whole is left out. */
export function compare(before: readonly Entry[], after: readonly Entry[]): readonly Change[] {
  const [old, now] = [byName(before), byName(after)]
  const removed = before.filter((entry) => !now.has(keyOf(entry)))
  const added = after.filter((entry) => !old.has(keyOf(entry)))
  const renamed = pairs(removed, added)
  const changes: Change[] = [
    ...removed
      .filter((entry) => !renamed.has(entry))
      .map((entry): Change => ({how: 'removed', entry, now: '', slight: isSlight(entry)})),
    ...added
      .filter((entry) => ![...renamed.values()].includes(entry))
      .map((entry): Change => ({how: 'added', entry, now: '', slight: isSlight(entry)})),
    ...[...renamed].map(([entry, other]): Change => ({
      how: 'changed',
      entry,
      now: other.name,
      slight: isGenerated(entry) && isGenerated(other),
    })),
    ...after.flatMap((entry): readonly Change[] => {
      const earlier = old.get(keyOf(entry))
      if (!earlier || earlier.definition === entry.definition) return []
      return [{how: 'changed', entry: earlier, now: entry.definition, slight: entry.kind === 'column order'}]
    }),
  ]
  return withoutParts(changes)
}

function keyOf({kind, name}: Entry): string {
  return `${kind} ${name}`
}

function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [keyOf(entry), entry]))
}

/** The same constraint, index or sequence under another name. */
function pairs(removed: readonly Entry[], added: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const found = new Map<Entry, Entry>()
  const left = new Set(added.filter(({kind}) => nameable.test(kind)))
  for (const entry of removed) {
    if (!nameable.test(entry.kind)) continue
    const other = [...left].find(
      (one) => one.kind === entry.kind && one.table === entry.table && formOf(one) === formOf(entry),
    )
    if (!other) continue
    found.set(entry, other)
    left.delete(other)
  }
  return found
}

const nameable = /^(?:constraint|index|generated name)$/u

/** A definition without the name that it gives. */
function formOf({kind, definition}: Entry): string {
  return kind === 'index' ? definition.replace(/^(CREATE (?:UNIQUE )?INDEX) \S+/u, '$1') : definition
}

/** A name as PostgreSQL makes it: `orders_customer_id_fkey`, `orders_pkey1`. */
function isGenerated({kind, name}: Entry): boolean {
  return kind === 'generated name' || /_(?:p?key|fkey|check|excl|idx|seq)\d*$/u.test(name)
}

function isSlight({kind}: Entry): boolean {
  return kind === 'generated name' || kind === 'column order'
}

/** A table that came or went took all of it along; columns that came or went change their order. */
function withoutParts(changes: readonly Change[]): readonly Change[] {
  const whole = new Set(
    changes.flatMap(({how, entry}) => (how !== 'changed' && isTable(entry) ? [`${how} ${entry.name}`] : [])),
  )
  const columns = changes.filter(({how, entry}) => how !== 'changed' && entry.kind === 'column')
  const goesWith = ({how, entry}: Change): boolean =>
    /^(?:constraint|index|generated name|comment)$/u.test(entry.kind) &&
    columns.some(
      (column) =>
        column.how === how &&
        column.entry.table === entry.table &&
        `${entry.definition} ${entry.name}`.includes(column.entry.name.slice(entry.table.length + 1)),
    )
  return changes.filter((change) => {
    const {how, entry} = change
    if (isTable(entry)) return true
    if (how !== 'changed' && goesWith(change)) return false
    if (entry.table !== '' && how !== 'changed' && whole.has(`${how} ${entry.table}`)) return false
    return !(entry.kind === 'column order' && columns.some((column) => column.entry.table === entry.table))
  })
}

function isTable({kind}: Entry): boolean {
  return /^(?:(?:foreign )?table|(?:materialized )?view)$/u.test(kind)
}

/** A catalog as text, in an order that is the same on every machine. */
export function textOf(entries: readonly Entry[]): string {
  return entries
    .filter(({kind}) => kind !== 'column order')
    .map(
      ({kind, name, definition}) =>
        `${kind} ${name}${definition === '' ? '' : `: ${definition.replaceAll(/\s+/gu, ' ')}`}\n`,
    )
    .join('')
}
