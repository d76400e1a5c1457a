import {distance} from 'fastest-levenshtein'
import type {CodeBlock, Section, Span} from '../document/types.ts'
import {type Bounds, readThroughHoles} from './holes.ts'
import type {Dialect, SqlProblem, StatementFact} from './model.ts'
import {parserOf} from './parsers/loaded.ts'
import {mendable} from './misplaced.ts'
import type {Fault} from './parsers/types.ts'
import {mostStatements, type Piece, split} from './split.ts'
import {
  type Fence,
  isTooDeep,
  metaStatement,
  mostCharacters,
  mostNesting,
  spanOf,
  statementOf,
  withOperations,
} from './statement.ts'

export interface FenceFacts {
  readonly statements: readonly StatementFact[]
  readonly problems: readonly SqlProblem[]
}

/** Longer statements are parsed as they stand: attempts at placeholders would take too long. */
const longest = 100_000

/** The statements of one fence, each parsed alone so that one that can't be read hides no other. */
export function readFence(
  code: CodeBlock,
  section: Section,
  dialect: Dialect,
  bounds: Bounds,
  most: number = mostCharacters,
): FenceFacts {
  const fence = {code, section, dialect}
  if (code.value.length > most) {
    const span = {start: code.start, end: code.languageSpan.end}
    const message = `this fence has more than ${mostCharacters.toLocaleString('en')} characters and isn't read`
    return {statements: [], problems: [{message, limit: true, statement: span, dialect, ...span}]}
  }
  const {pieces, cut} = split(code.value, dialect)
  const read = pieces.map((piece) => readPiece(piece, fence, bounds))
  const problems = read.flatMap(({problem}) => problem ?? [])
  if (cut !== undefined) {
    const span = spanOf(code, cut, cut + 1)
    const message = `this fence has more than ${mostStatements.toLocaleString('en')} statements; the rest isn't read`
    problems.push({message, limit: true, statement: span, dialect, ...span})
  }
  return {statements: read.map(({statement}) => statement), problems}
}

interface PieceFacts {
  readonly statement: StatementFact
  readonly problem: SqlProblem | undefined
}

function readPiece(piece: Piece, fence: Fence, bounds: Bounds): PieceFacts {
  const {code, dialect} = fence
  const written = code.value.slice(piece.start, piece.end)
  if (piece.meta) return {statement: metaStatement(piece, fence), problem: undefined}
  if (isTooDeep(piece)) {
    const fault: Fault = {
      offset: 0,
      message: `this statement nests parentheses more than ${mostNesting.toLocaleString('en')} deep and isn't read`,
      limit: true,
    }
    return {statement: statementOf(piece, fence, false), problem: problemOf(fault, piece, fence)}
  }
  const parser = parserOf(dialect)
  const reading = readThroughHoles(written, dialect, (text) => parser.parse(text), {
    ...bounds,
    tries: written.length > longest ? 1 : bounds.tries,
  })
  if (reading.kind === 'fault' && reading.fault.limit !== true && isForeign(piece, reading.fault))
    return {statement: statementOf(piece, fence, true), problem: undefined}
  if (reading.kind === 'fault') {
    const fault = mendable(reading.fault, written, piece, (text) => parser.parse(text))
    return {statement: statementOf(piece, fence, false), problem: problemOf(fault, piece, fence)}
  }
  const statement = statementOf(piece, fence, reading.kind === 'template' || reading.holes.length > 0)
  if (reading.kind === 'template') return {statement, problem: undefined}
  return {statement: withOperations(statement, piece, reading), problem: undefined}
}

const verbs =
  'ALTER|ANALYZE|BEGIN|CALL|COMMENT|COMMIT|COPY|CREATE|DELETE|DROP|EXPLAIN|GRANT|INSERT|MERGE|REVOKE|ROLLBACK|SELECT|TRUNCATE|UPDATE|VACUUM|WITH'.split(
    '|',
  )

const kinds =
  'ACCESS|AGGREGATE|ALGORITHM|CAST|CLUSTERED|COLLATION|CONCURRENTLY|CONSTRAINT|DEFINER|DATABASE|DOMAIN|EVENT|EXTENSION|FOREIGN|FULLTEXT|FUNCTION|GLOBAL|INDEX|LOCAL|MATERIALIZED|NONCLUSTERED|OPERATOR|OR|POLICY|PROC|PROCEDURE|PUBLICATION|ROLE|RULE|SCHEMA|SEQUENCE|SERVER|SPATIAL|STATISTICS|SUBSCRIPTION|TABLE|TABLESPACE|TEMP|TEMPORARY|TRIGGER|TYPE|UNIQUE|UNLOGGED|USER|VIEW'.split(
    '|',
  )

/** Not one of the dialects: a part of a statement, columns in short, output, `CREATE SINK`. A slip of a verb is SQL. */
function isForeign({tokens, start}: Piece, fault: Fault): boolean {
  const [verb, kind, next] = tokens
  if (verb === undefined) return true
  if (verb.word === 'DO' && kind?.text.startsWith('$') === true) return false
  if (!isNear(verb.word, verbs)) return !isBroken(verb.word, kind?.word)
  // `DROP orders;`, `CREATE orders (`: no engine drops or makes a thing without a word for what it is.
  if (verb.word === 'DROP' && isWord(kind) && next === undefined) return false
  if (verb.word === 'CREATE' && isWord(kind) && next?.text === '(') return false
  if (verb.word === 'ALTER' && isWord(kind) && /^(?:ADD|DROP|MODIFY|CHANGE|RENAME)$/u.test(next?.word ?? ''))
    return false
  if (!/^(?:CREATE|ALTER|DROP)$/u.test(verb.word) || kind === undefined || fault.offset < kind.start - start)
    return false
  return fault.offset < kind.end - start && kind.word !== '' && !isNear(kind.word, kinds)
}

function isWord(token: Piece['tokens'][number] | undefined): boolean {
  return token !== undefined && token.word !== ''
}

/** `DRP TABLE`: a verb too short to be known by itself, before what is dropped. */
function isBroken(verb: string, kind: string | undefined): boolean {
  return /^(?:TABLE|INDEX|VIEW|TYPE|SCHEMA)$/u.test(kind ?? '') && verb.length === 3 && distance(verb, 'DROP') === 1
}

function isNear(word: string, known: readonly string[]): boolean {
  return known.some(
    (one) =>
      one === word || (word.length > 3 && (distance(word, one) <= (one.length > 4 ? 2 : 1) || isMixedUp(word, one))),
  )
}

/** The same letters, of which two changed places: `DORP`. */
function isMixedUp(word: string, one: string): boolean {
  return (
    word.length === one.length &&
    distance(word, one) === 2 &&
    [...word].toSorted().join('') === [...one].toSorted().join('')
  )
}

const clause = /^(?:FROM|WHERE|GROUP|ORDER|HAVING|LIMIT|UNION|RETURNING|VALUES|SET|INTO|JOIN|LEFT|INNER)$/u

/** A problem stands at the token where the parser stopped, or behind the last one. */
function problemOf(fault: Fault, piece: Piece, {code, dialect}: Fence): SqlProblem {
  const found = piece.start + Math.min(fault.offset, piece.end - piece.start)
  const index = piece.tokens.findIndex(({start, end}) => start <= found && found < end)
  const before = piece.tokens[index - 1]
  // A comma with nothing behind it is what is wrong, not what comes next.
  const isComma = before?.text === ',' && clause.test(piece.tokens[index]?.word ?? '')
  const token = isComma ? before : piece.tokens[index]
  const offset = isComma ? before.start : found
  const end = fault.length !== undefined ? offset + fault.length : token ? Math.max(token.end, offset) : offset
  return {
    message: fault.message,
    limit: fault.limit === true,
    statement: spanOf(code, piece.start, piece.end),
    dialect,
    ...(offset >= piece.end ? endOf(code, piece.end) : spanOf(code, offset, Math.min(end, offset + 200))),
  }
}

function endOf(code: CodeBlock, end: number): Span {
  const last = code.offsetAt(end - 1) + 1
  return {start: last, end: last}
}
