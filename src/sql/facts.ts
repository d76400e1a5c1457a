import type {SchemaChange} from './changes.ts'
import {isPersonal} from './personal.ts'

/** Names of what holds of a document that makes these changes, for `required: {"when": …}`. */
export function factsOf(changes: readonly SchemaChange[]): ReadonlySet<string> {
  const facts = new Set<string>()
  for (const {operation, columns} of changes) {
    facts.add('schema-change')
    if (operation === 'create-table') facts.add('adds-table')
    if (operation === 'create-index') facts.add('adds-index')
    if (operation === 'alter-table') facts.add('alters-table')
    if (operation.startsWith('drop')) facts.add('drops')
    if (columns.some(isPersonal)) facts.add('has-pii')
  }
  return facts
}
