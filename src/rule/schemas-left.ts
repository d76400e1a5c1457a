import type {SpecDocument} from '../document/types.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import {isUndone} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import {isOpen, type MigrationWay} from './halves.ts'
import {isMade} from './lacks.ts'
import {ofKind} from './schema.ts'

/**
 * Schemas that the migration makes for itself alone, and the way back leaves empty. One that may be there before is left out, but
 * where the document says that it is new, or that all of its own lives there.
 */
export function schemasLeft(
  {text}: SpecDocument,
  {up, down}: Pick<MigrationWay, 'up' | 'down'>,
): readonly OperationOf<'create-object'>[] {
  const made = ofKind(up, 'create-table')
  const left = ofKind(up, 'create-object').filter((one) => {
    if (one.what !== 'schema' || isOpen(one) || isUndone(one, down)) return false
    const isIn = (name: Name | undefined): boolean => name?.key.startsWith(`${one.name.key}.`) === true
    const tables = made.filter(({table}) => isIn(table))
    const isOwn = tables.length > 0 && up.every((each) => !isIn(tableOf(each)) || isMadeHere(tableOf(each), up))
    return isOwn && tables.every((table) => isUndone(table, down))
  })
  if (left.length === 0 || keeps.test(text)) return []
  const [stays, isNew] = [namesSaid(staying, text), namesSaid(fresh, text)]
  return left.filter(({name: {key}, statement}) => {
    const mayBeThere = /^(?:\s|--[^\n]*\n)*CREATE\s+SCHEMA\s+IF\s+NOT\s+EXISTS\b/i.test(statement.text)
    return !stays.has(key) && (!mayBeThere || isNew.has(key) || isNew.has(undefined))
  })
}

function isMadeHere(name: Name | undefined, up: readonly Operation[]): boolean {
  return name !== undefined && isMade(name, up)
}

/** "All objects live in the schema `ride`", "V1 creates the schema", "New schema `ride`" */
const fresh =
  /\b(?:[Aa]ll|[Ee]verything|[Cc]reates?\s+(?:an?|its|the)|[Nn]ew)\b[^.\n`;]{0,60}\bschema\b(?:\s+`([^`\n]{1,80})`)?/gu
/** "The schema `ride` stays", "`ride` is shared with others" */
const staying = /`([^`\n]{1,80})`[^.\n]{0,60}\b(?:stays?|remains?|(?:is|are) (?:kept|left|shared)|left in place)\b/giu
const keeps = /\b(?:keeps?|leaves?|not drop(?:ped)?)\b[^.\n]{0,60}\bschema\b/i

/** The names that a text says so, in small letters; `undefined` among them where it says it without a name. */
function namesSaid(said: RegExp, text: string): ReadonlySet<string | undefined> {
  return new Set([...text.matchAll(said)].map(([, name]) => name?.toLowerCase()))
}
