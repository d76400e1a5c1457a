import {lastPart} from '../../sql/implicit.ts'
import type {Operation, StatementFact} from '../../sql/model.ts'
import {tableOf} from '../../sql/undoes.ts'

/**
 * Statements of the rollback that make what was there before: what the migration drops without having made it itself, even if it makes
 * another thing of that name afterwards. With a table come its indexes and constraints.
 */
export function restoring(up: readonly Operation[], back: readonly Operation[]): readonly StatementFact[] {
  const gone = new Set<string>()
  const made = new Set<string>()
  for (const one of up) {
    const dropped = droppedBy(one)
    if (dropped !== undefined && !made.has(dropped)) gone.add(dropped)
    const key = keyOf(one)
    if (key !== undefined) made.add(key)
  }
  const tables = new Set<string>()
  const statements = back.filter((one) => {
    const key = keyOf(one)
    const table = tableOf(one)
    if (key !== undefined && gone.has(key)) {
      if (one.kind === 'create-table') tables.add(lastPart(one.table))
      return true
    }
    return table !== undefined && tables.has(lastPart(table)) && /^(?:create-index|add-constraint)$/u.test(one.kind)
  })
  return [...new Set(statements.map(({statement}) => statement))]
}

function droppedBy(one: Operation): string | undefined {
  if (one.kind === 'drop-table' || one.kind === 'rename-table') return `table ${lastPart(one.table)}`
  if (one.kind === 'drop-index') return `index ${lastPart(one.name)}`
  if (one.kind === 'drop-constraint') return one.name && `constraint ${lastPart(one.name)}`
  return one.kind === 'drop-object' ? `${one.what} ${lastPart(one.name)}` : undefined
}

function keyOf(one: Operation): string | undefined {
  if (one.kind === 'create-table') return `table ${lastPart(one.table)}`
  if (one.kind === 'create-index') return one.index.name && `index ${lastPart(one.index.name)}`
  if (one.kind === 'add-constraint') return one.constraint.name && `constraint ${lastPart(one.constraint.name)}`
  if (one.kind === 'create-enum') return `type ${lastPart(one.name)}`
  return one.kind === 'create-object' ? `${one.what} ${lastPart(one.name)}` : undefined
}
