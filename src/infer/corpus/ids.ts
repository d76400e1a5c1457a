import type {Json} from '../../document/types.ts'
import {singular} from '../entries.ts'
import {list, object, plain, told} from '../told.ts'
import type {Told} from '../types.ts'
import type {Facts, IdFact} from './facts.ts'
import type {CorpusSlot} from './sections.ts'
import {counted, mostCommon, type Support, tally} from './support.ts'

const mostKinds = 10

/** Kinds of identifier that at least half of the documents give a meaning to, all written in one form. */
export function idsFrom(
  documents: readonly Facts[],
  slots: readonly CorpusSlot[],
  threshold: number,
): Told<Json | undefined> {
  const prefixes = tally(documents.flatMap(({ids}) => [...new Set(ids.map(({prefix}) => prefix))]))
    .filter(([prefix, count]) => count * 2 >= documents.length && count > 1 && counts(prefix, documents) > count)
    .slice(0, mostKinds)
  return list(prefixes.flatMap(([prefix]) => kindOf(prefix, documents, slots, threshold)))
}

/** More than one in a document: else it is the document's own. */
function counts(prefix: string, documents: readonly Facts[]): number {
  return documents.reduce(
    (sum, {ids}) => sum + new Set(ids.filter((one) => one.prefix === prefix).map(({id}) => id)).size,
    0,
  )
}

function kindOf(
  prefix: string,
  documents: readonly Facts[],
  slots: readonly CorpusSlot[],
  threshold: number,
): readonly Told<Json>[] {
  const own = documents.map(({ids}) => ids.filter((one) => one.prefix === prefix))
  const all = own.flat()
  const form = mostCommon(all.map(({id}) => formOf(id)))
  if (form === '' || all.filter(({id}) => formOf(id) === form).length < all.length * threshold) return []
  const home = homeOf(all, slots, threshold)
  const support: Support = {
    shows: own.flatMap(([first]) => (first ? [first.at] : [])),
    lacks: documents.filter((_, index) => own[index]?.length === 0).map(({first}) => first),
  }
  return [
    object({
      prefix: plain(prefix),
      name: plain(singular(home?.group.heading ?? prefix)),
      form: told(form, counted(`identifiers such as \`${form.replace('{n}', '1')}\``, 'shown', support)),
      in: plain(home && [home.id]),
    }),
  ]
}

/** `FR-12` is `FR-{n}`; parts of others (`FR-1.2`) have no form of their own. */
function formOf(id: string): string {
  return /^[A-Z]+-?\d+$/u.test(id) ? id.replace(/\d+$/u, '{n}') : ''
}

function homeOf(ids: readonly IdFact[], slots: readonly CorpusSlot[], threshold: number): CorpusSlot | undefined {
  const home = mostCommon(ids.map((one) => one.home ?? ''))
  const inside = ids.filter((one) => one.home === home).length
  if (home === '' || inside < ids.length * threshold) return undefined
  return slots.find(({group}) => [...group.found.values()].some((some) => some.some(({form}) => form === home)))
}
