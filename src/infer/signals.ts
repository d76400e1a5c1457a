import type {SpecDocument} from '../document/types.ts'
import type {Key} from './metadata.ts'
import type {Slot} from './outline.ts'
import {claim, object, plain, seen, told} from './told.ts'
import type {Map, Told} from './types.ts'
import {isCommonHeading, isCommonKey} from './vocabulary.ts'

const mostSignals = 30

/** How documents of the type show themselves: by keys, a title and headings, the rarer the heavier. */
export function detectOf(
  document: SpecDocument,
  keys: readonly Key[],
  signal: string | undefined,
  slots: readonly Slot[],
): Told<Map | undefined> {
  const fixed = slots
    .filter(({shape, told: {value}}) => shape.kind === 'fixed' && value['required'] === true)
    .slice(0, mostSignals)
  const metadata = keys
    .filter(({required, name}) => required && !isCommonKey(name))
    .slice(0, 10)
    .map(({name}) => weighted(name, 2))
  const title = signal === undefined ? [] : [weighted(signal, 2)]
  const headings = fixed.map(({shape}) => weighted(shape.heading, isCommonHeading(shape.heading) ? 1 : 2))
  const sum = [...metadata, ...title, ...headings].reduce((total, {weight}) => total + weight, 0)
  const [first] = document.sections
  if (sum < 3 || !first) return told(undefined)
  const minimum = Math.max(3, Math.ceil(sum * 0.5))
  const some = claim(`of this type by itself with ${minimum} of ${sum} points`, 'guessed', seen(document, first), {
    doubt: 'Half of the signs make a document one of this type; a configuration that names its files needs none.',
  })
  return object({
    metadata: plain(metadata.length > 0 ? metadata : undefined),
    title: plain(title.length > 0 ? title : undefined),
    headings: plain(headings.length > 0 ? headings : undefined),
    minimum: told(minimum, some),
  })
}

function weighted(text: string, weight: number): {readonly text: string; readonly weight: number} {
  return {text, weight}
}
