import {
  asksForRollback,
  type BoundFields,
  capital,
  code,
  defineRule,
  type Field,
  type Fix,
  isRollbackField,
  isUnfilled,
  indentBelow,
  labelledLine,
  lineEnd,
  linesBelow,
  listItemAt,
  list,
} from 'spec-lint/rule'

export default defineRule({
  id: 'required-fields',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every labelled line that a section, a requirement or a use case must have is there.',
    why: 'A requirement without its acceptance, or a plan without its rollback, is not finished.',
    remedy: 'Add the line with its label. Case, the place of the colon and a remark in parentheses do not count.',
    exceptions: 'A section that is empty, or does not apply, is asked for nothing more.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {reason: '{owner} has no `{label}`', note: 'Add a line `{line}`.'},
    none: {reason: '{owner} has none of {labels}', note: 'Add a line for each, such as `{line}`.'},
    near: {reason: 'Label `{found}` looks like the required `{label}`', note: 'Write `{label}`.'},
    tooFew: {
      reason: 'Section `{section}` has {found} {name}',
      note: 'Add at least {least}, each with {labels}.',
    },
  },
  check({document, type, schema, report}) {
    const owners = ownersByLine()
    for (const {fields, entries, state} of type.sections) {
      for (const bound of fields) checkFields(bound, false)
      for (const bound of entries.flatMap((entry) => entry.fields)) checkFields(bound, true)
      for (const {section, spec, tooFew, items} of entries) {
        // What stands below a heading of the wrong level is not its own.
        if (!tooFew || !section.heading || state === 'depth' || isUnfilled(section, document)) continue
        const required = Array.isArray(spec.fields['required']) ? spec.fields['required'].map(String) : []
        report.tooFew(section.heading.title, {
          section: section.heading.title.text,
          found: items.length === 0 ? 'no' : `only ${items.length}`,
          name: spec.id === undefined ? spec.name : `${spec.name} such as \`${spec.id}-1\``,
          least: spec.min,
          labels: required.length > 0 ? list(required) : 'what it asks for',
        })
      }
    }

    function ownersByLine(): ReadonlyMap<number, number> {
      const counts = new Map<number, number>()
      for (const {entries} of type.sections)
        for (const {missing} of entries.flatMap((entry) => entry.fields))
          for (const offset of new Set(missing.map((one) => lineEnd(document, one.offset))))
            counts.set(offset, (counts.get(offset) ?? 0) + 1)
      return counts
    }

    function checkFields({section, owner, missing, found}: BoundFields, asItem: boolean): void {
      const absent = missing.filter(
        ({property, near}) =>
          !near && !(missing.length === 1 && isRollbackField(property) && asksForRollback({document, type, schema})),
      )
      for (const {property, near} of missing) {
        if (!near) continue
        const {start, end, text} = near.label
        const title = `Change to ${property}`
        const fix = {title, safety: 'unsafe' as const, edits: [{start, end, text: property}]}
        report.near(near.label, {found: text, label: property}, {expected: [property], fix})
      }
      const groups = found.length === 0 && absent.length > 1 ? [absent] : absent.map((one) => [one])
      for (const group of groups) {
        const [first] = group
        if (!first || (found.length === 0 && !asItem && isUnfilled(section, document))) continue
        const labels = group.map(({property}) => property)
        const together = absent.filter(({offset}) => offset === first.offset).map(({property}) => property)
        const fix = addition(first.offset, together, found[0]?.field, asItem)
        const line = labelledLine(document, found[0]?.field, first.property, asItem).trim()
        const data = {owner: named(owner), label: first.property, line}
        // Where two owners stand on one line, nobody can tell whose a line below it would be.
        const extra = asItem && (owners.get(lineEnd(document, first.offset)) ?? 0) > 1 ? {} : {fix}
        if (group.length === 1) report.missing(first.at, data, extra)
        else report.none(first.at, {...data, labels: some(labels, 95 - data.owner.length)}, extra)
      }
    }

    function addition(offset: number, labels: readonly string[], sample: Field | undefined, asItem: boolean): Fix {
      // What an item of a list lacks goes below the words that it begins with.
      const holder = asItem && !sample ? listItemAt(document, offset) : undefined
      const at = holder ? Math.max(offset, holder.textSpan.end) : offset
      const indent = holder ? indentBelow(document, holder) : ''
      const isItem = sample ? sample.style === 'item' : asItem
      const lines = labels.map((label) => indent + labelledLine(document, sample, label, asItem))
      const edit = linesBelow(document, at, lines, {asItem: isItem, sample})
      return {title: `Add ${labels.join(', ')}`, safety: 'unsafe', edits: [edit]}
    }
  },
})

/** With a capital, and with the name cut as every quotation is. */
function named(owner: string): string {
  return capital(owner.replace(/`(.*)`/u, (_, name: string) => code(name)))
}

/** As many labels as there is room for, one at least. */
function some(labels: readonly string[], room: number): string {
  let shown = Math.min(labels.length, 3)
  while (shown > 1 && list(labels.slice(0, shown)).length > room) shown -= 1
  const rest = labels.length - shown
  return list(labels.slice(0, shown)) + (rest > 0 ? ` and ${rest} more` : '')
}
