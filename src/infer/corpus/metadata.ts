import type {Json} from '../../document/types.ts'
import {keyForm} from '../../type/normalize.ts'
import type {JsonSchema} from '../../type/types.ts'
import {orderedDates, placeWords} from '../metadata.ts'
import {object, plain, told, under} from '../told.ts'
import type {Claim, Map as JsonMap, Told} from '../types.ts'
import {twinsOf} from '../vocabulary.ts'
import type {Facts, KeyFact} from './facts.ts'
import {counted, isUsual, mostCommon, share, type Support} from './support.ts'
import {type Kind, kindOf, textOf} from './values.ts'

/** A key that many documents have. */
export interface CorpusKey {
  readonly name: string
  readonly form: string
  readonly kind: Kind
  readonly required: boolean
  readonly isDate: boolean
  readonly support: Support
  /** In the order of the documents; `undefined` where one has none. */
  readonly found: readonly (KeyFact | undefined)[]
}

/** The keys of the metadata, with how many documents have each, and what their values are. */
export function keysOf(documents: readonly Facts[], threshold: number): readonly CorpusKey[] {
  const forms = new Map<string, number>()
  for (const {keys} of documents) for (const {form} of keys) forms.set(form, (forms.get(form) ?? 0) + 1)
  const usual = [...forms]
    .filter(([, count]) => isUsual(count, documents.length))
    .toSorted(([, a], [, b]) => b - a)
    .map(([form]) => form)
  const twins = new Set<string>()
  return usual.flatMap((form) => {
    if (twins.has(form)) return []
    const own = [form, ...twinsOf(form)]
    for (const one of own) twins.add(one)
    return [keyOf(own, documents, threshold)]
  })
}

function keyOf(forms: readonly string[], documents: readonly Facts[], threshold: number): CorpusKey {
  const found = documents.map(({keys}) => keys.find((key) => forms.includes(key.form) && !isBlank(key.value)))
  const some = found.filter((key) => key !== undefined)
  const support: Support = {
    shows: some.map((key) => key.at),
    lacks: documents.filter((_, index) => !found[index]).map(({first}) => first),
  }
  const inYaml = some.some(({origin}) => origin === 'frontMatter')
  const mayBeBlank = documents.some(({keys}) => keys.some((key) => forms.includes(key.form) && isBlank(key.value)))
  const kind = kindOf(
    some.map(({value}) => value),
    threshold,
    inYaml,
  )
  const required = share(support) >= threshold
  const free = kind.says === undefined && mayBeBlank && !required
  return {
    name: mostCommon(some.map(({name}) => name)),
    form: forms[0] ?? '',
    kind: free ? {...kind, schema: {}} : mayBeBlank && !required ? {...kind, schema: orBlank(kind.schema)} : kind,
    required,
    isDate: kind.schema['format'] === 'date',
    support,
    found,
  }
}

/** What some leave blank may stay so. */
function orBlank(schema: JsonSchema): JsonSchema {
  return typeof schema['type'] === 'string' ? {...schema, type: [schema['type'], 'null']} : schema
}

function isBlank(value: Json): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

export function metadataFrom(keys: readonly CorpusKey[], documents: readonly Facts[]): Told<JsonMap | undefined> {
  if (keys.length === 0) return told(undefined)
  const origins = documents.map(({keys: own}) => own[0]?.origin)
  const origin = mostCommon(origins.flatMap((one) => one ?? [])) as KeyFact['origin']
  const support: Support = {
    shows: documents.filter((_, index) => origins[index] === origin).map(({first}) => first),
    lacks: documents.filter((_, index) => origins[index] !== origin).map(({first}) => first),
  }
  const dates = orderedDates(keys)
  const aliases = Object.fromEntries(
    keys.flatMap(({name}) => (twinsOf(name).length > 0 ? [[name, [...twinsOf(name)]] as const] : [])),
  )
  return object({
    in: told(origin, counted(`metadata in ${placeWords(origin)}`, 'shown', support)),
    status: plain(statusOf(keys)?.name),
    dates: plain(dates.length > 0 && areInOrder(dates, keys) ? dates : undefined),
    aliases: plain(Object.keys(aliases).length > 0 ? aliases : undefined),
    schema: schemaOf(keys),
  })
}

export function statusOf(keys: readonly CorpusKey[]): CorpusKey | undefined {
  return keys.find(({form}) => form === 'status') ?? keys.find(({form}) => form === 'state')
}

/** Dates that some documents have the other way round follow no order. */
function areInOrder(dates: readonly string[], keys: readonly CorpusKey[]): boolean {
  const columns = dates.map((date) => keys.find(({name}) => name === date)?.found ?? [])
  return columns.slice(1).every((later, index) =>
    later.every((key, at) => {
      const earlier = columns[index]?.[at]
      return !key || !earlier || textOf(earlier.value) <= textOf(key.value)
    }),
  )
}

function schemaOf(keys: readonly CorpusKey[]): Told<JsonMap> {
  const required = keys.filter((key) => key.required).map(({name}) => name)
  const claims = keys.flatMap(({name, kind, required: asked, support, found}): readonly Claim[] => {
    const presence = counted(asked ? 'required' : 'optional', 'shown', support)
    if (kind.says === undefined) return under([presence], 'properties', name)
    const some = found.filter((key) => key !== undefined)
    const values: Support = {
      shows: some.filter(({value}) => kind.fits(value)).map((key) => key.at),
      lacks: some.filter(({value}) => !kind.fits(value)).map((key) => key.at),
    }
    return under([presence, counted(kind.says, kind.certainty, values, {doubt: kind.doubt})], 'properties', name)
  })
  const properties: readonly (readonly [string, JsonSchema])[] = keys.map(({name, kind}) => [name, kind.schema])
  return {
    value: {type: 'object', ...(required.length > 0 && {required}), properties: Object.fromEntries(properties)},
    claims,
  }
}

/** A key whose value is a number or a name of its own in each document: `eip`, `ID`. */
export function identityKey(keys: readonly CorpusKey[]): CorpusKey | undefined {
  return keys.find(({form, required, found}) => {
    if (!required || !/(?:^|\s)(?:id|number|no|[a-z]{2,4})$/u.test(keyForm(form)) || /date|type/u.test(form))
      return false
    const values = found.flatMap((key) => (key ? [textOf(key.value)] : []))
    return (
      new Set(values).size === values.length && values.every((value) => /^[\w.-]{0,12}\d[\w.-]{0,20}$/u.test(value))
    )
  })
}
