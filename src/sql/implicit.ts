import {byteLength} from '../document/bytes.ts'
import type {ConstraintFact, Dialect, IndexFact, Name} from './model.ts'

/** The last part of a name's key: `b` of `a.b`. */
export function lastPart({key}: Name): string {
  // Few have a schema, which is quick to see; where the last dot is, takes longer.
  return key.includes('.') ? key.slice(key.lastIndexOf('.') + 1) : key
}

/** Same object: a schema counts only where both give one. */
export function sameName(a: Name, b: Name): boolean {
  const isQualified = a.key.includes('.') && b.key.includes('.')
  return isQualified ? a.key === b.key : lastPart(a) === lastPart(b)
}

/** The name that a constraint bears, or that PostgreSQL gives it; `undefined` when it can't be told. */
export function constraintName(constraint: ConstraintFact, table: Name, dialect: Dialect): string | undefined {
  if (constraint.name) return lastPart(constraint.name)
  if (dialect === 'mysql' && constraint.kind === 'unique') return constraint.columns[0]?.key || undefined
  if (dialect !== 'postgresql') return undefined
  if (constraint.kind === 'primary') return joined([lastPart(table)], 'pkey')
  if (constraint.kind === 'check') {
    const column = constraint.allowed?.column.key
    return column === undefined ? undefined : joined([lastPart(table), column], 'check')
  }
  return joined(
    [lastPart(table), ...constraint.columns.map(({key}) => key)],
    constraint.kind === 'foreign' ? 'fkey' : 'key',
  )
}

/** The name that an index bears or gets. */
export function indexName(index: IndexFact, dialect: Dialect): string | undefined {
  if (index.name) return lastPart(index.name)
  if (index.columns.some(({key}) => key === '')) return undefined
  const columns = index.columns.map(({key}) => key)
  if (dialect === 'mysql') return columns[0]
  return dialect === 'postgresql' ? joined([lastPart(index.table), ...columns], 'idx') : undefined
}

/** PostgreSQL cuts names at 63 bytes in a way of its own: longer ones aren't told. */
function joined(parts: readonly string[], suffix: string): string | undefined {
  const name = [...parts, suffix].join('_')
  return parts.includes('') || byteLength(name) > 63 ? undefined : name
}
