import type {Change, Entry} from '../model.ts'
import type {Column, Database, Key, Table} from './catalog.ts'

/** All that a modelled database has, as engines tell it of theirs. */
export function entriesOf({tables, things}: Database): readonly Entry[] {
  return [
    ...[...tables.values()].flatMap(tableEntries),
    ...[...things.values()].map(({kind, name, table, definition}) => ({kind, name, table, definition})),
  ]
}

function tableEntries(table: Table): readonly Entry[] {
  const {name, columns, keys, foreign, checks, engine} = table
  const part = (kind: string, own: string, definition: string): Entry => ({
    kind,
    name: `${name}.${own}`,
    table: name,
    definition,
  })
  return [
    {kind: 'table', name, table: '', definition: engine === 'innodb' ? '' : `ENGINE = ${engine}`},
    {kind: 'column order', name, table: name, definition: columns.map((column) => column.name).join(', ')},
    ...columns.map((column) => part('column', column.name, definitionOf(column))),
    ...keys.map((key) => part(key.kind === 'primary' ? 'constraint' : 'index', key.name, keyText(key))),
    ...foreign.map((key) =>
      part(
        'constraint',
        key.name,
        `FOREIGN KEY (${key.columns.join(', ')}) REFERENCES ${key.table} (${key.target.join(', ')})${key.onDelete && ` ON DELETE ${key.onDelete}`}${key.onUpdate && ` ON UPDATE ${key.onUpdate}`}`,
      ),
    ),
    ...checks.map((check) => part('constraint', check.name || check.text, `CHECK ${check.text}`)),
  ]
}

const words: Readonly<Record<Key['kind'], string>> = {
  primary: 'PRIMARY KEY',
  unique: 'UNIQUE KEY',
  index: 'KEY',
  fulltext: 'FULLTEXT KEY',
  spatial: 'SPATIAL KEY',
}

function keyText({kind, parts}: Key): string {
  return `${words[kind]} (${parts.map(({text}) => text).join(', ')})`
}

/** `''` for a column that is there, and nobody knows as what. */
function definitionOf({guessed, type, nullable, value, auto, onUpdate, generated, charset, collation}: Column): string {
  if (guessed) return ''
  return [
    type,
    charset && `CHARACTER SET ${charset}`,
    collation && `COLLATE ${collation}`,
    nullable ? '' : 'NOT NULL',
    value && `DEFAULT ${value}`,
    auto ? 'AUTO_INCREMENT' : '',
    onUpdate && `ON UPDATE ${onUpdate}`,
    generated && `GENERATED ALWAYS AS ${generated}`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The differences of which the model is sure, of two states. */
export function sureChanges(
  changes: readonly Change[],
  doubts: ReadonlySet<string>,
  implicit: ReadonlySet<string>,
): readonly Change[] {
  if (doubts.has('all')) return []
  return changes.flatMap((change): readonly Change[] => {
    const {entry, how, now} = change
    const isDoubted =
      doubts.has(`${entry.kind} ${entry.name}`) ||
      doubts.has(`table ${entry.table === '' ? entry.name : entry.table}`) ||
      (how === 'changed' && doubts.has(`${entry.kind} ${now}`))
    if (isDoubted) return []
    if (how === 'changed' && entry.kind === 'column' && (entry.definition === '' || now === '')) return []
    // What nothing says is what the server is set to: it may be the same.
    if (how === 'changed' && entry.kind === 'column' && isSameBut(entry.definition, now)) return []
    // An index that MySQL made for a foreign key stays when that goes, and hurts nobody.
    const isLeft = entry.kind === 'index' && implicit.has(entry.name)
    return [isLeft ? {...change, slight: true} : change]
  })
}

/** The same but for a character set that one of them doesn't say. */
function isSameBut(a: string, b: string): boolean {
  const without = (text: string): string => text.replaceAll(/ (?:CHARACTER SET|COLLATE) \S+/gu, '')
  const said = (text: string, word: string): string => new RegExp(`${word} (\\S+)`, 'u').exec(text)?.[1] ?? ''
  return (
    without(a) === without(b) &&
    ['CHARACTER SET', 'COLLATE'].every((word) => {
      const [x, y] = [said(a, word), said(b, word)]
      return x === '' || y === '' || x === y
    })
  )
}
