/** What a way back takes back though the migration never does it: a statement that the migration lacks. */
import type {SpecDocument} from '../document/types.ts'
import {isWithin} from '../document/places.ts'
import {kept} from '../document/remembered.ts'
import {isPythonFence} from '../sql/dialect.ts'
import {calledProcedure} from '../sql/calls.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isRowBlock} from '../sql/row-blocks.ts'
import {columnsNeeded} from '../sql/needed.ts'
import {schemaKeys} from '../sql/order.ts'
import {undoneBy} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {forgottenIn} from './given-columns.ts'
import {loops} from './half-lacks.ts'
import {halvesOf, hasName, isDdl, isOpen, type MigrationWay} from './halves.ts'
import {leftBehind, misnamed} from './left-behind.ts'
import {migrationPlan} from './plans.ts'
import {schemaDifferences} from './schema-differences.ts'
import {lacksPart} from './sections.ts'
import {ofKind, ofTable, sameName} from './schema.ts'

export interface BackExtra {
  readonly operation: Operation
  /** `drops`, `makes`, `changes`, and what the migration should have done. */
  readonly deed: 'drops' | 'makes' | 'changes' | 'renames'
}

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

/**
 * Statements of a way back with no counterpart. Asked for only where all of the migration is read: what can't be read, or stands
 * in another language, may be what is taken back. A name that the migration speaks of at all is left alone.
 */
export function backExtras(facts: Facts, way: MigrationWay): readonly BackExtra[] {
  const {up, down} = way
  // What a missing or an empty part would do isn't known.
  const {type} = facts
  const isMoved = type.sections.some(({state}) => state === 'depth')
  if (isMoved || lacksPart(type, ['schema', 'ddl', 'tables', 'migration', 'relationships'], {notApplicable: false}))
    return []
  const outside = otherWords(facts, way)
  if (outside === undefined || !up.some(isDdl)) return []
  // To validate a constraint isn't to make it.
  const makers = up.filter(({kind}) => kind !== 'validate-constraint')
  const code = [...new Set(makers.map(({statement}) => statement))].map(({text}) => text).join('\n')
  const isSpoken = (name: Name | undefined): boolean =>
    name === undefined || name.hole || hasName(code, name) || hasName(outside, name)
  // A column of which the statements have only the indexes and the constraints.
  const isForgotten = forgottenIn(up, facts.schema)
  const isOnlyUsed = (operation: Operation): boolean =>
    operation.kind === 'drop-column' &&
    isForgotten(operation.table, operation.column) &&
    ofTable(up, operation.table).some((one) => columnsNeeded(one).some((name) => sameName(name, operation.column)))
  const slips = new Set(misnamed(way).map(({operation}) => operation))
  const found = down.flatMap((operation): readonly BackExtra[] => {
    if (isOpen(operation) || slips.has(operation) || isTolerant(operation)) return []
    if (isOnlyUsed(operation)) return [{operation, deed: 'drops'}]
    if (undoneBy(operation, up).length > 0) return []
    const deed = deedOf(operation)
    if (isSchemaOfNobody(operation, facts.schema)) return [{operation, deed: 'drops'}]
    if (deed === undefined || isAgain(operation, down) || !isAsked(operation, {up, down}, isSpoken)) return []
    return [{operation, deed}]
  })
  if (found.length === 0) return []
  // Another name for what is left behind is told there, and so is what the schema declares and the migration lacks.
  const left = leftBehind(way)
  const isTold = toldIn(facts)
  return found.filter(
    ({operation}) =>
      isOnlyUsed(operation) || (!left.some((one) => isCounterpart(one, operation)) && !isTold(operation)),
  )
}

function isSchemaOfNobody(operation: Operation, schema: SchemaFacts): boolean {
  return (
    operation.kind === 'drop-object' && operation.what === 'schema' && schemasOfNobody(schema).has(operation.name.key)
  )
}

const ofNobody = kept<ReadonlySet<string>>()

/** The schemas in which statements make tables, and which none of them, and no other code, makes; nor are they said to be there. */
function schemasOfNobody(schema: SchemaFacts): ReadonlySet<string> {
  return ofNobody(schema, () => {
    const {sql, document} = schema
    if (document.codes.some(({value}) => /\bCREATE\s+SCHEMA\b|\bCreateSchema\b|\bcreate_schema\b/i.test(value)))
      return new Set()
    const isThere = /\bschema\s+`([^`\n]{1,80})`[^.\n]{0,40}\b(?:exists?|there|made|created)\b/giu
    const there = new Set([...document.text.matchAll(isThere)].map(([, name = '']) => name.toLowerCase()))
    const tables = ofKind(
      sql.statements.flatMap(({operations}) => operations),
      'create-table',
    )
    return new Set(tables.flatMap((one) => schemaKeys(one)).filter((key) => !there.has(key)))
  })
}

function toldIn(facts: Facts): (operation: Operation) => boolean {
  const halves = halvesOf(facts)
  const {names} = migrationPlan(facts.document, facts.type, halves).speech
  const [target] = facts.type.withRole('migration')
  const missing = (target ? schemaDifferences(facts, target, true).missing : []).map(({what}) => what).join('\n')
  return (operation) => {
    const name = nameOf(operation)
    return (
      undoneBy(operation, halves.declared).length > 0 ||
      hasName(missing, name) ||
      names.some(
        ({act, place, parts}) => name && !place && act !== 'other' && parts.at(-1) === lastPart(name).toLowerCase(),
      )
    )
  }
}

/** The name of the object that an operation is about. */
function nameOf(operation: Operation): Name | undefined {
  if ('column' in operation) return operation.kind === 'add-column' ? operation.column.name : operation.column
  if (operation.kind === 'create-index') return operation.index.name
  return 'name' in operation ? operation.name : tableOf(operation)
}

/** Code of other languages and what is said of data; `undefined` where a part of the migration can't be read. */
function otherWords({document, schema}: Facts, {up, down, places}: MigrationWay): string | undefined {
  const isUnread = up.some(
    (one) =>
      (one.kind === 'other' &&
        !quiet.test(one.statement.text) &&
        !isRowBlock(one.statement.text) &&
        !callsRows(one, up)) ||
      (one.statement.template && !/^(?:insert|update|delete|select|copy)$/u.test(one.kind)) ||
      (isPythonFence(one.statement.code) && loops.test(one.statement.code.value)),
  )
  const isRefused = schema.sql.problems.some(({start}) => !places.some((one) => isWithin(start, one)))
  if (isUnread || isRefused) return undefined
  const back = new Set(down.map(({statement}) => statement.code))
  const own = new Set(up.map(({statement}) => statement.code))
  return document.codes
    .filter((one) => !back.has(one) && !own.has(one) && /^(?!text|txt|sql)\w/iu.test(one.language ?? ''))
    .map(({value}) => value)
    .join('\n')
}

/** It runs a procedure that the migration makes, which writes rows and changes no schema. */
function callsRows(call: Operation, up: readonly Operation[]): boolean {
  const name = calledProcedure(call)
  const made = name
    ? ofKind(up, 'create-object').filter((one) => one.what === 'procedure' && sameName(one.name, name))
    : []
  return (
    made.length > 0 &&
    made.every(
      ({statement}) => !/\b(?:ALTER|DROP|RENAME|PREPARE|EXECUTE|CREATE\s+(?!PROCEDURE|OR\b))\b/i.test(statement.text),
    )
  )
}

/** Statements that change no schema. */
const quiet = /^\s*(?:SET|RESET|SELECT|ANALY[SZ]E|VACUUM|COMMENT|GRANT|REVOKE|USE|LOCK|UNLOCK|BEGIN|COMMIT|START)\b/i

/** Other statements of the way back speak of it too: a helper of its own, or one step of several. */
function isAgain(operation: Operation, down: readonly Operation[]): boolean {
  const name = nameOf(operation)
  if (operation.kind === 'drop-table' || operation.kind === 'alter-type') return false
  if (isOfType(operation) && down.some(({kind}) => kind === 'alter-object')) return true
  return down.some((one) => one.statement !== operation.statement && hasName(one.statement.text, name))
}

function isOfType(operation: Operation): boolean {
  return operation.kind === 'create-enum' || (operation.kind === 'drop-object' && operation.what === 'type')
}

function isTolerant({statement}: Operation): boolean {
  return statement.template || /\bIF\s+(?:NOT\s+)?EXISTS\b|\bOR\s+REPLACE\b|\bOBJECT_ID\b/i.test(statement.text)
}

function deedOf({kind}: Operation): BackExtra['deed'] | undefined {
  if (/^drop-(?:table|column|index|constraint|object)$/u.test(kind)) return 'drops'
  if (/^(?:add-column|create-table|create-index|create-enum)$/u.test(kind)) return 'makes'
  if (kind === 'alter-type') return 'changes'
  return kind === 'rename-column' || kind === 'rename-table' ? 'renames' : undefined
}

function isAsked(
  operation: Operation,
  {up, down}: Pick<MigrationWay, 'up' | 'down'>,
  isSpoken: (name: Name | undefined) => boolean,
): boolean {
  if (operation.kind === 'alter-type') return !isRetyped(operation, [...up, ...down])
  const name = nameOf(operation)
  if (name === undefined || isSpoken(name)) return false
  switch (operation.kind) {
    case 'drop-table':
      return !isHelper(name) && !down.some((one) => makesTable(one, name))
    case 'create-table':
      return !operation.temporary && !isHelper(name)
    case 'drop-index':
    case 'drop-constraint':
      return !isImplicit(name)
    case 'drop-object':
      return /^(?:view|materialized view|trigger|function|procedure|type|domain|sequence|policy)$/u.test(operation.what)
    case 'create-index':
      return !isFreed(operation, [...up, ...down])
    default:
      return true
  }
}

/** A step of the way back itself. */
function makesTable(one: Operation, name: Name): boolean {
  return (
    (one.kind === 'create-table' && sameName(one.table, name)) ||
    (one.kind === 'rename-table' && sameName(one.to, name))
  )
}

/** A copy for the time of the change. */
function isHelper(name: Name): boolean {
  return /(?:^|_)(?:te?mp|temporary|ba?k|bkp|backups?|copy|staging|scratch|archive|snapshot|old|legacy|export)(?:_|$|\d)/u.test(
    lastPart(name).toLowerCase(),
  )
}

/** A name that PostgreSQL gives to what has none. */
function isImplicit(name: Name | undefined): boolean {
  return name !== undefined && /_(?:pkey|fkey|key|check|idx|not_null|ibfk_\d+|chk_\d+)\d*$/u.test(lastPart(name))
}

/** An index that went with its table, its view, or with one of its columns, or that is made anew for another reason. */
function isFreed({index}: OperationOf<'create-index'>, all: readonly Operation[]): boolean {
  return all.some(
    (one) =>
      (one.kind === 'drop-object' && sameName(one.name, index.table)) ||
      (/^(?:drop-(?:table|column|index|constraint)|rename-(?:table|column)|alter-type)$/u.test(one.kind) &&
        sameTable(tableOf(one), index.table)),
  )
}

function sameTable(a: Name | undefined, b: Name): boolean {
  return a === undefined || sameName(a, b)
}

/** Something that is about the type of the column, or about a type of its own. */
function isRetyped({table, column, statement}: OperationOf<'alter-type'>, others: readonly Operation[]): boolean {
  return others.some((one) => {
    if (one.statement === statement) return false
    if (/^(?:create-enum|add-enum-value|rename-enum-value|alter-object|rename-table)$/u.test(one.kind)) return true
    if ((one.kind === 'create-object' || one.kind === 'drop-object') && /type|domain/u.test(one.what)) return true
    const own = tableOf(one)
    if (own === undefined || !sameName(own, table)) return false
    if (one.kind === 'create-table') return true
    if (one.kind === 'rename-column') return sameName(one.column, column) || sameName(one.to, column)
    if (one.kind === 'add-column') return sameName(one.column.name, column)
    return 'column' in one && sameName(one.column, column)
  })
}

/** What may be meant: the migration does something of the kind that nothing takes back. */
function isCounterpart(left: Operation, extra: Operation): boolean {
  const kinds: Readonly<Partial<Record<Operation['kind'], string>>> = {
    'drop-table': 'create-table',
    'drop-column': 'add-column',
    'drop-index': 'create-index add-constraint',
    'drop-constraint': 'add-constraint create-index',
    'drop-object': 'create-object create-enum',
    'add-column': 'drop-column',
    'create-table': 'drop-table',
    'create-index': 'drop-index drop-constraint',
    'create-enum': 'drop-object',
    'alter-type': 'alter-type',
    'rename-column': 'rename-column',
    'rename-table': 'rename-table',
  }
  return kinds[extra.kind]?.split(' ').includes(left.kind) === true
}
