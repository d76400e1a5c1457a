import {type Check, type Database, doubt, isKnown, type Key, refusal, type Refusal, type Table} from './catalog.ts'
import type {CheckElement, Element, KeyElement} from './changes.ts'
import {columnEntry, constraintEntry, freeName, keyEntry, lacks} from './lookup.ts'
import {addReference} from './references.ts'

/** InnoDB has no more. */
const mostKeys = 64

export function addElement(database: Database, table: Table, element: Element): Table | Refusal {
  if (element.kind === 'key') return addKey(database, table, element)
  return element.kind === 'check' ? addCheck(database, table, element) : addReference(database, table, element)
}

function addKey(database: Database, table: Table, element: KeyElement): Table | Refusal {
  const {what, parts, ifNotExists} = element
  const name = what === 'primary' ? 'PRIMARY' : (element.name?.key ?? freeName(table, parts[0]?.column ?? ''))
  const entry = keyEntry(table.name, name)
  const refused = refusedPart(database, table, element, entry)
  if (refused) return refused
  const there = table.keys.find((key) => key.name === name)
  const isHidden = there?.implicit === true && what !== 'primary'
  if (there && !isHidden) {
    if (ifNotExists) return table
    if (isKnown(database, table, entry)) {
      if (what === 'primary') return refusal(1068, 'Multiple primary key defined', parts[0]?.at)
      return refusal(1061, `Duplicate key name "${name}"`, element.name)
    }
    doubt(database, entry)
  }
  if (table.keys.length >= mostKeys) return refusal(1069, `Too many keys specified; max ${mostKeys} keys allowed`)
  const own: Key = {name, kind: what, parts: parts.map(({column, text}) => ({column, text})), implicit: false}
  const columns =
    what === 'primary'
      ? table.columns.map((one) => (parts.some(({column}) => column === one.name) ? {...one, nullable: false} : one))
      : table.columns
  // A key that was made for a foreign key goes when another one can serve that.
  const kept = table.keys.filter(
    (key) =>
      key.name !== name && !(key.implicit && key.parts.every(({column}, at) => own.parts[at]?.column === column)),
  )
  return {...table, columns, keys: [...kept, own]}
}

function refusedPart(database: Database, table: Table, {parts, what}: KeyElement, entry: string): Refusal | undefined {
  for (const [index, {column, at}] of parts.entries()) {
    const found = table.columns.find((one) => one.name === column)
    const refused = found ? undefined : missingPart(database, table, column, at)
    if (refused) return refused
    if (column !== '' && parts.findIndex((one) => one.column === column) < index)
      return refusal(1060, `Duplicate column name "${at.text}"`, at)
    const isLong = found?.guessed === false && /(?:text|blob)$/u.test(found.type) && !/^(?:full|spat)/u.test(what)
    // MariaDB hashes what a unique key holds of a text, and cuts other keys.
    if (isLong && parts[index]?.text === column && database.settings.mariadb) doubt(database, entry)
    else if (isLong && parts[index]?.text === column)
      return refusal(1170, `BLOB/TEXT column "${at.text}" used in key specification without a key length`, at)
  }
  return undefined
}

function missingPart(
  database: Database,
  table: Table,
  column: string,
  at: KeyElement['parts'][number]['at'],
): Refusal | undefined {
  if (column === '') return undefined
  return lacks(database, table, columnEntry(table.name, column), () =>
    refusal(1072, `Key column "${at.text}" doesn't exist in table`, at),
  )
}

/** Words of an expression that name no column. */
const isKeyword =
  /^(?:and|or|not|null|is|in|like|between|true|false|xor|regexp|rlike|binary|div|mod|interval|unknown|escape|case|when|then|else|end|as|collate|using|char|signed|unsigned|integer|decimal|date|time|datetime|json|of|member|any|all|(?:micro)?second|minute|hour|day|week|month|quarter|year|\w+_\w+_ci|utf8\w*|_\w+|current_\w+|@.*)$/u

function addCheck(database: Database, table: Table, {name, text, words}: CheckElement): Table | Refusal {
  const own = name?.key ?? ''
  if (own !== '' && table.checks.some((check) => check.name === own)) {
    if (isKnown(database, table, constraintEntry(table.name, own)))
      return refusal(3822, `Duplicate check constraint name "${name?.text ?? own}"`, name)
    doubt(database, constraintEntry(table.name, own))
  }
  const columns = table.columns.map((column) => column.name).filter((column) => words.includes(column))
  const missing = words.find((word) => !columns.includes(word) && !isKeyword.test(word))
  if (missing !== undefined) {
    const refused = lacks(database, table, columnEntry(table.name, missing), () =>
      refusal(3820, `Check constraint "${own || text}" refers to non-existing column "${missing}"`, name),
    )
    if (refused) return refused
  }
  const check: Check = {name: own, text, columns}
  return {...table, checks: [...table.checks.filter((one) => own === '' || one.name !== own), check]}
}
