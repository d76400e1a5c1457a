import {
  additionOf,
  asksForRollback,
  type BoundDocument,
  type BoundSection,
  code,
  type CodeBlock,
  defineRule,
  type Edit,
  type Field,
  type Fix,
  halvesOf,
  inverseLines,
  isBareField,
  isPlain,
  isRollbackField,
  rollbackFields,
  withoutTests,
  isWithin,
  labelledLine,
  linesBelow,
  migrationOperations,
  type Operation,
  operationWords,
  type Section,
  type Span,
  type SpecDocument,
} from 'spec-lint/rule'

/** A word for the way back, in prose, a command or a name. */
const spoken =
  /roll(?:s|ing|ed)?[ _-]?(?:(?:it|this|that|them|everything|all|the \w+)[ _-])?back|\brevert|\bundo|down[ _-]?migration|downgrad|\breversib|irreversib|\bbackout|\bback[ -]out|\bway back|\bdown\.sql|migrate[: ]down|goose down|\bfall[ -]?back/i
const nothing =
  /^(?:tbd|todo|tba|n\/?a|none|no|nothing|not (?:applicable|needed|required|necessary|planned)|no rollback(?: plan)?(?: needed| required)?|to be (?:agreed|clarified|confirmed|decided|defined|determined|discussed|done|specified|written)(?:,? (?:by|with|at|in|on|upon|later|soon)\b[^.!?]{0,80})?|[-–—.…?])[\s.!…]*$/i
const putOff =
  /\b(?:later|wiki|confluence|notion|to follow|follows|pending|as usual|elsewhere|in the ticket|jira|ask|contact|discuss|decide|agreed|arranged|clarif|coordinat|tak(?:es?|en) care|handled? (?:it|this|that|by)|figured? out|case by case|planned|provided|prepared|written|documented|worked out|runbook|handbook|playbook|usual way|standard (?:procedure|process)|if needed|as needed|when needed|if necessary)\b/i
const deed =
  /\b(?:drop|remov|delet|undo|revers|revert|restor|redeploy|deploy|switch|flag|disabl|renam|alter|chang|point|copy|copies|run|execut|appl|migrate|downgrad|turn|kept|keep|stay|lost|lose|irrevers|cannot|can(?:no|['’])t|script|back ?up|snapshot|stop|no way)|`|\]\(|https?:/i
const restore =
  /^(?:(?:we|to roll back,?|simply|just|can|will|would|please)\s+)*restor(?:e|ing)\s+(?:(?:the|a|an|our|last|latest|nightly|daily|recent|most|previous|database|db|data|everything|it)\s+)*from\s+(?:(?:the|a|an|our|last|latest|nightly|daily|recent|most|previous|database|db)\s+)*(?:back-?ups?|snapshots?|dumps?)(?:,? (?:if|when) (?:needed|necessary))?[\s.!]*$/i

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
      'Where the type asks for no section or line of its own, a sentence anywhere in the document is enough. A document of which no operation is known is the matter of `required-sections`, `required-fields` and `empty-section`; one that describes a whole schema is no migration.',
  },
  fixable: 'unsafe',
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
    empty: {
      reason: 'Section {section} has nothing that takes the migration back',
      note: 'Say how to take back {changes}, or why that can’t be done.',
    },
    hollow: {
      reason: '{label} has nothing that takes the migration back',
      note: 'Say how to take back {changes}, or why that can’t be done.',
    },
    idle: {
      reason: 'The SQL of the rollback takes nothing back',
      note: 'Say how to take back {changes}, or why that can’t be done.',
    },
    restore: {
      reason: 'The rollback is nothing but the restore of a backup',
      note: 'Say how to take back {changes} without losing what was written since, or why only the backup is left, and what is lost.',
    },
  },
  check({document, type, schema, report}) {
    const facts = {document, type, schema}
    const [migration] = type.withRole('migration')
    if (!migration?.heading || !asksForRollback(facts)) return
    const made = migrationOperations(facts)
    const changes = changeWords(made)
    const related = made.slice(0, 1).map(({start, end}) => ({start, end, message: 'the first operation'}))
    const section = code(migration.heading.title.text)
    const {eol} = document.source
    const lines = inverseLines(made)
    const fence = ['```sql', ...lines, '```'].join(eol)
    const hollow = hollowSections(type)
    const idle = type.withRole('rollback').filter((one) => !hollow.includes(one) && isIdle(one))
    for (const one of [...hollow, ...idle])
      if (one.heading)
        report.empty(one.heading.title, {section: code(one.heading.title.text), changes}, {related, ...filled(one)})
    const empty = emptyPlans(document, type)
    for (const {text, at} of empty) {
      if (restore.test(text)) report.restore(at, {changes})
      else report.nothing(at, {text: code(text), changes}, {related, ...replaced(at)})
    }
    const bare = rollbackFields(document, type).filter((one) => isBareField(one, document))
    for (const {label: name} of bare) report.hollow(name, {label: code(name.text), changes}, {related})
    if (empty.length > 0 || bare.length > 0) return
    const fences = hollow.length + idle.length > 0 ? [] : idleFences(document, halvesOf(facts).places)
    for (const {start, languageSpan} of fences) report.idle({start, end: languageSpan.end}, {changes}, {related})
    if (fences.length > 0 || type.withRole('rollback').length > 0) return
    const wanted = type.sections.find(
      ({spec, required, state}) => spec.role === 'rollback' && required && state === 'missing',
    )
    const line = missingField(type)
    const isSaid = spoken.test(withoutTests(document))
    if (wanted || line || !isSaid)
      report.missing(
        migration.heading.title,
        {section, changes},
        {related, ...(wanted ? added(wanted) : line ? labelled(line) : {})},
      )

    function fixed(title: string, edit: Edit): {readonly fix?: Fix} {
      return lines.length === 0 ? {} : {fix: {title, safety: 'unsafe', edits: [edit]}}
    }

    function filled({body, heading}: Section): {readonly fix?: Fix} {
      const {start} = body
      const end = Math.max(start, body.end)
      const rest = document.text.slice(start, end).trim() === '' ? '' : eol
      const text = `${eol}${eol}${fence}${eol}${rest}`
      return heading ? fixed('Write the rollback', {start, end, text}) : {}
    }

    function replaced({start, end}: Span): {readonly fix?: Fix} {
      const field = document.sections.some(({fields}) => fields.some(({value}) => value.start === start))
      return fixed('Write the rollback', {start, end, text: field ? inline(lines) : fence})
    }

    function added(bound: BoundSection): {readonly fix?: Fix} {
      return lines.length > 0 && isPlain(bound, type, document) ? {fix: additionOf([[bound]], facts, [fence])} : {}
    }

    function labelled({property, offset, sample}: MissingLine): {readonly fix?: Fix} {
      const asItem = sample ? sample.style === 'item' : false
      const written = labelledLine(document, sample, property, asItem).replace(/…$/u, '') + inline(lines)
      return fixed(`Add ${property}`, linesBelow(document, offset, [written], {asItem, sample}))
    }
  },
})

function hollowSections({sections}: BoundDocument): readonly Section[] {
  return sections
    .filter(({spec}) => spec.role === 'rollback')
    .flatMap((bound) => bound.hollow.map((one) => one.section))
}

function changeWords(made: readonly Operation[]): string {
  const all = [...new Set(made.map(operationWords))]
  return all.slice(0, 3).join(', ') + (all.length > 3 ? ` and ${all.length - 3} more` : '')
}

/** A plan on one line. */
function inline(lines: readonly string[]): string {
  return lines.map((line) => code(line.replace(/;$/u, ''))).join(', then ')
}

/** Nothing but SQL that does nothing, such as `BEGIN; COMMIT;`. */
function isIdle({blocks, children}: Section): boolean {
  const own = blocks.filter(({kind}) => kind !== 'html' && kind !== 'other')
  return (
    own.length > 0 &&
    children.length === 0 &&
    own.every((block) => block.kind === 'code' && block.language === 'sql' && isIdleSql(block.value))
  )
}

const comment = /--.*|\/\*[\s\S]*?\*\//gu

/** Comments, and a transaction around nothing. */
function isIdleSql(value: string): boolean {
  return value
    .replaceAll(comment, '')
    .split(';')
    .every((one) =>
      /^\s*(?:begin|start transaction|commit|end|rollback|set .*)?\s*(?:transaction|work)?\s*$/i.test(one),
    )
}

/** Fences of the way back without a statement, whose comments give no reason for that. */
function idleFences(document: SpecDocument, places: readonly Span[]): readonly CodeBlock[] {
  return document.codes.filter(
    (one) =>
      one.language === 'sql' &&
      places.some((place) => isWithin(one.start, place)) &&
      isIdleSql(one.value) &&
      (one.value.match(comment) ?? []).every((text) => {
        const said = text.replaceAll(/^(?:--|\/\*)|\*\/$/gu, '').trim()
        return (
          said === '' || nothing.test(said) || isPutOff(said) || /^(?:\W*(?:down|rollback|undo|revert)\W*)$/i.test(said)
        )
      }),
  )
}

interface MissingLine {
  readonly property: string
  readonly offset: number
  readonly sample: Field | undefined
}

/** The line for the rollback that the type asks for and nobody wrote. */
function missingField({sections}: BoundDocument): MissingLine | undefined {
  return sections
    .flatMap(({fields}) => fields)
    .flatMap(({missing, found}) =>
      missing
        .filter(({property, near}) => !near && missing.length === 1 && isRollbackField(property))
        .map(({property, offset}) => ({property, offset, sample: found[0]?.field})),
    )[0]
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
    ...rollbackFields(document, type).flatMap(fieldPlan),
  ]
  return plans.filter(
    ({text, at}, index) =>
      (nothing.test(text) || restore.test(text) || isPutOff(text)) &&
      !taken.some((start) => isWithin(start, at)) &&
      plans.findIndex((one) => one.at.start === at.start) === index,
  )
}

/** "See the wiki", "will be written later": a promise of a plan, and not one. */
function isPutOff(text: string): boolean {
  return putOff.test(text) && !deed.test(text) && text.length < 120
}

function sectionPlan({blocks, children}: Section): readonly Plan[] {
  const [only, ...more] = blocks.filter(({kind}) => kind !== 'html' && kind !== 'other')
  if (!only || more.length > 0 || children.length > 0) return []
  if (only.kind === 'paragraph') return [{text: only.text, at: only}]
  const [item, ...others] = only.kind === 'list' ? only.items : []
  return item && others.length === 0 && item.blocks.length < 2 ? [{text: item.text, at: item.textSpan}] : []
}

function fieldPlan({value, blocks}: Field): readonly Plan[] {
  if (value.text !== '') return blocks.length > 0 ? [] : [{text: value.text, at: value}]
  const [only, ...more] = blocks
  return only?.kind === 'paragraph' && more.length === 0 ? [{text: only.text, at: only}] : []
}
