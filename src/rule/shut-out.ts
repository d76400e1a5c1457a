/** Values that a way back shuts out again, and that rows may have got meanwhile. */
import {once} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import {isOpen, type MigrationWay, wordsIn} from './halves.ts'
import {ofKind, ofTable, sameName} from './schema.ts'

export interface ShutOut {
  readonly operation: Operation
  readonly column: string
  /** Those that the migration allows and the way back doesn't. */
  readonly values: readonly string[]
}

/** Checks and enums of a column that stays, which no statement of the way back frees of the new values first. */
export function shutOut(way: MigrationWay, document: SpecDocument): readonly ShutOut[] {
  const {up, down, places} = way
  const words = once(() => [...places.map((place) => wordsIn(document, place)), ...way.unread].join('\n'))
  if (way.unread.some((text) => mayMove.test(text))) return []
  const wide = up.flatMap((one) => allowedBy(one))
  return down.flatMap((operation): readonly ShutOut[] => {
    const [own] = isOpen(operation) ? [] : allowedBy(operation)
    if (!own || isGone(own, way) || isSpared(operation, down)) return []
    const before = wide.find((one) => sameName(one.table, own.table) && sameName(one.column, own.column))
    const values = (before?.values ?? []).filter((value) => !own.values.includes(value))
    // Where all are others, the values are told in another way.
    if (!before || values.length === 0 || values.length === before.values.length) return []
    const isMoved =
      ofTable(ofKind(down, 'delete'), own.table).length > 0 ||
      ofTable(ofKind(down, 'update'), own.table).some(({columns}) =>
        columns.some((one) => one.hole || sameName(one, own.column)),
      )
    return isMoved || isSaid(values, words())
      ? []
      : [{operation, column: `${lastPart(own.table)}.${lastPart(own.column)}`, values}]
  })
}

/** What may change rows without being read as an UPDATE. */
const mayMove = /\b(?:UPDATE|DELETE|MERGE|DO|CALL|EXECUTE|EXEC|PERFORM|SELECT|TRUNCATE)\b/i

interface Allowed {
  readonly table: Name
  readonly column: Name
  readonly values: readonly string[]
}

function allowedBy(one: Operation): readonly Allowed[] {
  if (one.kind === 'alter-type' && one.type && one.type.values.length > 0)
    return [{table: one.table, column: one.column, values: one.type.values.map(({text}) => bare(text))}]
  if (one.kind !== 'add-constraint' || one.constraint.kind !== 'check' || !one.constraint.allowed) return []
  const {column, values} = one.constraint.allowed
  return [{table: one.table, column, values: values.map(({text}) => bare(text))}]
}

/** The column, or its table, is of the migration itself, or goes. */
function isGone({table, column}: Allowed, {up, down}: MigrationWay): boolean {
  const all = [...ofTable(up, table), ...ofTable(down, table)]
  return all.some(
    (one) =>
      one.kind === 'create-table' ||
      one.kind === 'drop-table' ||
      one.kind === 'rename-table' ||
      (one.kind === 'add-column' && sameName(one.column.name, column)) ||
      ((one.kind === 'drop-column' || one.kind === 'rename-column') && sameName(one.column, column)),
  )
}

/** A check that rows which are there needn't keep. */
function isSpared(operation: Operation, down: readonly Operation[]): boolean {
  if (operation.kind !== 'add-constraint' || !operation.notValid) return false
  const {name} = operation.constraint
  return !name || !ofKind(down, 'validate-constraint').some((one) => sameName(one.name, name))
}

/** The words say that there are no such rows, or who sees to them. */
function isSaid(values: readonly string[], words: string): boolean {
  return words
    .split(/(?<=[.;!?])\s+|\n{2,}/u)
    .some((sentence) => spared.test(sentence) && values.some((value) => hasWord(sentence, value)))
}

const spared =
  /\b(?:no (?:rows?|records?|one|longer)|none|never|nothing|nobody|by hand|manual(?:ly)?|fails?|refus\w+|stops?|aborts?|only (?:if|when|while|after)|as long as|unless|until|must (?:not|be|have)|has to|have to|checked?|verif\w+|stays?|remains?|kept|keeps?)\b/i

function hasWord(text: string, word: string): boolean {
  const at = text.toLowerCase().indexOf(word.toLowerCase())
  return at >= 0 && !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}_]/u.test(text[at + word.length] ?? ' ')
}

function bare(text: string): string {
  return text.replace(/^'(.*)'$/u, '$1')
}
