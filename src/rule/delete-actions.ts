/** Keys whose rows go, stay or lose their value otherwise than a list of relations says. */
import type {DeleteAction} from '../sql/documented/delete-actions.ts'
import type {DocumentedForeignKey} from '../sql/documented/model.ts'
import {documentedActions} from '../sql/documented/index.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {TableKey} from './keys.ts'
import {entityForm} from './schema.ts'

/** The keys that the items are about, as if the items were lists of keys; nothing where it isn't plain which one is meant. */
export function keysBySaying({document}: SchemaFacts, made: readonly TableKey[]): readonly DocumentedForeignKey[] {
  const said = documentedActions(document)
  if (said.length === 0) return []
  const single = made.filter(({key, table}) => key.columns.length === 1 && !table.hole)
  const found = said.map((one) => ({one, keys: one.others ? [] : meant(one, single)}))
  const named = new Set(found.flatMap(({keys}) => keys))
  return found.flatMap(({one, keys}) =>
    (one.others ? single.filter((key) => !named.has(key)) : keys).map((key) => asListed(one, key)),
  )
}

/** The one key that fits, or all of a table to another that are copies of it. */
function meant({child, parent, column}: DeleteAction, all: readonly TableKey[]): readonly TableKey[] {
  const found = all.filter(
    ({table, key}) =>
      isCalled(child, table) &&
      isCalled(parent, key.table) &&
      (column === undefined || key.columns.some((one) => lastPart(one).toLowerCase() === column.toLowerCase())),
  )
  return new Set(found.map(({table, key}) => `${lastPart(table)} ${key.columns.map(lastPart).join()}`)).size === 1
    ? found
    : []
}

/** By its name, or by the last word of it: a `recall` is a row of `vaccination_recalls`. */
function isCalled(word: string | undefined, table: Name): boolean {
  if (word === undefined) return true
  const own = lastPart(table).toLowerCase()
  const form = entityForm({key: word.toLowerCase()})
  return (
    own === word.toLowerCase() ||
    entityForm({key: own}) === form ||
    own.endsWith(`_${word.toLowerCase()}`) ||
    entityForm({key: own.replace(/^.*_/u, '')}) === form
  )
}

function asListed({action, section}: DeleteAction, {table, key}: TableKey): DocumentedForeignKey {
  const {start, end} = action
  return {
    kind: 'documentedForeignKey',
    start,
    end,
    table,
    columns: key.columns,
    to: key.table,
    target: [],
    onDelete: action,
    section,
  }
}
