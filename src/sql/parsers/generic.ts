import type {Dialect} from '../model.ts'
import {genericSyntax} from './generic-syntax.ts'
import {isBreakdown} from './breakdown.ts'
import {compoundFault} from './compound.ts'
import {slipIn} from './slips.ts'
import type {Fault, Parser, ParserSource} from './types.ts'

/** MySQL, SQLite and SQL Server, by sqlparser-rs. */
export const generic: ParserSource = {
  dialects: ['mysql', 'sqlite', 'mssql'],
  async load(again) {
    const parse = again === 0 ? await library() : await anew(again)
    return (dialect): Parser => ({
      dialect,
      parse(written) {
        const slip = slipIn(written, dialect) ?? (dialect === 'mysql' ? compoundFault(written) : undefined)
        if (slip) return slip
        if (written.trim() === '' || known(written, dialect)) return undefined
        const text =
          dialect === 'mysql' ? withKnownActions(withoutLocking(withoutPartitions(withoutBinary(written)))) : written
        try {
          parse(text, dialect)
          return undefined
        } catch (error) {
          if (!(error instanceof Error) || isBreakdown(error)) throw error
          return accepts(parse, text, dialect)
            ? undefined
            : (openFault(error.message, text) ?? faultOf(error.message, text))
        }
      },
      read(text, isHole) {
        try {
          return genericSyntax(parse(text, dialect), {dialect, at: offsetsOf(text), isHole})
        } catch (error) {
          if (!(error instanceof Error) || isBreakdown(error)) throw error
          return undefined
        }
      },
    })
  },
}

type Parse = (text: string, dialect: Dialect | 'generic') => unknown

async function library(): Promise<Parse> {
  const {init, parse} = await import('@guanmingchiu/sqlparser-ts')
  await init()
  return parse
}

/** Another address is another module, with a memory of its own; the package's own loader has but one. */
async function anew(again: number): Promise<Parse> {
  const folder = new URL('../wasm/', import.meta.resolve('@guanmingchiu/sqlparser-ts'))
  const {readFile} = await import('node:fs/promises')
  const module = (await import(new URL(`sqlparser_rs_wasm.js?again=${again}`, folder).href)) as {
    readonly default: (from: {readonly module_or_path: Uint8Array}) => Promise<unknown>
    readonly parse_sql: (dialect: string, text: string) => unknown
  }
  await module.default({module_or_path: await readFile(new URL('sqlparser_rs_wasm_bg.wasm', folder))})
  return (text, dialect) => {
    try {
      return module.parse_sql(dialect, text)
    } catch (error) {
      if (error instanceof Error) throw error
      // What Rust throws is a map with a message.
      const {message} = Object(error) as {readonly message?: unknown}
      throw new Error(typeof message === 'string' ? message : String(error), {cause: error})
    }
  }
}

/** Legal forms that sqlparser-rs 0.62 doesn't know. */
const unknown: Readonly<Partial<Record<Dialect, RegExp>>> = {
  mysql:
    /^(?:CREATE\s+(?:FULLTEXT|SPATIAL)\s+INDEX\b|ALTER\s+TABLE\s+\S+\s+ADD\s+(?:COLUMN\s*)?\(|CREATE\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*\S+\s+)?(?:TRIGGER|PROCEDURE|FUNCTION|EVENT)\b|DROP\s+EVENT\b|LOAD\s+DATA\b|CALL\b|HANDLER\b|SIGNAL\b|DO\b|CHANGE\s+(?:MASTER|REPLICATION)\b|(?:CREATE|ALTER|DROP)\s+USER\b|GRANT\b|REVOKE\b|FLUSH\b|OPTIMIZE\b|ANALYZE\b|CHECK\s+TABLE\b|REPAIR\b|ALTER\s+TABLE\s+\S+\s+RENAME\s+(?!TO\b|AS\b|COLUMN\b|INDEX\b|KEY\b)\S+\s*$|ALTER\s+TABLE\s+\S+\s+(?:ENGINE\b|CONVERT\s+TO\b|(?:DEFAULT\s+)?(?:CHARACTER\s+SET|CHARSET|COLLATE)\b|AUTO_INCREMENT\b|ROW_FORMAT\b|COMMENT\b|FORCE\b|ORDER\s+BY\b|(?:ENABLE|DISABLE)\s+KEYS\b|(?:DISCARD|IMPORT)\s+TABLESPACE\b|DROP\s+KEY\b|(?:ADD|DROP|TRUNCATE|REORGANIZE|COALESCE|ANALYZE|CHECK|OPTIMIZE|REBUILD|REPAIR|EXCHANGE|DISCARD|IMPORT|CONVERT)\s+PARTITION\b|PARTITION\s+BY\b|REMOVE\s+PARTITIONING\b)|SHOW\b|SET\b|LOCK\b|UNLOCK\b)/i,
  sqlite: /^(?:PRAGMA|ATTACH|DETACH|VACUUM|REINDEX|ANALYZE|EXPLAIN|CREATE\s+VIRTUAL\s+TABLE)\b/i,
  mssql:
    /^(?:(?:CREATE|ALTER)\s+(?:OR\s+ALTER\s+)?(?:PROC|PROCEDURE|FUNCTION|TRIGGER|LOGIN|USER|ROLE|SECURITY|PARTITION|FULLTEXT|COLUMNSTORE|CLUSTERED|NONCLUSTERED|SPATIAL|XML|DATABASE)\b|(?:EXEC|EXECUTE|PRINT|IF|WHILE|BEGIN|DECLARE|SET|USE|GRANT|DENY|REVOKE|THROW|RAISERROR|BULK|BACKUP|RESTORE|DBCC|MERGE|WAITFOR|SAVE)\b|(?:BEGIN|COMMIT|ROLLBACK)\s+TRAN\b|ALTER\s+TABLE\s+\S+\s+(?:ALTER\s+COLUMN|WITH\s+(?:NO)?CHECK|CHECK|NOCHECK|SWITCH|REBUILD|(?:ADD|DROP)\b[^;]*,))/i,
}

/** MySQL's `ALGORITHM = INPLACE, LOCK = NONE` behind changes of tables and indexes, as spaces. */
function withoutLocking(text: string): string {
  if (!/^(?:ALTER\s+TABLE|(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX)\b/i.test(text)) return text
  return text.replaceAll(
    /(?:,\s{0,100})?\b(?:ALGORITHM|LOCK)(?:\s{0,20}=\s{0,20}|\s{1,20})(?:DEFAULT|NONE|SHARED|EXCLUSIVE|INPLACE|COPY|INSTANT)\b/gi,
    (found) => ' '.repeat(found.length),
  )
}

/** MySQL's `VARCHAR(255) BINARY`, the binary collation of a column's character set, without that word. */
function withoutBinary(text: string): string {
  return text.replaceAll(
    /\b((?:VAR)?CHAR\s{0,20}\(\s{0,9}\d{1,6}\s{0,9}\)|(?:TINY|MEDIUM|LONG)?TEXT)(\s{1,20})(?:BINARY|ASCII|UNICODE)\b(?!\s{0,20}\()/gi,
    (found, type: string) => type + ' '.repeat(found.length - type.length),
  )
}

/** MySQL's `PARTITION BY RANGE (…) (…)` at the end of a table, as spaces; with a bracket that is open it stays, to be refused. */
function withoutPartitions(text: string): string {
  if (!/^CREATE\s+TABLE\b/i.test(text)) return text
  const at = text.search(/\bPARTITION\s{1,200}BY\s{1,200}(?:LINEAR\s{1,200})?(?:RANGE|LIST|HASH|KEY|SYSTEM_TIME)\b/i)
  const clause = at < 0 ? '' : text.slice(at)
  const bare = clause.replaceAll(/'[^']*'/gu, '')
  if (clause === '' || bare.split('(').length !== bare.split(')').length) return text
  return text.slice(0, at) + clause.replaceAll(/[^\n]/gu, ' ')
}

/** Actions of MySQL's ALTER TABLE that sqlparser-rs doesn't know, as drops of the same length. */
function withKnownActions(text: string): string {
  if (!/^ALTER\s+TABLE\b/i.test(text)) return text
  const dropped = (_: string, between: string, what: string, name: string, rest: string): string =>
    `DROP${' '.repeat(between.length + what.length)}${name}${' '.repeat(rest.length)}`
  return text
    .replaceAll(/\bDROP(\s{1,20})(CHECK|KEY)(\s{1,20}[`\w$]{1,66})()/gi, dropped)
    .replaceAll(
      /\bALTER(\s{1,20})(INDEX|CHECK|CONSTRAINT)(\s{1,20}[`\w$]{1,66})(\s{1,20}(?:(?:IN)?VISIBLE|(?:NOT\s{1,20})?ENFORCED)\b)/gi,
      (found, ...parts: readonly string[]) =>
        dropped(found, ` ${parts[0]}`, parts[1] ?? '', parts[2] ?? '', parts[3] ?? ''),
    )
    .replaceAll(
      /\bRENAME(\s{1,20})(INDEX|KEY)(\s{1,20}[`\w$]{1,66})(\s{1,20}TO\s{1,20}[`\w$]{1,66})/gi,
      (found, ...parts: readonly string[]) =>
        dropped(found, `  ${parts[0]}`, parts[1] ?? '', parts[2] ?? '', parts[3] ?? ''),
    )
}

/** Parts of T-SQL's tables and queries that sqlparser-rs doesn't know. */
const inTables =
  /[\w\]]\s{1,200}AS\s{1,200}[\w(]|\b(?:NON)?CLUSTERED\b|\bSYSTEM_TIME\b|\bROWGUIDCOL\b|\bSPARSE\b|\bMASKED\b|\bON\s{1,200}\[?PRIMARY\b/i
const anywhere = /\bFOR\s+(?:SYSTEM_TIME|XML|JSON)\b|^CREATE\s+UNIQUE\s+(?:NON)?CLUSTERED\b/i

function known(text: string, dialect: Dialect): boolean {
  const bare = text.replace(/^(?:\s|--[^\r\n]*|\/\*[\s\S]*?\*\/)+/u, '')
  return (unknown[dialect]?.test(bare) ?? false) || (dialect === 'mssql' && isTransact(bare))
}

function isTransact(text: string): boolean {
  return (/^CREATE\s+TABLE\b/i.test(text) && inTables.test(text)) || anywhere.test(text)
}

/** A gap of one dialect's grammar is no error of the author when the common grammar reads the text. */
function accepts(parse: Parse, text: string, dialect: Dialect): boolean {
  if (/^\s*(?:SELECT|WITH)\b/i.test(text) && dialect !== 'mssql') return false
  try {
    parse(text, 'generic')
    return true
  } catch (error) {
    if (error instanceof Error && isBreakdown(error)) throw error
    return false
  }
}

/** A quote or a CASE that nothing closes: the parser only sees that the text ends, or stops at the first WHEN. */
function openFault(message: string, text: string): Fault | undefined {
  const mark = /unterminated string/i.test(message) ? "'" : /expected close delimiter '(.)'/i.exec(message)?.[1]
  if (mark !== undefined) {
    let from = 0
    for (const line of text.split('\n')) {
      const code = line.replace(/(?:^|\s)--\s.*$/u, '')
      if (code.split(mark).length % 2 === 0)
        return {
          offset: from + code.lastIndexOf(mark),
          length: 1,
          message: `this \`${mark === '`' ? 'backtick' : mark}\` opens a text that nothing closes`,
        }
      from += line.length + 1
    }
  }
  return /\bBEGIN\b/i.test(text) ? undefined : openCase(text)
}

/** A CASE without its END: told at the bracket that closes around it, else at the end. */
function openCase(text: string): Fault | undefined {
  const bare = text.replaceAll(/'[^']*'|--[^\n]*/gu, (part) => ' '.repeat(part.length))
  const open: string[] = []
  for (const {0: word, index} of bare.matchAll(/\b(?:CASE|END)\b|[()]/gi)) {
    const mark = word.toUpperCase()
    if (mark === 'CASE' || mark === '(') open.push(mark)
    else if (mark === 'END') {
      if (open.at(-1) === 'CASE') open.pop()
    } else if (open.at(-1) === 'CASE') return {offset: index, length: 1, message: 'expected `END` of `CASE` before it'}
    else open.pop()
  }
  return open.includes('CASE')
    ? {offset: text.trimEnd().length, message: 'expected `END` of `CASE` at the end'}
    : undefined
}

function faultOf(message: string, text: string): Fault {
  const place = / at Line: (\d+), Column: (\d+)/u.exec(message)
  const offset = place ? offsetsOf(text)(Number(place[1]), Number(place[2])) : text.trimEnd().length
  return {offset, message: plain(message.replace(/ at Line: \d+, Column: \d+[\s\S]*/u, ''))}
}

/** Lines and columns are 1-based; columns count code points. */
function offsetsOf(text: string): (line: number, column: number) => number {
  const starts = [0, ...Array.from(text.matchAll(/\n/gu), ({index}) => index + 1)]
  return (line, column) => {
    let start = starts[line - 1]
    if (start === undefined) return text.length
    for (let count = 1; count < column && start < text.length; count += 1)
      start += (text.codePointAt(start) ?? 0) > 0xff_ff ? 2 : 1
    return start
  }
}

function plain(message: string): string {
  const [line = ''] = message.replace(/^(?:sql )?parser error: /u, '').split(/\r\n|\n|\r/u)
  const match = /^Expected: ([\s\S]*), found: ([\s\S]*)$/u.exec(line)
  if (!match) return line.replace(/[.\s]+$/u, '')
  const [, expected = '', found = ''] = match
  return found === 'EOF' ? `expected ${expected} at the end` : `expected ${expected}, found \`${found}\``
}
