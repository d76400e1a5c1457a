import type {SpecDocument} from '../document/types.ts'
import {
  type DocumentedEnum,
  documentedEnums,
  type DocumentedForeignKey,
  documentedForeignKeys,
  type DocumentedIndex,
  documentedIndexes,
  type DocumentedTable,
  documentedTables,
  type ExampleRow,
  exampleRows,
  loadPython,
  loadPythonParser,
  type ModelFacts,
  modelFacts,
  type PythonParser,
} from './documented/index.ts'
import {dialects} from './dialect.ts'
import type {Dialect, SqlFacts} from './model.ts'
import {loadParsers} from './parsers/index.ts'
import {isPrisma, type PrismaProblem, prismaProblems} from './documented/prisma-syntax.ts'
import {loadPrismaParser, type PrismaParser} from './parsers/prisma.ts'
import {loadSqlFor, readSql} from './read.ts'

/** All that a document says of a database schema, each part read when it is first asked for. */
export interface SchemaFacts {
  readonly document: SpecDocument
  readonly sql: SqlFacts
  readonly tables: readonly DocumentedTable[]
  readonly indexes: readonly DocumentedIndex[]
  readonly foreignKeys: readonly DocumentedForeignKey[]
  readonly enums: readonly DocumentedEnum[]
  readonly examples: readonly ExampleRow[]
  readonly models: ModelFacts
  /** What Prisma refuses in the `prisma` fences. */
  readonly prismaProblems: readonly PrismaProblem[]
}

let python: PythonParser | undefined
let prisma: PrismaParser | undefined

/** Loads the parsers that a document needs, each once a process; none when it has neither SQL, Python nor Prisma. */
export async function loadSchemaParsers(document: SpecDocument, setting?: Dialect): Promise<void> {
  await loadSqlFor(document, setting)
  python ??= await loadPython(document)
  if (document.codes.some(isPrisma)) prisma ??= await loadPrismaParser()
}

/** Loads all of them, for those that have to be synchronous afterwards. */
export async function loadAllSchemaParsers(): Promise<void> {
  await loadParsers(dialects)
  python ??= await loadPythonParser()
  prisma ??= await loadPrismaParser()
}

/** Needs `loadSchemaParsers` before; afterwards synchronous. */
export function schemaFacts(document: SpecDocument, setting?: Dialect): SchemaFacts {
  const once = <T>(make: () => T): (() => T) => {
    let value: {readonly made: T} | undefined
    return () => (value ??= {made: make()}).made
  }
  const parts = {
    sql: once(() => readSql(document, setting)),
    tables: once(() => documentedTables(document)),
    indexes: once(() => documentedIndexes(document)),
    foreignKeys: once(() => documentedForeignKeys(document)),
    enums: once(() => documentedEnums(document)),
    examples: once(() => exampleRows(document)),
    models: once(() => modelFacts(document, python)),
    prismaProblems: once(() => (prisma ? prismaProblems(document, prisma) : [])),
  }
  return {
    document,
    get sql() {
      return parts.sql()
    },
    get tables() {
      return parts.tables()
    },
    get indexes() {
      return parts.indexes()
    },
    get foreignKeys() {
      return parts.foreignKeys()
    },
    get enums() {
      return parts.enums()
    },
    get examples() {
      return parts.examples()
    },
    get models() {
      return parts.models()
    },
    get prismaProblems() {
      return parts.prismaProblems()
    },
  }
}
