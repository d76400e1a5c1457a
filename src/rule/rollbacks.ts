import type {SpecDocument} from '../document/types.ts'
import type {Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isNamed} from '../sql/speech/index.ts'
import type {BoundDocument} from '../type/types.ts'
import {halvesOf, isDdl, isOpen} from './halves.ts'
import {migrationPlan} from './plans.ts'

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

/** What a migration does, in SQL or in the words that name what is declared; empty where it does nothing that is known. */
export function migrationOperations(facts: Facts): readonly Operation[] {
  const {document, type, schema} = facts
  const halves = halvesOf({document, type, schema})
  const {declared, up} = halves
  if (type.withRole('migration').length === 0) return []
  const isStated = up.some(isChange) || isInWords(facts)
  return isStated ? (up.some(isDdl) ? up : [...declared, ...up]).filter(isChange) : []
}

function isInWords({document, type, schema}: Facts): boolean {
  const halves = halvesOf({document, type, schema})
  const {speech} = migrationPlan(document, type, halves)
  return halves.declared.some((one) => isDdl(one) && isNamed(one, speech, 'do', true))
}

function isChange(operation: Operation): boolean {
  const {kind} = operation
  if (isOpen(operation)) return false
  if (kind === 'create-object' || kind === 'drop-object' || kind === 'alter-object') return false
  return isDdl(operation) || /^(?:insert|update|delete|truncate|copy)$/u.test(kind)
}

/**
 * Whether `rollback-required` speaks of the way back: the migration is known and nothing takes it back. Then a missing or empty
 * section or line for it isn't reported as one of many.
 */
export function asksForRollback(facts: Facts): boolean {
  const {down} = halvesOf({document: facts.document, type: facts.type, schema: facts.schema})
  return (
    facts.type.type.rules['rollback-required'] !== 'off' &&
    facts.type.withRole('tables').length === 0 &&
    !down.some(isChange) &&
    migrationOperations(facts).length > 0
  )
}

const label = /^(?:database |migration )?(?:roll[ -]?back|down[ -]?migration|revert|back[ -]?out)\b/iu

export function isRollbackField(property: string): boolean {
  return label.test(property)
}
