import {isWithin} from '../document/places.ts'
import {kept} from '../document/remembered.ts'
import type {Field, Span, SpecDocument} from '../document/types.ts'
import type {Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isNamed} from '../sql/speech/index.ts'
import type {BoundDocument} from '../type/types.ts'
import {withInner} from './back.ts'
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

const label = /^(?:database |migration )?(?:roll[ -]?back|down[ -]?migration|revert|back[ -]?out|backwards?(?=\W*$))\b/i

export function isRollbackField(property: string): boolean {
  return label.test(property)
}

/** Labelled lines for the rollback, also those inside of an item. */
export function rollbackFields(document: SpecDocument, type: BoundDocument): readonly Field[] {
  return rollbackFieldsKnown(type, () => readRollbackFields(document, type))
}

const rollbackFieldsKnown = kept<readonly Field[]>()

function readRollbackFields({sections, lists}: SpecDocument, type: BoundDocument): readonly Field[] {
  const places = [...type.withRole('migration'), ...type.withRole('rollback')]
  const isNear = ({start, end}: Span): boolean => places.some((place) => start < place.end && place.start < end)
  const fields = [
    ...sections.filter(isNear).flatMap((one) => one.fields),
    ...lists
      .filter(isNear)
      .flatMap(({items}) => items)
      .flatMap((one) => one.fields),
  ]
    .flatMap(withInner)
    .filter(({label: {text}, start}) => isRollbackField(text) && places.some((place) => isWithin(start, place)))
    .filter((field) => !isReported(field, type))
  return [...new Map(fields.map((field) => [field.label.start, field])).values()]
}

function isReported(field: Field, {sections}: BoundDocument): boolean {
  return sections.some(({fields}) =>
    fields.some(({invalid}) => invalid.some((one) => one.field.label.start === field.label.start)),
  )
}

/** A test that says what it runs. */
const testRun = /`|\]\(|https?:|\b(?:drop|remov|revers|revert|restor|downgrad|delet|irrevers)/i

/** A label with nothing behind it, or with empty code; what stands below its list without an indent is its own, too. */
export function isBareField({value, blocks, fields, end}: Field, {text, sections}: SpecDocument): boolean {
  const isEmpty = value.text === '' && fields.length === 0
  // A comment fills no line, and parts none from what follows it.
  const own = blocks.filter(({kind}) => kind !== 'html')
  const below = sections.flatMap((one) => one.blocks).find(({start, kind}) => start >= end && kind !== 'html')
  const between = below ? text.slice(end, Math.min(below.start, end + 2000)) : ''
  const isFollowed =
    below !== undefined &&
    below.kind !== 'list' &&
    own.length === 0 &&
    between.replaceAll(/<!--[^>]*-->/gu, '').trim() === ''
  return isEmpty && !isFollowed && own.every((one) => one.kind === 'code' && one.value.trim() === '')
}

/**
 * The text without its labelled lines on tests, and without comments to the linter: that a rollback is tested doesn't say how it
 * goes, nor does the name of a rule.
 */
export function withoutTests({text, sections, directives}: SpecDocument): string {
  let rest = ''
  let from = 0
  const tests = sections
    .flatMap(({fields}) => fields.flatMap(withInner))
    .filter(({label: {text: name}}) => /^(?:tests?|testing|verification)$/i.test(name))
    .map(({start, end, blocks}) => ({start, end: Math.max(end, ...blocks.map((one) => one.end))}))
    .filter(({start, end}) => !testRun.test(text.slice(start, end)))
  for (const {start, end} of [...tests, ...directives].toSorted((a, b) => a.start - b.start)) {
    rest += text.slice(from, Math.max(from, start))
    from = Math.max(from, end)
  }
  return rest + text.slice(from)
}
