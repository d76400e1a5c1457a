import type {MetadataEntry, MetadataOrigin, Section, SpecDocument} from '../document/types.ts'
import {keyForm} from '../type/normalize.ts'
import type {JsonSchema} from '../type/types.ts'
import {claim, object, plain, seen, told, under} from './told.ts'
import {holdsToken} from './tokens.ts'
import type {Claim, Map, Told} from './types.ts'
import {isOptionalValue, shapeOf, type ValueShape} from './values.ts'
import {says, saysOneOf, twinsOf, vocabulary} from './vocabulary.ts'

/** A key of the template's metadata. */
export interface Key {
  readonly name: string
  readonly entry: MetadataEntry
  readonly shape: ValueShape
  readonly required: boolean
  readonly isDate: boolean
}

export interface MetadataPart {
  readonly told: Told<Map | undefined>
  readonly keys: readonly Key[]
  readonly status: Key | undefined
  /** The section that holds the metadata and nothing else. */
  readonly home: Section | undefined
}

const mostKeys = 100

/** The metadata of a template: keys, where they stand, what their values are. */
export function metadataOf(document: SpecDocument): MetadataPart {
  const home = document.metadata.entries.length === 0 ? homeOf(document) : undefined
  const entries = home ? homeEntries(home, document) : distinct(document.metadata.entries)
  const keys = entries.slice(0, mostKeys).flatMap((entry) => keyOf(entry, document))
  const status = keys.find(({name}) => keyForm(name) === 'status') ?? keys.find(({name}) => keyForm(name) === 'state')
  const [first] = keys
  if (!first) return {told: told(undefined), keys: [], status: undefined, home: undefined}
  const dates = orderedDates(keys)
  const aliases = Object.fromEntries(
    keys.flatMap(({name}) => (twinsOf(name).length > 0 ? [[name, [...twinsOf(name)]] as const] : [])),
  )
  const body = object({
    in: told(
      placeOf(first.entry, home),
      claim(`metadata in ${placeWords(placeOf(first.entry, home))}`, 'shown', seen(document, first.entry)),
    ),
    section: plain(home?.heading?.title.text),
    status: plain(status?.name),
    dates: plain(dates.length > 0 ? dates : undefined),
    aliases: plain(Object.keys(aliases).length > 0 ? aliases : undefined),
    schema: schemaOf(keys, document),
  })
  return {told: body, keys, status, home}
}

function distinct(entries: readonly MetadataEntry[]): readonly MetadataEntry[] {
  const names = new Set<string>()
  return entries.filter(({key}) => {
    const form = keyForm(key.text)
    if (names.has(form) || form === '') return false
    names.add(form)
    return true
  })
}

function placeOf({origin}: MetadataEntry, home: Section | undefined): MetadataOrigin {
  return home ? 'section' : origin
}

export function placeWords(origin: MetadataOrigin): string {
  const words = {
    frontMatter: 'front matter',
    lines: 'bold lines',
    list: 'a list',
    table: 'a table',
    section: 'a section',
  } as const
  return words[origin]
}

/** A first section that holds labelled lines alone, most of them words of metadata. */
function homeOf(document: SpecDocument): Section | undefined {
  const first = document.sections.find(({depth}) => depth === 2)
  const labels = first?.fields.map(({label}) => keyForm(label.text)) ?? []
  const known = labels.filter((label) => vocabulary.metadataKeys.includes(label) || /\bdate\b/u.test(label))
  const only =
    first?.children.length === 0 &&
    first.blocks.every(({kind}) => kind === 'paragraph' || kind === 'list' || kind === 'html' || kind === 'other')
  return first && only && labels.length > 1 && known.length * 2 >= labels.length ? first : undefined
}

function homeEntries(home: Section, {text}: SpecDocument): readonly MetadataEntry[] {
  return distinct(
    home.fields.map(({label, value}) => ({
      start: label.start,
      end: Math.max(label.end, value.end),
      key: label,
      value: value.text,
      valueSpan: {start: value.start, end: value.end},
      raw: text.slice(value.start, value.end),
      origin: 'section' as const,
      inner: new Map(),
    })),
  )
}

function keyOf(entry: MetadataEntry, document: SpecDocument): readonly Key[] {
  const name = entry.key.text.replace(/\s*\((?:optional|if applicable|required)\)$/iu, '')
  if (name === '' || holdsToken(name) || name.length > 60) return []
  const hint = hintOf(entry, document)
  const inYaml = entry.origin === 'frontMatter'
  const isList = Array.isArray(entry.value)
  const shape: ValueShape = isList
    ? {
        schema: {type: ['array', 'string', 'null'], items: {type: ['string', 'number', 'object']}},
        says: undefined,
        certainty: 'shown',
      }
    : shapeOf(name, entry.raw, hint, inYaml)
  const form = keyForm(name)
  const blank = entry.raw.trim() === '' && !isList
  const optional =
    blank ||
    vocabulary.optionalKeys.includes(form) ||
    isOptionalValue(entry.raw) ||
    isOptionalValue(hint) ||
    /\((?:optional|if applicable)\)$/iu.test(entry.key.text) ||
    (inYaml && isOptionalAbove(entry, document))
  return [{name, entry, shape, required: !optional, isDate: shape.schema['format'] === 'date'}]
}

/** The comment behind a value, in YAML or in HTML. */
function hintOf(entry: MetadataEntry, {source, text}: SpecDocument): string {
  const line = source.lineSpan(source.lineOf(entry.key.start))
  const from = entry.valueSpan.start > line.end ? entry.key.end : Math.min(entry.valueSpan.end, line.end)
  const rest = text.slice(Math.max(entry.key.end, from), line.end)
  if (entry.origin === 'frontMatter') return /(?:^|\s)#\s*(.*)$/u.exec(rest)?.[1]?.trim() ?? ''
  return /<!--([^>]*)-->/u.exec(text.slice(entry.key.end, line.end))?.[1]?.trim() ?? ''
}

/** `# These are optional elements. Feel free to remove any of them.` above the keys, or above this one. */
function isOptionalAbove(entry: MetadataEntry, {source, text, metadata}: SpecDocument): boolean {
  const front = metadata.frontMatter
  if (!front) return false
  const own = source.lineOf(entry.key.start)
  const first = source.lineOf(front.content.start)
  const lines = text.slice(front.content.start, source.lineSpan(own).start).split(/\r\n|\n|\r/u)
  const comments = lines.flatMap((line, index) => (/^\s*#/u.test(line) ? [{line, at: first + index}] : []))
  return comments.some(
    ({line, at}) =>
      (isOptionalValue(line) || saysOneOf(vocabulary.optional.sentences, line)) &&
      (at === own - 1 || says('\\b(?:elements|fields|keys|any of (?:them|these)|these)\\b', line)),
  )
}

function schemaOf(keys: readonly Key[], document: SpecDocument): Told<Map> {
  const required = keys.filter((key) => key.required).map(({name}) => name)
  const properties = keys.map(({name, shape, entry}) => [name, described(shape, entry)] as const)
  const claims: readonly Claim[] = keys.flatMap(({name, shape, entry, required: asked}) => [
    ...under(
      [
        claim(
          [asked ? 'required' : 'optional', ...(shape.says === undefined ? [] : [shape.says])].join(', '),
          shape.certainty,
          seen(document, entry),
          shape.doubt === undefined ? {} : {doubt: shape.doubt},
        ),
      ],
      'properties',
      name,
    ),
  ])
  return {
    value: {type: 'object', ...(required.length > 0 && {required}), properties: Object.fromEntries(properties)},
    claims,
  }
}

function described({schema, menu}: ValueShape, {raw}: MetadataEntry): JsonSchema {
  const value = raw.trim()
  return menu && menu.values.includes(value) ? {...schema, default: value} : schema
}

/** The dates that lie in the past, in the order in which they follow each other. */
export function orderedDates(keys: readonly Pick<Key, 'name' | 'isDate'>[]): readonly string[] {
  const rank = (name: string): number => {
    const form = keyForm(name)
    const at = vocabulary.datesPast.indexOf(form.replace(/^(?:prd|document|doc|spec|decision|adr|rfc)\s/u, ''))
    return at < 0 ? vocabulary.datesPast.length : at
  }
  return keys
    .filter(
      ({isDate, name}) =>
        isDate && rank(name) < vocabulary.datesPast.length && !says(vocabulary.datesAhead, keyForm(name)),
    )
    .map(({name}) => name)
    .toSorted((a, b) => rank(a) - rank(b))
}
