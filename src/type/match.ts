import type {Section, Span, SpecDocument} from '../document/types.ts'
import {bareForm, headingForm} from './normalize.ts'
import {baseDepth, isSection, named} from './levels.ts'
import {findSlip, isSlip, isTurned} from './nearest.ts'
import {matchesWhole} from './regex.ts'
import type {SectionSpec, SectionState} from './types.ts'

/** A section of the type with the sections of the document that answer to it. */
export interface Match {
  readonly spec: SectionSpec
  readonly parent: Match | undefined
  readonly depth: number
  readonly children: readonly Match[]
  state: SectionState
  matches: readonly Section[]
  duplicates: readonly Section[]
  /** Where its children are looked for: from its heading to the next section of its level that the type knows. */
  extent: Span
}

export interface Matching {
  readonly tops: readonly Match[]
  readonly all: readonly Match[]
  readonly claimed: ReadonlyMap<Section, Match>
}

interface State {
  readonly sections: readonly Section[]
  readonly forms: ReadonlyMap<Section, string>
  readonly claimed: Map<Section, Match>
}

/** Binds sections of the type to sections of the document: exact ones level by level, then what stands elsewhere, then slips. */
export function matchSections(document: SpecDocument, specs: readonly SectionSpec[]): Matching {
  const sections = document.sections.filter(
    (section) => section.heading !== document.title || isSection(section, specs, document.sections),
  )
  const forms = new Map(sections.map((section) => [section, headingForm(section.heading?.title.text ?? '')]))
  const state: State = {sections, forms, claimed: new Map()}
  const depth = baseDepth(specs, sections, forms)
  const tops = build(specs, undefined, depth)
  const whole = {start: -1, end: document.text.length + 1}
  bindLevel(tops, whole, state)
  const all = tops.flatMap(flatten)
  elsewhere(all, state)
  slips(all, state)
  settle(tops, whole, state)
  return {tops, all, claimed: state.claimed}
}

function build(specs: readonly SectionSpec[], parent: Match | undefined, depth: number): readonly Match[] {
  return specs.map((spec) => {
    const children: Match[] = []
    const match: Match = {
      spec,
      parent,
      depth: depth + spec.levels - 1,
      children,
      state: 'missing',
      matches: [],
      duplicates: [],
      extent: {start: 0, end: 0},
    }
    children.push(...build(spec.children, match, depth + spec.levels))
    return match
  })
}

function flatten(match: Match): readonly Match[] {
  return [match, ...match.children.flatMap(flatten)]
}

/** `.+`: takes what no sibling takes. */
function isFree(spec: SectionSpec): boolean {
  return spec.pattern === '.+' || spec.pattern === '.*'
}

function fits(spec: SectionSpec, section: Section, forms: ReadonlyMap<Section, string>): boolean {
  if (spec.pattern === undefined) return named(spec, forms.get(section) ?? '')
  return (
    matchesWhole(spec.pattern, section.heading?.title.text ?? '') ||
    // `1.2.0 - 2026-03-01` begins with a number only where the pattern doesn't.
    matchesWhole(spec.pattern, section.heading?.text ?? '') ||
    spec.aliases.some((alias) => headingForm(alias) === forms.get(section))
  )
}

function bindLevel(level: readonly Match[], extent: Span, state: State): void {
  const pool = state.sections.filter((section) => section.start > extent.start && section.start < extent.end)
  const ordered = level.toSorted((a, b) => Number(isFree(a.spec)) - Number(isFree(b.spec)))
  for (const match of ordered) {
    const found = pool.filter(
      (section) =>
        section.depth === match.depth && !state.claimed.has(section) && fits(match.spec, section, state.forms),
    )
    claim(match, found, 'found', state)
  }
  for (const match of level) descend(match, level, extent, state)
}

function claim(match: Match, found: readonly Section[], how: SectionState, state: State): void {
  const [first, ...rest] = found
  if (!first) return
  const repeats = match.spec.repeat !== undefined
  match.state = how
  match.matches = repeats ? found : [first]
  match.duplicates = repeats ? [] : rest
  for (const section of found) state.claimed.set(section, match)
}

/** Binds the children; those of a missing parent are looked for where the parent would stand. */
function descend(match: Match, level: readonly Match[], extent: Span, state: State): void {
  if (match.children.length === 0) return
  const claimedStarts = level.flatMap(({matches}) => matches.map(({start}) => start)).toSorted((a, b) => a - b)
  if (match.matches.length === 0) {
    const index = level.indexOf(match)
    const before = level
      .slice(0, index)
      .findLast(({matches}) => matches.length > 0)
      ?.matches.at(-1)
    const start = before?.start ?? extent.start
    match.extent = {start, end: claimedStarts.find((candidate) => candidate > start) ?? extent.end}
    // A free slot would take whatever stands there.
    bindLevel(
      match.children.filter(({spec}) => !isFree(spec)),
      match.extent,
      state,
    )
    return
  }
  const [first] = match.matches
  if (!first) return
  const end = Math.min(
    claimedStarts.find((candidate) => candidate > first.start) ?? extent.end,
    foreignEnd(first, match, state),
  )
  const last = match.matches.at(-1) ?? first
  match.extent = {start: first.start, end: match.matches.length > 1 ? Math.max(last.end, end) : end}
  bindLevel(match.children, match.extent, state)
}

/** A heading of the same or a higher level that is no child of this section in another guise ends it. */
function foreignEnd(section: Section, match: Match, {sections, forms}: State): number {
  const next = sections.find(
    (other) =>
      other.start > section.start &&
      other.depth <= section.depth &&
      !match.children.some(({spec}) => spec.pattern === undefined && named(spec, forms.get(other) ?? '')),
  )
  return next?.start ?? Number.MAX_SAFE_INTEGER
}

/** The right heading at another level or under another parent. */
function elsewhere(all: readonly Match[], state: State): void {
  for (const match of all) {
    if (match.matches.length > 0 || match.spec.pattern !== undefined) continue
    const free = state.sections.filter(
      (section) =>
        !claimedFirmly(section, state) &&
        named(match.spec, state.forms.get(section) ?? '') &&
        !belongs(section, match, state),
    )
    const parentExtent = match.parent?.extent
    const near = free.find(
      (section) => !parentExtent || (section.start > parentExtent.start && section.start < parentExtent.end),
    )
    const parentMissing = match.parent !== undefined && match.parent.matches.length === 0
    const chosen = near ?? (parentMissing ? undefined : free[0])
    if (!chosen) continue
    const previous = state.claimed.get(chosen)
    if (previous) drop(previous, chosen)
    claim(match, [chosen], chosen !== near ? 'misplaced' : isAtLevel(chosen, match) ? 'found' : 'depth', state)
    fillFree(match, chosen, all, state)
    // What came along with it stands below it as it should.
    if (chosen.children.some((child) => match.children.some(({spec}) => named(spec, state.forms.get(child) ?? ''))))
      match.extent = {start: chosen.start, end: chosen.end}
  }
}

/** The free slots of a section at another level take what stands up to the next one of its kind, or of a level above its own. */
function fillFree(match: Match, section: Section, all: readonly Match[], state: State): void {
  const free = match.children.filter(({spec, matches}) => isFree(spec) && matches.length === 0)
  if (free.length === 0) return
  const beside = all.filter((other) => other !== match && other.parent === match.parent).flatMap(({matches}) => matches)
  const ends = [...beside, ...state.sections.filter(({depth}) => depth < section.depth)].map(({start}) => start)
  const end = Math.min(...ends.filter((start) => start > section.start), Number.MAX_SAFE_INTEGER)
  bindLevel(free, {start: section.start, end}, state)
}

/** At the level of the type; or as far below its parent as in the type, where the parent is at another level. */
function isAtLevel(section: Section, {depth, parent}: Match): boolean {
  if (section.depth === depth) return true
  const [above] = parent?.matches ?? []
  return parent !== undefined && above !== undefined && section.depth - above.depth === depth - parent.depth
}

/** What a free slot took is given back to a section that is known by name. */
function claimedFirmly(section: Section, state: State): boolean {
  const owner = state.claimed.get(section)
  return owner !== undefined && !isFree(owner.spec)
}

function drop(match: Match, section: Section): void {
  match.matches = match.matches.filter((other) => other !== section)
  if (match.matches.length === 0) match.state = 'missing'
}

/** A nested section of this name that another part of the type knows is that part's. */
function belongs(section: Section, match: Match, state: State): boolean {
  for (let parent = section.parent; parent; parent = parent.parent) {
    const owner = state.claimed.get(parent)
    if (
      owner &&
      owner !== match.parent &&
      owner.children.some(
        (child) =>
          child !== match &&
          child.matches.length === 0 &&
          child.spec.pattern === undefined &&
          named(child.spec, state.forms.get(section) ?? ''),
      )
    )
      return true
  }
  return false
}

/** A heading that is nearly right, beside the siblings first. */
function slips(all: readonly Match[], state: State): void {
  for (const match of all) {
    if (match.matches.length > 0 || isFree(match.spec) || match.spec.repeat !== undefined) continue
    if (match.parent && match.parent.matches.length === 0) continue
    const extent = match.parent?.extent
    const pool = state.sections.filter(
      (section) =>
        !claimedFirmly(section, state) && (!extent || (section.start > extent.start && section.start < extent.end)),
    )
    const names = [match.spec.heading, ...match.spec.aliases].map(headingForm)
    const beside = pool
      .filter((section) => Math.abs(section.depth - match.depth) <= 1)
      .toSorted((a, b) => Math.abs(a.depth - match.depth) - Math.abs(b.depth - match.depth))
    const near = findSlip(beside, (section) => {
      const form = state.forms.get(section) ?? ''
      return names.some((name) => isSlipOf(name, form) || (section.depth === match.depth && goesOn(name, form)))
    })
    if (!near) continue
    const previous = state.claimed.get(near)
    if (previous) drop(previous, near)
    claim(match, [near], 'misspelt', state)
    match.extent = {start: near.start, end: near.end}
    bindLevel(match.children, match.extent, state)
  }
}

function isSlipOf(name: string, form: string): boolean {
  return isSlip(name, form) || isSlip(bareForm(name), bareForm(form))
}

/** All words of the name and half as many more, in whatever order: "Database Migration Plan". */
function goesOn(name: string, form: string): boolean {
  const [words = [], own = []] = [name, form].map((one) => bareForm(one).split(/[ /-]/u))
  if (words.length < 2 || isTurned(name, form) || !words.every((word) => own.includes(word))) return false
  const more = own.filter((word) => !words.includes(word) && !/^(?:a|an|and|for|of|or|the)$/u.test(word)).length
  return own.length > words.length && more <= Math.max(1, words.length / 2)
}

/** Children bound before their parent's slip was seen keep their place; extents are for what comes after. */
function settle(tops: readonly Match[], whole: Span, state: State): void {
  for (const match of tops)
    if (match.matches.length === 0 && match.extent.end === 0) match.extent = {start: whole.start, end: whole.start}
  for (const [section, match] of state.claimed)
    if (!match.matches.includes(section) && !match.duplicates.includes(section)) state.claimed.delete(section)
}
