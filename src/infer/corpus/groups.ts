import {isSlip} from '../../type/nearest.ts'
import {escaped} from '../values.ts'
import {aliasesOf} from '../vocabulary.ts'
import {headingForm} from '../../type/normalize.ts'
import type {HeadingFact} from './facts.ts'
import {isUsual, mostCommon} from './support.ts'

/** Headings of many documents, or of many sections of one kind, that stand for one section of the type. */
export interface Group {
  readonly heading: string
  readonly aliases: readonly string[]
  /** For headings that have only a part in common. */
  readonly pattern: string | undefined
  /** Several in one place. */
  readonly repeats: boolean
  /** Index of the place (a document, or a section of one) to the headings there. */
  readonly found: ReadonlyMap<number, readonly HeadingFact[]>
}

/** The groups of the headings that stand beside each other in each place, most frequent first. */
export function groupsOf(places: readonly (readonly HeadingFact[])[]): readonly Group[] {
  const patterned = patternsOf(places)
  const byKey = new Map<string, Map<number, HeadingFact[]>>()
  for (const [index, headings] of places.entries())
    for (const heading of headings) {
      const key = patterned.find(({fits}) => fits(heading))?.key ?? heading.form
      const found = byKey.get(key) ?? new Map<number, HeadingFact[]>()
      found.set(index, [...(found.get(index) ?? []), heading])
      byKey.set(key, found)
    }
  const all = [...byKey].map(([key, found]): Group => {
    const known = patterned.find((one) => one.key === key)
    const texts = [...found.values()].flatMap((some) => some.map(({text}) => text))
    return {
      heading: known?.heading ?? mostCommon(texts),
      aliases: [],
      pattern: known?.pattern,
      repeats: known !== undefined || isOften([...found.values()]),
      found,
    }
  })
  return merged(all.toSorted((a, b) => b.found.size - a.found.size))
}

function isOften(found: readonly (readonly HeadingFact[])[]): boolean {
  return found.filter(({length}) => length > 1).length * 10 >= found.length
}

interface Pattern {
  readonly key: string
  /** A name for messages. */
  readonly heading: string
  readonly pattern: string
  readonly fits: (heading: HeadingFact) => boolean
}

const counted = /^(\p{L}[\p{L} ]{0,40}?)[ -]?#?\d+(?:\.\d+)*(?![\p{L}\p{N}.])/u
const labelled = /^(\p{L}[\p{L} ]{1,30}):\s+\S/u

/** `Phase 2: Rollout`, `FR-3 – Name`, `Option: A queue`: what stands before is the same where one place has several of them. */
function patternsOf(places: readonly (readonly HeadingFact[])[]): readonly Pattern[] {
  return [
    ...patternsBy(places, counted, '1', (label) => `${escaped(label)}[\\s-]?#?\\d+(?:\\.\\d+)*(?:\\W.*)?`),
    ...patternsBy(places, labelled, ': Name', (label) => `${escaped(label)}\\s*:\\s*.+`),
  ]
}

function patternsBy(
  places: readonly (readonly HeadingFact[])[],
  expression: RegExp,
  rest: string,
  pattern: (label: string) => string,
): readonly Pattern[] {
  const labelOf = ({text}: HeadingFact): string => expression.exec(text)?.[1]?.trim().toLowerCase() ?? ''
  const found = new Map<string, {readonly label: string; readonly at: Set<number>; several: boolean; text: string}>()
  for (const [index, headings] of places.entries())
    for (const heading of headings) {
      const label = labelOf(heading)
      if (label === '') continue
      const known = found.get(label)
      if (known?.at.has(index)) known.several = true
      else if (known) known.at.add(index)
      else found.set(label, {label, at: new Set([index]), several: false, text: heading.text})
    }
  return [...found.values()]
    .filter(({at, several}) => several && isUsual(at.size, places.length))
    .map(({label, text}) => ({
      key: `pattern ${rest} ${label}`,
      heading: rest === '1' ? text : text.slice(0, label.length) + rest,
      pattern: pattern(label),
      fits: (heading) => labelOf(heading) === label,
    }))
}

const mostCompared = 400

/** What never stands beside the other and is named alike, or is known to mean the same, is the same section. */
function merged(groups: readonly Group[]): readonly Group[] {
  const kept: Group[] = []
  for (const group of groups.slice(0, mostCompared)) {
    const at = kept.findIndex((larger) => areOne(larger, group))
    const larger = kept[at]
    if (larger) kept[at] = joined(larger, group)
    else kept.push(group)
  }
  return [...kept, ...groups.slice(mostCompared)].toSorted((a, b) => b.found.size - a.found.size)
}

/** Nobody else writes it so: then it is a slip, and the document lacks the section. */
function areOne(larger: Group, group: Group): boolean {
  if (larger.pattern !== undefined || group.pattern !== undefined) return false
  const [a, b] = [headingForm(larger.heading), headingForm(group.heading)]
  const means = aliasesOf(larger.heading).some((alias) => headingForm(alias) === b)
  const slips = group.found.size > 1 && (isSlip(a, b) || goesOn(a, b) || goesOn(b, a))
  return (means || slips) && ![...group.found.keys()].some((index) => larger.found.has(index))
}

/** `Implementation Details/Notes` is `Implementation Details` and more. */
function goesOn(long: string, short: string): boolean {
  return long.startsWith(short) && /^(?:\s*[/,:]|\s(?:and|or)\s)/u.test(long.slice(short.length))
}

function joined(larger: Group, group: Group): Group {
  return {
    ...larger,
    aliases: [...larger.aliases, group.heading, ...group.aliases],
    found: new Map([...larger.found, ...group.found]),
  }
}
