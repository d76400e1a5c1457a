import type {Name} from '../../sql/model.ts'
import type {Reader} from '../../sql/operations/reader.ts'
import type {CheckElement, Element, KeyElement, ReferenceElement} from './changes.ts'
import {textOf} from './text.ts'

/** Whether a key, a foreign key or a check begins here, and no column. */
export function isElement(reader: Reader): boolean {
  return (
    reader.is('CONSTRAINT|PRIMARY|FOREIGN') ||
    (reader.is('CHECK') && reader.token(1).text === '(') ||
    reader.is('UNIQUE|FULLTEXT|SPATIAL') ||
    (reader.is('KEY|INDEX') &&
      (reader.token(1).text === '(' || reader.token(2).text === '(' || reader.token(2).word === 'USING'))
  )
}

/** A part of a table that is no column; `undefined` for one that isn't known. */
export function elementOf(reader: Reader): Element | undefined {
  const isNamed = reader.take('CONSTRAINT')
  const symbol = isNamed && !reader.is('PRIMARY|UNIQUE|FOREIGN|CHECK') ? reader.name() : undefined
  if (reader.is('CHECK', '(')) return checkOf(reader, symbol)
  if (reader.take('FOREIGN', 'KEY')) {
    const ifNotExists = reader.takeIfExists()
    const index = reader.is('(') ? undefined : reader.name()
    const columns = namesOf(reader)
    const reference = columns && reader.is('REFERENCES') ? referenceOf(reader, symbol, columns, false) : undefined
    return reference && !ifNotExists ? {...reference, index} : undefined
  }
  return keyOf(reader, symbol)
}

const kinds: Readonly<Record<string, KeyElement['what']>> = {
  PRIMARY: 'primary',
  UNIQUE: 'unique',
  FULLTEXT: 'fulltext',
  SPATIAL: 'spatial',
}

/** `UNIQUE KEY name (a, b)`, as `ADD` and `CREATE TABLE` have it. */
function keyOf(reader: Reader, symbol: Name | undefined): KeyElement | undefined {
  const what = kinds[reader.token().word] ?? 'index'
  if (what !== 'index') reader.skip()
  const isIndex = reader.take('KEY|INDEX')
  if (what === 'index' && !isIndex) return undefined
  const ifNotExists = reader.takeIfExists()
  const own = reader.is('(') || reader.is('USING') ? undefined : reader.name()
  return partsOf(reader, what, own ?? symbol, ifNotExists)
}

/** The columns of a key and what follows them. */
export function partsOf(
  reader: Reader,
  what: KeyElement['what'],
  name: Name | undefined,
  ifNotExists: boolean,
): KeyElement | undefined {
  if (reader.take('USING')) reader.skip()
  if (!reader.is('(')) return undefined
  const parts = reader.list().map((part) => {
    const at = part.nameOf(part.index, part.index + 1)
    const isPlain = part.isName
    const text = textOf(part, part.index, part.end)
      .replace(/ asc$/u, '')
      .replace(/ desc$/u, ' DESC')
    const rest = isPlain ? text.slice(at.key.length) : ''
    return {column: isPlain && /^(?:\(\d+\))?(?: DESC)?$/u.test(rest) ? at.key : '', text, at}
  })
  while (!reader.done) {
    if (reader.take('USING') || reader.take('COMMENT') || reader.take('ALGORITHM|LOCK|KEY_BLOCK_SIZE')) {
      reader.take('=')
      reader.skip()
    } else if (reader.take('WITH', 'PARSER')) reader.skip()
    else if (!reader.take('VISIBLE|INVISIBLE|IGNORED')) return undefined
  }
  return {kind: 'key', what, name: what === 'primary' ? undefined : name, parts, ifNotExists}
}

/** Names in brackets; `undefined` for anything else. */
function namesOf(reader: Reader): readonly Name[] | undefined {
  if (!reader.is('(')) return undefined
  const names = reader.list().map((part) => (part.isName && part.end === part.index + 1 ? part.name() : undefined))
  const known = names.flatMap((name) => name ?? [])
  return known.length === names.length ? known : undefined
}

/** `REFERENCES table (a, b) ON DELETE CASCADE` */
export function referenceOf(
  reader: Reader,
  name: Name | undefined,
  columns: readonly Name[],
  inline: boolean,
): ReferenceElement | undefined {
  reader.take('REFERENCES')
  const table = reader.name()
  const target = reader.is('(') ? namesOf(reader) : []
  if (!table || !target) return undefined
  const rules = {DELETE: '', UPDATE: ''}
  for (;;) {
    if (reader.take('MATCH')) reader.skip()
    else if (reader.is('ON', 'DELETE|UPDATE')) {
      const event = reader.token(1).word as 'DELETE' | 'UPDATE'
      reader.skip(2)
      const from = reader.index
      if (!reader.take('CASCADE|RESTRICT') && !reader.take('NO', 'ACTION') && !reader.take('SET', 'NULL|DEFAULT'))
        return undefined
      rules[event] = textOf(reader, from, reader.index).toUpperCase()
    } else break
  }
  // What MySQL does when nothing is said is what it does for either of these words.
  const plain = (rule: string): string => (/^(?:RESTRICT|NO ACTION)$/u.test(rule) ? '' : rule)
  return {
    kind: 'reference',
    name,
    index: undefined,
    columns,
    table,
    target,
    onDelete: plain(rules.DELETE),
    onUpdate: plain(rules.UPDATE),
    inline,
  }
}

/** `CHECK (…)` */
export function checkOf(reader: Reader, name: Name | undefined): CheckElement {
  reader.take('CHECK')
  const from = reader.index
  reader.skipParentheses()
  const words = reader.source.tokens
    .slice(from, reader.index)
    .flatMap(({kind, text}, index, all) =>
      (kind === 'word' && all[index + 1]?.text !== '(') || (kind === 'quoted' && text.startsWith('`'))
        ? text.replaceAll('`', '').toLowerCase()
        : [],
    )
  const text = textOf(reader, from, reader.index)
  if (reader.take('NOT', 'ENFORCED')) return {kind: 'check', name, text: `${text} NOT ENFORCED`, words}
  reader.take('ENFORCED')
  return {kind: 'check', name, text, words}
}
