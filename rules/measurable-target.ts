import {
  type BoundFields,
  type BoundTable,
  defineRule,
  type Field,
  type JsonSchema,
  type ListItem,
  openIn,
  properties,
  type Section,
  type Text,
} from 'spec-lint/rule'

/** Words that name an amount, or say that there is none. */
const amounts =
  /\b(?:zero|none|no (?:change|growth|increase|impact|more|additional|extra)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|halve[sd]?|thirds?|quarters?|doubles?|doubled|twice|triples?|once|unchanged|constant|stable|same|negligible|equal|single|not applicable|n\/a)\b|[\p{N}∞]/iu
const template = /\b(?:TBD|TBA|TODO|FIXME|tbc|to be (?:defined|determined|decided|confirmed))\b/i

export default defineRule({
  id: 'measurable-target',
  category: 'requirements',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A success metric, a goal or a target names a number where its type asks for one.',
    why: 'Whether a system is "fast" is a matter of opinion; whether its P95 is below 200 ms can be measured before and after.',
    remedy: 'Write the number and its unit: `P95 < 200 ms`, `99.9 %`, `from 12 % to 4 %`.',
    exceptions:
      'Amounts in words ("zero", "one region", "unchanged") count. Placeholders are the matter of `no-placeholder`.',
  },
  options: {},
  messages: {
    field: {
      reason: '{label} names no number: `{value}`',
      note: 'Write what can be measured, with its unit, such as `{example}`.',
    },
    cell: {
      reason: 'Column {label} names no number: `{value}`',
      note: 'Write what can be measured, with its unit, such as `{example}`.',
    },
    first: {
      reason: 'The first item of section `{section}` names no number: `{value}`',
      note: 'Say how it is measured, such as `{example}`.',
    },
    each: {
      reason: 'This item of section `{section}` names no number: `{value}`',
      note: 'Write what can be measured, with its unit, such as `{example}`.',
    },
  },
  check({document, type, report}) {
    const isOpen = openIn(document, type.type)
    for (const {spec, fields, entries, tables, matches, notApplicable} of type.sections) {
      if (notApplicable) continue
      if (spec.fields) for (const bound of fields) checkFields(bound, spec.fields.schema)
      for (const entry of entries) for (const bound of entry.fields) checkFields(bound, entry.spec.fields)
      for (const table of tables) checkCells(table)
      if (spec.measurable) for (const section of matches) checkItems(section, spec.measurable)
    }

    function checkFields({found}: BoundFields, schema: JsonSchema): void {
      const schemas = properties(schema)
      for (const {property, field} of found) {
        const own = schemas[property]
        if (own?.['x-measurable'] !== true || !isVague(field.value, field)) continue
        const at = field.value.text === '' ? field.label : field.value
        report.field(at, {label: property, value: textOf(field), example: exampleOf(own)})
      }
    }

    function checkCells({spec, table}: BoundTable): void {
      if (!table) return
      for (const {name, aliases, cell: schema} of spec.columns) {
        if (schema?.['x-measurable'] !== true) continue
        const names = new Set([name, ...aliases].map((one) => one.toLowerCase()))
        const index = table.header.findIndex(({text}) => names.has(text.toLowerCase()))
        for (const {cells} of table.rows) {
          const cell = cells[index]
          if (cell && isVague(cell)) report.cell(cell, {label: name, value: cell.text, example: exampleOf(schema)})
        }
      }
    }

    function checkItems(section: Section, how: 'first' | 'each'): void {
      const title = section.heading?.title.text ?? ''
      const all = section.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
      for (const item of how === 'each' ? all : all.slice(0, 1)) {
        const text = textIn(item)
        if (amounts.test(text) || template.test(text) || isOpen(item, item.text)) continue
        report[how](item.textSpan, {section: title, value: item.text, example: 'P95 below 200 ms'})
      }
    }

    function isVague(value: Text, field?: Field): boolean {
      const text = field ? textOf(field) : value.text
      return text !== '' && !amounts.test(text) && !template.test(text) && !isOpen(field ?? value, text)
    }
  },
})

/** The value, and what stands below it. */
function textOf({value, blocks}: Field): string {
  const below = blocks.flatMap((block) => {
    if (block.kind === 'list') return block.items.map(textIn)
    if (block.kind === 'table') return block.rows.flatMap(({cells}) => cells.map(({text}) => text))
    return 'text' in block ? [block.text] : block.kind === 'code' ? [block.value] : []
  })
  return [value.text, ...below].join(' ').trim()
}

function textIn(item: ListItem): string {
  const below = item.blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.map(textIn) : 'text' in block ? [block.text] : [],
  )
  return [item.text, ...below].join(' ')
}

function exampleOf(schema: JsonSchema): string {
  const samples = schema['examples']
  return Array.isArray(samples) && samples.length > 0 ? String(samples[0]) : 'P95 < 200 ms'
}
