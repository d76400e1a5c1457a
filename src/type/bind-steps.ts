import type {List, ListItem, Section} from '../document/types.ts'
import {findSlip, isSlip} from './nearest.ts'
import {headingForm, wordsOf} from './normalize.ts'
import type {BoundSteps, StepSpec} from './types.ts'

/** The items of a section's lists against those that it has to have, known by their leading words. */
export function bindSteps(
  section: Section,
  lists: readonly List[],
  specs: readonly StepSpec[],
  others: readonly string[],
): BoundSteps {
  const items = lists.flatMap((list) => list.items)
  const texts = new Map(items.map((item) => [item, headingForm(item.lead?.text ?? item.text)]))
  const words = new Map(
    items.map((item) => [item, new Set(wordsOf(`${texts.get(item) ?? ''} ${headingForm(item.text)}`))]),
  )
  const taken = new Set<ListItem>()
  const found: {spec: StepSpec; item: ListItem}[] = []
  for (const test of [leads, overlaps]) {
    for (const spec of specs) {
      if (found.some((one) => one.spec === spec)) continue
      const item = items.find(
        (one) => !taken.has(one) && test(spec, texts.get(one) ?? '', headingForm(one.text), words.get(one)),
      )
      if (!item) continue
      taken.add(item)
      found.push({spec, item})
    }
  }
  for (const {spec, item} of beginningAlike(specs, items)) {
    if (taken.has(item) || found.some((one) => one.spec === spec)) continue
    taken.add(item)
    found.push({spec, item})
  }
  const rest = others.map(headingForm)
  const spare = items.filter((item) => !taken.has(item))
  const missing = specs.filter(
    (spec) => spec.required && !found.some((one) => one.spec === spec) && !rest.some((text) => leads(spec, text, text)),
  )
  return {
    section,
    lists,
    found,
    missing: missing.map((spec) => ({
      spec,
      after: found.findLast((one) => specs.indexOf(one.spec) < specs.indexOf(spec))?.item,
      near: findSlip(spare, (item) => isSlip(headingForm(spec.text), texts.get(item) ?? '')),
    })),
  }
}

/** Letters of a word that says what an item is about; "each" and "all" don't. */
const telling = 5

/** "UNIQUE on (`code`)" is "UNIQUE constraints where needed", if no other item and no other step begins with that word. */
function beginningAlike(
  specs: readonly StepSpec[],
  items: readonly ListItem[],
): readonly {readonly spec: StepSpec; readonly item: ListItem}[] {
  const first = (text: string): string => /^[\p{L}\p{N}-]+/u.exec(headingForm(text))?.[0] ?? ''
  return specs.flatMap((spec) => {
    const word = first(spec.text)
    if (word.length < telling || specs.some((one) => one !== spec && first(one.text) === word)) return []
    const [item, ...more] = items.filter((one) => first(one.text) === word)
    return item && more.length === 0 ? [{spec, item}] : []
  })
}

function names(spec: StepSpec): readonly string[] {
  return [spec.text, ...spec.aliases].map(headingForm)
}

function leads(spec: StepSpec, lead: string, text: string): boolean {
  return names(spec).some((name) =>
    [lead, text].some(
      (own) => own === name || (own.startsWith(name) && !/^[\p{L}\p{N}]/u.test(own.slice(name.length))),
    ),
  )
}

/** Most of the words that carry meaning are there, or an alias stands somewhere in the item. */
function overlaps(spec: StepSpec, _lead: string, text: string, own: ReadonlySet<string> = new Set()): boolean {
  const words = wordsOf(spec.text)
  if (words.length >= 3 && words.filter((word) => own.has(word)).length >= Math.ceil(words.length * 0.8)) return true
  return spec.aliases.some((alias) =>
    ` ${text} `
      .replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')
      .includes(` ${headingForm(alias).replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')} `),
  )
}
