import type {Span, SpecDocument} from '../document/types.ts'
import type {Name, Operation} from '../sql/model.ts'
import {columnsNeeded} from '../sql/needed.ts'
import {makesNames} from '../sql/same-object.ts'
import type {newNames} from './plans.ts'

/** Whether statements use a new column or type, and none makes it. */
export function usedOnly(declared: readonly Operation[]): (one: NewName) => boolean {
  const made = new Set(declared.flatMap(makesNames).map(({key}) => key))
  const types = new Set(declared.flatMap(typesNamed))
  const used = new Set([...declared.flatMap(columnsNeeded), ...declared.flatMap(typesUsed)].map(({key}) => key))
  // An index of a column that is called new doesn't declare it, and neither does a column of a new type.
  return ({name, kind}) => {
    const key = name.parts.at(-1) ?? ''
    return (
      (kind === 'column' && used.has(key) && !made.has(key)) || (kind === 'type' && used.has(key) && !types.has(key))
    )
  }
}

type NewName = ReturnType<typeof newNames>[number]

/** The types of columns, by the names that are written. */
function typesUsed(one: Operation): readonly Name[] {
  const columns = one.kind === 'create-table' ? one.columns : one.kind === 'add-column' ? [one.column] : []
  return columns.flatMap(({type}) => (type && !type.hole ? [{...type, key: type.base}] : []))
}

/** The types that a statement makes. */
function typesNamed(one: Operation): readonly string[] {
  const isType = one.kind === 'create-enum' || (one.kind === 'create-object' && /^(?:type|domain)$/u.test(one.what))
  return isType ? [one.name.key] : []
}

/** The text of a place without the fences of some operations. */
export function withoutCodes({text}: SpecDocument, {start, end}: Span, up: readonly Operation[]): string {
  const codes = [...new Set(up.map(({statement}) => statement.code))]
  return codes.reduce((all, one) => all.replace(text.slice(one.start, one.end), ' '), text.slice(start, end))
}
