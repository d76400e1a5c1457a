import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {lintText} from '../../src/lint/lint.ts'
import type {Finding} from '../../src/lint/types.ts'
import {createSource} from '../../src/document/source.ts'
import type {AnyRule, SpecType} from '../../src/rule/types.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {loadType} from '../../src/type/load.ts'

export const project = {today: '2026-11-21'}

/** The findings of some rules on a text, as the given type. */
export function findingsOf(text: string, rules: readonly AnyRule[], type?: SpecType): readonly Finding[] {
  const result = lintText(text, {rules, config: new Map(), types: builtinTypes(), project}, {type})
  return result.kind === 'linted' ? result.findings : []
}

/** `type.json` of a fixture folder: a type, or `{"type": "<name of a built-in one>"}`. */
export function typeOf(folder: string): SpecType | undefined {
  const path = join(folder, 'type.json')
  if (!existsSync(path)) return undefined
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof json === 'object' && json !== null && 'type' in json) return builtinType(String(json.type))
  const loaded = loadType(json, () => undefined)
  if ('problems' in loaded) throw new Error(`${path}: ${JSON.stringify(loaded.problems)}`)
  return loaded.type
}

export function builtinType(name: string): SpecType {
  const type = builtinTypes().find((candidate) => candidate.name === name)
  if (!type) throw new Error(`no built-in type ${name}`)
  return type
}

/** A finding as a fixture's `.expected.json` has it. */
export function summary(text: string, finding: Finding): object {
  const source = createSource(text)
  const start = source.pointOf(finding.start)
  const end = source.pointOf(finding.end)
  return {
    rule: finding.ruleId,
    severity: finding.severity,
    place: `${start.line}:${start.column}-${end.line}:${end.column}`,
    text: finding.actual,
    reason: finding.reason,
    note: finding.note,
    ...(finding.expected.length > 0 && {expected: finding.expected}),
    ...(finding.fix && {fix: finding.fix}),
    ...(finding.related.length > 0 && {related: finding.related.map(({message}) => message)}),
  }
}
