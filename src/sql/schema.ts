import type {SpecDocument} from '../document/types.ts'
import {
  type DocumentedCheck,
  documentedChecks,
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
  type ModelFacts,
  modelFacts,
  toldAdditions,
} from './documented/index.ts'
import {casedKeys, withCase} from './cased-names.ts'
import type {Dialect, SqlFacts} from './model.ts'
import {type PrismaProblem, prismaProblems} from './documented/prisma-syntax.ts'
import {withMadeNames} from './made-names.ts'
import {loaded} from './parsers/loaded.ts'
import {readSql} from './read.ts'

/** All that a document says of a database schema, each part read when it is first asked for. */
export interface SchemaFacts {
  readonly document: SpecDocument
  readonly sql: SqlFacts
  readonly tables: readonly DocumentedTable[]
  /** Columns that words add to tables: compared with the SQL, and no change of the schema by themselves. */
  readonly additions: readonly DocumentedTable[]
  readonly indexes: readonly DocumentedIndex[]
  readonly checks: readonly DocumentedCheck[]
  readonly foreignKeys: readonly DocumentedForeignKey[]
  readonly enums: readonly DocumentedEnum[]
  readonly examples: readonly ExampleRow[]
  readonly models: ModelFacts
  /** What Prisma refuses in the `prisma` fences. */
  readonly prismaProblems: readonly PrismaProblem[]
}

/** Needs `loadSchemaParsers` before; afterwards synchronous. */
export function schemaFacts(document: SpecDocument, setting?: Dialect): SchemaFacts {
  const once = <T>(make: () => T): (() => T) => {
    let value: {readonly made: T} | undefined
    return () => (value ??= {made: make()}).made
  }
  const sql = once(() => readSql(document, setting))
  const keys = once(() => casedKeys(sql()))
  const parts = {
    sql,
    tables: once(() => withCase(withMadeNames(documentedTables(document), document, sql), keys)),
    additions: once(() => withCase(toldAdditions(document), keys)),
    indexes: once(() => withCase(documentedIndexes(document), keys)),
    checks: once(() => withCase(documentedChecks(document), keys)),
    foreignKeys: once(() => withCase(documentedForeignKeys(document), keys)),
    enums: once(() => withCase(documentedEnums(document), keys)),
    examples: once(() => exampleRows(document)),
    models: once(() => modelFacts(document, loaded.python)),
    prismaProblems: once(() => (loaded.prisma ? prismaProblems(document, loaded.prisma) : [])),
  }
  return {
    document,
    get sql() {
      return parts.sql()
    },
    get tables() {
      return parts.tables()
    },
    get additions() {
      return parts.additions()
    },
    get indexes() {
      return parts.indexes()
    },
    get checks() {
      return parts.checks()
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
