import type {Field, Item, ListItem, Section, Span, SpecDocument, Text} from '../document/types.ts'
import type {IsOpen} from './filled.ts'
import {findSlip, isSlip} from './nearest.ts'
import {keyForm} from './normalize.ts'
import {coerce, judged, properties, requiredOf} from './text-values.ts'
import type {BoundEntries, BoundFields, EntrySpec, JsonSchema} from './types.ts'
import {checkValue} from './values.ts'

interface Owner {
  readonly section: Section
  readonly name: string
  readonly at: Span
  readonly fields: readonly Field[]
  /** What an entry calls itself (`Performance` of **NFR-1: Performance**); schemas see it as the property `""`. */
  readonly title?: string
  /** The rest of the line on which an entry begins. */
  readonly rest?: string
}

/** Labelled lines against the schema of an object whose properties are labels. */
export function bindFields(owner: Owner, schema: JsonSchema, document: SpecDocument, isOpen: IsOpen): BoundFields {
  const schemas = properties(schema)
  const byForm = new Map(Object.keys(schemas).map((name) => [keyForm(name), name]))
  const found = new Map<string, Field>()
  for (const field of owner.fields) {
    const property = byForm.get(keyForm(field.label.text))
    if (property !== undefined && !found.has(property)) found.set(property, field)
  }
  const spare = owner.fields.filter((field) => !byForm.has(keyForm(field.label.text)))
  const missing = demanded(schema, owner.title, found)
    .filter((property) => !found.has(property) && !isBeside(owner.rest, schemas[property]))
    .map((property) => {
      const names = Object.keys(schemas)
      const before = names.slice(0, names.indexOf(property)).findLast((name) => found.has(name))
      const previous = before === undefined ? undefined : found.get(before)
      return {
        property,
        at: previous ? lastLine(previous, document) : owner.at,
        offset: previous ? endOf(previous) : owner.at.end,
        near: findSlip(spare, (field) => isSlip(keyForm(property), keyForm(field.label.text))),
      }
    })
  return {
    section: owner.section,
    owner: owner.name,
    found: [...found].map(([property, field]) => ({property, field})),
    missing,
    invalid: [...found].flatMap(([property, field]) => invalidField(property, field, schemas[property], isOpen)),
  }
}

/** `**FR-1: Seal boxes** (Must)`: the value stands behind the name. */
function isBeside(rest: string | undefined, schema: JsonSchema | undefined): boolean {
  const said = rest === undefined ? undefined : /[([]([^()[\]]{1,40})[)\]][\s*_:.]*$/u.exec(rest)?.[1]
  const values = schema?.['enum']
  return (
    said !== undefined &&
    Array.isArray(values) &&
    values.some((one) => typeof one === 'string' && keyForm(one) === keyForm(said))
  )
}

/** The labels that have to be there: those of `required`, and those that a condition of the schema asks for here. */
function demanded(schema: JsonSchema, title: string | undefined, found: ReadonlyMap<string, Field>): readonly string[] {
  const always = requiredOf(schema)
  if (!conditions.some((keyword) => keyword in schema)) return always
  const values = Object.fromEntries([...found].map(([property, {value}]) => [property, value.text]))
  const problems = checkValue(schema, title === undefined ? values : {'': title, ...values})
  const names = problems.flatMap(({keyword, pointer, property}) =>
    pointer === '' && /^(?:required|dependentRequired)$/u.test(keyword) && property !== undefined ? [property] : [],
  )
  return [...new Set([...always, ...names])]
}

const conditions = ['if', 'allOf', 'dependentRequired', 'dependentSchemas']

function endOf(field: Field): number {
  return Math.max(field.end, field.blocks.at(-1)?.end ?? 0)
}

/** The label, or the end of a field that goes on below it: there the next one belongs. */
function lastLine(field: Field, {source, text}: SpecDocument): Span {
  const end = endOf(field)
  const line = source.lineOf(Math.max(field.start, end - 1))
  if (line === source.lineOf(field.label.start)) return field.label
  const {start} = source.lineSpan(line)
  return {start: start + text.slice(start, end).search(/\S|$/u), end}
}

function invalidField(
  property: string,
  field: Field,
  schema: JsonSchema | undefined,
  isOpen: IsOpen,
): BoundFields['invalid'] {
  if (!schema || Object.keys(schema).length === 0) return []
  if (field.value.text === '' && field.blocks.some(({kind}) => kind !== 'other' && kind !== 'html')) return []
  if (isOpen(field.value, field.value.text)) return []
  const empty = field.value.text === ''
  return checkValue(schema, coerce(schema, field.value.text)).map((problem) => {
    const at: Text = empty ? field.label : judged(schema, field.value)
    return {
      property,
      field,
      at,
      keyword: empty ? 'minLength' : problem.keyword,
      expected: problem.expected,
      replacements: empty ? [] : problem.replacements,
    }
  })
}

/** All fields of a section's own content, and of what stands in its lists. */
export function fieldsWithin(section: Section): readonly Field[] {
  const own = section.fields.flatMap((field) => [field, ...field.fields])
  return [...own, ...section.lists.flatMap(({items}) => items.flatMap(({fields}) => fields))]
}

export function bindEntries(section: Section, spec: EntrySpec, document: SpecDocument, isOpen: IsOpen): BoundEntries {
  const items =
    spec.id === undefined
      ? listEntries(section)
      : document.items.filter(
          (item) =>
            item.prefix === spec.id && item.start >= section.start && item.start < section.end && item.where !== 'cell',
        )
  return {
    section,
    spec,
    items,
    fields: items.map((item) =>
      bindFields(
        {
          section,
          name: nameOf(spec, item),
          title: titleOf(item),
          at: labelOf(item),
          fields: deepFields(item),
          rest: restOf(item, document),
        },
        spec.fields,
        document,
        isOpen,
      ),
    ),
    tooFew: items.length < spec.min,
  }
}

function listEntries(section: Section): readonly ListItem[] {
  return section.blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.filter(({fields, lead}) => fields.length > 0 || lead) : [],
  )
}

function deepFields(item: Item | ListItem): readonly Field[] {
  return item.fields.flatMap((field) => [field, ...field.fields])
}

function restOf(item: Item | ListItem, {source, text}: SpecDocument): string {
  const {end} = labelOf(item)
  return text.slice(end, source.lineSpan(source.lineOf(end)).end)
}

function labelOf(item: Item | ListItem): Span {
  return item.kind === 'item' ? item.idSpan : (item.lead ?? item.textSpan)
}

function titleOf(item: Item | ListItem): string {
  return item.kind === 'item' ? item.title.text : (item.lead?.text ?? item.text)
}

function nameOf(spec: EntrySpec, item: Item | ListItem): string {
  return item.kind === 'item'
    ? `${spec.name} \`${item.id}\``
    : `${spec.name} \`${(item.lead?.text ?? item.text).slice(0, 60)}\``
}
