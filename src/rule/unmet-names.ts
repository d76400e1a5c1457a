import type {Span, SpecDocument} from '../document/types.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import {nearest} from '../type/nearest.ts'
import {constraintsOf} from '../sql/parts.ts'
import {ofKind, sameName} from './schema.ts'
import {triggerFunction} from './uses.ts'

/** A name that a statement uses and nothing makes, and the one that was made for it. */
export interface UnmetName extends Span {
  readonly what: 'Constraint' | 'Function'
  readonly text: string
  readonly meant: Name
}

/**
 * Constraints that are validated and functions that a trigger calls, which no statement makes, where one is made that nothing uses:
 * that is what was meant. A name that the document has elsewhere may be of something that is there.
 */
export function unmetNames(operations: readonly Operation[], document: SpecDocument): readonly UnmetName[] {
  return [...unmetConstraints(operations), ...unmetFunctions(operations, document)].filter(
    ({text}) => document.text.split(text).length === 2,
  )
}

function unmetConstraints(operations: readonly Operation[]): readonly UnmetName[] {
  const validated = ofKind(operations, 'validate-constraint')
  const added = operations.flatMap((one) => constraintsOf(one).flatMap(({name}) => (name ? [name] : [])))
  const waiting = ofKind(operations, 'add-constraint').flatMap(({table, constraint: {name}, notValid}) =>
    notValid && name && !validated.some((one) => sameName(one.name, name)) ? [{table, name}] : [],
  )
  return validated.flatMap(({table, name}) => {
    if (added.some((one) => sameName(one, name))) return []
    const left = waiting.flatMap((one) => (sameName(one.table, table) ? [one.name] : []))
    const meant = nearOf(name.text, left) ?? (left.length === 1 ? left[0] : undefined)
    return meant ? [{what: 'Constraint' as const, text: name.text, start: name.start, end: name.end, meant}] : []
  })
}

/**
 * Constraints that are added `NOT VALID` and never validated, where statements validate the others, or where the words say that
 * they are validated and no statement does so.
 */
export function unvalidated(
  forward: readonly Operation[],
  all: readonly Operation[],
  words: () => string,
): readonly OperationOf<'add-constraint'>[] {
  const validated = ofKind(all, 'validate-constraint')
  const waiting = ofKind(forward, 'add-constraint').filter(({notValid, statement}) => notValid && !statement.template)
  const isValidated = (one: OperationOf<'add-constraint'>): boolean =>
    validated.some(
      ({name, table}) => one.constraint.name && sameName(name, one.constraint.name) && sameName(table, one.table),
    )
  // One that is only there for a while needn't hold for all rows.
  const drops = ofKind(forward, 'drop-constraint')
  const isPassing = ({constraint, table}: OperationOf<'add-constraint'>): boolean =>
    drops.some(
      (one) => one.name && constraint.name && sameName(one.name, constraint.name) && sameName(one.table, table),
    )
  const left = waiting.filter((one) => one.constraint.name && !isValidated(one) && !isPassing(one))
  if (left.length === 0) return []
  if (validated.length === 0) return isAnnounced(words()) ? left : []
  return waiting.some(isValidated) && left.length * 2 <= waiting.length ? left : []
}

/** "Added as NOT VALID and validated afterwards", `0012_validate_orders_fk.sql`; not what is left to a later release. */
const announced =
  /\bnot[ _]valid\b[^.\n]{0,80}\bvalidated?\b|\bvalidat(?:e|es|ed|ing|ion of)\s[^.\n]{0,40}\b(?:constraints?|foreign keys?|checks?)\b|(?:_|\b)validate_\w{3,60}/i
const put =
  /\b(?:later|follow-?up|another|next|separate(?:ly)?)\s+(?:release|migration|change|ticket|pull request|pr|deploy\w*)\b/i

function isAnnounced(words: string): boolean {
  return announced.test(words) && !put.test(words)
}

function unmetFunctions(operations: readonly Operation[], document: SpecDocument): readonly UnmetName[] {
  const made = ofKind(operations, 'create-object').filter(({what}) => what === 'function')
  const triggers = ofKind(operations, 'create-object').filter(({what}) => what === 'trigger')
  const calls = triggers.flatMap(({statement}) => triggerFunction(statement, document) ?? [])
  const isCalled = ({key}: Name): boolean => calls.some(({names}) => names.join('.') === key)
  return calls.flatMap(({names, text, start, end}) => {
    if (made.some(({name}) => name.key === names.join('.'))) return []
    const meant = nearOf(
      text,
      made.flatMap(({name}) => (isCalled(name) ? [] : [name])),
    )
    return meant ? [{what: 'Function' as const, text, start, end, meant}] : []
  })
}

function nearOf(text: string, names: readonly Name[]): Name | undefined {
  const [near] = nearest(
    text,
    names.map((one) => one.text),
  )
  return names.find((one) => one.text === near)
}
