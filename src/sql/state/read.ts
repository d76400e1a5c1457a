import {readDocument} from '../../document/parse.ts'
import type {CodeBlock, SpecDocument} from '../../document/types.ts'
import {prismaIn} from '../documented/prisma.ts'
import {decideDialect} from '../dialect.ts'
import {readFence} from '../fence.ts'
import {forwardText} from '../migrations/forward.ts'
import type {Dialect, Operation, StatementFact} from '../model.ts'
import {prismaOperations} from './prisma.ts'
import {countBefore} from '../../document/search.ts'

/** A file that says what a database has. */
export interface SchemaFile {
  /** From the root of the project, with `/`. */
  readonly path: string
  readonly language: 'sql' | 'prisma'
  readonly text: string
}

export interface FileFacts {
  readonly path: string
  readonly operations: readonly Operation[]
  /** Names that the file makes outside of its operations. */
  readonly others: readonly string[]
  /** Words of the statements that say nothing to us. */
  readonly unread: readonly string[]
  readonly complete: boolean
  /** What could not be read, with 1-based lines. */
  readonly problems: readonly {readonly line: number; readonly message: string}[]
}

/** The SQL of some files: the one that the configuration or their signs name, else `undefined`. */
export function dialectOfFiles(files: readonly SchemaFile[]): Dialect | undefined {
  const documents = files.filter(({language}) => language === 'sql').slice(0, 200)
  const text = documents.map((file) => file.text.slice(0, 100_000)).join('\n')
  return decideDialect(documentOf(codeOf('sql', text)), undefined)?.dialect
}

/** What a file makes and changes. Needs the parser of the dialect; never throws on a text. */
export function readSchemaFile(file: SchemaFile, dialect: Dialect): FileFacts {
  return file.language === 'prisma' ? readPrisma(file) : readSql(file, dialect)
}

function readPrisma({path, text}: SchemaFile): FileFacts {
  const code = codeOf('prisma', text)
  const {operations, others} = prismaOperations(prismaIn(documentOf(code)), code)
  return {path, operations, others, unread: [], complete: true, problems: []}
}

/** Characters that may be parsed again in attempts at placeholders. */
const patience = 500_000

function readSql({path, text}: SchemaFile, dialect: Dialect): FileFacts {
  const code = codeOf('sql', forwardText(text))
  const {statements, problems} = readFence(
    code,
    documentOf(code).root,
    dialect,
    {tries: 20, budget: {left: patience}},
    Number.POSITIVE_INFINITY,
  )
  const silent = statements.filter(isSilent)
  const lines = lineCounter(code.value)
  return {
    path,
    operations: statements.flatMap(({operations}) => operations),
    others: [],
    unread: silent.flatMap(wordsOf),
    complete: !statements.some(isOpaque),
    problems: problems.map(({start, message}) => ({line: lines(start), message})),
  }
}

/** Nothing that we know of is done, or a table is made on the way: `SELECT … INTO new`. */
function isSilent({operations, text}: StatementFact): boolean {
  return (
    operations.every(({kind}) => kind === 'other' || kind === 'select') ||
    operations.some(({kind}) => kind === 'alter-object') ||
    /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE|TRIGGER|VIEW|MATERIALIZED)\b/i.test(text)
  )
}

/** It may make anything: another file, SQL that is put together. */
function isOpaque({operations, text}: StatementFact): boolean {
  const verbs = operations.flatMap((one) => (one.kind === 'other' ? one.verb : []))
  if (verbs.some((verb) => /^\\ir?$/u.test(verb))) return true
  return verbs.includes('DO') && /\bEXECUTE\b/i.test(text) && /\bformat\s*\(|\|\|/i.test(text)
}

function wordsOf({text}: StatementFact): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_$]*/gu))]
}

/** A file as the only fence of a document: that is what is read of SQL and Prisma. */
function codeOf(language: 'sql' | 'prisma', text: string): CodeBlock {
  const value = text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n')
  const span = {start: 0, end: value.length}
  return {
    kind: 'code',
    ...span,
    fenced: true,
    language,
    languageSpan: {start: 0, end: 0},
    meta: undefined,
    value,
    content: span,
    offsetAt: (index) => index,
  }
}

const empty = readDocument('')

function documentOf(code: CodeBlock): SpecDocument {
  return {...empty, root: {...empty.root, codes: [code]}, codes: [code]}
}

function lineCounter(text: string): (offset: number) => number {
  const ends: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at)
  return (offset) => countBefore(ends, (end) => end < offset) + 1
}
