import {sectionAt} from '../document/places.ts'
import type {CodeBlock, Section, SpecDocument} from '../document/types.ts'
import {
  type Decision,
  decideDialect,
  dialectOfFence,
  dialectOfSigns,
  dialectInWords,
  dialectOfTitles,
  dialects,
  isForeign,
  isSqlFence,
} from './dialect.ts'
import {readFence} from './fence.ts'
import {mariaDbOnly} from './mariadb-only.ts'
import type {Dialect, SqlFacts, SqlProblem, StatementFact} from './model.ts'

/** The dialects that a document's fences may be in; none when it has no SQL. */
export function dialectsIn(document: SpecDocument, setting: Dialect | undefined): ReadonlySet<Dialect> {
  const codes = document.codes.filter(isSqlFence)
  if (codes.length === 0) return new Set()
  const decision = decideDialect(document, setting)
  if (decision === undefined) return new Set(dialects)
  return new Set([
    decision.dialect,
    ...codes.map((code) => dialectOf({code, section: sectionAt(document, code.start)}, decision, setting)),
  ])
}

/**
 * A fence that names its dialect, or stands below its name, is read as that one, unless the configuration says otherwise. Where only
 * other fences tell the dialect, one that writes as another does is of that one.
 */
function dialectOf({code, section}: Fence, {dialect, by}: Decision, setting: Dialect | undefined): Dialect {
  const own = setting ?? dialectOfFence(code) ?? dialectOfTitles(section)
  return own ?? (by === 'fence' ? dialectOfSigns(code) : undefined) ?? dialect
}

const cache = new WeakMap<SpecDocument, Map<Dialect | undefined, SqlFacts>>()

/** What a document's SQL fences say. Needs `loadSqlFor` before. */
export function readSql(document: SpecDocument, setting?: Dialect): SqlFacts {
  const known = cache.get(document) ?? new Map<Dialect | undefined, SqlFacts>()
  cache.set(document, known)
  const facts = known.get(setting) ?? judged(document, setting)
  known.set(setting, facts)
  return facts
}

function judged(document: SpecDocument, setting: Dialect | undefined): SqlFacts {
  const facts = factsOf(document, setting)
  if (setting === undefined && isForeign(document)) return {...facts, problems: []}
  const more = mariaDbOnly(document, facts.statements)
  return more.length === 0
    ? facts
    : {...facts, problems: [...facts.problems, ...more].toSorted((a, b) => a.start - b.start)}
}

interface Fence {
  readonly code: CodeBlock
  readonly section: Section
}

function factsOf(document: SpecDocument, setting: Dialect | undefined): SqlFacts {
  const fences = document.codes
    .filter(isSqlFence)
    .map((code): Fence => ({code, section: sectionAt(document, code.start)}))
  const decision = decideDialect(document, setting)
  if (fences.length === 0) return {dialect: decision?.dialect, decidedBy: decision?.by, statements: [], problems: []}
  if (decision) return {...readAll(fences, decision, setting), dialect: decision.dialect, decidedBy: decision.by}
  return cascade(fences, dialectInWords(document))
}

interface Read {
  readonly statements: readonly StatementFact[]
  readonly problems: readonly SqlProblem[]
}

/** Characters of a document that may be parsed again in attempts at placeholders. */
const patience = 2_000_000

function readAll(fences: readonly Fence[], decision: Decision, setting: Dialect | undefined): Read {
  const budget = {left: patience}
  const read = fences.map(({code, section}) =>
    readFence(code, section, dialectOf({code, section}, decision, setting), {tries: 60, budget}),
  )
  return {
    statements: read.flatMap(({statements}) => statements),
    problems: read.flatMap(({problems}) => problems),
  }
}

/** The dialect that can read most statements of the document: one for all, and of several the one that its words name. */
function cascade(fences: readonly Fence[], named: Dialect | undefined): SqlFacts {
  let best: {readonly dialect: Dialect; readonly read: Read; readonly score: number} | undefined
  for (const dialect of named ? [named, ...dialects.filter((one) => one !== named)] : dialects) {
    const read = readAll(fences, {dialect, by: 'parsed'}, undefined)
    // What is too much for one is too much for all.
    const faults = read.problems.filter(({limit}) => !limit).length
    const score = read.statements.filter(({operations}) => operations.length > 0).length - faults
    if (best === undefined || score > best.score) best = {dialect, read, score}
    if (faults === 0 && read.statements.every(({operations}) => operations.length > 0)) break
  }
  if (best === undefined || best.score <= -best.read.problems.length)
    return {
      dialect: undefined,
      decidedBy: undefined,
      statements: best?.read.statements ?? [],
      problems: best?.read.problems ?? [],
    }
  return {...best.read, dialect: best.dialect, decidedBy: 'parsed'}
}
