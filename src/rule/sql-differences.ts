import {isWithin} from '../document/places.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import {once} from '../document/remembered.ts'
import {code} from '../document/words.ts'
import {type Lack, lacking} from '../sql/covers.ts'
import type {Name, Operation} from '../sql/model.ts'
import {columnsNeeded} from '../sql/needed.ts'
import {lastPart} from '../sql/implicit.ts'
import {sharing} from '../sql/named.ts'
import {typeKeys} from '../sql/order.ts'
import {constraintsOf} from '../sql/parts.ts'
import {hasTable} from '../sql/same-object.ts'
import {isUndone} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {spokenDrops} from '../sql/speech/index.ts'
import {isSaidIndexed} from './documented-extras.ts'
import {typesLeft} from './documented-lacks.ts'
import {migrationFix} from './half-fixes.ts'
import {type Halves, hasName, isDdl, isOpen, wordsIn} from './halves.ts'
import {isMade, withoutParts} from './lacks.ts'
import {wordsBesideSql} from './listed-contents.ts'
import {isSaidOf, isSaidTable, rollbackSpeech} from './plans.ts'
import {called, entityOf, itsName, nameOf, ofKind, ofTable, roleAt, sameName} from './schema.ts'
import {toldTables} from './told-schema.ts'
import {declaredInWords} from './told-operations.ts'
import type {Difference, Facts, Found} from './schema-differences.ts'
import {isContinued} from './continued.ts'
import {isThere} from './present.ts'
import {unreadIn} from './unread.ts'
import {wordsOutside} from './words-outside.ts'

/** The statements of the schema and those of the migration. */
export function compareSql({document, type, schema}: Facts, halves: Halves, homes: readonly Section[]): Found {
  const {declared, up} = halves
  const unread = unreadIn(type.withRole('migration'), document, schema)
  const unreadHere = unreadIn(homes, document, schema)
  // What an index supports is a query, and no word on a column.
  const said = [...homes.map((home) => wordsIn(document, home).replaceAll(query, '')), unreadHere].join('\n')
  const unmarked = document.codes.filter(
    ({start, language}) => !language && homes.some((home) => isWithin(start, home)),
  )
  const maybeMade = [unreadHere, ...unmarked.map(({value}) => value)].join('\n')
  const fresh = droppedTables(document, halves, declared)
  const asked = isContinued(declared, up)
    ? []
    : declared.filter((one) => isDdl(one) && !isOpen(one) && !(one.kind === 'create-table' && isThere(one.statement)))
  const left = lacking(asked, up, fresh)
  const speech = wordsBesideSql({document, type, schema}, halves, left.length * 4 <= asked.length)
  const lacks = left.filter((one) => !isSaidOf(one, speech) && !one.names.some((name) => hasName(unread, name)))
  // What the migration creates wasn't there before, and what the schema section says of it in SQL is said of a new table.
  const made = ofKind(up, 'create-table')
    .map(({table}) => table)
    .filter((table) => called(schema.tables, nameOf, table).length === 0)
  const besides = once(() => wordsOutside(document, [...type.withRole('migration'), ...type.withRole('rollback')]))
  const isNamed = ({kind}: Operation, name: Name): boolean =>
    hasName(said, name) || (kind === 'add-constraint' && hasName(besides(), name))
  const isSpoken = ({operation, names, what}: Lack): boolean =>
    names.length > 0 &&
    names.every((name) => (isDrop(operation) ? isSaidGone(said, name) : isNamed(operation, name))) &&
    !isOfAnother(said, {operation, what}) &&
    !(
      operation.kind === 'add-column' &&
      isUsed(declared, operation.table, operation.column.name) &&
      !isDescribed(operation.table, operation.column.name, schema)
    ) &&
    (/^(?:unique constraint|check|foreign key|primary key) `/u.test(what) ||
      !(
        operation.kind === 'create-table' &&
        hasTable(declared, operation.table) &&
        !hasName(maybeMade, operation.table)
      ))
  const extras = lacking(
    up.filter((one) => !isOpen(one)),
    declared,
    made,
  ).filter((one) => !isSpoken(one) && !comesAlong(one, schema, declared, up))
  const inSchema = new Set(declared)
  return {
    missing: [
      ...withoutParts(lacks).map((lack) => ({
        at: lack,
        what: lack.what,
        fix: migrationFix(document, halves, lack.operation),
      })),
      ...unmadeIndexes(schema, halves, homes, unread),
      ...unmadeCode(halves, unread),
    ],
    // What of the schema section runs where it stands, the rest of the migration completes.
    undeclared: (up.some((one) => inSchema.has(one)) ? [] : extras).map((extra) => ({
      at: extra,
      what: extra.what,
      isSure: isOfDeclared(extra, declared),
    })),
  }
}

/** The section needn't say it: it comes with what it says, or is of another table. */
function comesAlong(one: Lack, schema: SchemaFacts, declared: readonly Operation[], up: readonly Operation[]): boolean {
  return (
    isReferenceOf(one, schema) ||
    isOfOther(one, declared, up) ||
    isOfKey(one, declared, up) ||
    isHelper(one.operation, up) ||
    isSaidIndexed(one.operation, schema)
  )
}

/** A column that gets another name before the end: the one that takes the place of an old one. */
export function isHelper(operation: Operation, up: readonly Operation[]): boolean {
  if (operation.kind !== 'add-column') return false
  const {table, column} = operation
  return ofTable(ofKind(up, 'rename-column'), table).some((one) => sameName(one.column, column.name))
}

/** Triggers and functions may be left to another migration, but not those that the way back of this one drops. */
function unmadeCode({declared, up, down}: Halves, said: string): readonly Difference[] {
  const drops = ofKind(down, 'drop-object')
  const made = [...ofKind(up, 'create-object'), ...ofKind(up, 'drop-object')]
  return ofKind(declared, 'create-object')
    .filter((one) => /^(?:trigger|function|procedure)$/u.test(one.what) && !isOpen(one) && isUndone(one, drops))
    .filter(({name}) => called(made, nameOf, name).length === 0 && !hasName(said, name))
    .map((one) => ({at: one, what: `${one.what} ${code(one.name.text)}`}))
}

/** Indexes that the schema lists by their names, most of which statements make, and that none but those of the way back speaks of. */
function unmadeIndexes(
  {indexes, sql}: SchemaFacts,
  {down}: Halves,
  homes: readonly Section[],
  unread: string,
): readonly Difference[] {
  const listed = indexes.filter(
    ({name, what, start}) => name && !name.hole && what === 'index' && homes.some((home) => isWithin(start, home)),
  )
  if (listed.length === 0) return []
  const back = new Set(down.map(({statement}) => statement))
  const written = sql.statements
    .filter((one) => !back.has(one))
    .map(({text}) => text)
    .join('\n')
  const unmade = listed.filter(({name}) => !hasName(written, name) && !hasName(unread, name))
  return unmade.length * 2 > listed.length
    ? []
    : unmade.flatMap(({name}) => (name ? [{at: name, what: `index ${code(name.text)}`}] : []))
}

/** A constraint or an index of a table that is there before, and of which the schema section has no statement: its words tell of it. */
function isOfOther({operation}: Lack, declared: readonly Operation[], up: readonly Operation[]): boolean {
  const table = tableOf(operation)
  return (
    /^(?:add-constraint|drop-constraint|create-index|drop-index)$/u.test(operation.kind) &&
    (table === undefined || (ofTable(declared, table).length === 0 && !isMade(table, up)))
  )
}

/** An index that a foreign key has, of a table that the schema section only describes: it comes with the key. */
function isOfKey({operation}: Lack, declared: readonly Operation[], up: readonly Operation[]): boolean {
  if (operation.kind !== 'create-index' || operation.index.unique || operation.index.partial) return false
  const {table, columns} = operation.index
  if (ofTable(ofKind(declared, 'create-table'), table).length > 0) return false
  return ofTable(up, table)
    .flatMap(constraintsOf)
    .some(
      (key) =>
        key.kind === 'foreign' &&
        key.columns.length === columns.length &&
        key.columns.every((one, index) => columns[index] !== undefined && sameName(one, columns[index])),
    )
}

/** Of a whole thing: a column that may be null from now on is still there. */
function isDrop({kind}: Operation): boolean {
  return /^drop-(?!not-null|default)/u.test(kind)
}

const query = /--[^\n]*\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|ORDER BY)\b[^\n]*/gu

/** Whether statements have an index or a constraint of the column: it has to be among them. */
function isUsed(declared: readonly Operation[], table: Name, column: Name): boolean {
  return ofTable(declared, table).some(
    (one) => one.kind !== 'drop-column' && columnsNeeded(one).some((used) => sameName(used, column)),
  )
}

/** The key leads where the description of its column or a list of relations says. */
function isReferenceOf({operation}: Lack, {tables, foreignKeys}: SchemaFacts): boolean {
  if (operation.kind !== 'add-constraint' || operation.constraint.kind !== 'foreign') return false
  const {columns, table} = operation.constraint
  const isSame = (own: readonly Name[], to: Name): boolean =>
    sameName(to, table) &&
    own.length === columns.length &&
    own.every((column, index) => columns[index] && sameName(column, columns[index]))
  const inTables = entityOf(operation.table, tables, itsName).flatMap(({constraints}) => constraints)
  return (
    inTables.some((one) => one.kind === 'foreign' && isSame(one.columns, one.table)) ||
    foreignKeys.some((one) => one.table && sameName(one.table, operation.table) && isSame(one.columns, one.to))
  )
}

/** `New Fields` of an entity have it. */
function isDescribed(table: Name, column: Name, {tables}: SchemaFacts): boolean {
  return entityOf(table, tables, itsName).some(({columns}) => columns.some(({name}) => sameName(name, column)))
}

const constraintWords: readonly (readonly [start: string, word: RegExp])[] = [
  ['unique constraint of', /\bunique|\bonce\b|\bno two\b|\bduplicate/i],
  ['foreign key of', /\bforeign|\brefer|\bfk\b|→|->|\bbelong|\bbelongs/i],
]

/** A constraint without a name: that its columns are named says nothing of it. */
function isOfAnother(said: string, {operation, what}: Pick<Lack, 'operation' | 'what'>): boolean {
  const word = constraintWords.find(([start]) => what.startsWith(start))?.[1]
  return operation.kind === 'create-table' && word !== undefined && !word.test(said)
}

/** It belongs to a table that is declared in full, or is a type of one of its columns. */
function isOfDeclared({operation, names, what}: Lack, declared: readonly Operation[]): boolean {
  if (operation.kind === 'create-enum') return sharing(declared, typeKeys, [lastPart(operation.name)]).length > 0
  // The part that lists the indexes may be the missing one.
  if (operation.kind === 'create-index' && ofKind(declared, 'create-index').length === 0) return false
  const table = tableOf(operation)
  if (table === undefined || ofTable(ofKind(declared, 'create-table'), table).length === 0) return false
  // A key of the same columns that leads elsewhere is told where it leads.
  const isKey = what.startsWith('foreign key of')
  const keys = isKey ? ofTable(declared, table).flatMap(constraintsOf) : []
  return !keys.some(
    (key) => key.kind === 'foreign' && key.columns.every((one) => names.some((name) => sameName(one, name))),
  )
}

/** Words of what goes: that a column is there says nothing of its drop. */
const going =
  /\b(?:drop|remov|delet|los(?:es?|ing|t)\b|replac|obsolete|deprecat|retire|supersed|instead|mov(?:e[sd]?|ing)\b|mi?grat|renam|merg|go(?:es)?\b|gone|away|no longer|not needed|unused|legacy|old\b|former|until now|so far|becomes?\b|split|into\b)/i
/** Characters around a name that may say so. */
const near = 160

function isSaidGone(said: string, name: Name): boolean {
  const word = name.text.replace(/^.*\./u, '').toLowerCase()
  const low = said.toLowerCase()
  for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length)) {
    const around = said.slice(Math.max(0, at - near), at + word.length + near)
    if (going.test(around) && hasName(around, name)) return true
  }
  return false
}

/** What the schema section says in words and the statements of the migration don't do; without what is told of already. */
export function compareToldSql(facts: Facts, halves: Halves, told: readonly Difference[]): readonly Difference[] {
  const {document, type, schema} = facts
  const declared = declaredInWords(facts)
  const speech = wordsBesideSql(facts, halves)
  const unread = unreadIn(type.withRole('migration'), document, schema)
  const lacks = lacking(declared, halves.up, droppedTables(document, halves, declared)).filter(
    (one) =>
      !isSaidOf(one, speech) &&
      !one.names.some((name) => hasName(unread, name) || told.some(({what}) => hasName(what, name))),
  )
  const tables = schema.tables.filter(
    ({start, name, source, part, state}) =>
      source !== 'mermaid' &&
      part === 'all' &&
      state !== 'existing' &&
      !name.hole &&
      roleAt(start, type, ['schema', 'ddl']),
  )
  const made = halves.up.filter((one) => isDdl(one) && !isOpen(one))
  const gone = toldTables(document, tables, made, halves.down).filter(
    ({name}) => !isSaidTable(name, speech) && !hasName(unread, name) && !told.some(({what}) => hasName(what, name)),
  )
  return [
    ...gone.map(({name}) => ({at: name, what: `table ${code(name.text)}`})),
    ...withoutParts(lacks).map((lack) => ({at: lack, what: lack.what})),
    ...ownTypesLeft(facts, halves, unread).filter(({what}) => !told.some((one) => one.what === what)),
  ]
}

/** Types of columns that the way back drops, and so were not there before. */
function ownTypesLeft({schema}: Facts, {up, down}: Halves, unread: string): readonly Difference[] {
  const drops = ofKind(down, 'drop-object').filter(({what}) => what === 'type')
  return typesLeft(up, schema)
    .filter(({name}) => name && called(drops, nameOf, name).length > 0 && !hasName(unread, name))
    .map((lack) => ({at: lack, what: lack.what}))
}

/** What the rollback drops, in SQL, in a script or in words, wasn't there before. */
function droppedTables(document: SpecDocument, halves: Halves, declared: readonly Operation[]): readonly Name[] {
  const {down, scripts} = halves
  const reverse = [...down, ...scripts.flatMap(({downgrade}) => downgrade.flatMap(({operations}) => operations))]
  const drops = [...reverse, ...spokenDrops(declared, rollbackSpeech(document, halves))]
  return ofKind(drops, 'drop-table').map(({table}) => table)
}
