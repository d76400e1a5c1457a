import type {Item, Json, Section, SpecDocument} from '../document/types.ts'
import {singular} from './entries.ts'
import type {Slot} from './outline.ts'
import {claim, list, object, plain, seen, told} from './told.ts'
import type {Told} from './types.ts'
import {vocabulary} from './vocabulary.ts'

interface Kind {
  readonly prefix: string
  readonly form: string
  readonly name: string
  readonly home: string | undefined
  readonly at: {readonly start: number; readonly end: number}
}

const mostKinds = 20

/** Kinds of identifier: those of headings (`FR[X].1`), and those that begin labels and items. */
export function idsOf(slots: readonly Slot[], document: SpecDocument): Told<Json | undefined> {
  const all = slots.flatMap(flatten)
  const kinds = distinct([...headingKinds(slots, undefined), ...itemKinds(all, document)]).slice(0, mostKinds)
  const named = all.filter(({role}) => role === 'acceptance').flatMap(({samples}) => samples)
  return list(kinds.map((kind) => specOf(kind, kinds, named, document)))
}

export function flatten(slot: Slot): readonly Slot[] {
  return [slot, ...slot.children.flatMap(flatten)]
}

function headingKinds(slots: readonly Slot[], parent: Slot | undefined): readonly Kind[] {
  return slots.flatMap((slot) => {
    const {shape, samples} = slot
    const [at] = samples
    const own =
      shape.id && at
        ? [
            {
              ...shape.id,
              name: singular(parent?.shape.heading ?? 'requirements').replace(/^functional /u, ''),
              home: parent?.id,
              at,
            },
          ]
        : []
    return [...own, ...headingKinds(slot.children, slot)]
  })
}

function itemKinds(all: readonly Slot[], document: SpecDocument): readonly Kind[] {
  const items = document.items.filter(({where}) => where !== 'cell' && where !== 'heading')
  return items.flatMap((item) => {
    const home = innermost(all, item)
    const form = /^[A-Z]+(-?)/u.exec(item.id)?.[1] ?? ''
    // `FR-1.2` and the like are parts of another one.
    if (!/^[A-Z]+-?\d+$/u.test(item.id)) return []
    return [
      {
        prefix: item.prefix,
        form: `${item.prefix}${form}{n}`,
        name: singular(home?.shape.heading ?? item.prefix),
        home: home?.id,
        at: item,
      },
    ]
  })
}

function innermost(all: readonly Slot[], item: Item): Slot | undefined {
  const holds = ({start, end}: Section): boolean => start <= item.start && item.start < end
  return all.findLast(({samples, shape}) => shape.kind !== 'free' && samples.some(holds))
}

function distinct(kinds: readonly Kind[]): readonly Kind[] {
  return kinds.filter(({prefix}, index) => kinds.findIndex((other) => other.prefix === prefix) === index)
}

function specOf(
  kind: Kind,
  kinds: readonly Kind[],
  acceptance: readonly Section[],
  document: SpecDocument,
): Told<Json> {
  const {prefix, form, name, home, at} = kind
  const mention = document.mentions.find(
    (one) => one.prefix === prefix && acceptance.some(({start, end}) => start <= one.start && one.start < end),
  )
  const others = vocabulary.covers.flatMap(({kind: covered, by}) =>
    name.endsWith(covered)
      ? kinds.filter((other) => other.name === by).map((other) => ({ids: other.prefix, name: other.name}))
      : [],
  )
  const cover: Told<Json | undefined> = mention
    ? told(
        [{role: 'acceptance', name: 'acceptance criterion'}, ...others],
        claim('each named by an acceptance criterion', 'shown', seen(document, mention)),
      )
    : told(undefined)
  return object({
    prefix: plain(prefix),
    name: plain(name),
    form: told(
      form,
      claim(`identifiers such as \`${form.replaceAll(/\{[a-z]+\}/gu, '1')}\``, 'shown', seen(document, at)),
    ),
    in: plain(home === undefined ? undefined : [home]),
    coveredBy: cover,
  })
}
