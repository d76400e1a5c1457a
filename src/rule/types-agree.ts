/** Whether a described type and that of the code are one. */
import type {Text} from '../document/types.ts'
import type {ColumnFact} from '../sql/model.ts'
import {isKnownType, sameType} from '../sql/documented/types.ts'
import {sameSqlType} from './written-types.ts'

export type Type = NonNullable<ColumnFact['type']>

/** `sa.Numeric(10, 2)` */
export function isOfScript({text}: Text): boolean {
  return /^\w+\.\w/u.test(text) || /^[A-Z][a-z]+[A-Za-z]*\b/u.test(text)
}

/** Whether a described type is that of the code; one in small letters may be one of the program. */
export function typesAgree(described: Type, actual: Type): boolean {
  if (!isKnownType(described) || !isKnownType(actual) || /[|/]|\bor\b/i.test(described.text)) return true
  if (described.text.length > 60 || described.values.length > 0 || described.array !== actual.array) return true
  if (described.size.length === 0 && described.base === actual.base) return true
  if (isOfScript(actual)) return sameType(described, actual)
  if (described.text !== described.text.toUpperCase() && described.size.length === 0) return sameType(described, actual)
  return sameSqlType(described, actual)
}
