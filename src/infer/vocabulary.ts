import words from '../../schemas/vocabulary.json' with {type: 'json'}
import {headingForm, keyForm, sameHeading} from '../type/normalize.ts'
import {matches} from '../type/regex.ts'
import type {Json} from '../document/types.ts'
import type {PhaseKind} from '../type/types.ts'

/** What words of templates mean is data: `schemas/vocabulary.json`. Expressions are RE2, in any case. */
export const vocabulary = words

const longestText = 4000

/** Whether one of some expressions is found in a text. */
export function saysOneOf(patterns: readonly string[], text: string): boolean {
  const cut = text.slice(0, longestText)
  return patterns.some((pattern) => matches(pattern, cut))
}

export function says(pattern: string, text: string): boolean {
  return matches(pattern, text.slice(0, longestText))
}

interface Role {
  readonly role: string
  readonly names: readonly string[]
  readonly behind?: string
  readonly children?: string
  readonly only?: string
  readonly top?: boolean
  readonly aliases?: {readonly [heading: string]: readonly string[] | undefined}
}

/** What is known of a heading by its name; `taken` are the roles that earlier sections have. */
export function roleOf(heading: string, taken: ReadonlySet<string>, isTop: boolean): Role | undefined {
  const roles: readonly Role[] = words.roles
  const known = roles.filter(
    ({names, top}) => (isTop || top !== true) && names.some((name) => sameHeading(name, heading)),
  )
  return known.findLast(({behind}) => behind !== undefined && taken.has(behind)) ?? known.find(({behind}) => !behind)
}

/** Other headings that mean the same. */
export function aliasesOf(heading: string): readonly string[] {
  const roles: readonly Role[] = words.roles
  const form = headingForm(heading)
  const own = roles.flatMap(({aliases = {}}) =>
    Object.entries(aliases).flatMap(([name, others]) => (headingForm(name) === form ? (others ?? []) : [])),
  )
  const twins = words.aliases.filter((names) => names.some((name) => headingForm(name) === form)).flat()
  return [...new Set([...own, ...twins])].filter((name) => headingForm(name) !== form)
}

const common = new Set(words.common.map(headingForm))
const commonKeys = new Set(words.commonKeys.map(keyForm))

export function isCommonHeading(heading: string): boolean {
  return common.has(headingForm(heading))
}

export function isCommonKey(key: string): boolean {
  return commonKeys.has(keyForm(key))
}

export function phaseKindOf(status: string): PhaseKind | undefined {
  const form = keyForm(status)
  return words.phases.find((phase) => phase.words.includes(form))?.kind as PhaseKind | undefined
}

/** Other spellings of a metadata key: one author and several. */
export function twinsOf(key: string): readonly string[] {
  const form = keyForm(key)
  const twins = words.twins.find((names) => names.includes(form)) ?? []
  return twins.filter((name) => name !== form)
}

/** Severities that the template's own words ask for, or don't. */
export function settingsFor(text: string, roles: ReadonlySet<string>): {readonly [rule: string]: Json} {
  const rules: readonly {
    readonly rule: string
    readonly asked?: string
    readonly else?: string
    readonly role?: string
    readonly setting?: Json
  }[] = words.rules
  return Object.fromEntries(
    rules.flatMap(({rule, asked, role, setting, else: otherwise}): readonly (readonly [string, Json])[] => {
      if (role !== undefined) return roles.has(role) && setting !== undefined ? [[rule, setting]] : []
      const lines = asked === undefined ? [] : text.split(/\r\n|\n|\r/u)
      return otherwise === undefined || lines.some((line) => says(asked ?? '', line)) ? [] : [[rule, otherwise]]
    }),
  )
}
