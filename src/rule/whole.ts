import type {SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import {ofKind, ofTable} from './schema.ts'

interface Facts {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
}

/** Whether no statement speaks of a table that the document doesn't create. */
export function makesAll(operations: readonly Operation[]): boolean {
  const created = ofKind(operations, 'create-table')
  const isCreated = (table: Name): boolean => ofTable(created, table).length > 0
  const owners = operations.filter(({kind}) => kind !== 'select').flatMap((one) => tableOf(one) ?? [])
  const targets = operations.flatMap((one) =>
    one.kind === 'create-table' || one.kind === 'add-column'
      ? one.constraints.flatMap((key) => (key.kind === 'foreign' ? [key.table] : []))
      : one.kind === 'add-constraint' && one.constraint.kind === 'foreign'
        ? [one.constraint.table]
        : [],
  )
  return created.length > 1 && [...owners, ...targets].every(isCreated)
}

/** Whether the document makes a function, type or sequence of a name, or says in words that there is one. */
export function madeIn({document, schema}: Facts, operations: readonly Operation[]): (name: string) => boolean {
  const made = new Set(
    [...operations, ...schema.sql.statements.flatMap((one) => one.operations)].flatMap((one) =>
      one.kind === 'create-object' || one.kind === 'create-enum'
        ? [lastPart(one.name).toLowerCase()]
        : one.kind === 'create-table'
          ? [lastPart(one.table).toLowerCase()]
          : [],
    ),
  )
  const text = document.text.toLowerCase()
  const isDynamic = /\bexecute\s+format\b|\bdo\s+\$/u.test(text)
  // Looked for once: a long text takes its time.
  const told = [...text.matchAll(/(?:function|type|existing|helper|shared) `/gu)].map(
    ({0: word, index}) => index + word.length,
  )
  return (name) => {
    const low = name.toLowerCase()
    return isDynamic || made.has(low) || told.some((at) => text.startsWith(low, at))
  }
}
