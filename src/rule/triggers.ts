/** Triggers that are spoken of or prepared for, and that no statement makes. */
import type {Span, SpecDocument, Text} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {onlyBack, withoutBack} from './ways-back.ts'
import {hasName, wordsIn} from './halves.ts'
import {ofKind, ofTable, sameName} from './schema.ts'

const ofTrigger = /\)\s*RETURNS\s+TRIGGER\b/i
const replaced = /^(?:\s|--[^\n]*\n)*CREATE\s+OR\s+REPLACE\b/i
/** Statements that name a function without a trigger that calls it. */
const aside = /^(?:\s|--[^\n]*\n)*(?:COMMENT|GRANT|REVOKE|DROP|ALTER)\b/i
const left =
  /\.{3}|…|\b(?:repeat|same|likewise|similar\w*|apply|attach\w*)\b[^.\n]{0,60}\b(?:tables?|triggers?)\b|\btriggers?\b[^.\n]{0,60}\b(?:each|every|all|other|exist\w*|already|later|per)\b/i

/** Functions of triggers, new ones, that no trigger of the document calls, and nothing else speaks of. */
export function uncalledFunctions(schema: SchemaFacts): readonly OperationOf<'create-object'>[] {
  const {document, sql} = schema
  const [forward, dropped] = [withoutBack(schema), ofKind(onlyBack(schema), 'drop-object')]
  const found = ofKind(forward, 'create-object').filter(
    ({what, name, statement}) =>
      what === 'function' &&
      !name.hole &&
      !statement.template &&
      statement.dialect === 'postgresql' &&
      ofTrigger.test(statement.text) &&
      // One that is replaced may have its triggers already.
      (!replaced.test(statement.text) || dropped.some((one) => one.what === 'function' && sameName(one.name, name))),
  )
  // Where no trigger is made or dropped at all, another script may make them.
  const areMade = [...ofKind(forward, 'create-object'), ...dropped].some(({what}) => what === 'trigger')
  if (found.length === 0 || !areMade || saysMore(document)) return []
  const read = new Set(sql.statements.map(({code}) => code))
  const texts = [
    ...sql.statements.map(({text}) => text).filter((one) => !aside.test(one)),
    ...document.codes.filter((code) => !read.has(code)).map(({value}) => value),
  ]
  const said = countsOf(texts)
  return found.filter(({name}) => {
    const own = lastPart(name)
    const times = isWord.test(own)
      ? said.get(own.toLowerCase())
      : texts.filter((text) => hasName(text, {...name, text: own, key: own})).length
    // The statement that makes it names it.
    return (times ?? 0) <= 1
  })
}

const isWord = /^[\p{L}\p{N}_]+$/u

/** In how many texts each word stands, in small letters. */
function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const word of new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu)))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function saysMore({codes, text}: SpecDocument): boolean {
  const comments = codes.flatMap(({value}) => value.match(/--[^\n]*|\/\*[^*]*\*\//gu) ?? [])
  return (
    comments.some((one) => left.test(one)) ||
    /\b[Tt]riggers?\b(?!\s+if\b)[^.\n]{0,80}\b(?:exist\w*|already)\b/u.test(text)
  )
}

const byTrigger =
  /\b(?:kept|set|maintained|updated|managed|filled|changed|moved|touched)\b[^.|\n]{0,40}\b(?:by|with|through|in|via)\s+(?:an?\s+|the\s+|its\s+)?(?:\w+\s+)?trigger\b|\btrigger\s+(?:keeps|sets|updates|maintains|fills|changes|touches)\b/i

/** A column of which the description says that a trigger keeps it. */
export interface ToldTrigger {
  readonly column: Name
  readonly table: Name
  /** The description of the column, or the sentence that speaks of all tables. */
  readonly at: Span
}

/** Left out, or made by what isn't read. */
const elided = /\bEXECUTE\s+(?:format\b|')|\.{3}|…/i

/** Columns kept by triggers in words, where the table is made and no code has a trigger on it. */
export function triggersTold(schema: SchemaFacts): readonly ToldTrigger[] {
  const {document, tables} = schema
  const made: readonly Operation[] = withoutBack(schema)
  const created = ofKind(made, 'create-table').filter(({statement}) => !statement.template)
  const triggers = ofKind(made, 'create-object').filter(({what}) => what === 'trigger')
  const read = new Set(schema.sql.statements.map(({code}) => code))
  const isOpen = document.codes.some((one) => elided.test(one.value) || (!read.has(one) && /trigger/i.test(one.value)))
  if (created.length === 0 || isOpen) return []
  const ofAll = triggers.length > 0 ? saidOfAll(document) : undefined
  const listed = triggers.length > 0 ? saidOfSome(document) : ''
  // A table that the schema section and the migration make is one.
  const apart = created.filter((one) => ofTable(created, one.table).at(-1) === one)
  const without = apart.flatMap((one): readonly ToldTrigger[] => {
    const isMeant = (ofAll && !hasName(ofAll.text, one.table)) || hasName(listed, one.table)
    const [column] = isMeant ? one.columns.filter(({name}) => kept.test(name.text)) : []
    return column && ofTable(triggers, one.table).length === 0
      ? [{column: column.name, table: one.table, at: ofAll ?? one.table}]
      : []
  })
  const told = tables.flatMap(({name, columns, source}) => {
    const [table] = source === 'mermaid' ? [] : ofTable(created, name)
    if (!table || ofTable(triggers, table.table).length > 0) return []
    return columns
      .filter(
        ({start, end, name: column}) => byTrigger.test(document.text.slice(start, end)) && hasColumn(table, column),
      )
      .map((one) => ({column: one.name, table: table.table, at: one.name}))
  })
  // Where most tables lack it, another script makes them.
  return without.length * 2 > apart.length
    ? told
    : [...told, ...without.filter((one) => !told.some((other) => sameName(other.table, one.table)))]
}

const kept = /^["`]?(?:updated_at|updated_on|modified_at|last_modified(?:_at)?|updated)["`]?$/i

/** "Every table except `b` has a trigger …", the sentence. */
const everyTable =
  /\b(?:every|each|all)(?:\s+(?:of\s+the\s+)?(?:new|other|four|five|six|three|two))?\s+tables?\b[^.\n]{0,120}\btriggers?\b|\btriggers?\b[^.\n]{0,80}\b(?:on|for)\s+(?:every|each|all)(?:\s+(?:of\s+the\s+)?(?:new|other))?\s+tables?\b[^.\n]{0,120}/i

function saidOfAll(document: SpecDocument): Text | undefined {
  const words = wordsIn(document, {start: 0, end: document.text.length})
  const said = words
    .split(/(?<=[.!?])\s+|\n/u)
    .find((sentence) => /trigger/i.test(sentence) && everyTable.test(sentence.slice(0, longest)))
  const start = said === undefined ? -1 : document.text.indexOf(said)
  return said === undefined || start < 0 ? undefined : {start, end: start + said.length, text: said}
}

/** "It is attached to `a`, `b` and `c`", the names. */
const someTables =
  /\b(?:attached to|triggers? (?:on|for)|called (?:on|for)|runs? on)\b(?=[^.`]{0,40}`[^`]{1,80}`(?:,| and) )/i

function saidOfSome(document: SpecDocument): string {
  const words = wordsIn(document, {start: 0, end: document.text.length})
  return words
    .split(/(?<=[.!?])\s+|\n/u)
    .flatMap((sentence) => {
      const at = sentence.includes('`') ? sentence.slice(0, longest).search(someTables) : -1
      return at < 0 ? [] : (sentence.slice(at, longest).match(/`[^`\n]{1,80}`/gu) ?? [])
    })
    .join(' ')
}

/** Characters of a sentence that are looked at. */
const longest = 2000

function hasColumn({columns}: OperationOf<'create-table'>, column: Name): boolean {
  return columns.some(({name}) => sameName(name, column))
}
