import {requiredOf} from '../type/text-values.ts'
import type {JsonSchema, SectionSpec, SpecType, StepSpec} from '../type/types.ts'
import {headingOf} from './headings.ts'
import {condition} from './render.ts'
import {titleLine} from './title.ts'
import {enumOf, oneLine, propertiesOf} from './words.ts'

/** A type to read: one line for each key, section, label, table and task, two spaces deeper below what holds it. */
export function outlineOf(type: SpecType): readonly string[] {
  const {metadata, phases, ids} = type
  return [
    `${type.name}: ${oneLine(type.title)}`,
    oneLine(type.description),
    '',
    `# ${titleLine(type, {kind: 'template'})}`,
    ...(metadata ? ['', `Metadata (${places[metadata.in]})`, ...schemaLines(metadata.schema, '  ')] : []),
    ...(phases
      ? [
          '',
          'Statuses',
          ...phases.phases.map(
            ({status, kind, next}) => `  ${status} (${kind})${next.length > 0 ? `, then ${next.join(', ')}` : ''}`,
          ),
        ]
      : []),
    ...(ids.length > 0 ? ['', 'Identifiers', ...ids.map(({form, name}) => `  ${form} ${name}`)] : []),
    '',
    `Sections${type.outline.order === 'strict' ? ', in this order' : ''}`,
    ...type.outline.sections.flatMap((spec) => sectionLines(spec, 2, '  ', type)),
  ]
}

const places = {
  frontMatter: 'front matter',
  lines: 'bold lines below the title',
  list: 'a list below the title',
  table: 'a table below the title',
  section: 'lines of a section',
} as const

function sectionLines(spec: SectionSpec, depth: number, indent: string, type: SpecType): readonly string[] {
  const level = depth + spec.levels - 1
  const inner = `${indent}  `
  return [
    `${indent}${'#'.repeat(level)} ${headingOf(spec, type, {kind: 'template'})}${remark(sectionRemarks(spec))}`,
    ...(spec.fields ? schemaLines(spec.fields.schema, inner) : []),
    ...spec.entries.flatMap(({name, id, min, fields}) => [
      `${inner}${id === undefined ? '' : `${id}: `}${name}, ${min} or more`,
      ...schemaLines(fields, `${inner}  `),
    ]),
    ...spec.tables.flatMap(({columns, name, required}) => [
      `${inner}table${name === undefined ? '' : ` ${oneLine(name)}`}${required ? '' : ' (optional)'}`,
      ...columns.map(
        (column) =>
          `${inner}  ${oneLine(column.name)}${remark([...valueRemarks(column.cell ?? {}), ...(column.required ? [] : ['optional'])])}`,
      ),
    ]),
    ...(spec.checklist ? items('[ ] ', spec.checklist.items, inner) : []),
    ...(spec.steps ? items(spec.steps.ordered ? '1. ' : '- ', spec.steps.items, inner) : []),
    ...spec.children.flatMap((child) => sectionLines(child, level + 1, inner, type)),
  ]
}

const instead = {reason: 'or N/A: reason', word: 'or N/A', empty: 'or nothing yet'} as const

function sectionRemarks({required, repeat, omittable, code}: SectionSpec): readonly string[] {
  const asked = repeat
    ? [repeat.max === undefined ? `${repeat.min} or more` : `${repeat.min} to ${repeat.max}`]
    : required === false
      ? ['optional']
      : required === true
        ? []
        : [`required in documents that ${condition(required.when)}`]
  return [...asked, ...(omittable === false ? [] : [instead[omittable]]), ...(code?.required === true ? ['code'] : [])]
}

function schemaLines(schema: JsonSchema, indent: string): readonly string[] {
  const required = new Set(requiredOf(schema))
  return propertiesOf(schema).map(
    ([name, one]) =>
      `${indent}${oneLine(name)}${remark([...valueRemarks(one), ...(required.has(name) ? [] : ['optional'])])}`,
  )
}

function valueRemarks(schema: JsonSchema): readonly string[] {
  const values = enumOf(schema)
  if (values.length > 0) return [values.join(' | ')]
  if (schema['x-measurable'] === true) return ['with a number']
  return typeof schema['title'] === 'string' ? [oneLine(schema['title'])] : []
}

function items(mark: string, all: readonly StepSpec[], indent: string): readonly string[] {
  return all.map(({text, required}) => `${indent}${mark}${oneLine(text)}${required ? '' : ' (optional)'}`)
}

function remark(remarks: readonly string[]): string {
  return remarks.length === 0 ? '' : `: ${remarks.join(', ')}`
}
