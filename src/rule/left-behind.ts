import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import {askedKeys, nameKeys, sharing} from '../sql/named.ts'
import {kindsOf, mentionsOf, spokenNames, type Speech, type SpokenName} from '../sql/speech/index.ts'
import {goesWithWhole} from '../sql/order-parts.ts'
import {goesWithView, isLeftover, isTakenBack} from '../sql/taken-back.ts'
import {isUndoing, isUndone, takers, undoneBy} from '../sql/takers.ts'
import {tableOf, undoes} from '../sql/undoes.ts'
import {isSlip} from '../type/nearest.ts'
import {isDdl, isOpen, type MigrationWay} from './halves.ts'
import {isFirstMade} from './replaced-functions.ts'
import {called, newName, ofKind, ofTable, sameName} from './schema.ts'

/** What the rollback has no inverse of: neither what goes with something else, nor what the migration takes back itself. */
export function leftBehind({up, down}: MigrationWay): readonly Operation[] {
  return up.filter((operation, index) => {
    if (!(isAsked(operation) || isFirstMade(operation, {up, down})) || isOpen(operation) || isLeftover(operation, up))
      return false
    return (
      !isUndone(operation, down) &&
      !isPartOf(operation, up) &&
      !isUndone(operation, up, index + 1) &&
      !isUndoing(operation, up, index) &&
      !isTakenBack(operation, {up, down}) &&
      !goesWithView(operation, up, down) &&
      !goesWithWhole(operation, down) &&
      !isRebuilt(operation, up, down)
    )
  })
}

/**
 * Of the indexes, or the constraints, that go with a dropped table or column, the one that isn't dropped by name though all
 * others are: left out, and not left to the table.
 */
export function unlikeOthers({up, down}: Pick<MigrationWay, 'up' | 'down'>): readonly Operation[] {
  return (['create-index', 'add-constraint'] as const)
    .flatMap((kind) => {
      const all = up.filter(
        (one) =>
          one.kind === kind &&
          !isOpen(one) &&
          one.statement.operations[0]?.kind !== 'create-table' &&
          isTakenBy(one, down, /^drop-(?:table|column)$/u),
      )
      // Those of a table that goes as a whole are one group, those of a table that stays another.
      return [true, false].flatMap((goes) => {
        const group = all.filter((one) => isTakenBy(one, down, /^drop-table$/u) === goes)
        const left = group.filter((one) => !isTakenBy(one, down, /^drop-(?:index|constraint)$/u))
        return left.length === 1 && group.length > 2 ? left : []
      })
    })
    .filter((operation) => !misnamed({up, down}).some(({meant}) => meant === operation))
}

function isTakenBy(operation: Operation, down: readonly Operation[], kind: RegExp): boolean {
  return takers(operation, down).some((other) => kind.test(other.kind))
}

/** The rollback takes back others that the migration does to the same table: that "the columns stay" can't be said of this one. */
export function isOneOfTaken(operation: Operation, {up, down}: Pick<MigrationWay, 'up' | 'down'>): boolean {
  return (
    operation.kind === 'add-column' &&
    ofTable(ofKind(up, 'add-column'), operation.table).some((one) => one !== operation && isUndone(one, down))
  )
}

/** The rollback makes others of its kind again, of one table if it is a column: it is left out, and not given up. */
export function isOddOne(operation: Operation, {up, down}: Pick<MigrationWay, 'up' | 'down'>): boolean {
  if (operation.kind !== 'drop-column' && operation.kind !== 'drop-table') return false
  const others = up.filter(
    (one) =>
      one !== operation &&
      one.kind === operation.kind &&
      (one.kind === 'drop-table' || sameName(one.table, operation.table)),
  )
  return others.length > 0 && others.every((one) => isUndone(one, down))
}

interface Misnamed {
  /** The drop of what nobody made. */
  readonly operation: Operation
  /** What it may mean: no other statement drops it by its name. */
  readonly meant: Operation
}

/** Drops whose name is a slip of one that the migration makes; what goes with its table isn't missed otherwise. */
export function misnamed({up, down}: Pick<MigrationWay, 'up' | 'down'>): readonly Misnamed[] {
  const isNamed = (drop: Operation, made: Operation): boolean =>
    drop.kind === dropKinds[made.kind] && undoes(made, drop)
  return down.flatMap((operation): readonly Misnamed[] => {
    const name = droppedName(operation)
    if (!name || name.hole || undoneBy(operation, up).some(({kind}) => dropKinds[kind] === operation.kind)) return []
    if (up.some((made) => isDroppedThere(made, name))) return []
    const table = tableOf(operation)
    const meant = up.find((made) => {
      const text = dropKinds[made.kind] === operation.kind ? spokenNames(made)[0] : undefined
      const home = tableOf(made)
      const isElsewhere = operation.kind !== 'drop-table' && table && home && !sameName(table, home)
      return (
        text !== undefined &&
        !isElsewhere &&
        isSlip(text, lastPart(name)) &&
        down.some((one) => undoes(made, one)) &&
        !down.some((one) => isNamed(one, made))
      )
    })
    return meant ? [{operation, meant}] : []
  })
}

interface Misspoken {
  readonly name: SpokenName
  /** What it may mean: no other words name it. */
  readonly meant: Operation
}

/** Drops of a way back in words whose name is a slip of one that the migration makes. */
export function misspoken(up: readonly Operation[], speech: Speech): readonly Misspoken[] {
  const made = up.filter((one) => dropKinds[one.kind] !== undefined && !isOpen(one))
  const known = new Set(up.flatMap((one) => [...spokenNames(one), lastPart(tableOf(one) ?? none)]))
  return speech.names.flatMap((name): readonly Misspoken[] => {
    const word = name.parts.at(-1) ?? ''
    if (name.act !== 'take' || name.place || !name.marked || !word.includes('_') || known.has(word)) return []
    if (up.some((one) => isDroppedThere(one, {...none, key: word}))) return []
    const meant = made.filter((one) => {
      const [text] = spokenNames(one)
      const isOfKind = name.kind === undefined || kindsOf(one).includes(name.kind)
      return text !== undefined && isOfKind && isSlip(text, word) && mentionsOf(one, speech).length === 0
    })
    return meant.length === 1 ? meant.map((one) => ({name, meant: one})) : []
  })
}

const none: Name = {text: '', key: '', hole: false, start: 0, end: 0}

const dropKinds: Readonly<Partial<Record<Operation['kind'], Operation['kind']>>> = {
  'create-table': 'drop-table',
  'create-index': 'drop-index',
  'add-constraint': 'drop-constraint',
  'add-column': 'drop-column',
  'create-enum': 'drop-object',
}

function droppedName(operation: Operation): Name | undefined {
  switch (operation.kind) {
    case 'drop-table':
      return operation.table
    case 'drop-column':
      return operation.column
    case 'drop-index':
    case 'drop-constraint':
    case 'drop-object':
      return operation.name
    default:
      return undefined
  }
}

/** The migration speaks of the object itself. */
function isDroppedThere({statement}: Operation, name: Name): boolean {
  return statement.text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_$]+/u)
    .includes(lastPart(name).toLowerCase())
}

/** At its head: a body may ask `IF NOT EXISTS` too. */
const mayBeThere = /^(?:\s|--[^\n]*\n)*CREATE\s+(?:OR\s+(?:REPLACE|ALTER)|(?:\w+\s+){1,3}IF\s+NOT\s+EXISTS)\b/i

function isAsked(operation: Operation): boolean {
  if (operation.kind === 'create-object')
    return (
      !/^(?:extension|schema|role|user|comment|grant)$/u.test(operation.what) &&
      !mayBeThere.test(operation.statement.text)
    )
  if (operation.kind === 'create-table') return !operation.temporary
  if (operation.kind === 'drop-object') return !/^(?:trigger|function|procedure|extension)$/u.test(operation.what)
  if (operation.kind === 'delete' || operation.kind === 'truncate') return true
  return isDdl(operation) && operation.kind !== 'alter-object' && operation.kind !== 'validate-constraint'
}

/** Whether an operation is about something that another one makes: without that, it is gone as well. */
function isPartOf(operation: Operation, up: readonly Operation[]): boolean {
  const table = tableOf(operation)
  if (operation.kind !== 'create-table' && table && ofTable(ofKind(up, 'create-table'), table).length > 0) return true
  if ('column' in operation && operation.kind !== 'add-column') {
    const asked = askedKeys(operation.table).map((key) => `${key} ${operation.column.key}`)
    if (sharing(up, addedKeys, asked).length > 0 && !operation.table.hole) return true
  }
  // `MODIFY COLUMN` says type, default and nullability at once.
  return operation.kind !== 'alter-type' && sharing(up, retypedAt, [placeOf(operation)]).length > 0
}

function addedKeys(one: Operation): readonly string[] {
  if (one.kind !== 'add-column' || one.table.hole) return []
  return nameKeys(one.table).map((key) => `${key} ${one.column.name.key}`)
}

function retypedAt(one: Operation): readonly string[] {
  return one.kind === 'alter-type' ? [placeOf(one)] : []
}

function placeOf({start, end}: Operation): string {
  return `${start} ${end}`
}

/** A table that is made anew under its old name, as SQLite needs it: the rollback has to make it anew, too. */
function isRebuilt(operation: Operation, up: readonly Operation[], down: readonly Operation[]): boolean {
  const table = operation.kind === 'rename-table' ? operation.to : tableOf(operation)
  if (table === undefined) return false
  const renames = (operations: readonly Operation[]): readonly Name[] => {
    const all = ofKind(operations, 'rename-table')
    return [...new Set([...ofTable(all, table), ...called(all, newName, table)])].flatMap((one) => [one.table, one.to])
  }
  const isAgain = renames(up).some((name) =>
    [...ofTable(down, name), ...called(ofKind(down, 'rename-table'), newName, name)].some(
      (one) => !isLeftover(one, down),
    ),
  )
  return isAgain || renames(down).length > 0
}
