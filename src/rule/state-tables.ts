import type {ColumnFact, Name, Operation, TypeFact} from '../sql/model.ts'
import {tableIn} from '../sql/state/lookup.ts'
import type {SchemaMoments} from '../sql/state/model.ts'
import {columnsAround, lacksTable} from './existence.ts'
import {foreignKeysIn} from './keys.ts'
import {knownTables, schemaMoments} from './moments.ts'
import {called, itself, ofKind, ofTable} from './schema.ts'
import type {Context} from './types.ts'

/** A table that a document creates, describes or changes, or that is there before. */
export interface KnownTable {
  readonly name: Name
  /** `undefined` when not all of them are known. */
  readonly columns: readonly ColumnFact[] | undefined
  /** Those that are known, where not all of them are. */
  readonly some?: readonly ColumnFact[]
}

export interface StateTables {
  readonly moments: SchemaMoments
  /** A table that the files have, with what the document adds to it. */
  table(name: Name): KnownTable | undefined
  /** Neither the files nor a document have the table. */
  lacks(name: Name): boolean
  /** The type stands in the files, not in the document. */
  owns(type: TypeFact): boolean
}

/** The tables of the files of the configuration. */
export function stateTables(
  context: Pick<Context<never, never>, 'document' | 'type' | 'schema' | 'project'>,
  operations: readonly Operation[],
): StateTables | undefined {
  if (foreignKeysIn(operations).length === 0) return undefined
  const moments = schemaMoments(context)
  if (!moments) return undefined
  const {before, now} = moments
  const known = knownTables(context)
  const types = new Set(
    [before, now].flatMap((state) =>
      [...(state?.tables.values() ?? [])].flatMap(({columns}) => columns.map(({type}) => type)),
    ),
  )
  return {
    moments,
    table: (name) => {
      const table = (before && tableIn(before, name)) ?? tableIn(now, name)
      const columns = table && columnsAround(name, moments, context, operations)
      const added = ofTable(ofKind(operations, 'add-column'), name).map(({column}) => column)
      const changed = ofTable(ofKind(operations, 'alter-type'), name).map(({column}) => column)
      const own = [...added, ...(table?.columns ?? [])].map((column) =>
        called(changed, itself, column.name).length > 0 ? {...column, type: undefined} : column,
      )
      return (
        table && {
          name,
          columns: columns ? columns.map((one) => own.find((column) => column.name === one) ?? bare(one)) : undefined,
        }
      )
    },
    lacks: (name) => lacksTable(name, moments, known, operations),
    owns: (type) => types.has(type),
  }
}

/** A column of which only the name is known. */
function bare(name: Name): ColumnFact {
  const {start, end} = name
  return {kind: 'column', name, type: undefined, nullable: undefined, default: undefined, generated: false, start, end}
}
