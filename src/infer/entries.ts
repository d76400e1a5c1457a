import type {Field, Item, Json, ListItem, Section, SpecDocument} from '../document/types.ts'
import type {JsonSchema} from '../type/types.ts'
import {properties, requiredOf} from '../type/text-values.ts'
import {itemsWithFields, schemaOf} from './labels.ts'
import {claim, list, object, plain, seen, told} from './told.ts'
import {holdsToken} from './tokens.ts'
import type {Map, Told} from './types.ts'
import {escaped} from './values.ts'

const mostEntries = 60

interface Sample {
  readonly start: number
  readonly end: number
  readonly title: string
  readonly fields: readonly Field[]
}

/** Things with labelled lines of their own: requirements and use cases by identifier, personas by place in a list. */
export function entriesOf(section: Section, items: readonly Item[], document: SpecDocument): Told<Json | undefined> {
  const own = items
    .filter((item) => item.where !== 'cell' && item.where !== 'heading' && item.fields.length > 0)
    .slice(0, mostEntries)
  const prefixes = [...new Set(own.map(({prefix}) => prefix))]
  const name = singular(section.heading?.title.text ?? '')
  const byId = prefixes.flatMap((prefix) => {
    const samples = own
      .filter((item) => item.prefix === prefix)
      .map((item): Sample => ({...item, title: item.title.text}))
    return entry(samples, name, prefix, document)
  })
  if (byId.length > 0) return list(byId)
  const named = itemsWithFields(section)
    .filter(({lead, text}) => holdsToken(lead?.text ?? text))
    .slice(0, mostEntries)
  return list(entry(named.map(sampleOf), name, undefined, document))
}

function sampleOf({start, end, lead, text, fields}: ListItem): Sample {
  return {start, end, title: lead?.text ?? text, fields}
}

function entry(
  samples: readonly Sample[],
  name: string,
  prefix: string | undefined,
  document: SpecDocument,
): readonly Told<Map>[] {
  const schemas = samples.flatMap((sample) => {
    const schema = schemaOf(sample.fields, document)
    return schema.value === undefined ? [] : [{sample, schema: {value: schema.value, claims: schema.claims}}]
  })
  const [first] = schemas
  if (!first) return []
  const evidence = schemas.slice(0, 3).map(({sample}) => seen(document, sample))
  return [
    object({
      name: told(name, claim(`one or more, each a ${name}`, 'shown', evidence)),
      id: plain(prefix),
      min: plain(1),
      fields: merged(schemas),
    }),
  ]
}

interface Shown {
  readonly sample: Sample
  readonly schema: Told<Map>
}

/** What all of them have is required; what only those of one title have, when that is the title. */
function merged(shown: readonly Shown[]): Told<Map> {
  const all: JsonSchema = Object.assign(
    {},
    ...shown.map(({schema}) => properties(schema.value)).toReversed(),
  ) as JsonSchema
  const required = shown.map(({schema}) => requiredOf(schema.value))
  const common = required[0]?.filter((name) => required.every((names) => names.includes(name))) ?? []
  const special = shown.filter(
    ({sample, schema}) =>
      !holdsToken(sample.title) &&
      sample.title !== '' &&
      requiredOf(schema.value).some((name) => !common.includes(name)),
  )
  const conditions = special.map(({sample, schema}) => {
    const names = requiredOf(schema.value).filter((name) => !common.includes(name))
    const title = {title: `\`${sample.title}\``, pattern: `^(?i)${escaped(sample.title)}$`}
    const consequence = ['then', {required: names}] as const
    return {if: {properties: {'': title}, required: ['']}, ...Object.fromEntries([consequence])}
  })
  const seenNames = new Set<string>()
  const claims = shown.flatMap(({schema}) => schema.claims).filter(({at}) => !seenNames.has(at) && seenNames.add(at))
  return {
    value: {
      type: 'object',
      ...(common.length > 0 && {required: [...common]}),
      properties: all,
      ...(conditions.length > 0 && {allOf: conditions}),
    },
    claims,
  }
}

/** `Primary Personas` is a list of personas. */
export function singular(heading: string): string {
  const bare = heading
    .replace(/\s*\([^()]*\)$/u, '')
    .toLowerCase()
    .trim()
  const words = bare.replace(/^(?:primary|key|main|list of|the)\s+/u, '')
  if (words.endsWith('ies')) return `${words.slice(0, -3)}y`
  return /[^s]s$/u.test(words) ? words.slice(0, -1) : words || 'entry'
}
