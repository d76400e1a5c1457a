import {lacking} from '../sql/covers.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import {tableOf} from '../sql/undoes.ts'
import type {Span} from '../document/types.ts'
import {type Halves, hasName, wordsIn} from './halves.ts'
import {withoutParts} from './lacks.ts'
import {isDeclarable} from './modelled.ts'
import {called, itself, ofKind, ofTable, sameName} from './schema.ts'
import type {Difference, Facts, Found} from './schema-differences.ts'
import {unreadIn} from './unread.ts'

/**
 * Models and the migration made of them. A model that nothing creates was there before, as Prisma shows the whole schema; what the
 * rollback takes away is new. Checks, partial indexes and join tables (`_AToB`) have no words in Prisma.
 */
export function compareModels(
  {document, type, schema}: Facts,
  {declared, up, down}: Pick<Halves, 'declared' | 'up' | 'down'>,
): Found {
  const migration = type.withRole('migration')
  const unread = unreadIn(migration, document, schema)
  const isNew = (table: Name): boolean =>
    ofTable(ofKind(up, 'create-table'), table).length > 0 || ofTable(ofKind(down, 'drop-table'), table).length > 0
  const types = ofKind(down, 'drop-object').map(({name}) => name)
  const own = declared.flatMap((one): readonly Operation[] => {
    if (one.kind === 'create-enum') return called(types, itself, one.name).length > 0 ? [one] : []
    const table = tableOf(one)
    if (!table || isNew(table)) return [one]
    const dropped = ofTable(ofKind(down, 'drop-column'), table)
    if (one.kind === 'create-index')
      return one.index.columns.some(({key}) => dropped.some(({column}) => column.key === key)) ? [one] : []
    const columns = one.kind === 'create-table' ? one.columns : []
    return columns
      .filter(({name}) => dropped.some(({column}) => sameName(column, name)))
      .map((column): Operation => ({
        kind: 'add-column',
        table,
        column,
        constraints: [],
        statement: one.statement,
        start: column.start,
        end: column.end,
      }))
  })
  const lacks = lacking(own, up).filter(({names}) => !names.some((name) => hasName(unread, name)))
  const isModelled = (table: Name | undefined): boolean =>
    table !== undefined && ofTable(ofKind(declared, 'create-table'), table).length > 0
  // Models may leave out relations to models that aren't shown.
  const listed = new Set(schema.foreignKeys.map(({table, columns, to}) => wordsOfKey(table, columns, to)))
  const isListed = (one: Operation): boolean =>
    one.kind === 'add-constraint' &&
    one.constraint.kind === 'foreign' &&
    listed.has(wordsOfKey(one.table, one.constraint.columns, one.constraint.table))
  const outside = wordsIn(document, {start: 0, end: document.text.length})
  const extras = lacking(up.filter(isDeclarable), declared).filter(
    ({operation, names, what}) =>
      !/^(?:check|exclusion constraint) /u.test(what) &&
      (/^(?:create-table|create-enum|drop-table)$/u.test(operation.kind) || isModelled(tableOf(operation))) &&
      !(operation.kind === 'drop-table' && isModelled(operation.table)) &&
      !isListed(operation) &&
      !(names.length > 0 && names.every((name) => hasName(outside, name) && !isModelled(tableOf(operation)))),
  )
  const found = (lack: {readonly what: string} & Span): Difference => ({at: lack, what: lack.what})
  return {missing: withoutParts(lacks).map(found), undeclared: extras.map(found)}
}

/** A key by its table, its columns and where it leads; models are spelled as their tables in another case. */
function wordsOfKey(table: Name | undefined, columns: readonly Name[], to: Name): string {
  return [...(table ? [table] : []), ...columns, to].map((name) => lastPart(name).toLowerCase()).join(' ')
}
