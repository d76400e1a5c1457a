import {keyForm} from '../type/normalize.ts'
import {properties, requiredOf} from '../type/text-values.ts'
import type {
  ColumnSpec,
  EntrySpec,
  IdSpec,
  JsonSchema,
  SectionSpec,
  SpecType,
  StepsSpec,
  TableSpec,
} from '../type/types.ts'
import type {Purpose} from './types.ts'
import {isDate, valueOf} from './values.ts'
import {blank, oneLine, propertiesOf, token} from './words.ts'
import {firstId} from '../type/identity.ts'

/** The blocks that a section holds before its children. */
export function contentOf(spec: SectionSpec, type: SpecType, purpose: Purpose): readonly string[] {
  if (spec.skeleton !== undefined && purpose.kind === 'document') return [spec.skeleton]
  const blocks = [
    ...fieldsOf(spec, purpose),
    ...spec.entries.map((entry) => entryOf(entry, type, purpose)),
    ...spec.tables.flatMap((table) => tableOf(table, spec, type, purpose)),
    ...checklistOf(spec, purpose),
    ...(spec.steps ? [stepsOf(spec.steps, purpose)] : []),
    ...codeOf(spec, purpose),
  ].filter((block) => block !== '')
  if (spec.measurable !== undefined) return ['- [Give the first target as a number]', ...blocks]
  return blocks
}

function fieldsOf({fields}: SectionSpec, purpose: Purpose): readonly string[] {
  if (!fields) return []
  return labelled(fields.schema, purpose).map(
    ([name, schema, remark]) => `**${name}:** ${blank(name, schema, purpose)}${remark}`,
  )
}

/** The labels of a document are those that it must have; a template shows all. */
function labelled(schema: JsonSchema, purpose: Purpose): readonly (readonly [string, JsonSchema, string])[] {
  const required = new Set(requiredOf(schema))
  return propertiesOf(schema)
    .filter(([name]) => purpose.kind === 'template' || required.has(name))
    .map(([name, one]) => [oneLine(name), one, required.has(name) ? '' : ' (optional)'])
}

function entryOf(entry: EntrySpec, type: SpecType, purpose: Purpose): string {
  if (purpose.kind === 'document' && entry.min === 0) return ''
  const kind: IdSpec | undefined = type.ids.find(({prefix}) => prefix === entry.id)
  const id = kind ? firstId(kind, 'identity' in purpose ? purpose.identity : undefined) : undefined
  const name = token('Name', `the ${entry.name}`)
  return [
    `1. **${id === undefined ? name : `${id}: ${name}`}**`,
    ...labelled(entry.fields, purpose).map(
      ([label, schema, remark]) => `   - ${label}: ${blank(label, schema, purpose)}${remark}`,
    ),
  ].join('\n')
}

function tableOf(table: TableSpec, spec: SectionSpec, type: SpecType, purpose: Purpose): readonly string[] {
  const isTemplate = purpose.kind === 'template'
  if (!isTemplate && !table.required) return []
  const columns = table.columns.filter(({required}) => isTemplate || required)
  const header = columns.map(({name, required}) =>
    cellText(required || /\(.*\)$/u.test(name) ? name : `${name} (optional)`),
  )
  const rows = isTemplate || table.minRows > 0 ? [columns.map((column) => cellOf(column, spec, type, purpose))] : []
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return [...(table.name === undefined ? [] : [`**${oneLine(table.name)}:**`]), lines.join('\n')]
}

function cellOf({name, cell}: ColumnSpec, spec: SectionSpec, type: SpecType, purpose: Purpose): string {
  const known =
    purpose.kind === 'document' && spec.role === 'changelog' ? loggedOf(name, cell ?? {}, type, purpose) : undefined
  return cellText(known ?? blank(name, cell, purpose))
}

/** The first row of a change log says what the metadata says. */
function loggedOf(
  column: string,
  schema: JsonSchema,
  type: SpecType,
  purpose: Extract<Purpose, {kind: 'document'}>,
): string | undefined {
  const {changelog, metadata} = type
  const key = [changelog?.version, changelog?.date].find(
    (pair) => pair && keyForm(pair.column) === keyForm(column),
  )?.metadata
  const own = key === undefined || !metadata ? undefined : properties(metadata.schema)[key]
  if (key !== undefined && own) return valueOf(key, own, type, purpose)
  if (isDate(schema)) return purpose.today
  return valueOf(column, schema, type, {...purpose, title: undefined, identity: undefined, values: new Map()})
}

function cellText(text: string): string {
  return oneLine(text).replaceAll('|', String.raw`\|`)
}

function checklistOf({checklist}: SectionSpec, purpose: Purpose): readonly string[] {
  if (!checklist || (purpose.kind === 'document' && !checklist.required)) return []
  const items = checklist.items.filter(({required}) => purpose.kind === 'template' || required)
  const lines = items.map(({text, required}) => `- [ ] ${oneLine(text)}${required ? '' : ' (optional)'}`)
  return [lines.length > 0 ? lines.join('\n') : '- [ ] [Describe what has to hold]']
}

function stepsOf({items, ordered}: StepsSpec, purpose: Purpose): string {
  const wanted = items.filter(({required}) => purpose.kind === 'template' || required)
  if (wanted.length === 0) return [1, 2].map((n) => `${ordered ? `${n}.` : '-'} [Describe step ${n}]`).join('\n')
  return wanted
    .map(({text}, index) => `${ordered ? `${index + 1}.` : '-'} **${oneLine(text)}:** ${token('Describe', text)}`)
    .join('\n')
}

function codeOf({code, heading}: SectionSpec, purpose: Purpose): readonly string[] {
  if (!code || (purpose.kind === 'document' && !code.required)) return []
  const language = code.languages.find((name) => name !== '') ?? ''
  return [`\`\`\`${language}\n${token('Describe', heading)}\n\`\`\``]
}
