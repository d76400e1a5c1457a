import type {MetadataEntry, Span, SpecDocument} from '../document/types.ts'
import {sameHeading} from './normalize.ts'
import {properties} from './text-values.ts'
import type {BoundEntry, MetadataSpec, MissingProperty} from './types.ts'

/** Where each missing key belongs: after the nearest key before it in the type, else at the head of the metadata. */
export function missingProperties(
  document: SpecDocument,
  spec: MetadataSpec,
  missing: readonly string[],
  bound: ReadonlyMap<string, BoundEntry>,
): readonly MissingProperty[] {
  const names = Object.keys(properties(spec.schema))
  return missing.map((property) => {
    const schema = properties(spec.schema)[property] ?? {}
    const before = names.slice(0, names.indexOf(property)).findLast((name) => bound.has(name))
    const entry = before === undefined ? undefined : bound.get(before)?.entry
    // Below a heading that is a key, lines are its value.
    const previous = entry?.origin === 'section' ? undefined : entry
    const fallback = schema['default']
    const value = typeof fallback === 'string' ? fallback : ''
    const place = previous ? after(previous, document) : head(document, spec, bound)
    const {at, behind, sample, apart} = place
    const offset = lineEnd(document, behind ?? at)
    const own = lineFor(document, property, value, sample, place.isYaml)
    return {
      property,
      schema,
      at: {start: at.start, end: at.end},
      insert: {
        offset,
        text: own,
        before: document.source.eol.repeat(apart ? 2 : 1),
        after: apart && !isBlankBelow(document, offset) ? document.source.eol : '',
      },
    }
  })
}

interface Place {
  /** Where to report it. */
  readonly at: Span
  /** What the new line follows, if that is something else. */
  readonly behind?: Span
  readonly isYaml: boolean
  /** A line of the metadata, for its form. */
  readonly sample: MetadataEntry | undefined
  /** An empty line goes between. */
  readonly apart: boolean
}

function after(entry: MetadataEntry, document: SpecDocument): Place {
  const isYaml = entry.origin === 'frontMatter'
  const sample = isYaml || formOf(entry, document) ? entry : undefined
  return {at: entry, isYaml, sample, apart: sample === undefined}
}

function head(document: SpecDocument, spec: MetadataSpec, bound: ReadonlyMap<string, BoundEntry>): Place {
  const {frontMatter} = document.metadata
  const first = [...bound.values()].find(({entry}) => entry.origin !== 'section')?.entry
  if (frontMatter && (spec.in === 'frontMatter' || !first)) {
    const at = {start: frontMatter.start, end: Math.min(frontMatter.start + 3, frontMatter.end)}
    return {at, isYaml: true, sample: undefined, apart: false}
  }
  const section =
    spec.section === undefined
      ? undefined
      : document.sections.find(({heading}) => heading && sameHeading(heading.title.text, spec.section ?? ''))
  const title = section?.heading?.title
  const at = title ?? first ?? document.title ?? document.source.lineSpan(1)
  return first ? {...after(first, document), at, behind: first} : {at, isYaml: false, sample: undefined, apart: true}
}

/** End of the line on which something ends; a block of YAML may end with the line break. */
function lineEnd({source, text}: SpecDocument, {start, end}: Span): number {
  const trimmed = start + text.slice(start, end).trimEnd().length
  return source.lineSpan(source.lineOf(trimmed)).end
}

function isBlankBelow({source}: SpecDocument, offset: number): boolean {
  const line = source.lineOf(offset) + 1
  return line > source.lineCount || source.slice(source.lineSpan(line)).trim() === ''
}

interface Form {
  readonly before: string
  readonly between: string
  readonly behind: string
}

/** What stands around key and value on a line of the document: `- **`, `:** `, a hard break; `undefined` for another form. */
function formOf({key, valueSpan}: MetadataEntry, {text, source}: SpecDocument): Form | undefined {
  const line = source.lineSpan(source.lineOf(key.start))
  const before = text.slice(line.start, key.start)
  const rest = text.slice(key.end, line.end)
  const behind = valueSpan.end >= key.end && valueSpan.end <= line.end ? text.slice(valueSpan.end, line.end) : ''
  if (/^[ \t]*\|[ \t]*[*_`]*$/u.test(before)) {
    const between = /^[*_`]*[ \t]*[:：]?[*_`]*[ \t]*\|[ \t]*/u.exec(rest)?.[0]
    return between === undefined ? undefined : {before, between, behind: ' |'}
  }
  if (!/^[ \t>]*(?:[-*+][ \t]+)?[*_]*$/u.test(before)) return undefined
  const marks = /[*_]+$/u.exec(before)?.[0] ?? ''
  // `**Key**:` or `**Key:**`; marks of the value are not the key's.
  const between = [`${marks}:`, `:${marks}`, `${marks}：`, `：${marks}`].find((form) => rest.startsWith(form))
  const hardBreak = /(?: {2,}|\\)$/u.exec(behind)?.[0] ?? ''
  return between === undefined ? undefined : {before, between: `${between} `, behind: hardBreak}
}

function lineFor(
  document: SpecDocument,
  property: string,
  value: string,
  sample: MetadataEntry | undefined,
  isYaml: boolean,
): string {
  if (isYaml) return `${property}: ${value}`
  const form = sample && formOf(sample, document)
  // Without bold, a word with an underscore in it is read as prose.
  if (form && /[ \t>]$|^$/u.test(form.before) && !form.before.includes('|') && !/^[\p{L}\p{N} -]+$/u.test(property))
    return `${form.before}**${property}**: ${value}${form.behind}`
  return form ? form.before + property + form.between + value + form.behind : `**${property}**: ${value}`
}
