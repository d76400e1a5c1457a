import type {Name} from '../../sql/model.ts'
import {Reader} from '../../sql/operations/reader.ts'
import {tokensOf, unquoted} from '../../sql/tokens.ts'
import {refusal} from './catalog.ts'
import {actionsOf, optionsOf} from './actions.ts'
import type {Action, Change, Element} from './changes.ts'
import {columnOf, type DefinedColumn} from './columns.ts'
import {elementOf, isElement, partsOf} from './elements.ts'
import {textOf} from './text.ts'

const nothing: Change = {kind: 'nothing'}
const unknown: Change = {kind: 'unknown', table: undefined}

/** What a statement of MySQL does. What isn't known says so: it is never guessed. */
export function changeOf(sql: string): Change {
  const tokens = tokensOf(sql, 'mysql')
  // `/*!50100 … */` runs on the servers of that version.
  if (tokens.some(({kind, text}) => kind === 'comment' && text.startsWith('/*!'))) return unknown
  const code = tokens.filter(({kind, text}) => kind !== 'comment' && text !== ';')
  const reader = new Reader({
    dialect: 'mysql',
    text: sql,
    written: sql,
    tokens: code,
    holes: [],
    at: (offset) => offset,
  })
  const {word} = reader.token()
  reader.skip()
  if (word === 'CREATE') return create(reader)
  if (word === 'ALTER') return alter(reader)
  if (word === 'DROP') return drop(reader)
  if (word === 'RENAME') return rename(reader)
  if (word === 'SET') return setting(reader)
  if (word === 'CALL') return call(reader)
  if (/^(?:INSERT|REPLACE|UPDATE|DELETE|TRUNCATE)$/u.test(word)) return write(word, reader)
  return idle.test(word) || code.length === 0 ? nothing : unknown
}

/** They leave the schema as it is. */
const idle =
  /^(?:SELECT|SHOW|EXPLAIN|DESCRIBE|DESC|USE|START|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|LOCK|UNLOCK|ANALYZE|OPTIMIZE|CHECK|FLUSH|GRANT|REVOKE|DO|WITH|VALUES|TABLE|HELP|KILL|RESET)$/u

function create(reader: Reader): Change {
  const replaces = reader.take('OR', 'REPLACE')
  const temporary = reader.take('TEMPORARY')
  if (reader.take('TABLE')) return createTable(reader, replaces, temporary)
  const what = /^(?:UNIQUE|FULLTEXT|SPATIAL)$/u.exec(reader.token().word)?.[0]
  if (what !== undefined) reader.skip()
  if (reader.take('INDEX')) return createIndex(reader, what)
  while (!reader.done && !reader.is('VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT')) {
    // `DEFINER = …`, `ALGORITHM = …`, `SQL SECURITY …`
    if (
      !reader.is('DEFINER|ALGORITHM|SQL|SECURITY|=|@|AGGREGATE') &&
      !/^(?:DEFINER|ALGORITHM|=|@|SQL|SECURITY)$/u.test(before(reader))
    )
      return isElsewhere(reader) ? nothing : unknown
    reader.skip()
  }
  return createThing(reader, replaces)
}

function before(reader: Reader): string {
  const {word, text} = reader.token(-1)
  return word || text
}

/** Users, databases: nothing of a table. */
function isElsewhere(reader: Reader): boolean {
  return reader.is('DATABASE|SCHEMA|USER|ROLE|SERVER')
}

function createThing(reader: Reader, replaces: boolean): Change {
  const what = reader.token().word.toLowerCase()
  reader.skip()
  const ifNotExists = reader.takeIfExists()
  const name = reader.name()
  if (!name) return unknown
  const from = reader.index
  let table: Name | undefined
  if (what === 'trigger') {
    while (!reader.done && !reader.take('ON')) reader.skip()
    table = reader.name()
    if (!table) return unknown
  }
  const definition = textOf(reader, from, reader.end)
  return {kind: 'create-thing', what, name, table, definition, lenient: replaces || ifNotExists}
}

function createTable(reader: Reader, replaces: boolean, temporary: boolean): Change {
  const ifNotExists = reader.takeIfExists()
  const table = reader.name()
  if (!table) return unknown
  const columns: DefinedColumn[] = []
  const elements: Element[] = []
  const base = {kind: 'create-table' as const, table, ifNotExists, replaces, temporary, columns, elements}
  const inside = reader.is('(', 'LIKE')
  if (inside) reader.skip()
  if (reader.take('LIKE')) {
    const like = reader.name()
    return like ? {...base, like, selects: false, options: optionsOf(reader.part(reader.end, reader.end))} : unknown
  }
  if (reader.is('(') && !reader.is('(', 'SELECT|WITH'))
    for (const part of reader.list()) {
      const isKey = isElement(part)
      const element = isKey ? elementOf(part) : undefined
      const column = isKey ? undefined : columnOf(part)
      if (element) elements.push(element)
      else if (column) {
        columns.push(column)
        elements.push(...column.elements)
      } else return {kind: 'unknown', table}
    }
  const rest = reader.part(reader.index, reader.end)
  const selects = rest.source.tokens.slice(rest.index, rest.end).some(({word}) => word === 'SELECT')
  return {...base, like: undefined, selects, options: optionsOf(rest)}
}

function createIndex(reader: Reader, what: string | undefined): Change {
  const ifNotExists = reader.takeIfExists()
  const name = reader.name()
  if (reader.take('USING')) reader.skip()
  const table = reader.take('ON') ? reader.name() : undefined
  if (!name || !table) return unknown
  const kind =
    what === 'UNIQUE' ? 'unique' : what === 'FULLTEXT' ? 'fulltext' : what === 'SPATIAL' ? 'spatial' : 'index'
  const key = partsOf(reader, kind, name, ifNotExists)
  return key ? {kind: 'alter', table, actions: [key], ifExists: false} : {kind: 'unknown', table}
}

function alter(reader: Reader): Change {
  reader.take('ONLINE|IGNORE')
  if (reader.is('DATABASE|SCHEMA|USER|VIEW|EVENT|FUNCTION|PROCEDURE')) return nothing
  if (!reader.take('TABLE')) return unknown
  const ifExists = reader.takeIfExists()
  const table = reader.name()
  if (!table) return unknown
  const actions = actionsOf(reader)
  return actions ? {kind: 'alter', table, actions, ifExists} : {kind: 'unknown', table}
}

function drop(reader: Reader): Change {
  const temporary = reader.take('TEMPORARY')
  if (reader.take('TABLE|TABLES')) {
    const ifExists = reader.takeIfExists()
    const tables = reader.list().flatMap((part) => part.name() ?? [])
    return temporary ? nothing : {kind: 'drop-tables', tables, ifExists}
  }
  if (reader.take('INDEX')) {
    const ifExists = reader.takeIfExists()
    const name = reader.name()
    const table = reader.take('ON') ? reader.name() : undefined
    if (name && reader.done && !table)
      return {kind: 'refused', refusal: refusal(1064, `DROP INDEX "${name.text}" needs ON and a table`, name)}
    if (!name || !table) return unknown
    const action: Action =
      name.key === 'primary'
        ? {kind: 'drop', what: 'primary', name: undefined, ifExists}
        : {kind: 'drop', what: 'key', name, ifExists}
    return {kind: 'alter', table, actions: [action], ifExists: false}
  }
  const what = reader.token().word.toLowerCase()
  if (!/^(?:view|trigger|procedure|function|event)$/u.test(what)) return isElsewhere(reader) ? nothing : unknown
  reader.skip()
  const lenient = reader.takeIfExists()
  const name = reader.name()
  // Several views at once are rare, and one that isn't there is told by MySQL only at the end.
  if (!name || reader.is(',')) return unknown
  return {kind: 'drop-thing', what, name, table: undefined, definition: '', lenient}
}

function rename(reader: Reader): Change {
  if (!reader.take('TABLE|TABLES')) return reader.is('USER') ? nothing : unknown
  const pairs = reader.list().map((part) => {
    part.takeIfExists()
    const from = part.name()
    const to = part.take('TO') ? part.name() : undefined
    return from && to ? {from, to} : undefined
  })
  const known = pairs.flatMap((pair) => pair ?? [])
  return known.length === pairs.length ? {kind: 'rename-tables', pairs: known} : unknown
}

function setting(reader: Reader): Change {
  while (reader.is('SESSION|GLOBAL|LOCAL|@')) reader.skip()
  const checks = reader.source.tokens.findIndex(({text}) => /^(?:@@(?:session\.)?)?foreign_key_checks$/iu.test(text))
  if (checks < 0) return nothing
  const value = reader.source.tokens.slice(checks + 1).find(({text}) => !/^(?:=|:=)$/u.test(text))?.text ?? ''
  if (/^(?:0|off|false)$/iu.test(value)) return {kind: 'checks', on: false}
  // `SET foreign_key_checks = @old` sets it back to what it was.
  return {kind: 'checks', on: true}
}

function call(reader: Reader): Change {
  const name = reader.name()
  const strings = reader.source.tokens
    .filter(({kind}) => kind === 'string')
    .map(({text}) => unquoted(text).toLowerCase())
  return name ? {kind: 'call', name, strings} : unknown
}

function write(verb: string, reader: Reader): Change {
  while (reader.is('LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|QUICK|INTO|FROM|TABLE')) reader.skip()
  const table = reader.name()
  if (!table) return unknown
  const words = reader.source.tokens.slice(reader.index, reader.end)
  if (verb === 'INSERT' || verb === 'REPLACE') {
    const isList = reader.is('(') && !reader.is('(', 'SELECT|WITH|(') && !reader.is('(', ')')
    const columns = isList
      ? reader.list().flatMap((part) => (part.end === part.index + 1 ? (part.name() ?? []) : []))
      : []
    return {kind: 'write', verb: 'insert', table, columns, whole: false}
  }
  if (verb === 'TRUNCATE') return {kind: 'write', verb: 'truncate', table, columns: [], whole: true}
  if (verb === 'DELETE') {
    const isAll = reader.done
    const isSimple = isAll || reader.is('WHERE|ORDER|LIMIT')
    return isSimple ? {kind: 'write', verb: 'delete', table, columns: [], whole: isAll} : unknownRows(table)
  }
  if (!reader.take('SET')) return unknownRows(table)
  const end = words.findIndex(({word}) => word === 'WHERE' || word === 'ORDER' || word === 'LIMIT')
  const part = reader.part(reader.index, end < 0 ? reader.end : reader.index - 1 + end)
  const columns = part.list().flatMap((one) => (one.isName && one.token(1).text === '=' ? (one.name() ?? []) : []))
  return {kind: 'write', verb: 'update', table, columns, whole: false}
}

/** Several tables, or one under another name. */
function unknownRows(table: Name): Change {
  return {kind: 'write', verb: 'delete', table: {...table, key: ''}, columns: [], whole: false}
}
