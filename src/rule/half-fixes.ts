import type {CodeBlock, SpecDocument} from '../document/types.ts'
import {inverseOf} from '../sql/inverse.ts'
import type {Operation} from '../sql/model.ts'
import {tableOf, undoes} from '../sql/undoes.ts'
import type {Halves, MigrationWay} from './halves.ts'
import {sameName} from './schema.ts'
import type {Edit, Fix} from './types.ts'

/** Adds the inverse of an operation to the SQL of the rollback: before what takes back earlier operations. */
export function rollbackFix(document: SpecDocument, way: MigrationWay, operation: Operation): Fix | undefined {
  const edit = rollbackEdit(document, way, operation)
  return edit && {title: 'Add the inverse to the rollback', safety: 'unsafe', edits: [edit]}
}

function rollbackEdit(document: SpecDocument, {up, down}: MigrationWay, operation: Operation): Edit | undefined {
  const inverse = inverseOf(operation)
  const isFence = ({statement: {code}}: Operation): boolean => code.fenced && code.language?.startsWith('py') !== true
  const steps = down.filter((one) => isFence(one) && isStep(one))
  if (inverse.kind !== 'sql') return undefined
  const index = up.indexOf(operation)
  const earlier = up.slice(0, index)
  const next = steps.find((one) => earlier.some((other) => undoes(other, one)))
  const statement = styled(inverse.text, steps)
  if (next) return before(document, next, statement)
  const last = steps.at(-1) ?? down.find(isFence)
  return last && after(document, last, statement)
}

function isStep({kind}: Operation): boolean {
  return !/^(?:begin|commit|rollback|select)$/u.test(kind)
}

/** Adds the declared statement to the SQL of the migration, behind what is declared before it, and its inverse to the rollback. */
export function migrationFix(
  document: SpecDocument,
  {declared, up, down, places, unread}: Halves,
  operation: Operation,
): Fix | undefined {
  const {statement} = operation
  const steps = up.filter(({kind, statement: {code}}) => isStep({kind} as Operation) && isSqlFence(code))
  const place = placeAmong(declared, steps, operation)
  if (statement.template || !isSqlFence(statement.code) || !place) return undefined
  const text = `${statement.text.trim()};`
  const added = place.isBefore ? before(document, place.one, text) : after(document, place.one, text)
  const missing = statement.operations.filter((one) => !down.some((other) => undoes(one, other)))
  const way = {up: declared, down, places, unread}
  const inverses = down.length === 0 ? [] : missing.flatMap((one) => rollbackEdit(document, way, one) ?? [])
  // A second statement at one place would leave their order open.
  const edits = [added, ...inverses.slice(0, 1)]
  return {title: 'Add the statement to the migration', safety: 'unsafe', edits}
}

function placeAmong(
  declared: readonly Operation[],
  steps: readonly Operation[],
  operation: Operation,
): {readonly one: Operation; readonly isBefore: boolean} | undefined {
  const form = (one: Operation): string => one.statement.text.replaceAll(/\s+/gu, ' ').toLowerCase()
  const earlier = new Set(declared.slice(0, declared.indexOf(operation)).map(form))
  const last = steps.findLast((one) => earlier.has(form(one)))
  if (last) return {one: last, isBefore: false}
  const [first] = steps
  return first && {one: first, isBefore: true}
}

function isSqlFence({fenced, language}: CodeBlock): boolean {
  return fenced && language?.startsWith('py') !== true
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
  const drops = texts.filter((one) => /^\s*drop\b/iu.test(one))
  let styledText = text
  if (drops.length > 0 && drops.every((one) => /\bif\s+exists\b/iu.test(one)))
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
    drops.some((other) => other !== one && one.kind !== 'create-table' && isMadeBy(one, other))
  return up
    .filter((one) => !isPart(one))
    .toReversed()
    .flatMap((one) => {
      const inverse = inverseOf(one)
      return inverse.kind === 'sql' ? [inverse.text] : []
    })
}

function isMadeBy(one: Operation, other: Operation): boolean {
  const table = tableOf(one)
  if (!table || (other.kind !== 'create-table' && other.kind !== 'add-column') || !sameName(table, other.table))
    return false
  if (other.kind === 'create-table') return true
  return 'column' in one && one.kind !== 'add-column' && one.column.key === other.column.name.key
}
