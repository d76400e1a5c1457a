import {code} from '../document/words.ts'
import type {Section, Span, SpecDocument} from '../document/types.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {Name, Operation} from '../sql/model.ts'
import {operationWords} from '../sql/operation-words.ts'
import {makesNames} from '../sql/same-object.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {migrationField} from './back.ts'
import {documentedExtras, documentedPast, isSaidByColumn, isSaidIndexed} from './documented-extras.ts'
import {checksLeft} from './documented-checks.ts'
import {documentedLacks} from './documented-lacks.ts'
import {isScript} from './half-lacks.ts'
import {valuesLeft} from './enum-additions.ts'
import {type Halves, halvesOf, hasName, isDdl, isOpen} from './halves.ts'
import {isMade, withoutParts} from './lacks.ts'
import {wordsBesideSql} from './listed-contents.ts'
import {compareModels} from './model-differences.ts'
import {modelHalves} from './modelled.ts'
import {isSaidTable, leftUnspoken, migrationPlan, newNames} from './plans.ts'
import {entityOf, ofKind, roleAt, sameName} from './schema.ts'
import {namesLeft} from './names-left.ts'
import {lacksPart} from './sections.ts'
import {usedOnly, withoutCodes} from './schema-words.ts'
import type {Fix} from './types.ts'
import {compareSql, compareToldSql, isHelper} from './sql-differences.ts'
import {unreadIn} from './unread.ts'
import {declaredInWords} from './told-operations.ts'
import {toldParts, toldTables, untold} from './told-schema.ts'

export interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

export interface Difference {
  readonly at: Span
  readonly what: string
  readonly fix?: Fix | undefined
  /** Of a table that is declared here: no part that is missing can declare it. */
  readonly isSure?: boolean
}

export interface SchemaDifferences {
  /** Where the schema, or the tables, are declared. */
  readonly homes: readonly Section[]
  readonly message: string
  readonly missing: readonly Difference[]
  readonly undeclared: readonly Difference[]
}

/** Whether a place is in a section that says what the schema is to be. */
export function isDeclaring(offset: number, type: BoundDocument): boolean {
  return roleAt(offset, type, ['schema', 'ddl']) !== undefined
}

/** What the schema sections and the migration have and the other one lacks, each side at its own place. */
export function schemaDifferences(facts: Facts, target: Section, isWhole: boolean): SchemaDifferences {
  const found = differencesOf(facts, target, isWhole)
  const halves = halvesOf(facts)
  const isInSql = halves.up.some((one) => isDdl(one) && !isOpen(one))
  // What a missing or an empty part of the migration would do isn't known.
  const isKnown = isInSql && isWhole && !lacksPart(facts.type, ['migration'])
  const told = isKnown ? [...compareToldSql(facts, halves, found.missing), ...valuesLeft(facts, halves.up)] : []
  const missing = [...found.missing, ...told]
  // One name that is left out among all others is no part that is missing.
  const checks = isInSql && isWhole ? checksLeft(facts, halves.up, missing) : []
  const more = isKnown || checks.length === 1 ? [...missing, ...checks] : missing
  const named = isKnown ? namesLeft(facts, homesOf(facts.type), halves.up) : []
  return {...found, missing: [...more, ...named.filter((one) => !more.some(({what}) => hasSameName(what, one.what)))]}
}

/** The sections that say what the schema is to be, in one way or another. */
function homesOf(type: BoundDocument): readonly Section[] {
  return (['schema', 'ddl', 'tables', 'relationships'] as const).flatMap((role) => type.withRole(role))
}

function hasSameName(what: string, other: string): boolean {
  const name = /`([^`]+)`$/u.exec(other)?.[1]
  return what === other || (name !== undefined && what.toLowerCase().includes(name.toLowerCase()))
}

function differencesOf(facts: Facts, target: Section, isWhole: boolean): SchemaDifferences {
  const {type} = facts
  const halves = halvesOf(facts)
  const isStatement = (one: Operation): boolean => isDdl(one) && !isOpen(one)
  const homes = [...type.withRole('schema'), ...type.withRole('ddl')]
  const declared = halves.declared.filter(isStatement)
  const isInSql = halves.up.some(isStatement)
  const models = isInSql ? modelHalves(facts) : undefined
  const shown = models?.declared.slice(0, 1).map(({statement}) => statement.section) ?? []
  if (models) {
    const found = compareModels(facts, models)
    // Models often show a part of the tables that the document describes.
    const more = declared.length === 0 ? lacksOfDescription(facts, halves, target, isWhole) : []
    const missing = [...found.missing, ...more.filter(({what}) => !found.missing.some((one) => one.what === what))]
    return {homes: homes.length > 0 ? homes : shown, message: 'the schema', ...found, missing}
  }
  if (isInSql && declared.length === 0 && type.withRole('tables').length === 0)
    return {
      homes: homes.slice(0, 1),
      message: 'the schema',
      ...compareTold(facts, halves, placeOf(target, halves, type), {homes, isWhole}),
    }
  if (isInSql && declared.length === 0)
    return {
      homes: type.withRole('tables').slice(0, 1),
      message: 'the tables',
      ...compareTables(facts, halves, target, isWhole),
    }
  const found = isInSql ? compareSql(facts, halves, homes) : compareWords(facts, halves, homes)
  // What a missing section would declare isn't known.
  const isKnown = !lacksPart(type, ['schema', 'ddl'], {notApplicable: false})
  const undeclared = found.undeclared.filter(({isSure}) => (isKnown ? isInSql || isWhole : isInSql && isSure))
  return {homes, message: 'the schema', missing: found.missing, undeclared}
}

/** What the migration leaves out of what words, lists and tables describe. */
function lacksOfDescription(facts: Facts, halves: Halves, target: Section, isWhole: boolean): Found['missing'] {
  const {type} = facts
  if (type.withRole('tables').length > 0) return compareTables(facts, halves, target, isWhole).missing
  const homes = [...type.withRole('schema'), ...type.withRole('ddl')]
  return compareTold(facts, halves, placeOf(target, halves, type), {homes, isWhole}).missing
}

/** Of a section that has the schema as well, the labelled lines in which the migration stands. */
function placeOf(target: Section, {up}: Halves, type: BoundDocument): Span {
  const fields = type.withRole('migration').length > 0 ? [] : up.flatMap((one) => migrationField(one.statement) ?? [])
  const [first] = fields
  const last = fields.at(-1)
  return first && last ? {start: first.start, end: Math.max(first.end, last.end)} : target
}

export type Found = Pick<SchemaDifferences, 'missing' | 'undeclared'>

/** A migration in words: what its list leaves out, and what it has beyond the schema. */
function compareWords(facts: Facts, halves: Halves, homes: readonly Section[]): Found {
  const {document, type} = facts
  const plan = migrationPlan(document, type, halves)
  const named = sectionsNamed(type.withRole('migration'), document)
  const declared = [...halves.declared, ...declaredInWords(facts)].filter(
    (one) => isDdl(one) && !isOpen(one) && !named.has(one.statement.section),
  )
  if (declared.length === 0) return {missing: [], undeclared: []}
  const left = leftUnspoken(declared, plan).map((operation) => ({operation, what: operationWords(operation)}))
  const schemaText = homes.map(({start, end}) => document.text.slice(start, end)).join('\n')
  const tables = new Set(declared.flatMap((one) => tableOf(one)?.key.toLowerCase() ?? []))
  const isUsedOnly = usedOnly(declared)
  return {
    missing: withoutParts(left).map(({operation, what}) => ({at: operation, what})),
    undeclared: newNames(plan.speech)
      .filter(({name}) => name.kind !== undefined || tables.has(name.parts[0] ?? ''))
      .filter((one) => isUsedOnly(one) || !hasName(schemaText, {...one.name, key: one.name.text, hole: false}))
      .map(({name, kind}) => ({at: name, what: `${kind} ${code(name.text)}`})),
  }
}

/** Words in emphasis, between quotation marks, of a link. */
const title =
  /(?<![\w*])\*([^*\n]{3,80})\*(?![\w*])|(?<!\w)_([^_\n]{3,80})_(?!\w)|["“]([^"“”\n]{3,80})["”]|\[([^[\]\n]{3,80})\]/gu

/** Sections that a step leads to by their titles: "2. Change `orders` (*Modified Tables*)". */
function sectionsNamed(migration: readonly Section[], {text, sections}: SpecDocument): ReadonlySet<Section> {
  const said = migration.map(({start, end}) => text.slice(start, end)).join('\n')
  const marked = new Set([...said.matchAll(title)].map((match) => match.slice(1).find((one) => one !== undefined)))
  return new Set(sections.filter(({heading}) => heading && marked.has(heading.title.text)))
}

type NamedDifference = Difference & {readonly name?: Name | undefined}

/** Where SQL and a script both make the tables, each has to make all of what is described. */
function lacksOfEach(
  facts: Pick<Facts, 'type' | 'schema'>,
  {up, down}: Halves,
  documented: readonly DocumentedTable[],
): readonly NamedDifference[] {
  const halves = [up.filter((one) => !isScript(one)), up.filter(isScript)]
  const areBoth = halves.every((half) => ofKind(half, 'create-table').length > 1)
  const found = (areBoth ? halves : [up]).flatMap((half): readonly NamedDifference[] => {
    const gone = documented.filter(({name}) => !isMade(name, half))
    // A script that makes hardly more than half of them is the example of one step.
    const isExcerpt = gone.length * 3 > documented.length
    const tables = isExcerpt ? [] : gone.filter(({name}) => isMade(name, up))
    return [
      ...tables.map(({name}) => ({at: name, what: `table ${code(name.text)}`})),
      ...documentedLacks(facts, {up: half, down}, gone).map((lack) => ({at: lack, what: lack.what, name: lack.name})),
    ]
  })
  return [...new Map(found.map((one) => [`${one.at.start} ${one.what}`, one])).values()]
}

/** What isn't understood may make it; a function that casts to a type makes none. */
function isUnread({what, name}: Pick<NamedDifference, 'what' | 'name'>, unread: string): boolean {
  return (!what.startsWith('type ') || /\bCREATE\s+(?:TYPE|DOMAIN)\b/i.test(unread)) && hasName(unread, name)
}

/** Tables that are documented column by column. */
function compareTables({document, type, schema}: Facts, halves: Halves, target: Section, isWhole: boolean): Found {
  const {up} = halves
  const documented = schema.tables.filter(
    ({start, name, source}) =>
      source !== 'mermaid' && !name.hole && roleAt(start, type, ['tables', 'relationships']) !== undefined,
  )
  const gone = documented.filter(({name}) => !isMade(name, up))
  if (!isWhole || gone.length * 2 > documented.length) return {missing: [], undeclared: []}
  const speech = wordsBesideSql({document, type, schema}, halves)
  const unread = unreadIn(type.withRole('migration'), document, schema)
  const left = gone.filter(({name}) => !isSaidTable(name, speech) && !hasName(unread, name))
  const lacks = lacksOfEach({type, schema}, halves, documented).filter((one) => !isUnread(one, unread))
  const isMoved = type.sections.some(
    ({spec, state}) => /^(?:tables|relationships)$/u.test(spec.role ?? '') && state === 'depth',
  )
  const isKnown = !isMoved && !lacksPart(type, ['tables', 'relationships'])
  const outside = document.text.slice(0, target.start) + document.text.slice(target.end)
  const made = up.filter((one) => isDdl(one) && !isOpen(one))
  const extras = isKnown ? documentedExtras(made, documented, type, schema) : []
  return {
    missing: [...left.map(({name}) => ({at: name, what: `table ${code(name.text)}`})), ...lacks],
    undeclared: [
      ...extras.filter(({name}) => !hasName(outside, name)),
      ...(isKnown ? documentedPast(made, documented) : []),
    ],
  }
}

/** A schema section in words and tables of columns. */
function compareTold(
  {document, type, schema}: Facts,
  halves: Halves,
  target: Span,
  {homes, isWhole}: {readonly homes: readonly Section[]; readonly isWhole: boolean},
): Found {
  const roles = ['schema', 'ddl']
  const up = halves.up.filter((one) => isDdl(one) && !isOpen(one))
  const documented = schema.tables.filter(
    ({start, name, source, part, state}) =>
      source !== 'mermaid' && part === 'all' && state !== 'existing' && !name.hole && roleAt(start, type, roles),
  )
  const speech = wordsBesideSql({document, type, schema}, halves)
  const unread = unreadIn(type.withRole('migration').length > 0 ? type.withRole('migration') : homes, document, schema)
  const gone = toldTables(document, documented, up, halves.down).filter(
    ({name}) => !isSaidTable(name, speech) && !hasName(unread, name),
  )
  const lacks = documentedLacks(
    {type, schema},
    {up, down: halves.down},
    documented.filter(({name}) => !isMade(name, up)),
    roles,
  ).filter((one) => !isUnread(one, unread))
  const isThere = (name: Name): boolean =>
    up.some((one) => makesNames(one).some((made) => sameName(made, name))) ||
    speech.names.some(({parts}) => parts.at(-1) === name.key) ||
    hasName(unread, name)
  // Where the schema section has the migration as well, its words say what the schema gets, and the statements bring it about.
  const isShared = homes.some(({start, end}) => start <= target.start && target.end <= end)
  const inside = isShared ? withoutCodes(document, target, halves.up) : ''
  const outside = document.text.slice(0, target.start) + inside + document.text.slice(target.end)
  const isKnown = !lacksPart(type, roles, {notApplicable: false})
  return {
    missing: isWhole
      ? [
          ...gone.map(({name}) => ({at: name, what: `table ${code(name.text)}`})),
          ...lacks.map((lack) => ({at: lack, what: lack.what})),
          ...toldParts(document, homes, isThere)
            .filter(({start}) => !lacks.some((lack) => lack.start <= start && start < lack.end))
            .map((one) => ({at: one, what: one.what})),
        ]
      : [],
    undeclared: isKnown
      ? untold(
          up.filter((one) => !isSaidIndexed(one, schema) && !isSaidByColumn(one, up, schema) && !isHelper(one, up)),
          outside,
          (table) => entityOf(table, documented, ({name}) => name).length > 0,
        ).map((one) => ({
          at: one,
          what: one.what,
        }))
      : [],
  }
}
