import type {Block, Json, Section, SpecDocument} from '../document/types.ts'
import {slug} from '../type/slug.ts'
import {type Content, contentOf} from './contents.ts'
import {countedPattern, type HeadingShape, shapeOfHeading} from './headings.ts'
import {type Later, laterOf, omittableOf, postponed} from './later.ts'
import {isSample, modalityOf, type Modality} from './modality.ts'
import {claim, object, plain, seen, told, under} from './told.ts'
import type {Claim, Map, Told} from './types.ts'
import {aliasesOf, roleOf} from './vocabulary.ts'

/** One section of the type in the making, or several siblings of the template that are one repeated section. */
export interface Slot {
  readonly id: string
  readonly shape: HeadingShape
  readonly samples: readonly Section[]
  readonly role: string | undefined
  readonly told: Told<Map>
  readonly children: readonly Slot[]
}

interface State {
  readonly document: SpecDocument
  readonly ids: Set<string>
  readonly roles: Set<string>
  /** The section that holds the metadata. */
  readonly home: Section | undefined
  /** Comment that stands right above a heading. */
  readonly above: ReadonlyMap<Section, Block>
  /** Heading level of the top sections. */
  readonly top: number
}

export interface OutlinePart {
  readonly told: Told<Map>
  readonly slots: readonly Slot[]
  readonly roles: ReadonlySet<string>
}

export function outlineOf(document: SpecDocument, home: Section | undefined): OutlinePart {
  const tops = topsOf(document)
  const state: State = {
    document,
    ids: new Set(),
    roles: new Set(),
    home,
    above: commentsAbove(document),
    top: tops[0]?.depth ?? 2,
  }
  const slots = slotsOf(tops, 1, undefined, state)
  const body = object({
    order: told(
      'strict',
      ...(slots.length > 1 && tops[0] ? [claim('sections in this order', 'shown', seen(document, tops[0]))] : []),
    ),
    additional: plain(true),
    sections: {
      value: slots.map((one) => one.told.value),
      claims: slots.flatMap((one, index) => under(one.told.claims, index)),
    },
  })
  return {told: body, slots, roles: state.roles}
}

/** The sections below the title; without one title, those of the highest level. */
export function topsOf({root, title, headings}: SpecDocument): readonly Section[] {
  const titles = headings.filter(({depth}) => depth === 1)
  if (titles.length !== 1) return root.children
  return root.children.flatMap((section) => (section.heading === title ? section.children : [section]))
}

/** A comment on the line above a heading speaks of what the heading begins. */
function commentsAbove({sections, source, root}: SpecDocument): ReadonlyMap<Section, Block> {
  const found = new Map<Section, Block>()
  let previous: Section = root
  for (const section of sections) {
    const last = previous.blocks.at(-1)
    if (
      last?.kind === 'html' &&
      last.comment !== undefined &&
      source.lineOf(last.end - 1) + 1 === source.lineOf(section.start)
    )
      found.set(section, last)
    previous = section
  }
  return found
}

function slotsOf(
  sections: readonly Section[],
  depth: number,
  parent: Section | undefined,
  state: State,
  later?: Later,
): readonly Slot[] {
  const shaped = sections.map((section) => ({section, shape: shapeOfHeading(section, state.document)}))
  const groups = new Map<string, {readonly section: Section; readonly shape: HeadingShape}[]>()
  for (const one of shaped) groups.set(one.shape.key, [...(groups.get(one.shape.key) ?? []), one])
  const modalities = new Map(
    shaped.map(({section, shape}) => [section, modalityOf(section, shape, state.above.get(section), state.document)]),
  )
  const marked = [...modalities.values()].some(({stated}) => stated)
  const alone = groups.size === 1
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    // Beside sections with names, a free one is an invitation to add some.
    if (!first || (first.shape.kind === 'free' && !alone)) return []
    return [
      slot(
        {
          group: group.map(({section}) => section),
          shape: first.shape,
          modality: postponed(softened(modalities.get(first.section), marked), later),
          alone,
          depth,
          parent,
          later,
        },
        state,
      ),
    ]
  })
}

/** Where some sections say that they are mandatory, the others are not. */
function softened(modality: Modality | undefined, marked: boolean): Told<Json> {
  const required = modality?.required ?? told(true)
  if (!marked || modality?.stated || required.value !== true) return required
  return {
    value: false,
    claims: required.claims.map((one) => ({
      ...one,
      says: 'optional',
      certainty: 'guessed',
      doubt: 'Its neighbours are marked as mandatory, and it is not.',
    })),
  }
}

interface Group {
  readonly group: readonly Section[]
  readonly shape: HeadingShape
  readonly modality: Told<Json>
  /** All siblings are of this kind. */
  readonly alone: boolean
  readonly depth: number
  readonly parent: Section | undefined
  readonly later: Later | undefined
}

function slot(one: Group, state: State): Slot {
  const {group, shape, modality, depth, parent} = one
  const {document} = state
  const [sample] = group
  const above = parent ? roleOf(parent.heading?.title.text ?? '', new Set(), parent.depth === state.top) : undefined
  const repeats = group.length > 1 || shape.kind === 'free' || (shape.kind === 'pattern' && isOpenPattern(shape))
  const content = contentOf(group, document, sample !== undefined && sample === state.home)
  const role = slotRole(one, repeats ? above?.children : undefined, repeats, content, state.roles)
  if (role !== undefined) state.roles.add(role)
  const wanted = repeats && above?.children !== undefined ? above.children : slug(shape.heading)
  const id = uniqueId(wanted, parent, state.ids)
  const below = group.flatMap((section) =>
    isSample(section, document) || isHistory(section, role) ? [] : section.children,
  )
  const later = one.later ?? laterOf(sample, modality.value, document)
  const children = slotsOf(below, (sample?.depth ?? depth) + 1, sample, state, later)
  const levels = parent && sample ? sample.depth - parent.depth : 1
  const body = object({
    id: plain(id),
    heading: plain(shape.heading),
    ...(repeats ? repeated(one, content, document) : named(shape, modality, sample, document)),
    omittable: omittableOf(sample, later),
    role: plain(role),
    levels: plain(levels > 1 ? levels : undefined),
    order: plain(
      below.slice(0, 500).some((child) => shapeOfHeading(child, document).kind === 'free') ? 'any' : undefined,
    ),
    ...content,
    children:
      children.length === 0
        ? told(undefined)
        : {
            value: children.map((child) => child.told.value),
            claims: children.flatMap((child, index) => under(child.told.claims, index)),
          },
  })
  return {id, shape, samples: group, role, told: body, children}
}

/** The entries of a log of changes, by version or date, are the author's. */
function isHistory({children}: Section, role: string | undefined): boolean {
  return (
    role === 'changelog' &&
    children.every(({heading}) => heading?.number !== undefined || /^\W*v?\d/iu.test(heading?.title.text ?? ''))
  )
}

/** By its name, by the section that it is an instance in, or by what it holds. */
function slotRole(
  {shape, parent}: Group,
  instance: string | undefined,
  repeats: boolean,
  content: Content,
  taken: ReadonlySet<string>,
): string | undefined {
  const known = repeats ? undefined : roleOf(shape.heading, taken, parent === undefined)
  if (known?.only === 'children') return undefined
  const held = content['checklist']?.value === undefined ? undefined : 'acceptance'
  return known?.role ?? instance ?? held ?? (shape.id ? 'requirement' : undefined)
}

function named(
  shape: HeadingShape,
  required: Told<Json>,
  sample: Section | undefined,
  document: SpecDocument,
): Content {
  const {pattern, heading} = shape
  const evidence = sample
    ? [claim(`a heading such as \`${heading}\``, 'shown', seen(document, sample.heading ?? sample))]
    : []
  return {
    pattern: pattern === undefined ? told(undefined) : told(pattern, ...evidence),
    aliases: aliases(shape),
    required,
  }
}

/** One is asked for where the template shows several, where it numbers them, or where they hold labels or a table. */
function repeated({group, shape, modality, alone}: Group, content: Content, document: SpecDocument): Content {
  const structured = ['fields', 'table', 'tables', 'entries'].some((key) => content[key]?.value !== undefined)
  const asked = structured || (shape.kind === 'pattern' && (group.length > 1 || shape.id !== undefined))
  const isFree = shape.kind === 'free' && !structured
  const min = modality.value === true && asked && !isFree ? 1 : 0
  const pattern = patternOf(shape, alone, group.length)
  const says = (words: string): readonly Claim[] =>
    group.slice(0, 1).map((sample) =>
      claim(
        words,
        'shown',
        group.slice(0, 3).map((each) => seen(document, each.heading ?? sample)),
      ),
    )
  return {
    pattern: told(pattern, ...says(pattern === '.+' ? 'any heading' : `a heading such as \`${shape.heading}\``)),
    required: told(min > 0),
    repeat: told({min}, ...says(min > 0 ? 'one or more' : 'any number')),
  }
}

/** A pattern with something to fill in; `Phase 1: Design` is one section with a name that may vary. */
function isOpenPattern({pattern = '', id}: HeadingShape): boolean {
  return id !== undefined || pattern.includes('.+')
}

/** Where a section holds nothing but instances of one kind, their headings are the author's. */
function patternOf({pattern, kind, id, heading}: HeadingShape, alone: boolean, count: number): string {
  if (id && pattern !== undefined) return pattern
  if (kind === 'free' || alone) return '.+'
  return (
    pattern ?? (count > 1 ? countedPattern(heading) : undefined) ?? heading.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
  )
}

function aliases({heading, kind}: HeadingShape): Told<Json | undefined> {
  if (kind !== 'fixed') return told(undefined)
  const divided = /\p{L}\s*\/\s*\p{L}/u.test(heading) ? [heading.replaceAll(/\s*\/\s*/gu, ' and ')] : []
  const all = [...divided, ...aliasesOf(heading)]
  return plain(all.length > 0 ? all : undefined)
}

function uniqueId(wanted: string, parent: Section | undefined, ids: Set<string>): string {
  const above = parent?.heading ? slug(parent.heading.title.text) : ''
  const candidates = [wanted, `${above}-${wanted}`]
  let id = candidates.find((candidate) => !ids.has(candidate) && candidate !== '')
  for (let count = 2; id === undefined; count += 1) if (!ids.has(`${wanted}-${count}`)) id = `${wanted}-${count}`
  ids.add(id)
  return id
}
