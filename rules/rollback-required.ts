import {
  type BoundDocument,
  code,
  defineRule,
  type Field,
  halvesOf,
  isDdl,
  isOpen,
  isWithin,
  type Operation,
  operationWords,
  type Section,
  type Span,
  type SpecDocument,
} from 'spec-lint/rule'

/** A word for the way back, in prose, a command or a name. */
const spoken =
  /roll(?:s|ing|ed)?[ _-]?back|\brevert|\bundo|down[ _-]?migration|downgrad|\breversib|irreversib|\bbackout|\bback[ -]out|\bway back|\bdown\.sql|migrate[: ]down|goose down|\bfall[ -]?back/iu
const label = /^(?:database |migration )?(?:roll[ -]?back|down[ -]?migration|revert|back[ -]?out)\b/iu
const nothing =
  /^(?:tbd|todo|tba|n\/?a|none|no|nothing|not (?:applicable|needed|required|necessary|planned)|no rollback(?: plan)?(?: needed| required)?|to be (?:determined|defined|done|decided|written)|[-–—.…?])[\s.!…]*$/iu
const restore =
  /^(?:(?:we|to roll back,?|simply|just|can|will|would|please)\s+)*restor(?:e|ing)\s+(?:(?:the|a|an|our|last|latest|nightly|daily|recent|most|previous|database|db|data|everything|it)\s+)*from\s+(?:(?:the|a|an|our|last|latest|nightly|daily|recent|most|previous|database|db)\s+)*(?:back-?ups?|snapshots?|dumps?)(?:,? (?:if|when) (?:needed|necessary))?[\s.!]*$/iu

export default defineRule({
  id: 'rollback-required',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A document with a migration says how the migration is taken back.',
    why: 'A migration that fails in production is taken back within minutes or repaired for hours; the difference is whether somebody wrote down how.',
    remedy: 'Write the statements or the steps that take it back, or say that there is no way back, and why.',
    exceptions:
      'A sentence anywhere in the document is enough. A section or a field that the type requires and the document lacks is the matter of `required-sections`, `required-fields` and `empty-section`; a document that describes a whole schema is no migration.',
  },
  options: {},
  messages: {
    missing: {
      reason: 'The migration in section {section} has no way back',
      note: 'Say how to take back {changes}, or why that can’t be done.',
    },
    nothing: {
      reason: 'The rollback says nothing but {text}',
      note: 'Say how to take back {changes}, or why that can’t be done.',
    },
    restore: {
      reason: 'The rollback is nothing but the restore of a backup',
      note: 'Say how to take back {changes} without losing what was written since, or why only the backup is left, and what is lost.',
    },
  },
  check({document, type, schema, report}) {
    const {declared, up, down} = halvesOf({document, type, schema})
    const sections = type.withRole('migration')
    const [migration] = sections
    const made = (up.some(isDdl) ? up : [...declared, ...up]).filter(isChange)
    if (!migration?.heading || made.length === 0 || down.length > 0 || !up.some(isChange)) return
    const all = [...new Set(made.map(operationWords))]
    const changes = all.slice(0, 3).join(', ') + (all.length > 3 ? ` and ${all.length - 3} more` : '')

    const empty = emptyPlans(document, type)
    for (const {text, at} of empty) {
      if (restore.test(text)) report.restore(at, {changes})
      else report.nothing(at, {text: code(text), changes})
    }
    if (
      empty.length > 0 ||
      type.withRole('rollback').length > 0 ||
      isRequired(type) ||
      type.withRole('tables').length > 0
    )
      return
    if (!spoken.test(document.text))
      report.missing(migration.heading.title, {section: code(migration.heading.title.text), changes})
  },
})

function isChange(operation: Operation): boolean {
  const {kind} = operation
  if (isOpen(operation)) return false
  if (kind === 'create-object' || kind === 'drop-object' || kind === 'alter-object') return false
  return isDdl(operation) || /^(?:insert|update|delete|truncate|copy)$/u.test(kind)
}

/** Whether the type asks for a rollback itself: other rules speak of it. */
function isRequired({sections}: BoundDocument): boolean {
  return sections.some(
    ({spec, required, fields}) =>
      (spec.role === 'rollback' && required) ||
      fields.some(({missing, invalid}) => [...missing, ...invalid].some(({property}) => label.test(property))),
  )
}

interface Plan {
  readonly text: string
  readonly at: Span
}

/** Sections and labelled lines for the rollback that hold a word for nothing, or for a backup. */
function emptyPlans(document: SpecDocument, type: BoundDocument): readonly Plan[] {
  const hollow = new Set(type.sections.flatMap((bound) => bound.hollow.map(({section}) => section)))
  const taken = document.placeholders.map(({start}) => start)
  const plans = [
    ...type
      .withRole('rollback')
      .filter((section) => !hollow.has(section))
      .flatMap(sectionPlan),
    ...[...type.withRole('migration'), ...type.withRole('rollback')]
      .flatMap((section) => document.sections.filter(({start}) => isWithin(start, section)))
      .flatMap(({fields}) => fields)
      .filter((field) => label.test(field.label.text) && !isReported(field, type))
      .flatMap(fieldPlan),
  ]
  return plans.filter(
    ({text, at}, index) =>
      (nothing.test(text) || restore.test(text)) &&
      !taken.some((start) => isWithin(start, at)) &&
      plans.findIndex((one) => one.at.start === at.start) === index,
  )
}

function isReported(field: Field, {sections}: BoundDocument): boolean {
  return sections.some(({fields}) => fields.some(({invalid}) => invalid.some((one) => one.field === field)))
}

function sectionPlan({blocks, children}: Section): readonly Plan[] {
  const [only, ...more] = blocks.filter(({kind}) => kind !== 'html' && kind !== 'other')
  if (!only || more.length > 0 || children.length > 0) return []
  if (only.kind === 'paragraph') return [{text: only.text, at: only}]
  const [item, ...others] = only.kind === 'list' ? only.items : []
  return item && others.length === 0 && item.blocks.length < 2 ? [{text: item.text, at: item.textSpan}] : []
}

function fieldPlan({value, blocks}: Field): readonly Plan[] {
  return value.text === '' || blocks.length > 0 ? [] : [{text: value.text, at: value}]
}
