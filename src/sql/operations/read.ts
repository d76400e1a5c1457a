import {block} from './blocks.ts'
import type {Draft} from './draft.ts'
import {alterType, create, drop, other, renameTables} from './objects.ts'
import {change, select, takeCommon} from './queries.ts'
import {Reader, type Source} from './reader.ts'
import {alterTable} from './tables.ts'

/** What one legal statement does; offsets are of the file. */
export function readOperations(source: Source): readonly Draft[] {
  const reader = new Reader(source)
  const verb = reader.token().word || reader.token().text
  const drafts = dispatch(reader)
  if (drafts.length > 0 || reader.source.tokens.length === 0) return drafts
  return [{kind: 'other', verb, ...reader.span(0, reader.end)}]
}

function dispatch(reader: Reader): readonly Draft[] {
  const from = reader.index
  while (reader.is('(')) reader.skip()
  const {word} = reader.token()
  reader.skip()
  switch (word) {
    case 'CREATE':
      return create(reader)
    case 'DROP':
      return drop(reader)
    case 'ALTER':
      return alter(reader)
    case 'RENAME':
      return reader.take('TABLE|TABLES') ? renameTables(reader) : []
    case 'INSERT':
    case 'REPLACE':
    case 'UPDATE':
    case 'DELETE':
    case 'TRUNCATE':
    case 'COPY':
      return change(word, reader)
    case 'SELECT':
    case 'VALUES':
    case 'TABLE':
      return query(reader, from, new Set())
    case 'WITH':
      return common(reader, from)
    case 'DO':
      return block(reader, readOperations)
    case 'EXPLAIN':
      return explained(reader)
    case 'BEGIN':
    case 'START':
    case 'COMMIT':
    case 'END':
    case 'ROLLBACK':
    case 'ABORT':
      return transaction(word, reader)
    default:
      return []
  }
}

function alter(reader: Reader): readonly Draft[] {
  if (reader.take('TABLE') || reader.take('FOREIGN', 'TABLE')) return alterTable(reader)
  if (reader.take('TYPE')) return alterType(reader)
  const what = reader.token().word.toLowerCase()
  reader.skip()
  if (what === 'materialized') reader.skip()
  return other('alter-object', what === 'materialized' ? 'materialized view' : what, reader)
}

function query(reader: Reader, from: number, names: ReadonlySet<string>): readonly Draft[] {
  reader.index = from
  while (reader.is('(', 'SELECT|(')) reader.skip()
  return select(reader, names)
}

function common(reader: Reader, from: number): readonly Draft[] {
  const names = takeCommon(reader.part(from, reader.end))
  while (!reader.done && !reader.is('SELECT|INSERT|UPDATE|DELETE|MERGE|VALUES')) reader.skipOne()
  const {word} = reader.token()
  if (word === 'SELECT' || word === 'VALUES') return query(reader, reader.index, names)
  if (word === '' || word === 'MERGE') return []
  reader.skip()
  return change(word, reader)
}

/** `EXPLAIN (ANALYZE, BUFFERS) SELECT …` */
function explained(reader: Reader): readonly Draft[] {
  reader.skipParentheses()
  while (reader.is('ANALYZE|VERBOSE|QUERY|PLAN|EXTENDED|PARTITIONS')) reader.skip()
  if (reader.take('FORMAT', '=')) reader.skip()
  return reader.done ? [] : dispatch(reader)
}

function transaction(word: string, reader: Reader): readonly Draft[] {
  const span = reader.span(0, reader.end)
  if (word === 'START' && !reader.is('TRANSACTION')) return []
  if (word === 'BEGIN' && reader.is('TRY|CATCH')) return []
  if (word === 'ROLLBACK' && reader.source.tokens.some((token) => token.word === 'TO')) return []
  const kind =
    word === 'BEGIN' || word === 'START' ? 'begin' : word === 'COMMIT' || word === 'END' ? 'commit' : 'rollback'
  return [{kind, ...span}]
}
