import type {Json} from '../../document/types.ts'
import {keyForm} from '../../type/normalize.ts'
import {humanName} from '../infer.ts'
import {phasesFrom} from '../phases.ts'
import {object, plain, told, under} from '../told.ts'
import type {Inferred, Map as JsonMap, Told} from '../types.ts'
import {isCommonHeading, isCommonKey, settingsFor, vocabulary} from '../vocabulary.ts'
import type {Facts} from './facts.ts'
import {idsFrom} from './ids.ts'
import {type CorpusKey, identityKey, keysOf, metadataFrom, statusOf} from './metadata.ts'
import {setAside, type Stranger} from './strangers.ts'
import {type CorpusSlot, type Level, levelOf, type State} from './sections.ts'
import {counted, share, type Support} from './support.ts'
import {type CorpusTitle, titleFrom} from './title.ts'

export interface CorpusInferred extends Inferred {
  /** How many documents it was inferred from. */
  readonly documents: number
  /** Documents that have next to nothing in common with the others; nothing was inferred from them. */
  readonly strangers: readonly Stranger[]
}

/** Too few documents, or none that are alike. */
export interface TooFew {
  readonly problem: string
  readonly help: string
}

const fewestDocuments = 3

/**
 * The type that documents share. `threshold` (above 0.5, at most 1) is the part of them that has to have something for it to be
 * required. Each claim holds a line of every document that shows it, and in `against` of every one that does not.
 */
export function inferFrom(documents: readonly Facts[], name: string, threshold: number): CorpusInferred | TooFew {
  if (documents.length < fewestDocuments)
    return {
      problem: `${documents.length === 1 ? 'One document is' : `${documents.length} documents are`} too few to infer a type from`,
      help: `Name ${fewestDocuments} documents of one kind or more, or give their template: \`spec-lint infer TEMPLATE\`.`,
    }
  const {kept, strangers} = setAside(documents)
  const keys = keysOf(kept, threshold)
  const state: State = {threshold, ids: new Set(), roles: new Set()}
  const level = levelOf(
    kept.map(({tops, first}) => ({headings: tops, at: first})),
    1,
    state,
  )
  if (kept.length < fewestDocuments || (keys.length === 0 && level.slots.length === 0))
    return {problem: 'The documents have nothing in common', help: 'Name documents of one kind alone.'}
  const title = titleFrom(kept, keys, threshold)
  const body = object({
    name: plain(name),
    title: plain(humanName(name)),
    description: plain(`Inferred from ${kept.length} documents.`),
    detect: detectFrom(kept, keys, title, level.slots, threshold),
    documentTitle: title.told,
    metadata: metadataFrom(keys, kept),
    outline: outlineFrom(level),
    phases: phasesOfStatus(statusOf(keys)),
    ids: idsFrom(kept, level.slots, threshold),
    identity: identityFrom(keys, title),
    relations: relationsFrom(keys),
    rules: rulesFrom(kept, state.roles),
  })
  return {json: body.value, claims: body.claims, documents: kept.length, strangers}
}

function outlineFrom({slots, order}: Level): Told<JsonMap> {
  return object({
    order,
    additional: plain(true),
    sections: {
      value: slots.map((slot) => slot.told.value),
      claims: slots.flatMap((slot, index) => under(slot.told.claims, index)),
    },
  })
}

function phasesOfStatus(status: CorpusKey | undefined): Told<Json | undefined> {
  const [first] = status?.found.filter((key) => key !== undefined) ?? []
  return status && first && status.kind.choice.length > 1 ? phasesFrom(status.kind.choice, first.at) : told(undefined)
}

function identityFrom(keys: readonly CorpusKey[], title: CorpusTitle): Told<Json | undefined> {
  const key = identityKey(keys)
  return key ? object({metadata: told(key.name, counted('one of a kind', 'shown', key.support))}) : title.identity
}

function relationsFrom(keys: readonly CorpusKey[]): Told<Json | undefined> {
  const found = keys.flatMap(({name, form, support}) => {
    const kind = vocabulary.relations.find((relation) => relation.keys.includes(keyForm(form)))?.kind
    return kind === undefined ? [] : [{kind, key: name, support}]
  })
  if (found.length === 0) return told(undefined)
  return {
    value: found.map(({kind, key}) => ({kind, key})),
    claims: found.flatMap(({support}, index) => under([counted('names other documents', 'shown', support)], index)),
  }
}

/** What more than one document in ten doesn't do, no document is asked for. */
function rulesFrom(documents: readonly Facts[], roles: ReadonlySet<string>): Told<JsonMap> {
  const habits = [...new Set(documents.flatMap((one) => Object.keys(one.habits)))].flatMap((rule) => {
    const support: Support = {
      shows: documents.filter((one) => one.habits[rule] === false).map(({first}) => first),
      lacks: documents.filter((one) => one.habits[rule] === true).map(({first}) => first),
    }
    return share(support) > 0.1 ? [{rule, support}] : []
  })
  return {
    value: {...settingsFor('', roles), ...Object.fromEntries(habits.map(({rule}) => [rule, 'off']))},
    claims: habits.flatMap(({rule, support}) => under([counted('off, documents break it', 'shown', support)], rule)),
  }
}

interface Sign {
  readonly text: string
  readonly weight: number
  readonly has: (document: Facts, index: number) => boolean
}

/** Signs of the type; of itself is what has as many of them as nearly all documents do. */
function detectFrom(
  documents: readonly Facts[],
  keys: readonly CorpusKey[],
  title: CorpusTitle,
  slots: readonly CorpusSlot[],
  threshold: number,
): Told<JsonMap | undefined> {
  const metadata = keys
    .filter(({required, name}) => required && !isCommonKey(name))
    .slice(0, 10)
    .map(({name, found}): Sign => ({text: name, weight: 2, has: (_, index) => found[index] !== undefined}))
  const titles = title.signal === undefined ? [] : [titleSign(title.signal)]
  const headings = slots
    .filter(({required, group}) => required && group.pattern === undefined && !group.repeats)
    .slice(0, 30)
    .map(({group: {heading, found}}): Sign => {
      return {text: heading, weight: isCommonHeading(heading) ? 1 : 2, has: (_, index) => found.has(index)}
    })
  const all = [...metadata, ...titles, ...headings]
  const scores = documents.map((document, index) =>
    all.reduce((sum, sign) => sum + (sign.has(document, index) ? sign.weight : 0), 0),
  )
  const lowest = scores.toSorted((a, b) => b - a)[Math.ceil(scores.length * threshold) - 1] ?? 0
  if (lowest < 3) return told(undefined)
  const support: Support = {
    shows: documents.filter((_, index) => (scores[index] ?? 0) >= lowest).map(({first}) => first),
    lacks: documents.filter((_, index) => (scores[index] ?? 0) < lowest).map(({first}) => first),
  }
  const written = (signs: readonly Sign[]): Told<Json | undefined> =>
    plain(signs.length > 0 ? signs.map(({text, weight}) => ({text, weight})) : undefined)
  return object({
    metadata: written(metadata),
    title: written(titles),
    headings: written(headings),
    minimum: told(
      lowest,
      counted(`of this type by itself with ${lowest} points`, 'guessed', support, {doubt: signsDoubt}),
    ),
  })
}

const signsDoubt = 'Other documents may have the same signs; a configuration that names its files needs none.'

function titleSign(signal: string): Sign {
  const expression = new RegExp(signal.replace('(?i)', ''), 'iu')
  return {text: signal, weight: 2, has: ({title}) => title !== undefined && expression.test(title.text)}
}
