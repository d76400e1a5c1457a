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
    const previous = before === undefined ? undefined : bound.get(before)?.entry
    const fallback = schema['default']
    const value = typeof fallback === 'string' ? fallback : ''
    const at = previous ?? head(document, spec, bound)
    return {
      property,
      schema,
      at: {start: at.start, end: at.end},
      insert: {offset: lineEnd(document, at.end), text: lineFor(document, spec, property, value, previous, bound)},
    }
  })
}

function head(document: SpecDocument, spec: MetadataSpec, bound: ReadonlyMap<string, BoundEntry>): Span {
  const {frontMatter} = document.metadata
  if (frontMatter && (spec.in === 'frontMatter' || bound.size === 0))
    return {start: frontMatter.start, end: Math.min(frontMatter.start + 3, frontMatter.end)}
  const section =
    spec.section === undefined
      ? undefined
      : document.sections.find(({heading}) => heading && sameHeading(heading.title.text, spec.section ?? ''))
  const first = [...bound.values()][0]?.entry
  return section?.heading?.title ?? first ?? document.title ?? document.source.lineSpan(1)
}

function lineEnd(document: SpecDocument, offset: number): number {
  const {source} = document
  const line = source.lineOf(offset)
  return line < source.lineCount ? source.lineSpan(line + 1).start : document.text.length
}

function lineFor(
  document: SpecDocument,
  spec: MetadataSpec,
  property: string,
  value: string,
  previous: MetadataEntry | undefined,
  bound: ReadonlyMap<string, BoundEntry>,
): string {
  const sample = previous ?? [...bound.values()][0]?.entry
  const {eol} = document.source
  if ((sample?.origin ?? spec.in) === 'frontMatter') return `${property}: ${value}${eol}`
  const inside = sample ? /^\s*[:：]\s*\*\*/u.test(document.text.slice(sample.key.end, sample.key.end + 5)) : false
  return inside ? `**${property}:** ${value}${eol}` : `**${property}**: ${value}${eol}`
}
