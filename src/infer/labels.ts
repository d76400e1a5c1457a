import type {Block, Field, ListItem, Section, SpecDocument} from '../document/types.ts'
import {keyForm} from '../type/normalize.ts'
import type {JsonSchema} from '../type/types.ts'
import {claim, seen, told, under} from './told.ts'
import {holdsToken} from './tokens.ts'
import type {Claim, Map, Told} from './types.ts'
import {anyText, isMeasured, isOptionalValue, shapeOf} from './values.ts'
import {vocabulary} from './vocabulary.ts'

/** A labelled line that documents have to have, or may have. */
interface Label {
  readonly field: Field
  readonly name: string
  /** It holds something to be filled in, a choice or an amount. */
  readonly asks: boolean
  /** It heads a list, code or a table, as a small heading does. */
  readonly heads: boolean
  readonly optional: boolean
}

const mostFields = 120

/** The labelled lines of a section as the schema of an object; `undefined` when it has none of its own. */
export function fieldsOf(section: Section, document: SpecDocument): Told<Map | undefined> {
  const steps = new Set(
    section.lists.filter(({ordered}) => ordered).flatMap(({items}) => items.map(({start}) => start)),
  )
  // What stands in the list of a label is that label's.
  const below = new Set(section.fields.flatMap((field) => (field.style === 'bold' ? field.fields : [])))
  const keys = new Set(document.metadata.entries.map(({key}) => key.start))
  const own = section.fields
    .filter((field) => !keys.has(field.label.start))
    .filter((field) => field.style === 'bold' || (!steps.has(field.start) && !below.has(field)))
  return schemaOf(own, document)
}

/** The schema of labelled lines. A label without a sign that it asks for something is a sample, unless most do. */
export function schemaOf(fields: readonly Field[], document: SpecDocument): Told<Map | undefined> {
  const labels = distinct(fields.slice(0, mostFields).flatMap((field) => labelOf(field, document)))
  const asking = labels.filter(({asks}) => asks)
  const heading = labels.filter(({asks, heads}) => !asks && heads)
  const all = asking.length > 0 && asking.length * 2 >= labels.length
  const kept = labels.filter((label) => label.asks || all || (label.heads && heading.length > 1))
  if (kept.length === 0) return told(undefined)
  const required = kept.filter(({optional}) => !optional).map(({name}) => name)
  const properties: [string, JsonSchema][] = []
  const claims: Claim[] = []
  for (const {name, field, optional, asks} of kept) {
    const shape = shapeOf(name, field.value.text)
    const measured = shape.says === undefined && isMeasured(name, field.value.text)
    properties.push([
      name,
      {...(shape.says === undefined ? anyText : shape.schema), ...(measured && {'x-measurable': true})},
    ])
    const words = [optional ? 'optional' : 'required', shape.says ?? (measured ? 'with a number' : undefined)].filter(
      (word) => word !== undefined,
    )
    const doubt = asks ? shape.doubt : 'The template fills it in itself: a sample, or a line that every document has.'
    claims.push(
      ...under(
        [
          claim(
            words.join(', '),
            asks ? shape.certainty : 'guessed',
            seen(document, field),
            doubt === undefined ? {} : {doubt},
          ),
        ],
        'properties',
        name,
      ),
    )
  }
  return {
    value: {type: 'object', ...(required.length > 0 && {required}), properties: Object.fromEntries(properties)},
    claims,
  }
}

function distinct(labels: readonly Label[]): readonly Label[] {
  const names = new Set<string>()
  return labels.filter(({name}) => {
    const form = keyForm(name)
    if (names.has(form)) return false
    names.add(form)
    return true
  })
}

function labelOf(field: Field, document: SpecDocument): readonly Label[] {
  const name = field.label.text.replace(/\s*\((?:optional|if applicable|if needed|required)\)$/i, '').trim()
  if (
    name === '' ||
    name.length > 80 ||
    holdsToken(field.label.text) ||
    vocabulary.notLabels.includes(keyForm(name).replace(/\.$/u, ''))
  )
    return []
  const text = textOf(field, document)
  // A label over a list of bold steps introduces the steps.
  if (field.blocks.some((block) => block.kind === 'list' && block.ordered && block.items.some(({lead}) => lead)))
    return []
  return [
    {
      field,
      name,
      asks:
        holdsToken(text) || shapeOf(name, field.value.text).menu !== undefined || isMeasured(name, field.value.text),
      heads: field.value.text === '' && field.blocks.some(isBody),
      optional:
        name !== field.label.text.trim() ? /optional|if/i.test(field.label.text) : isOptionalValue(field.value.text),
    },
  ]
}

function isBody({kind}: Block): boolean {
  return kind === 'list' || kind === 'code' || kind === 'table' || kind === 'paragraph'
}

function textOf({value, blocks}: Field, {source}: SpecDocument): string {
  return [value.text, ...blocks.slice(0, 6).map((block) => source.slice(block).slice(0, 2000))].join('\n')
}

/** Items of a list that hold labelled lines of their own. */
export function itemsWithFields(section: Section): readonly ListItem[] {
  return section.blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.filter(({fields}) => fields.length > 0) : [],
  )
}
