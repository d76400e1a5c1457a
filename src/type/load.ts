import schema from '../../schemas/spec-type.schema.json' with {type: 'json'}
import {mergeTypes} from './extend.ts'
import {limitProblems} from './limits.ts'
import {nearest} from './nearest.ts'
import {readType} from './read.ts'
import {unfoldType} from './references.ts'
import {semanticProblems} from './semantics.ts'
import {checkValue} from './values.ts'
import type {JsonSchema, SpecType} from './types.ts'
import type {Json} from '../document/types.ts'

/** A mistake in a type file. */
export interface TypeProblem {
  /** JSON Pointer to the place. */
  readonly path: string
  readonly message: string
  readonly help: string
}

export type Loaded = {readonly type: SpecType} | {readonly problems: readonly TypeProblem[]}

/** The type language, as a JSON Schema. */
export const typeSchema = schema as unknown as JsonSchema

const longestChain = 10
const largest = 262_144

/**
 * Reads a type from parsed JSON. `resolve` gives the JSON of the type that `extends` names, or `undefined`.
 * Never throws: mistakes come back as problems.
 */
export function loadType(json: unknown, resolve: (reference: string) => unknown): Loaded {
  try {
    const chain = chainOf(json, resolve)
    if ('problems' in chain) return chain
    const limits = limitProblems(chain.merged)
    if (limits.length > 0) return {problems: limits}
    const {json: unfolded, problems: references} = unfoldType(chain.merged)
    const problems = references.length > 0 ? references : semanticProblems(unfolded)
    return problems.length > 0 ? {problems} : {type: readType(unfolded)}
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return {problems: [{path: '', message: `The type can't be read: ${words}`, help: 'Simplify the schema.'}]}
  }
}

/** A type that needs no check, and extends none: a built-in one. */
export function readSound(json: TypeJson): SpecType {
  return readType(unfoldType(json).json)
}

export type TypeJson = {readonly [key: string]: Json}

function chainOf(
  json: unknown,
  resolve: (reference: string) => unknown,
): {readonly merged: TypeJson} | {readonly problems: readonly TypeProblem[]} {
  const chain: TypeJson[] = []
  const seen = new Set<string>()
  let current = json
  while (current !== undefined) {
    const problems = shapeProblems(current)
    if (problems.length > 0) return {problems}
    const type = current as TypeJson
    chain.push(type)
    const base = type['extends']
    if (typeof base !== 'string') break
    if (seen.has(base))
      return extendsProblem(`\`extends: ${base}\` goes in a circle`, 'Let one of the types stand alone.')
    if (chain.length >= longestChain)
      return extendsProblem(`\`extends\` is more than ${longestChain} types deep`, 'Join some of the types.')
    seen.add(base)
    current = resolve(base)
    if (current === undefined)
      return extendsProblem(
        `\`extends: ${base}\` names no type`,
        'Name a built-in type or a relative path to a type file.',
      )
  }
  const [first, ...rest] = chain.toReversed()
  return {merged: rest.reduce(mergeTypes, first ?? {})}
}

function extendsProblem(message: string, help: string): {readonly problems: readonly TypeProblem[]} {
  return {problems: [{path: '/extends', message, help}]}
}

function shapeProblems(json: unknown): readonly TypeProblem[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return [{path: '', message: 'A type is an object', help: 'Begin with `{"name": …}`.'}]
  if (JSON.stringify(json).length > largest)
    return [{path: '', message: 'The type is larger than 256 KiB', help: 'Split it with `extends`.'}]
  return checkValue(typeSchema, json as Json)
    .filter(({keyword}) => keyword !== 'anyOf')
    .slice(0, 20)
    .map(({pointer, keyword, property, expected}) => {
      if (keyword === 'additionalProperties' && property !== undefined) return unknownKey(pointer, property)
      if (keyword === 'required')
        return {path: pointer, message: `\`${property}\` is missing`, help: `Add \`${property}\`.`}
      return {
        path: pointer,
        message: `The value is not what it has to be: expected ${expected}`,
        help: `Write ${expected}.`,
      }
    })
}

function unknownKey(pointer: string, property: string): TypeProblem {
  const [near] = nearest(property, knownKeys)
  return {
    path: `${pointer}/${property}`,
    message: `\`${property}\` is no key of a type here`,
    help: near === undefined ? 'Delete it.' : `Write \`${near}\`.`,
  }
}

const knownKeys: readonly string[] = [
  ...new Set([...JSON.stringify(typeSchema).matchAll(/"([A-Za-z$]+)":\{"/gu)].map(([, key = '']) => key)),
]
