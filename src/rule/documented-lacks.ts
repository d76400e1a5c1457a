import type {Span} from '../document/types.ts'
import {lacking} from '../sql/covers.ts'
import type {DocumentedIndex, DocumentedTable} from '../sql/documented/model.ts'
import {lastPart} from '../sql/implicit.ts'
import type {IndexFact, Name, Operation} from '../sql/model.ts'
import {constraintsOf, partsOf} from '../sql/parts.ts'
import {hasColumn, hasConstraint, hasIndex, hasTable} from '../sql/same-object.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isUndone} from '../sql/takers.ts'
import {sharing} from '../sql/named.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {isContinued} from './continued.ts'
import {isDdl, isOpen} from './halves.ts'
import {isPresent} from './present.ts'
import {called, nameOf, ofKind, ofTable, roleAt, sameName} from './schema.ts'

interface Facts {
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

/** What the migration does, and what the way back takes away: that was there before. */
interface Ways {
  readonly up: readonly Operation[]
  readonly down: readonly Operation[]
}

interface DocumentedLack extends Span {
  /** In words: "index `idx_a`". */
  readonly what: string
  readonly name: Name | undefined
}

/**
 * What the description of tables has that operations don't make: listed indexes, constraints and triggers in SQL of their own,
 * types of columns. Tables that are missing as a whole, `gone`, are left out.
 */
export function documentedLacks(
  {type, schema}: Facts,
  {up, down}: Ways,
  gone: readonly DocumentedTable[],
  roles: readonly string[] = ['tables'],
): readonly DocumentedLack[] {
  const isGone = (table: Name | undefined): boolean =>
    table === undefined || called(gone, nameOf, table).length > 0 || !hasTable(up, table)
  const indexes = schema.indexes.filter((one) => {
    if (one.what === 'primary' || isGone(one.table)) return false
    return (roleAt(one.start, type, roles) !== undefined || isOverview(one, type)) && !isMade(one, up)
  })
  const own = documentedOperations({type, schema})
  const asked = (isContinued(own, up) ? [] : own).filter(
    (one) => one.kind === 'add-constraint' || one.kind === 'create-index',
  )
  const listed = new Set(indexes.map(({name}) => name?.key))
  const lacks = lacking(
    asked.filter((one) => !isGone(tableOf(one)) && isUsual(one, up, down)),
    up,
  ).filter((lack) => !lack.names.some(({key}) => listed.has(key)))
  return [
    ...indexes.map(({start, end: last, name, table}) => ({
      name,
      start,
      end: last,
      what: name ? `index \`${name.text}\`` : `an index of \`${table?.text ?? ''}\``,
    })),
    ...unindexed(schema.tables, up, (one) => !isGone(one.name) && roleAt(one.start, type, roles) !== undefined),
    ...lacks.map(({start, end: last, what, names: [name]}) => ({start, end: last, what, name})),
    ...triggersLeft(own, up, down),
    ...typesLeft(up, schema),
  ]
}

const overview = /^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:all |database |table |list of )?(?:indexes|indices)\b/i

/** Above the migration, an index with a name and a table in a section of them all. */
function isOverview({name, table, section, start}: DocumentedIndex, type: BoundDocument): boolean {
  const [first] = type.withRole('migration')
  const isAbove = first !== undefined && start < first.start
  return isAbove && name !== undefined && table !== undefined && overview.test(section.heading?.title.text ?? '')
}

/** Columns that are said to be indexed, of new tables, with which no index and no key begins. */
function unindexed(
  tables: readonly DocumentedTable[],
  up: readonly Operation[],
  isAsked: (table: DocumentedTable) => boolean,
): readonly DocumentedLack[] {
  return tables
    .filter((one) => one.indexed.length > 0 && isAsked(one))
    .flatMap(({name: table, indexed}) =>
      indexed
        .filter(({name}) => hasColumn(up, table, name) && !ofTable(up, table).some((one) => beginsWith(one, name)))
        .map(({name, start, end}) => ({
          name,
          start,
          end,
          what: `an index of \`${table.text}\` (${name.text})`,
        })),
    )
}

function beginsWith(operation: Operation, column: Name): boolean {
  const isFirst = ([first]: readonly Name[]): boolean =>
    first !== undefined && (first.key === '' || sameName(first, column))
  if (operation.kind === 'create-index') return isFirst(operation.index.columns)
  // MySQL makes an index for a foreign key.
  return constraintsOf(operation).some(
    (one) =>
      one.kind !== 'check' &&
      (one.kind !== 'foreign' || operation.statement.dialect === 'mysql') &&
      isFirst(one.columns),
  )
}

/** The statements of a description, in whatever section before the migration. */
export function documentedOperations({type, schema}: Facts): readonly Operation[] {
  const end = type.withRole('migration')[0]?.start ?? 0
  return schema.sql.statements
    .filter(
      (one) =>
        !one.template &&
        one.start < end &&
        !isPresent(one.code, one.section) &&
        one.operations.every((each) => isDdl(each) && !isOpen(each)),
    )
    .flatMap(({operations}) => operations)
}

function isMade(one: DocumentedIndex, up: readonly Operation[]): boolean {
  const {name, table, columns, unique, start, end} = one
  if (!table) return true
  const isNamed =
    name !== undefined &&
    sharing(up, partNames, [lastPart(name)])
      .flatMap(partsOf)
      .some((part) => part.name && sameName(part.name, name))
  if (isNamed) return true
  if (columns.length === 0) return name === undefined || !isSql(up)
  const index: IndexFact = {
    kind: 'index',
    name: undefined,
    table,
    columns,
    unique: unique || one.what === 'unique',
    partial: false,
    concurrently: false,
    start,
    end,
  }
  const isSame = ofTable(ofKind(up, 'create-index'), table).some(
    (other) =>
      other.index.columns.map(({key}) => key).join() === columns.map(({key}) => key).join() &&
      (!name || !other.index.name),
  )
  const key = {kind: 'unique' as const, name, columns, start, end}
  return isSame || (name === undefined && hasIndex(up, index)) || (index.unique && hasConstraint(up, table, key))
}

function partNames(operation: Operation): readonly string[] {
  return partsOf(operation).flatMap(({name}) => (name ? [lastPart(name)] : []))
}

/** Whether the migration makes constraints of the kind at all, or its way back drops this one; else they are left to another one. */
function isUsual(operation: Operation, up: readonly Operation[], down: readonly Operation[]): boolean {
  if (operation.kind !== 'add-constraint') return true
  const {kind} = operation.constraint
  // Checks and unique constraints that are added by name are one habit.
  const isAdded =
    (kind === 'check' || kind === 'unique') &&
    ofKind(up, 'add-constraint').some(({constraint}) => constraint.kind === 'check' || constraint.kind === 'unique')
  return (
    isAdded || sharing(up, constraintKinds, [kind]).length > 0 || isUndone(operation, ofKind(down, 'drop-constraint'))
  )
}

function constraintKinds(operation: Operation): readonly string[] {
  return constraintsOf(operation).map(({kind}) => kind)
}

/** Whether the migration makes indexes at all. */
function isSql(up: readonly Operation[]): boolean {
  return ofKind(up, 'create-index').length > 0
}

/** Triggers of the description; a migration without functions and triggers leaves them to another one, but for what its way back drops. */
function triggersLeft(
  own: readonly Operation[],
  up: readonly Operation[],
  down: readonly Operation[],
): readonly DocumentedLack[] {
  const isCode = (one: Operation): boolean =>
    one.kind === 'create-object' && /^(?:trigger|function|procedure)$/u.test(one.what)
  const isSome = up.some(isCode)
  return ofKind(own, 'create-object')
    .filter((one) => isSome || isUndone(one, ofKind(down, 'drop-object')))
    .filter(
      ({what, name}) =>
        what === 'trigger' && !called(ofKind(up, 'create-object'), nameOf, name).some((one) => one.what === what),
    )
    .map(({start, end, name}) => ({start, end, name, what: `trigger \`${name.text}\``}))
}

/** Types of columns that nothing creates, though the name shows that it is no built-in one. */
export function typesLeft(up: readonly Operation[], {enums, models}: SchemaFacts): readonly DocumentedLack[] {
  const known = new Set(up.flatMap((one) => ('name' in one && one.name ? [lastPart(one.name).toLowerCase()] : [])))
  const described = new Map(
    [...models.enums, ...enums].flatMap(({name}) => (name ? [[lastPart(name).toLowerCase(), name]] : [])),
  )
  const seen = new Set<string>()
  return [
    ...ofKind(up, 'create-table').flatMap(({statement, columns}) => columns.map(({type}) => ({statement, type}))),
    ...ofKind(up, 'add-column').map(({statement, column: {type}}) => ({statement, type})),
  ]
    .filter(({statement}) => statement.dialect === 'postgresql')
    .flatMap(({type}) => {
      if (!type || type.hole) return []
      const word = type.text
        .replaceAll(/"|\[\]|\(.*/gu, '')
        .trim()
        .toLowerCase()
        .replace(/^.*\./u, '')
      const isOwn = /^[a-z]+(?:_[a-z]+)+$/u.test(word) || (type.text.startsWith('"') && described.has(word))
      if (!isOwn || word.startsWith('pg_') || known.has(word) || seen.has(word)) return []
      seen.add(word)
      const at = described.get(word) ?? type
      return [
        {
          start: at.start,
          end: at.end,
          name: {...type, text: word, key: word, hole: false},
          what: `type \`${type.text.replaceAll('"', '')}\``,
        },
      ]
    })
}
