import type {Json, MetadataEntry, Section, SpecDocument, Text} from '../document/types.ts'
import type {IsOpen} from './filled.ts'
import {missingProperties} from './missing-metadata.ts'
import {isSlip} from './nearest.ts'
import {keyForm, sameHeading} from './normalize.ts'
import {coerce, judged, properties, requiredOf} from './text-values.ts'
import type {
  BoundEntry,
  BoundMetadata,
  BoundStatus,
  EntryProblem,
  MetadataSpec,
  SpecType,
  UnknownEntry,
} from './types.ts'
import {checkValue} from './values.ts'

/** Every metadata line against the type's schema. */
export function bindMetadata(document: SpecDocument, spec: MetadataSpec | undefined, isOpen: IsOpen): BoundMetadata {
  const entries = entriesOf(document, spec)
  if (!spec)
    return {
      present: entries.length > 0,
      entries: [],
      value: {},
      missing: [],
      unknown: [],
      invalid: [],
      entry: () => undefined,
    }
  const names = Object.keys(properties(spec.schema))
  const byForm = formsOf(names, spec)
  const bound = new Map<string, BoundEntry>()
  for (const entry of entries) {
    const property = byForm.get(keyForm(entry.key.text))
    if (property !== undefined && !bound.has(property)) bound.set(property, {property, entry})
  }
  const unknown = unknownEntries(entries, bound, spec)
  const taken = new Set(unknown.map(({nearest}) => nearest))
  const missing = requiredOf(spec.schema).filter((property) => !bound.has(property) && !taken.has(property))
  return {
    present:
      entries.some(({key}) => byForm.has(keyForm(key.text))) ||
      entries.some(({origin}) => origin === 'frontMatter') ||
      unknown.some(({nearest}) => nearest !== undefined),
    entries: [...bound.values()],
    value: valueOf([...bound.values()], spec),
    missing: missingProperties(document, spec, missing, bound),
    unknown,
    invalid: invalidEntries([...bound.values()], spec, isOpen),
    entry: (property) => bound.get(property)?.entry,
  }
}

/** Each spelling of a key; that of another key's alias gives way to a key. */
function formsOf(names: readonly string[], {aliases}: MetadataSpec): ReadonlyMap<string, string> {
  const others = Object.entries(aliases).flatMap(([name, spellings]) =>
    names.includes(name) ? spellings.map((spelling) => [keyForm(spelling), name] as const) : [],
  )
  return new Map([...others, ...names.map((name) => [keyForm(name), name] as const)])
}

function entriesOf(document: SpecDocument, spec: MetadataSpec | undefined): readonly MetadataEntry[] {
  const section =
    spec?.section === undefined
      ? undefined
      : document.sections.find(({heading}) => heading && sameHeading(heading.title.text, spec.section ?? ''))
  const wanted = section ?? (document.metadata.entries.length === 0 ? firstSection(document) : undefined)
  return [...document.metadata.entries, ...(wanted ? fieldEntries(wanted, document.text) : [])]
}

function firstSection(document: SpecDocument): Section | undefined {
  return document.sections.find(({depth}) => depth === 2)
}

function fieldEntries(section: Section, text: string): readonly MetadataEntry[] {
  return section.fields.map((field) => {
    const {start, end} = field.value
    return {
      start: field.label.start,
      end: Math.max(end, field.label.end),
      key: field.label,
      value: field.value.text,
      valueSpan: {start, end},
      raw: text.slice(start, end),
      origin: 'section',
      inner: new Map(),
    }
  })
}

function valueOf(bound: readonly BoundEntry[], spec: MetadataSpec): {readonly [property: string]: Json} {
  return Object.fromEntries(
    bound.map(({property, entry}) => [property, valueFor(entry, properties(spec.schema)[property])]),
  )
}

function valueFor(entry: MetadataEntry, schema: ReturnType<typeof properties>[string] | undefined): Json {
  return typeof entry.value === 'string' ? coerce(schema, entry.value) : entry.value
}

function unknownEntries(
  entries: readonly MetadataEntry[],
  bound: ReadonlyMap<string, BoundEntry>,
  spec: MetadataSpec,
): readonly UnknownEntry[] {
  const known = new Set([...bound.values()].map(({entry}) => entry))
  const names = Object.keys(properties(spec.schema))
  const forms = new Set(names.map(keyForm))
  const closed = spec.schema['additionalProperties'] === false
  return entries.flatMap((entry): readonly UnknownEntry[] => {
    const own = keyForm(entry.key.text)
    if (known.has(entry) || forms.has(own)) return []
    const nearest = names.find((name) => isSlip(keyForm(name), own))
    return nearest === undefined && !(closed && entry.origin === spec.in) ? [] : [{entry, nearest, closed}]
  })
}

function invalidEntries(bound: readonly BoundEntry[], spec: MetadataSpec, isOpen: IsOpen): readonly EntryProblem[] {
  const schemas = properties(spec.schema)
  return bound.flatMap(({property, entry}) => {
    const schema = schemas[property]
    if (!schema || isOpen(entry.valueSpan, entry.raw)) return []
    return checkValue(schema, valueFor(entry, schema)).map((problem): EntryProblem => {
      const inner = problem.pointer === '' ? undefined : entry.inner.get(problem.pointer)
      const at: Text = judged(schema, {...(inner ?? entry.valueSpan), text: inner ? '' : entry.raw})
      const isNumber = problem.keyword === 'type' && schema['type'] === 'string' && typeof entry.value === 'number'
      const quoted =
        entry.origin === 'frontMatter' && entry.valueSpan.end - entry.valueSpan.start === entry.raw.length + 2
      // In quotes it has to be right, too.
      const replacements = isNumber
        ? checkValue(schema, entry.raw).length === 0
          ? [`"${entry.raw}"`]
          : []
        : quoted
          ? problem.replacements.map((text) => `"${text}"`)
          : problem.replacements
      return {
        property,
        entry,
        at: {...at, text: at.text === '' ? entry.raw : at.text},
        keyword: problem.keyword,
        expected: problem.expected,
        replacements,
      }
    })
  })
}

export function bindStatus(metadata: BoundMetadata, type: SpecType): BoundStatus | undefined {
  const property = type.metadata?.status
  const entry = property === undefined ? undefined : metadata.entry(property)
  if (!entry || property === undefined) return undefined
  const schema = type.metadata && properties(type.metadata.schema)[property]
  const value = judged(schema, {...entry.valueSpan, text: entry.raw})
  const wanted = String(metadata.value[property] ?? '').toLowerCase()
  const phases = type.phases?.phases ?? []
  const exact = phases.find(({status}) => status.toLowerCase() === wanted)
  const phase = exact ?? phases.find(({aliases}) => aliases.some((alias) => alias.toLowerCase() === wanted))
  return {
    entry,
    value,
    phase,
    menu: isMenu(
      entry.raw,
      phases.map(({status}) => status),
    ),
  }
}

/** The whole choice left standing: two or more of the values, divided by `|` or `/`. */
function isMenu(raw: string, statuses: readonly string[]): boolean {
  const parts = raw.replaceAll(/^[[\s]+|[\]\s]+$/gu, '').split(/\s*[|/]\s*/u)
  return (
    parts.length > 1 &&
    parts.filter((part) => statuses.some((status) => status.toLowerCase() === part.toLowerCase())).length > 1
  )
}
