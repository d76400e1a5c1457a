import type {Json} from '../../document/types.ts'
import {slug} from '../../type/slug.ts'
import {object, plain, told, under} from '../told.ts'
import type {Evidence, Map as JsonMap, Told} from '../types.ts'
import {escaped} from '../values.ts'
import {roleOf} from '../vocabulary.ts'
import type {HeadingFact} from './facts.ts'
import {type Group, groupsOf} from './groups.ts'
import {type Order, orderOf} from './order.ts'
import {counted, isUsual, mostCommon, share, type Support} from './support.ts'

/** A section of the type in the making. */
export interface CorpusSlot {
  readonly id: string
  readonly group: Group
  readonly required: boolean
  readonly told: Told<JsonMap>
}

export interface Level {
  readonly slots: readonly CorpusSlot[]
  readonly order: Told<Json>
}

/** A place where sections stand beside each other: a document, or a section of one. */
export interface Place {
  readonly headings: readonly HeadingFact[]
  readonly at: Evidence
}

export interface State {
  readonly threshold: number
  readonly ids: Set<string>
  readonly roles: Set<string>
}

const deepest = 3
const mostSections = 60

/** The sections that many places have, in their usual order. Those that nearly all have are required. */
export function levelOf(places: readonly Place[], depth: number, state: State): Level {
  const groups = groupsOf(places.map(({headings}) => headings))
    .filter(({found}) => isUsual(found.size, places.length))
    .slice(0, mostSections)
  const required = (group: Group): boolean => share(supportOf(group, places)) >= state.threshold
  const names = groups.map((_, index) => String(index))
  const order = orderOf(
    places.map((_, index) => sequenceOf(index, groups)),
    new Set(names.filter((_, index) => groups[index] && !required(groups[index]))),
    state.threshold,
  )
  const support = keeping(order, places)
  const strict = share(support) >= state.threshold
  const kept = order.names
    .filter((name) => !strict || !order.loose.has(name))
    .flatMap((name) => groups[Number(name)] ?? [])
  return {
    slots: kept.map((group) => slot(group, places, depth, state)),
    order: strict
      ? told('strict', ...(kept.length > 1 ? [counted('sections in this order', 'shown', support)] : []))
      : told('any', counted('sections in any order', 'guessed', support, {doubt: looseWords})),
  }
}

const looseWords = 'Too few documents have their sections in one order for it to be asked for.'

function keeping({keeps}: Order, places: readonly Place[]): Support {
  return {
    shows: places.filter((_, index) => keeps(index)).map(({at}) => at),
    lacks: places.filter((_, index) => !keeps(index)).map(({at}) => at),
  }
}

/** The groups of one place in the order of their first headings. */
function sequenceOf(index: number, groups: readonly Group[]): readonly string[] {
  return groups
    .flatMap(({found}, name) => {
      const first = found.get(index)?.[0]
      return first ? [{name: String(name), line: first.at.line}] : []
    })
    .toSorted((a, b) => a.line - b.line)
    .map(({name}) => name)
}

function supportOf({found}: Group, places: readonly Place[]): Support {
  return {
    shows: [...found.values()].flatMap(([first]) => (first ? [first.at] : [])),
    lacks: places.filter((_, index) => !found.has(index)).map(({at}) => at),
  }
}

function slot(group: Group, places: readonly Place[], depth: number, state: State): CorpusSlot {
  const {heading, pattern, repeats, aliases} = group
  const support = supportOf(group, places)
  const required = share(support) >= state.threshold
  const id = uniqueId(heading, state.ids)
  const role = repeats ? undefined : roleOf(heading, state.roles, depth === 1)
  if (role && role.only !== 'children') state.roles.add(role.role)
  const all = [...group.found.values()].flat()
  const inner = all.map((one): Place => ({headings: one.children, at: one.at}))
  const below = depth < deepest && inner.length > 2 ? levelOf(inner, depth + 1, state) : undefined
  const levels = Number(mostCommon(all.map((one) => String(one.levels))))
  const children = below?.slots ?? []
  const body = object({
    id: plain(id),
    heading: plain(heading),
    pattern: plain(pattern ?? (repeats ? escaped(heading) : undefined)),
    aliases: plain(aliases.length > 0 ? [...aliases] : undefined),
    required: told(required, counted(required ? 'required' : 'optional', 'shown', support)),
    repeat: repeats
      ? told({min: required ? 1 : 0}, counted('any number of them', 'shown', severalOf(group)))
      : told(undefined),
    omittable: plain(true),
    role: plain(role?.only === 'children' ? undefined : role?.role),
    levels: plain(levels > 1 ? levels : undefined),
    order: below && children.length > 0 ? below.order : told(undefined),
    children:
      children.length === 0
        ? told(undefined)
        : {
            value: children.map((child) => child.told.value),
            claims: children.flatMap((child, index) => under(child.told.claims, index)),
          },
  })
  return {id, group, required, told: body}
}

function severalOf({found}: Group): Support {
  const several = [...found.values()].filter(({length}) => length > 1)
  return {shows: several.flatMap(([, second]) => (second ? [second.at] : [])), lacks: []}
}

function uniqueId(heading: string, ids: Set<string>): string {
  const wanted = slug(heading) || 'section'
  let id = wanted
  for (let count = 2; ids.has(id); count += 1) id = `${wanted}-${count}`
  ids.add(id)
  return id
}
