/**
 * What inference yields, whatever it reads: a type as JSON, and claims.
 *
 * A part of a type is `Told<T>`: a value together with the claims about it. A claim names the place in the type that it speaks
 * of (a JSON Pointer, relative to the value that carries it until `under` lifts it into the whole), says the constraint in
 * words, and carries evidence: the lines from which the constraint was read. One template gives one line or two; a corpus of
 * documents gives one for each document, and in `against` those that show the contrary. Whatever merges two sources joins the
 * evidence of claims with one pointer and settles how sure they are anew; nothing else has to know where a claim came from.
 */
import type {Json} from '../document/types.ts'
import type {TypeJson} from '../type/load.ts'

/** A line that shows something. */
export interface Evidence {
  /** Path of the file, as given; `undefined` for a text without one. */
  readonly path: string | undefined
  /** 1-based. */
  readonly line: number
  /** The line or the part of it that says so, on one line, cut. */
  readonly text: string
}

/** `stated`: the source says so in words; `shown`: its form shows it; `guessed`: it may be otherwise. */
export type Certainty = 'stated' | 'shown' | 'guessed'

/** One constraint of a type, with what it rests on. */
export interface Claim {
  /** JSON Pointer to the place in the type. */
  readonly at: string
  /** The constraint in words, without a full stop: ``required``, ``one of `H`, `M`, `L` ``. */
  readonly says: string
  readonly certainty: Certainty
  /** For a guess: what may be otherwise, a sentence. */
  readonly doubt: string | undefined
  readonly evidence: readonly Evidence[]
  /** Lines that show the contrary; a template alone has none. */
  readonly against: readonly Evidence[]
}

export interface Told<T extends Json | undefined> {
  readonly value: T
  readonly claims: readonly Claim[]
}

/** A JSON object under construction. */
export type Map = {readonly [key: string]: Json}

export interface Inferred {
  /** Valid against `schemas/spec-type.schema.json`. */
  readonly json: TypeJson
  /** In the order of the type. */
  readonly claims: readonly Claim[]
}
