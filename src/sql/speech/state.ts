import type {Act, ObjectKind, SpokenKind, SpokenName} from './model.ts'
import {properties} from './words.ts'

type Mutable<T> = {-readonly [K in keyof T]: T[K]}

/** Where the reader of prose is: the verb that governs, and what stands directly before. */
export interface State {
  act: Act
  /** Of the line that ends in a colon, for the items below it. */
  intro: Act
  kind: ObjectKind | undefined
  /** The verb, filler or preposition directly before. */
  before: 'verb' | 'place' | 'kind' | 'name' | 'aux' | 'article' | 'denial' | 'other' | 'start'
  belongs: boolean
  /** What follows "of" is what it is done to: "the type of `a`". */
  property: boolean
  /** Brackets that are open within back quotes: what stands in them is where, not what. */
  inside: number
  aside: boolean
  helper: boolean
  step: number
  /** First name and kind of the sentence. */
  sentence: readonly [number, number]
}

export function endSentence(state: State, names: readonly SpokenName[], kinds: readonly SpokenKind[], act: Act): void {
  state.act = act
  state.kind = undefined
  state.before = 'start'
  state.belongs = false
  state.helper = false
  state.step += 1
  state.sentence = [names.length, kinds.length]
}

/** "the drop of", "an update": a noun after an article; verbs that follow `keep` are no deeds. */
export function isNoun(word: string, {before, act}: State): boolean {
  return (
    (before === 'article' &&
      /^(?:set|use|test|check|count|lock|release|load|read|run|map|place|point|update|copy|change|export)$/u.test(
        word,
      )) ||
    (act === 'keep' && before === 'aux')
  )
}

export function setAct(act: Act, state: State): void {
  state.act = act
  state.aside = false
  state.kind = undefined
  state.before = 'verb'
  state.belongs = false
  state.step += 1
}

export function passive(act: Act, state: State, names: Mutable<SpokenName>[], kinds: Mutable<SpokenKind>[]): void {
  settle(act, state, names, kinds)
  setAct(act, state)
}

/** Gives a verb to what stands before it in the sentence and has none, or a vague one. */
export function settle(act: Act, {sentence}: State, names: Mutable<SpokenName>[], kinds: Mutable<SpokenKind>[]): void {
  const isFree = (one: {readonly act: Act}): boolean => one.act === 'none'
  for (const one of names.slice(sentence[0]).filter(isFree)) one.act = act
  for (const one of kinds.slice(sentence[1]).filter(isFree)) one.act = act
}

/** A word for what a column has; "of" leaves it as it is. */
export function noteProperty(word: string, state: State): void {
  if (word !== 'of') state.property = properties.test(word)
}
