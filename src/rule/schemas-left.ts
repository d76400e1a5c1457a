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
  return ofKind(up, 'create-object').filter((one) => {
    if (one.what !== 'schema' || isOpen(one) || isUndone(one, down)) return false
    const isIn = (name: Name | undefined): boolean => name?.key.startsWith(`${one.name.key}.`) === true
    const tables = ofKind(up, 'create-table').filter(({table}) => isIn(table))
    const isOwn = tables.length > 0 && up.every((each) => !isIn(tableOf(each)) || isMadeHere(tableOf(each), up))
    const areGone = tables.every((table) => isUndone(table, down))
    const mayBeThere = /^(?:\s|--[^\n]*\n)*CREATE\s+SCHEMA\s+IF\s+NOT\s+EXISTS\b/i.test(one.statement.text)
    return isOwn && areGone && !isSaidToStay(one.name, text) && (!mayBeThere || isSaidNew(one.name, text))
  })
}

function isMadeHere(name: Name | undefined, up: readonly Operation[]): boolean {
  return name !== undefined && isMade(name, up)
}

/** "All objects live in the schema `ride`", "V1 creates the schema", "New schema `ride`" */
function isSaidNew({key}: Name, text: string): boolean {
  const said =
    /\b(?:[Aa]ll|[Ee]verything|[Cc]reates?\s+(?:an?|its|the)|[Nn]ew)\b[^.\n`;]{0,60}\bschema\b(?:\s+`([^`\n]{1,80})`)?/gu
  return [...text.matchAll(said)].some(([, name]) => name === undefined || name.toLowerCase() === key)
}

/** "The schema `ride` stays", "`ride` is shared with others" */
function isSaidToStay({key}: Name, text: string): boolean {
  const said = /`([^`\n]{1,80})`[^.\n]{0,60}\b(?:stays?|remains?|(?:is|are) (?:kept|left|shared)|left in place)\b/giu
  const kept = /\b(?:keeps?|leaves?|not drop(?:ped)?)\b[^.\n]{0,60}\bschema\b/i
  return kept.test(text) || [...text.matchAll(said)].some(([, name]) => name?.toLowerCase() === key)
}
