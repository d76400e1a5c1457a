import {kept} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import {isWithin} from '../document/places.ts'
import {lacking} from '../sql/covers.ts'
import type {Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tooSoon, type TooSoon} from '../sql/too-soon.ts'
import {toldOperations} from '../sql/speech/index.ts'
import type {BoundDocument} from '../type/types.ts'
import {type Halves, halvesOf, isDdl, isOpen} from './halves.ts'
import {migrationPlan, outermost, soonInWords} from './plans.ts'

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

const known = kept<readonly Operation[]>()

/** What items and rows of the schema sections say is done, and no statement there does; the same list for each who asks. */
export function declaredInWords(facts: Facts): readonly Operation[] {
  return known(facts.schema, () => readDeclared(facts))
}

function readDeclared({document, type, schema}: Facts): readonly Operation[] {
  const halves = halvesOf({document, type, schema})
  const homes = outermost(['schema', 'ddl', 'tables', 'relationships'].flatMap((role) => type.withRole(role)))
  const told = forward(toldOperations(document, homes, schema.sql.dialect ?? 'postgresql'), halves)
  return lacking(told, halves.declared).map(({operation}) => operation)
}

/** The steps of a migration without SQL, where its words keep their order. */
export function migrationInWords({document, type, schema}: Facts): readonly Operation[] {
  const halves = halvesOf({document, type, schema})
  const {speech, places} = migrationPlan(document, type, halves)
  if (speech.unordered || halves.up.some(isDdl)) return []
  return forward(toldOperations(document, places, schema.sql.dialect ?? 'postgresql'), halves)
}

/** The statements that items and cells of a way back without fences have between back quotes, if they have several and no other form. */
export function rollbackInStatements({document, type, schema}: Facts): readonly Operation[] {
  const places = outermost(halvesOf({document, type, schema}).places)
  const told = toldOperations(document, places, schema.sql.dialect ?? 'postgresql')
  const isWritten = ({statement: {start, end, text}}: Operation): boolean => document.text.slice(start, end) === text
  // One within a sentence isn't among them.
  const all = places.flatMap(
    ({start, end}) => document.text.slice(start, end).match(/`(?:CREATE|ALTER|DROP)\s/giu) ?? [],
  )
  const isAll = all.length === new Set(told.map(({statement}) => statement.start)).size
  return told.length > 1 && isAll && told.every(isWritten) ? told.filter((one) => isDdl(one) && !isOpen(one)) : []
}

/** What the migration needs before it makes it: its statements, or the steps that it has in words. */
export function usedTooSoon(facts: Facts): readonly TooSoon[] {
  const halves = halvesOf(facts)
  const found = tooSoon([...halves.up.filter((one) => !isOpen(one)), ...migrationInWords(facts)])
  // What is declared in one fence is run in its order, if it is run.
  const shown = tooSoon(halves.declared.filter((one) => !isOpen(one))).filter(
    ({operation, later}) => operation.statement.code === later.statement.code,
  )
  if (found.length > 0 || shown.length > 0 || halves.up.some(isDdl)) return [...found, ...shown]
  const declared = [...halves.declared, ...declaredInWords(facts)].filter((one) => isDdl(one) && !isOpen(one))
  return soonInWords(facts.document, migrationPlan(facts.document, facts.type, halves), declared)
}

function forward(told: readonly Operation[], {places}: Halves): readonly Operation[] {
  return told.filter((one) => isDdl(one) && !isOpen(one) && !places.some((place) => isWithin(one.start, place)))
}
