import {rules} from '../rules/index.ts'
import {readDocument} from './document/parse.ts'
import type {Json} from './document/types.ts'
import {type CorpusInferred, inferFrom, type TooFew} from './infer/corpus/corpus.ts'
import {factsOf} from './infer/corpus/facts.ts'
import {inferType, type TooLarge} from './infer/infer.ts'
import type {Inferred} from './infer/types.ts'
import type {LintResult} from './lint/types.ts'
import type {Dialect, SpecType} from './rule/types.ts'
import {builtinJson, builtinTypes} from './type/builtin.ts'
import {type Loaded, loadType} from './type/load.ts'

export {builtinTypes, rules}
export {type Applied, applyFixes, type FixOptions} from './lint/fix.ts'
export type {Finding, LintResult, SuppressedFinding} from './lint/types.ts'
export type {CorpusInferred, TooFew} from './infer/corpus/corpus.ts'
export type {Stranger} from './infer/corpus/strangers.ts'
export type {TooLarge} from './infer/infer.ts'
export type {Certainty, Claim, Evidence, Inferred} from './infer/types.ts'
export type {Loaded, TypeProblem} from './type/load.ts'
export type * from './rule/types.ts'

export interface LintTextOptions {
  /** Path for messages; it is not read. */
  readonly path?: string
  /** A type, or the name of a built-in one. Without it the document has to show its own. */
  readonly type?: SpecType | string
  /** Severity, or severity and options, by rule, as in a configuration. */
  readonly rules?: {readonly [rule: string]: Json}
  /** Of the SQL; without it the document shows its own. */
  readonly dialect?: Dialect
}

/** `too-deep`: lists and quotes nest so deeply that the text can't be read. */
export type LintTextResult = LintResult | {readonly kind: 'too-deep'}

/**
 * The type that a template describes, as JSON for `loadTypes`, with the lines that each constraint came from; a `problem` when
 * the template is larger than a type may be. `name` is the type's, in kebab case.
 */
export function inferFromTemplate(template: string, name: string): Inferred | TooLarge {
  return inferType(readDocument(template), name)
}

/**
 * The type that documents of one kind share, as JSON for `loadTypes`. `threshold` (above 0.5, at most 1) is the part of them that
 * has to have something for it to be required. Each claim holds a line of every document that shows it, and in `against` of
 * every one that doesn't; `strangers` were left out. A `problem` for fewer than three documents, or none that are alike.
 */
export function inferFromDocuments(
  documents: readonly {readonly path?: string; readonly text: string}[],
  name: string,
  threshold = 0.95,
): CorpusInferred | TooFew {
  return inferFrom(
    documents.map(({path, text}) => factsOf(readDocument(text, path === undefined ? {} : {path}))),
    name,
    threshold,
  )
}

/** Reads types from parsed JSON; `extends` may name a built-in type. Mistakes come back as problems with their place. */
export function loadTypes(files: readonly unknown[]): readonly Loaded[] {
  return files.map((file) => loadType(file, (name) => builtinJson(name)))
}
