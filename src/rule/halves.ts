import {expression} from '../document/expressions.ts'
import {kept} from '../document/remembered.ts'
import {isBelow, isWithin} from '../document/places.ts'
import type {CodeBlock, Section, Span, SpecDocument} from '../document/types.ts'
import {isPythonFence, isSqlFence} from '../sql/dialect.ts'
import type {MigrationScript} from '../sql/documented/model.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import {isRowBlock} from '../sql/row-blocks.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {isDdl} from './ddl.ts'
import {isPresent, isThere} from './present.ts'
import {isBackSection, isInMigrationField, labelled} from './back.ts'
import {fromLast} from './from-last.ts'
import {freeForward, isAside} from './free-halves.ts'
import {runAsDeclared} from './run-as-declared.ts'
import {ofKind, roleAt} from './schema.ts'
import {backStatements} from './ways-back.ts'

export {isDdl}

/** What a document says of a migration, and of the way back. */
export interface Halves {
  /** Operations of the sections that say what the schema is to be. */
  readonly declared: readonly Operation[]
  /** Operations of the migration, in SQL and in Alembic. */
  readonly up: readonly Operation[]
  /** SQL that takes the migration back, wherever it stands. */
  readonly down: readonly Operation[]
  /** Alembic scripts of the migration: each has a way back of its own. */
  readonly scripts: readonly MigrationScript[]
  /** Those in sections that the type doesn't know; what they do isn't in `up`. */
  readonly freeScripts: readonly MigrationScript[]
  /** Where the document speaks of the way back: sections, labelled lines, items. */
  readonly places: readonly Span[]
  /** SQL of the way back of which it isn't known what it does. */
  readonly unread: readonly string[]
}

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

/** The sections of one role or another. */
const roles = ['schema', 'ddl', 'tables', 'migration', 'rollback', 'queries']

/** Sections that say which half the SQL of a document is. */
const holders = ['schema', 'ddl', 'migration']

const known = kept<Halves>()

/** Several rules ask for them: read once a document, whose facts are bound to one type. */
export function halvesOf(facts: Facts): Halves {
  return known(facts.schema, () => readHalves(facts))
}

/** The SQL of a document, by what it is there for. */
export interface Scripts {
  readonly declared: readonly StatementFact[]
  readonly up: readonly StatementFact[]
  readonly down: readonly StatementFact[]
  /** Of none of these: seeds, triggers in a section of their own, examples. */
  readonly others: readonly StatementFact[]
}

/** The SQL statements of a document without its queries, each in the order of the text. */
export function scriptsOf({document, type, schema}: Facts): Scripts {
  const declared: StatementFact[] = []
  const up: StatementFact[] = []
  const down: StatementFact[] = []
  const others: StatementFact[] = []
  const back = backStatements(schema)
  for (const statement of schema.sql.statements) {
    const role = roleAt(statement.start, type, roles)
    if (role === 'queries') continue
    if (role === 'rollback' || back.has(statement)) down.push(statement)
    else if (role === 'migration' || ((role === 'schema' || role === 'ddl') && isInMigrationField(statement)))
      up.push(statement)
    else if (role === 'schema' || role === 'ddl') {
      if (!isPresent(statement.code, statement.section)) declared.push(statement)
    } else others.push(statement)
  }
  // Where the type's own sections have no SQL but the way back, what that takes back stands in another one.
  const isHeld = holders.some((role) => type.withRole(role).length > 0)
  const isStructured =
    schema.models.migrations.length > 0 || (isHeld && (down.length === 0 || type.withRole('migration').length > 0))
  // A query beside the description declares nothing.
  const isTold = [...declared, ...up].some(({operations}) => operations.some((one) => one.kind !== 'select'))
  const free = isStructured || isTold ? [] : freeForward(others, down, document)
  if (free.length === 0) {
    const run = new Set(
      runAsDeclared(
        [...declared, ...others].filter(
          (one) =>
            !isPresent(one.code, one.section) && !(isThere(one) && ofKind(one.operations, 'create-table').length > 0),
        ),
        up,
        down,
      ),
    )
    return run.size === 0
      ? {declared, up, down, others}
      : {
          declared,
          up: [...run, ...up].toSorted((a, b) => a.start - b.start),
          down,
          others: others.filter((one) => !run.has(one)),
        }
  }
  const taken = new Set(free)
  return {declared, up: free, down, others: others.filter((one) => !taken.has(one))}
}

function readHalves({document, type, schema}: Facts): Halves {
  const written = scriptsOf({document, type, schema})
  const [declared, up, down] = [written.declared, written.up, written.down].map((statements) =>
    statements.flatMap((statement) => statement.operations),
  ) as [Operation[], Operation[], Operation[]]
  const unread = written.down.filter(isUnread).map(({text}) => text)
  const scripts = schema.models.migrations.filter((script) => {
    const role = roleAt(script.start, type, roles)
    return role === 'migration' || ((role === 'schema' || role === 'ddl') && isInMigrationField(script))
  })
  const freeScripts = schema.models.migrations.filter(
    ({start, section, code}) =>
      roleAt(start, type, roles) === undefined &&
      !isBelow(section, isAside) &&
      !isPresent(code, section) &&
      !leftOut.test(code.value),
  )
  up.push(...scripts.flatMap(({upgrade}) => upgrade).flatMap(({operations}) => operations))
  const places = placesOf(document, type, up, down)
  const refused = schema.sql.problems.filter(({start}) => places.some((place) => isWithin(start, place)))
  unread.push(...refused.map(({statement: {start, end}}) => document.text.slice(start, end)))
  return {declared, up, down: fromLast(down, up), scripts, freeScripts, places, unread}
}

/** Something isn't shown, or is made in a loop. */
const leftOut = /\.\.\.|…|^\s*for\s/mu

/** What a migration does of which the type knows no section: in scripts, and in the SQL beside them. */
export function freeOperations(facts: Facts): readonly Operation[] {
  const {freeScripts} = halvesOf(facts)
  if (freeScripts.length === 0) return []
  const beside = scriptsOf(facts).others.filter(
    ({section, code}) => !isBelow(section, isAside) && !isPresent(code, section),
  )
  return [...beside, ...freeScripts.flatMap(({upgrade}) => upgrade)].flatMap(({operations}) => operations)
}

function isUnread({operations, text}: StatementFact): boolean {
  return operations.every(({kind}) => kind === 'other') && !isRowBlock(text)
}

function placesOf(
  document: SpecDocument,
  type: BoundDocument,
  up: readonly Operation[],
  down: readonly Operation[],
): readonly Span[] {
  const sections = document.sections.filter((section) => isBackSection(section, document))
  // A section that holds both halves isn't all about the way back.
  const migrations = type.withRole('migration')
  const forward = new Set(migrations.length > 0 ? [] : up.map(({statement: {section}}) => section))
  const around = down.map(({statement: {section, code}}) =>
    forward.has(section) ||
    migrations.some(
      ({start, end}) => start === section.start || (start > section.start && isWithin(code.start, {start, end})),
    )
      ? {start: code.start, end: endOfWords(document, code)}
      : besideForward(section, code, up),
  )
  return [
    ...new Set([
      ...type.withRole('rollback'),
      ...sections,
      ...document.sections.flatMap((section) => labelled(section)),
      ...around,
    ]),
  ]
}

/** The end of the paragraphs that stand directly behind a fence: "The value stays: …"; a label begins something else. */
function endOfWords({text}: SpecDocument, {end}: Span): number {
  let at = end
  for (const line of text
    .slice(end, end + 2000)
    .split('\n')
    .slice(0, 12)) {
    const isOther = /^(?:\s*(?:\d{1,9}[.)]\s|[#|>]|```|~~~)|[-*+]\s)/u.test(line) || /[:*`]\s*$/u.test(line)
    if (at > end && isOther) return at - 1
    at += line.length + 1
  }
  return Math.min(at - 1, text.length)
}

/** The body of a section as far as no fence of the way there stands between it and one of the way back. */
function besideForward({body}: Section, {start, end}: CodeBlock, up: readonly Operation[]): Span {
  const codes = up.map(({statement}) => statement.code).filter((one) => isWithin(one.start, body))
  return {
    start: Math.max(body.start, ...codes.flatMap((one) => (one.end <= start ? one.end : []))),
    end: Math.min(body.end, ...codes.flatMap((one) => (one.start >= end ? one.start : []))),
  }
}

/** What a document says in words between two places: all but its SQL and Python, of which the comments stay. */
export function wordsIn(document: SpecDocument, {start, end}: Span): string {
  let text = ''
  let from = start
  for (const code of document.codes) {
    const isPython = isPythonFence(code)
    if (!(isSqlFence(code) || isPython) || code.start < start || code.end > end) continue
    const comments = code.value.match(isPython ? /#.*/gu : /--.*|\/\*[\s\S]*?\*\//gu) ?? []
    text += `${saidIn(document, {start: from, end: code.start})}\n${comments.join('\n')}\n`
    from = code.end
  }
  return text + saidIn(document, {start: Math.min(from, end), end})
}

/** The text of a place without comments to the linter, which name rules and say nothing of the document. */
export function saidIn({text, directives}: SpecDocument, {start, end}: Span): string {
  const inside = directives.filter((one) => one.start >= start && one.end <= end)
  const ends = [start, ...inside.map((one) => one.end)]
  return ends.map((from, index) => text.slice(from, inside[index]?.start ?? end)).join(' ')
}

/** Whether a text has a name as a word. */
export function hasName(text: string, name: Name | undefined): boolean {
  const word = name?.text.slice(name.text.lastIndexOf('.') + 1).toLowerCase()
  if (word === undefined || word === '') return false
  const low = lowerOf(text)
  for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1))
    if (!isLetter.test(markAt(low, at - 1, -1)) && !isLetter.test(markAt(low, at + word.length, 1))) return true
  return false
}

const isLetter = expression('u')`^[\p{L}\p{N}_]$`

/** The character on one side of a name, with both halves of one that has two. */
function markAt(text: string, at: number, way: 1 | -1): string {
  const other = text.charAt(at + way)
  const pair = way === 1 ? text.charAt(at) + other : other + text.charAt(at)
  return /^[\u{10000}-\u{10FFFF}]$/u.test(pair) ? pair : text.charAt(at)
}

let last = {text: '', low: ''}

/** One text is asked for many names. */
function lowerOf(text: string): string {
  if (text !== last.text) last = {text, low: text.toLowerCase()}
  return last.low
}

/** Whether some name of it is a placeholder. */
export function isOpen(operation: Operation): boolean {
  const names: readonly unknown[] = [
    ...Object.values(operation),
    ...(operation.kind === 'create-index' ? [operation.index.name, operation.index.table] : []),
    ...(operation.kind === 'add-column' ? [operation.column.name] : []),
    ...(operation.kind === 'add-constraint' ? [operation.constraint.name] : []),
  ]
  return names.some((name) => typeof name === 'object' && name !== null && 'hole' in name && name.hole === true)
}

/** A migration with SQL, and the SQL that takes it back. */
export interface MigrationWay {
  readonly up: readonly Operation[]
  readonly down: readonly Operation[]
  /** Where the document speaks of this way back. */
  readonly places: readonly Span[]
  /** Statements of which it isn't known what they do. */
  readonly unread: readonly string[]
}

/** The ways there and back: the SQL of the document, or what is told of it in words, is one, each Alembic script another. */
export function migrationWays(halves: Halves, told: readonly Operation[]): readonly MigrationWay[] {
  const {down, scripts, freeScripts, places, unread} = halves
  const ways: MigrationWay[] = down.some(({kind}) => !/^(?:select|begin|commit|rollback)$/u.test(kind))
    ? [{up: forwardHalf(halves, told), down, places, unread}]
    : []
  for (const script of [...scripts, ...freeScripts]) {
    const {upgrade, downgrade, code} = script
    const reverse = downgrade.flatMap(({operations}) => operations)
    if (reverse.length === 0 && (freeScripts.includes(script) || !isPassed(code))) continue
    ways.push({
      up: upgrade.flatMap(({operations}) => operations),
      down: reverse,
      places: [...places, code],
      unread: downgrade.filter(isUnread).map(({text}) => text),
    })
  }
  return ways
}

/** A `downgrade` that does nothing, without a word why. */
function isPassed({value}: CodeBlock): boolean {
  return /\bdef\s+downgrade\b[^:\n]*:\s*(?:pass|return)\s*$/u.test(value)
}

/** What the migration does in SQL; without any, what is told in words. */
export function forwardHalf({declared, up, scripts}: Halves, told: readonly Operation[]): readonly Operation[] {
  const inScripts = new Set(scripts.flatMap(({upgrade}) => upgrade))
  const written = up.filter(({statement}) => !inScripts.has(statement))
  // Some types have the SQL in the schema section, and the plan in words.
  if (written.some(isDdl)) return written
  return declared.some(isDdl) || scripts.length > 0 ? [...declared, ...written] : [...told, ...written]
}
