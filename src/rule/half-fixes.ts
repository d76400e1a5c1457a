import type {CodeBlock, SpecDocument} from '../document/types.ts'
import {isPythonFence} from '../sql/dialect.ts'
import {inverseOf} from '../sql/inverse.ts'
import type {Name, Operation} from '../sql/model.ts'
import {hasTable} from '../sql/same-object.ts'
import {isUndoing, isUndone, undoneBy} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import type {Halves, MigrationWay} from './halves.ts'
import {sameName} from './schema.ts'
import type {Edit, Fix} from './types.ts'

/** Adds the inverse of an operation to the SQL of the rollback: before what takes back earlier operations. */
export function rollbackFix(document: SpecDocument, way: MigrationWay, operation: Operation): Fix | undefined {
  const edit = rollbackEdit(document, way, operation)
  return edit && {title: 'Add the inverse to the rollback', safety: 'unsafe', edits: [edit]}
}

/** The inverse of an operation, which is one of the way there, in the SQL of the way back. */
export function rollbackEdit(document: SpecDocument, {up, down}: MigrationWay, operation: Operation): Edit | undefined {
  const inverse = inverseOf(operation)
  const steps = down.filter((one) => isFencedSql(one.statement.code) && isStep(one))
  if (inverse.kind !== 'sql') return undefined
  const index = up.indexOf(operation)
  const next = steps.find((one) => isUndoing(one, up, index))
  const statement = styled(inverse.text, steps)
  const user = steps.findLast((one) => isUser(one, operation) && takesLater(one, up, index))
  if (user) return after(document, user, statement)
  if (next) return before(document, next, statement)
  const last = steps.at(-1) ?? down.find((one) => isFencedSql(one.statement.code))
  return last && after(document, last, statement)
}

function isFunction(operation: Operation): boolean {
  return operation.kind === 'create-object' && /^(?:function|procedure)$/u.test(operation.what)
}

/** A step may take back what needs a function, or an index or key that needs a column: until then that has to stay. */
function isUser(step: Operation, operation: Operation): boolean {
  if (isFunction(operation)) return true
  const [own, table] = [tableOf(step), tableOf(operation)]
  return operation.kind === 'add-column' && own !== undefined && table !== undefined && sameName(own, table)
}

/** It takes along what was made later, such as the trigger of a table that goes, and until then that needs its function. */
function takesLater(step: Operation, up: readonly Operation[], index: number): boolean {
  return undoneBy(step, up).some((one) => up.indexOf(one) > index)
}

function isStep({kind}: Operation): boolean {
  return !/^(?:begin|commit|rollback|select)$/u.test(kind)
}

/**
 * Adds the declared statement to the SQL of the migration, behind what is declared before it, and its inverse to the rollback.
 * None where the migration has a part of the statement already, or where nothing is known that takes it back.
 */
export function migrationFix(
  document: SpecDocument,
  {declared, up, down, places, unread}: Halves,
  operation: Operation,
): Fix | undefined {
  const {statement} = operation
  // It comes behind the statement that fills the column, wherever that stands.
  if (operation.kind === 'set-not-null') return undefined
  const isAll = operation.kind === 'create-table' ? !hasTable(up, operation.table) : statement.operations.length === 1
  const steps = up.filter((one) => isStep(one) && isFencedSql(one.statement.code))
  const place = placeAmong(declared, steps, operation)
  if (!isAll || statement.template || !isFencedSql(statement.code) || !place) return undefined
  const text = `${statement.text.trim()};`
  const added = place.isBefore ? before(document, place.one, text) : after(document, place.one, text)
  const isTakenBack = down.length === 0 || isUndone(operation, down)
  const inverse = isTakenBack ? undefined : rollbackEdit(document, {up: declared, down, places, unread}, operation)
  // Half of it would only move the fault into the rollback.
  if (!isTakenBack && !inverse) return undefined
  return {title: 'Add the statement to the migration', safety: 'unsafe', edits: inverse ? [added, inverse] : [added]}
}

interface Place {
  readonly one: Operation
  readonly isBefore: boolean
}

/** Behind the last step that is declared before the operation as well; else at the end, where all that it needs is there. */
function placeAmong(
  declared: readonly Operation[],
  steps: readonly Operation[],
  operation: Operation,
): Place | undefined {
  const form = (one: Operation): string => one.statement.text.replaceAll(/\s+/gu, ' ').toLowerCase()
  const earlier = new Set(declared.slice(0, declared.indexOf(operation)).map(form))
  const [first] = steps
  const one = steps.findLast((step) => earlier.has(form(step))) ?? steps.at(-1)
  if (earlier.size === 0) return first && {one: first, isBefore: true}
  return one && {one, isBefore: false}
}

function isFencedSql(code: CodeBlock): boolean {
  return code.fenced && !isPythonFence(code)
}

function before({source}: SpecDocument, {statement}: Operation, text: string): Edit {
  const line = source.lineSpan(source.lineOf(statement.start))
  const indent = /^\s*/u.exec(source.slice(line))?.[0] ?? ''
  return {start: line.start, end: line.start, text: `${indented(text, indent, source.eol)}${source.eol}`}
}

function after({source}: SpecDocument, {statement}: Operation, text: string): Edit {
  const first = source.lineSpan(source.lineOf(statement.start))
  const indent = /^\s*/u.exec(source.slice(first))?.[0] ?? ''
  const last = source.lineSpan(source.lineOf(statement.end))
  return {start: last.end, end: last.end, text: `${source.eol}${indented(text, indent, source.eol)}`}
}

function indented(text: string, indent: string, eol: string): string {
  const lines = text.split(/\r\n|\r|\n/u)
  const own = /^\s*/u.exec(lines.at(-1) ?? '')?.[0].length ?? 0
  return lines
    .map((line, index) =>
      line === '' ? '' : indent + (index === 0 ? line : line.slice(Math.min(own, /^\s*/u.exec(line)?.[0].length ?? 0))),
    )
    .join(eol)
}

/** As the statements beside it are written: keywords in small letters, names in quotes, `IF EXISTS`. */
function styled(text: string, steps: readonly Operation[]): string {
  const texts = steps.map(({statement}) => statement.text)
  const all = (test: (one: string) => boolean): boolean => texts.length > 0 && texts.every(test)
  const drops = texts.filter((one) => /^\s*drop\b/i.test(one))
  let styledText = text
  if (drops.length > 0 && drops.every((one) => /\bif\s+exists\b/i.test(one)))
    styledText = styledText.replace(
      /^(DROP (?:TABLE|INDEX|TYPE|VIEW|FUNCTION|TRIGGER)(?: CONCURRENTLY)?) /u,
      '$1 IF EXISTS ',
    )
  if (all((one) => one.includes('`')))
    styledText = styledText.replaceAll(/`[^`]*`|[\p{L}_][\p{L}\p{N}_]*/gu, (word) =>
      word.startsWith('`') || /^[A-Z]+$/u.test(word) ? word : `\`${word}\``,
    )
  if (all((one) => /^\s*[a-z]+\b/u.test(one)))
    styledText = styledText.replaceAll(/(?<!["`[])\b[A-Z]{2,}\b(?!["`\]])/gu, (word) => word.toLowerCase())
  return styledText
}

/** The statements that take operations back, last first; what goes with a table, and what can't be derived, left out. */
export function inverseLines(up: readonly Operation[]): readonly string[] {
  const drops = up.filter((one) => one.kind === 'create-table' || one.kind === 'add-column')
  const isPart = (one: Operation): boolean =>
    !isBackReference(one, up) &&
    drops.some((other) => other !== one && one.kind !== 'create-table' && isMadeBy(one, other))
  return up
    .filter((one) => !isPart(one))
    .toReversed()
    .flatMap((one) => {
      const inverse = inverseOf(one)
      return inverse.kind === 'sql' ? [inverse.text] : []
    })
}

/** A key to a table that is made later and so dropped first: it would hold that table. */
function isBackReference(one: Operation, up: readonly Operation[]): boolean {
  if (one.kind !== 'add-constraint' || one.constraint.kind !== 'foreign') return false
  const {table, constraint} = one
  const madeAt = (name: Name): number =>
    up.findIndex((other) => other.kind === 'create-table' && sameName(other.table, name))
  return madeAt(table) >= 0 && madeAt(constraint.table) > madeAt(table)
}

function isMadeBy(one: Operation, other: Operation): boolean {
  const table = tableOf(one)
  if (!table || (other.kind !== 'create-table' && other.kind !== 'add-column') || !sameName(table, other.table))
    return false
  if (other.kind === 'create-table') return true
  return 'column' in one && one.kind !== 'add-column' && one.column.key === other.column.name.key
}
