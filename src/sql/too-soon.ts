import {lastPart, sameName} from './implicit.ts'
import type {ColumnFact, Name, Operation, OperationOf} from './model.ts'
import {isCalledBy} from './calls.ts'
import {extensionsUsed} from './extensions.ts'
import {hasType} from './order.ts'
import {constraintsOf} from './parts.ts'
import {columnsNeeded, tablesRead} from './needed.ts'
import {askedOf, askedThere, madeKeys, neededKeys, thereKeys, together} from './too-soon-keys.ts'
import {filledLate} from './filled-late.ts'
import {findSharing, named, ofKind} from './named.ts'
import {narrowedEarly} from './narrowed-early.ts'
import {tableOf} from './undoes.ts'
import {keysUnheld} from './unheld.ts'

/** A statement that needs what only a later one makes. */
export interface TooSoon {
  readonly operation: Operation
  /** What has to run first. */
  readonly later: Operation
}

/**
 * What a migration uses before it makes it, within one section: the table of an index, the column, the type, the function of a
 * trigger. Sections may show their scripts in another order than they run in. Of one missing object the first use is enough.
 */
export function tooSoon(operations: readonly Operation[]): readonly TooSoon[] {
  const scripts = new Map<unknown, Operation[]>()
  for (const operation of operations) {
    const {section} = operation.statement
    const script = scripts.get(section)
    if (script) script.push(operation)
    else scripts.set(section, [operation])
  }
  return [...scripts.values()].flatMap((script) =>
    inScript(
      script.toSorted((a, b) => a.start - b.start),
      operations,
    ),
  )
}

function inScript(script: readonly Operation[], all: readonly Operation[]): readonly TooSoon[] {
  const isUnheld = keysUnheld(script)
  const made = script.flatMap((later, index): readonly TooSoon[] => {
    if (!isMaker(later) || findSharing(script, thereKeys, askedThere(later), (one) => wasThere(later, one))) return []
    const isOther = ({statement}: Operation): boolean => statement !== later.statement
    const makes = (one: Operation): boolean => isOther(one) && isMadeBy(later, one)
    if (findSharing(script, madeKeys, askedThere(later), makes, 0, index)) return []
    const uses = (one: Operation): boolean => isOther(one) && needs(one, later, isUnheld(one))
    const operation = findSharing(script, neededKeys, askedOf(later), uses, 0, index)
    return operation ? [{operation, later}] : []
  })
  return [...made, ...filledLate(script, all), ...narrowedEarly(script), ...droppedNext(script), ...takenNames(script)]
}

/** A constraint whose older one of the same name is dropped only right behind it: two can't have it, and the drop takes the new one. */
function droppedNext(script: readonly Operation[]): readonly TooSoon[] {
  return script.flatMap((operation, index): readonly TooSoon[] => {
    const later = script[index + 1]
    if (operation.kind !== 'add-constraint' || later?.kind !== 'drop-constraint') return []
    const {name} = operation.constraint
    const isSame = name && later.name && sameName(name, later.name) && sameName(operation.table, later.table)
    return isSame && !/\bIF\s+EXISTS\b/i.test(later.statement.text) ? [{operation, later}] : []
  })
}

/** A column that gets the name of another one before that one loses it. */
function takenNames(script: readonly Operation[]): readonly TooSoon[] {
  const renames = ofKind(script, 'rename-column')
  return renames.flatMap((operation): readonly TooSoon[] => {
    const {table, to, start, statement} = operation
    const onSame = (one: Operation): boolean => 'table' in one && one.table !== undefined && sameName(one.table, table)
    // A drop of the name behind it may be of the new one.
    const away = named(renames, formerName, to).filter((one) => onSame(one) && one.statement !== statement)
    const isFree =
      away.some((one) => one.start < start) ||
      named(renames, newName, to).some((one) => onSame(one) && one.start < start)
    const later = isFree ? undefined : away.find((one) => one.start > start && one.statement.code === statement.code)
    return later && !sameName(later.to, operation.column) ? [{operation, later}] : []
  })
}

function formerName({column}: OperationOf<'rename-column'>): Name {
  return column
}

function newName({to}: OperationOf<'rename-column'>): Name {
  return to
}

function isMaker(one: Operation): boolean {
  switch (one.kind) {
    case 'create-table':
    case 'create-enum':
    case 'add-column':
    case 'rename-column':
      return true
    case 'add-constraint':
      return one.notValid || one.constraint.kind === 'unique' || one.constraint.kind === 'primary'
    case 'create-index':
      return one.index.unique && !one.index.partial
    case 'create-object':
      // Another object that is replaced may have been there; a trigger is made with its function.
      return one.what === 'function' || !/\bOR\s+REPLACE\b/i.test(one.statement.text)
    default:
      return false
  }
}

/** It was there before: the script drops it or gives it another name, and then makes it anew. */
function wasThere(later: Operation, one: Operation): boolean {
  if (one === later) return false
  if (later.kind === 'create-table')
    return (
      ((one.kind === 'drop-table' || one.kind === 'rename-table') && sameName(one.table, later.table)) ||
      (one.kind === 'rename-table' && sameName(one.to, later.table))
    )
  const column = columnOf(later)
  if (column)
    return (
      (one.kind === 'rename-table' && sameName(one.to, column.table)) ||
      ((one.kind === 'drop-column' || one.kind === 'rename-column') &&
        sameName(one.table, column.table) &&
        (sameName(one.column, column.name) || (one.kind === 'rename-column' && sameName(one.to, column.name))))
    )
  // What a check or a foreign key is validated by is its name; a key may be there in another form.
  if (later.kind === 'add-constraint' && later.notValid)
    return one.kind === 'drop-constraint' && one.start < later.start && hasName(one.name, later.constraint.name)
  if (later.kind === 'add-constraint' || later.kind === 'create-index')
    return one.kind === 'drop-constraint' || one.kind === 'drop-index'
  return (
    (later.kind === 'create-enum' || later.kind === 'create-object') &&
    (one.kind === 'drop-object' || one.kind === 'alter-object') &&
    sameName(one.name, later.name)
  )
}

function hasName(name: Name | undefined, other: Name | undefined): boolean {
  return !name || !other || sameName(name, other)
}

/** The column that an operation makes, or gives its name. */
function columnOf(later: Operation): {readonly table: Name; readonly name: Name} | undefined {
  if (later.kind === 'add-column') return {table: later.table, name: later.column.name}
  return later.kind === 'rename-column' ? {table: later.table, name: later.to} : undefined
}

function isMadeBy(later: Operation, one: Operation): boolean {
  if (later.kind === 'create-table') return one.kind === 'create-table' && sameName(one.table, later.table)
  const column = columnOf(later)
  if (column)
    return (
      ((one.kind === 'create-table' && named(one.columns, columnName, column.name).length > 0) ||
        (one.kind === 'add-column' && sameName(one.column.name, column.name)) ||
        (one.kind === 'rename-column' && sameName(one.to, column.name))) &&
      sameName(one.table, column.table)
    )
  if (later.kind === 'add-constraint' || later.kind === 'create-index') return true
  if (later.kind === 'create-object' || later.kind === 'create-enum')
    return (one.kind === 'create-object' || one.kind === 'create-enum') && sameName(one.name, later.name)
  return false
}

function columnName({name}: ColumnFact): Name {
  return name
}

/** Whether a statement can't run as long as the object isn't there. */
function needs(one: Operation, later: Operation, isOff: boolean): boolean {
  if (/\bIF\s+EXISTS\b|\bOBJECT_ID\b|^\s*(?:IF|DO)\b/i.test(one.statement.text)) return false
  switch (later.kind) {
    case 'create-table':
      return (
        !later.temporary &&
        !later.table.hole &&
        (isOn(one, later.table) || (!isOff && leadsTo(one, later.table)) || takesFrom(one, later.table))
      )
    case 'add-column':
      return !later.column.name.hole && isOn(one, later.table) && hasColumn(one, later.column.name)
    case 'rename-column':
      return !later.to.hole && isOn(one, later.table) && hasColumn(one, later.to)
    case 'add-constraint':
      return validates(one, later) || needsKey(one, later)
    case 'create-index':
      return leadsToColumns(one, later.index.table, later.index.columns)
    case 'create-enum':
      return !later.name.hole && hasType(one, later.name)
    case 'create-object':
      return !later.name.hole && needsObject(one, later)
    default:
      return false
  }
}

function needsObject(one: Operation, {what, name}: OperationOf<'create-object'>): boolean {
  if (what === 'type' || what === 'domain') return hasType(one, name)
  if (what === 'schema') return isInside(one, name)
  if (what === 'function') return isCalledBy(one, name)
  if (what === 'extension') return extensionsUsed(one.statement.text).includes(name.key)
  return what === 'sequence' && drawsFrom(one, name)
}

function isOn(one: Operation, table: Name): boolean {
  const own = tableOf(one)
  return own !== undefined && one.kind !== 'create-table' && one.kind !== 'drop-table' && sameName(own, table)
}

/** A key to a table; SQLite looks for it only when rows come. */
function leadsTo(one: Operation, table: Name): boolean {
  const own = tableOf(one)
  if (one.statement.dialect === 'sqlite' || own === undefined || sameName(own, table)) return false
  return constraintsOf(one).some((key) => key.kind === 'foreign' && !key.table.hole && sameName(key.table, table))
}

function validates(one: Operation, {table, constraint: {name}}: OperationOf<'add-constraint'>): boolean {
  return (
    one.kind === 'validate-constraint' && name !== undefined && sameName(one.table, table) && sameName(one.name, name)
  )
}

function needsKey(one: Operation, {table, constraint}: OperationOf<'add-constraint'>): boolean {
  return (
    (constraint.kind === 'unique' || constraint.kind === 'primary') && leadsToColumns(one, table, constraint.columns)
  )
}

function takesFrom(one: Operation, table: Name): boolean {
  return tablesRead(one).some((name) => sameName(name, table))
}

/** A key to columns of another table, which have to be unique by then; MySQL is content with an index of any kind. */
function leadsToColumns(one: Operation, table: Name, columns: readonly Name[]): boolean {
  const {dialect} = one.statement
  if (dialect === 'sqlite' || dialect === 'mysql') return false
  return constraintsOf(one).some(
    (key) => key.kind === 'foreign' && sameName(key.table, table) && together(key.target) === together(columns),
  )
}

function hasColumn(one: Operation, {key}: Name): boolean {
  return columnsNeeded(one).some((column) => column.key === key)
}

function isInside(one: Operation, {key}: Name): boolean {
  const name = one.kind === 'create-table' ? one.table : one.kind === 'create-enum' ? one.name : undefined
  return name?.key.startsWith(`${key}.`) === true
}

function drawsFrom({statement: {text}}: Operation, name: Name): boolean {
  const word = lastPart(name).replaceAll(/\W/gu, '')
  return new RegExp(String.raw`\bnextval\s*\(\s*'(?:\w+\.)?${word}'`, 'iu').test(text)
}
