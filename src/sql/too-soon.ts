import {lastPart, sameName} from './implicit.ts'
import type {ColumnFact, Name, Operation} from './model.ts'
import {hasType, isCalledBy} from './order.ts'
import {constraintsOf} from './parts.ts'
import {askedOf, askedThere, columnsOf, madeKeys, neededKeys, thereKeys} from './too-soon-keys.ts'
import {findSharing, named} from './named.ts'
import {tableOf} from './undoes.ts'

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
  return [...scripts.values()].flatMap((script) => inScript(script.toSorted((a, b) => a.start - b.start)))
}

function inScript(script: readonly Operation[]): readonly TooSoon[] {
  const isOff = script.some(({statement}) => /foreign_key_checks|session_replication_role/i.test(statement.text))
  return script.flatMap((later, index): readonly TooSoon[] => {
    if (!isMaker(later) || findSharing(script, thereKeys, askedThere(later), (one) => wasThere(later, one))) return []
    const isOther = ({statement}: Operation): boolean => statement !== later.statement
    const makes = (one: Operation): boolean => isOther(one) && isMadeBy(later, one)
    if (findSharing(script, madeKeys, askedThere(later), makes, 0, index)) return []
    const uses = (one: Operation): boolean => isOther(one) && needs(one, later, isOff)
    const operation = findSharing(script, neededKeys, askedOf(later), uses, 0, index)
    return operation ? [{operation, later}] : []
  })
}

function isMaker({kind, statement}: Operation): boolean {
  return (
    /^(?:create-table|create-enum|add-column|create-object)$/u.test(kind) && !/\bOR\s+REPLACE\b/i.test(statement.text)
  )
}

/** It was there before: the script drops it or gives it another name, and then makes it anew. */
function wasThere(later: Operation, one: Operation): boolean {
  if (later.kind === 'create-table')
    return (
      ((one.kind === 'drop-table' || one.kind === 'rename-table') && sameName(one.table, later.table)) ||
      (one.kind === 'rename-table' && sameName(one.to, later.table))
    )
  if (later.kind === 'add-column')
    return (
      (one.kind === 'rename-table' && sameName(one.to, later.table)) ||
      ((one.kind === 'drop-column' || one.kind === 'rename-column') &&
        sameName(one.table, later.table) &&
        (sameName(one.column, later.column.name) ||
          (one.kind === 'rename-column' && sameName(one.to, later.column.name))))
    )
  return (
    (later.kind === 'create-enum' || later.kind === 'create-object') &&
    (one.kind === 'drop-object' || one.kind === 'alter-object') &&
    sameName(one.name, later.name)
  )
}

function isMadeBy(later: Operation, one: Operation): boolean {
  if (later.kind === 'create-table') return one.kind === 'create-table' && sameName(one.table, later.table)
  if (later.kind === 'add-column')
    return (
      ((one.kind === 'create-table' && named(one.columns, columnName, later.column.name).length > 0) ||
        (one.kind === 'add-column' && sameName(one.column.name, later.column.name))) &&
      sameName(one.table, later.table)
    )
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
      return !later.temporary && !later.table.hole && (isOn(one, later.table) || (!isOff && leadsTo(one, later.table)))
    case 'add-column':
      return !later.column.name.hole && isOn(one, later.table) && hasColumn(one, later.column.name)
    case 'create-enum':
      return !later.name.hole && hasType(one, later.name)
    case 'create-object':
      if (later.name.hole) return false
      if (later.what === 'type' || later.what === 'domain') return hasType(one, later.name)
      if (later.what === 'schema') return isInside(one, later.name)
      if (later.what === 'function') return isCalledBy(one, later.name)
      return later.what === 'sequence' && drawsFrom(one, later.name)
    default:
      return false
  }
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

function hasColumn(one: Operation, {key}: Name): boolean {
  return columnsOf(one).some((column) => column.key === key)
}

function isInside(one: Operation, {key}: Name): boolean {
  const name = one.kind === 'create-table' ? one.table : one.kind === 'create-enum' ? one.name : undefined
  return name?.key.startsWith(`${key}.`) === true
}

function drawsFrom({statement: {text}}: Operation, name: Name): boolean {
  const word = lastPart(name).replaceAll(/\W/gu, '')
  return new RegExp(String.raw`\bnextval\s*\(\s*'(?:\w+\.)?${word}'`, 'iu').test(text)
}
