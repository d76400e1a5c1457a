import {sameHeading} from '../type/normalize.ts'
import type {Constraint, SectionSpec, SpecType, Test} from '../type/types.ts'
import {contentOf} from './contents.ts'
import {headingOf} from './headings.ts'
import {metadataLines} from './metadata.ts'
import {titleLine} from './title.ts'
import type {Purpose} from './types.ts'
import {oneLine, token} from './words.ts'

/**
 * A document of a type, or the type as a template: its metadata, title and sections in order, with what it asks for as comments.
 * What isn't known is left as a placeholder that says what to write.
 */
export function renderType(type: SpecType, purpose: Purpose): string {
  const {metadata} = type
  const lines = metadataLines(type, purpose).join('\n')
  const inFront = metadata?.in === 'frontMatter'
  const inSection = metadata?.in === 'section' && metadata.section !== undefined
  const blocks = [
    ...(inFront && lines !== '' ? [lines] : []),
    ...versionComment(type),
    `# ${titleLine(type, purpose)}`,
    ...(!inFront && !inSection && lines !== '' ? [lines] : []),
    ...sections(type.outline, 2, {type, purpose, metadata: inSection ? lines : undefined}),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** Which version of the type the document was made from, where no key of the metadata says it. */
function versionComment({name, version, versionKey}: SpecType): readonly string[] {
  return version === undefined || versionKey !== undefined ? [] : [`<!-- spec-lint type ${name}@${version} -->`]
}

interface Rendering {
  readonly type: SpecType
  readonly purpose: Purpose
  /** The lines of the section that holds the metadata. */
  readonly metadata: string | undefined
}

interface Siblings {
  readonly sections: readonly SectionSpec[]
  readonly constraints: readonly Constraint[]
}

function sections(siblings: Siblings, depth: number, rendering: Rendering): readonly string[] {
  return wanted(siblings, rendering.purpose).flatMap((spec) => section(spec, depth, rendering))
}

/** A template shows all; a document begins with what it must have, and the first of those of which one has to be there. */
function wanted({sections: all, constraints}: Siblings, {kind}: Purpose): readonly SectionSpec[] {
  if (kind === 'template') return all
  const needed = (spec: SectionSpec): boolean => (spec.repeat ? spec.repeat.min > 0 : spec.required === true)
  const chosen = new Set(
    constraints.flatMap((one) =>
      (one.kind === 'anyOf' || one.kind === 'oneOf') &&
      !all.some((spec) => needed(spec) && one.sections.includes(spec.id))
        ? one.sections.slice(0, 1)
        : [],
    ),
  )
  return all.filter((spec) => needed(spec) || chosen.has(spec.id))
}

function section(spec: SectionSpec, depth: number, rendering: Rendering): readonly string[] {
  const {type, purpose, metadata} = rendering
  const level = depth + spec.levels - 1
  const isHome = metadata !== undefined && sameHeading(spec.heading, type.metadata?.section ?? '')
  const own = isHome ? [metadata] : contentOf(spec, type, purpose)
  const below = sections({sections: spec.children, constraints: spec.constraints}, level + 1, rendering)
  const guidance = guidanceOf(spec, purpose)
  const isBare = own.length === 0 && below.length === 0
  return [
    `${'#'.repeat(Math.min(level, 6))} ${headingOf(spec, type, purpose)}`,
    ...(guidance === '' ? [] : [`<!-- ${guidance} -->`]),
    ...own,
    ...(isBare ? [token('Describe', spec.repeat ? 'it in a sentence' : spec.heading)] : []),
    ...below,
  ]
}

const instead = {
  reason: 'Where it does not apply, write `N/A: ` and the reason.',
  word: 'Where it does not apply, write `N/A`.',
  empty: 'It may be filled in later.',
} as const

/** What the section is for; in a template also when it has to be there. */
function guidanceOf(spec: SectionSpec, {kind}: Purpose): string {
  const about = oneLine(spec.description ?? '')
    .replaceAll('--', '–')
    .replace(/(?<=[^.!?])$/u, '.')
  const omittable = spec.omittable === false || kind === 'template' ? '' : instead[spec.omittable]
  const when = kind === 'template' ? modality(spec) : ''
  return [about, when, omittable].filter((text) => text !== '').join(' ')
}

function modality({required, repeat}: SectionSpec): string {
  if (repeat ? repeat.min === 0 : required === false) return 'This section is optional.'
  return typeof required === 'object' ? `All documents that ${condition(required.when)} must include this section.` : ''
}

const facts: {readonly [fact: string]: string} = {
  'schema-change': 'change the database schema',
  'adds-index': 'add an index',
  'adds-table': 'add a table',
}

/** The condition in words, as a reader of the template would say it. */
export function condition(test: Test): string {
  if (typeof test === 'string') return facts[test] ?? `show \`${test}\``
  if ('metadata' in test) return `have such a \`${test.metadata}\``
  if ('phase' in test) return `are ${test.phase.join(' or ')}`
  if ('not' in test) return `do not ${condition(test.not)}`
  if ('all' in test) return test.all.map(condition).join(' and ')
  return test.any.map(condition).join(' or ')
}
