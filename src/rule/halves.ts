import {isWithin} from '../document/places.ts'
import {countBefore} from '../document/search.ts'
import type {CodeBlock, Field, ListItem, Section, Span, SpecDocument} from '../document/types.ts'
import {isSqlFence} from '../sql/dialect.ts'
import type {MigrationScript} from '../sql/documented/model.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {roleAt} from './schema.ts'

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

const words = String.raw`roll(?:ing|ed)?[ -]?backs?|down[ -]?migrations?|downgrad(?:e|ing)|revert(?:ing)?|undo(?:ing)?|roll(?:ing|ed)?\s+(?:it|this|that|them|everything|the\s+\w+)\s+back`
const back = new RegExp(String.raw`\b(?:${words})\b`, 'iu')
const label = new RegExp(String.raw`^\W*(?:to\s+)?(?:database\s+|migration\s+)?(?:${words}|down\b)`, 'iu')
const forward = String.raw`(?:migrations?|deploy(?:ment)?|roll-?out|upgrade|forward|apply|up)`
const both = new RegExp(
  String.raw`\b${forward}\s*(?:and|&|\/|\+)|(?:\band|&|\/|\+)\s*(?:the\s+)?${forward}\b|\bup\s*(?:and|\/|&)\s*down\b`,
  'iu',
)
const half = String.raw`(?:\s+(?:migration|script|plan|section|steps?|half|part|statements?|sql))*`
const marker = new RegExp(
  String.raw`^[ \t]*(?:--|#|\/\/|\/\*)[\s=*#@+-]*(?:goose\s+|migrate[: ]\s*|migration\s+)?(?:(?<down>down|undo|revert|downgrade|roll ?back)|(?<up>up|forward|upgrade|apply|migrate|migration))${half}[\s:=*#-]*(?:\*\/)?[ \t]*$`,
  'gimu',
)

/** The sections of one role or another. */
const roles = ['schema', 'ddl', 'tables', 'migration', 'rollback', 'queries']

const known = new WeakMap<SchemaFacts, Halves>()

/** Several rules ask for them: read once a document, whose facts are bound to one type. */
export function halvesOf(facts: Facts): Halves {
  const halves = known.get(facts.schema) ?? readHalves(facts)
  known.set(facts.schema, halves)
  return halves
}

function readHalves({document, type, schema}: Facts): Halves {
  const declared: Operation[] = []
  const up: Operation[] = []
  const down: Operation[] = []
  const unread: string[] = []
  for (const statement of schema.sql.statements) {
    const role = roleAt(statement.start, type, roles)
    if (role === 'queries') continue
    if (role === 'rollback' || isBack(statement, document)) {
      down.push(...statement.operations)
      if (isUnread(statement)) unread.push(statement.text)
    } else if (role === 'schema' || role === 'ddl') declared.push(...statement.operations)
    else if (role === 'migration') up.push(...statement.operations)
  }
  const scripts = schema.models.migrations.filter(({start}) => roleAt(start, type, roles) === 'migration')
  up.push(...scripts.flatMap(({upgrade}) => upgrade).flatMap(({operations}) => operations))
  const places = placesOf(document, type, down)
  const refused = schema.sql.problems.filter(({start}) => places.some((place) => isWithin(start, place)))
  unread.push(...refused.map(({statement: {start, end}}) => document.text.slice(start, end)))
  return {declared, up, down, scripts, places, unread}
}

function isUnread({operations}: StatementFact): boolean {
  return operations.every(({kind}) => kind === 'other')
}

function isBack({code, section, start}: StatementFact, document: SpecDocument): boolean {
  const all = marksIn(code)
  const marked = all[countBefore(all, ({at}) => at < start) - 1]
  if (marked) return marked.isDown
  return isBackSection(section) || isLabelled(code, section, document)
}

interface Mark {
  readonly at: number
  readonly isDown: boolean
}

const marks = new WeakMap<CodeBlock, readonly Mark[]>()

/** The comments of a fence that say which half begins there, such as `-- +goose Down`. */
function marksIn(code: CodeBlock): readonly Mark[] {
  const made =
    marks.get(code) ??
    [...code.value.matchAll(marker)].map(({index, groups}) => ({
      at: code.offsetAt(index),
      isDown: groups?.['down'] !== undefined,
    }))
  marks.set(code, made)
  return made
}

function isBackSection(section: Section): boolean {
  for (let one: Section | undefined = section; one?.heading && one.depth > 1; one = one.parent) {
    const title = one.heading.title.text
    if (back.test(title) && !both.test(title)) return true
  }
  return false
}

/** In a labelled line, an item or below a line that says so. */
function isLabelled(code: CodeBlock, section: Section, document: SpecDocument): boolean {
  const before = section.blocks.findLast(({end}) => end <= code.start)
  const leads = before?.kind === 'paragraph' && (before.text.endsWith(':') || before.text.length < 40)
  if (before?.kind === 'list' && isLead(before.items.at(-1))) return true
  return (leads && label.test(before.text)) || labelled(document, section).some((place) => isWithin(code.start, place))
}

/** The last item of a list, which speaks of the code below the list. */
function isLead(item: ListItem | undefined): boolean {
  if (!item || !label.test(item.text) || item.blocks.some(({kind}) => kind === 'code')) return false
  return (
    /:\s*$/u.test(item.text) ||
    /\b(?:below|following|as follows|(?:this|these) (?:scripts?|statements?|sql))\b/iu.test(item.text)
  )
}

function labelled({lists}: SpecDocument, section: Section): readonly Span[] {
  const fields = section.fields.flatMap(withInner).filter((field) => label.test(field.label.text))
  const items = lists
    .filter(({start}) => isWithin(start, section))
    .flatMap((list) => list.items)
    .filter(({text}) => label.test(text))
  return [
    ...fields.map(({start, end, blocks}) => ({start, end: Math.max(end, ...blocks.map((block) => block.end))})),
    ...items,
  ]
}

function withInner(field: Field): readonly Field[] {
  return [field, ...field.fields.flatMap(withInner)]
}

function placesOf(document: SpecDocument, type: BoundDocument, down: readonly Operation[]): readonly Span[] {
  const sections = document.sections.filter(isBackSection)
  // A section that holds both halves isn't all about the way back.
  const migrations = type.withRole('migration')
  const around = down.map(({statement: {section, code}}) =>
    migrations.some(({start}) => start === section.start) ? code : section.body,
  )
  return [
    ...new Set([
      ...type.withRole('rollback'),
      ...sections,
      ...document.sections.flatMap((section) => labelled(document, section)),
      ...around,
    ]),
  ]
}

/** What a document says in words between two places: all but its SQL and Python, of which the comments stay. */
export function wordsIn(document: SpecDocument, {start, end}: Span): string {
  let text = ''
  let from = start
  for (const code of document.codes) {
    const isPython = code.language?.startsWith('py') === true
    if (!(isSqlFence(code) || isPython) || code.start < start || code.end > end) continue
    const comments = code.value.match(isPython ? /#.*/gu : /--.*|\/\*[\s\S]*?\*\//gu) ?? []
    text += `${document.text.slice(from, code.start)}\n${comments.join('\n')}\n`
    from = code.end
  }
  return text + document.text.slice(Math.min(from, end), end)
}

/** Whether a text has a name as a word. */
export function hasName(text: string, name: Name | undefined): boolean {
  const word = name?.text.replace(/^.*\./u, '')
  if (word === undefined || word === '') return false
  const escaped = word.replaceAll(/[^\p{L}\p{N}_]/gu, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}_])${escaped}(?![\p{L}\p{N}_])`, 'iu').test(text)
}

/** Whether it changes the schema; data, queries and transactions don't. */
export function isDdl({kind}: Operation): boolean {
  return !/^(?:insert|update|delete|truncate|copy|select|begin|commit|rollback|other)$/u.test(kind)
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

/** The ways there and back: the SQL of the document is one, each Alembic script another. */
export function migrationWays(halves: Halves): readonly MigrationWay[] {
  const {down, scripts, places, unread} = halves
  const ways: MigrationWay[] = down.some(({kind}) => !/^(?:select|begin|commit|rollback)$/u.test(kind))
    ? [{up: forwardHalf(halves), down, places, unread}]
    : []
  for (const {upgrade, downgrade, code} of scripts) {
    const reverse = downgrade.flatMap(({operations}) => operations)
    if (reverse.length === 0 && !isPassed(code)) continue
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

/** What the migration does in SQL. */
export function forwardHalf({declared, up, scripts}: Halves): readonly Operation[] {
  const inScripts = new Set(scripts.flatMap(({upgrade}) => upgrade))
  const written = up.filter(({statement}) => !inScripts.has(statement))
  // Some types have the SQL in the schema section, and the plan in words.
  return written.some(isDdl) ? written : [...declared, ...written]
}
