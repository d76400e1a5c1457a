import {createHash} from 'node:crypto'
import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {rules} from '../../rules/index.ts'
import {readDocument} from '../../src/document/parse.ts'
import {inferType} from '../../src/infer/infer.ts'
import type {Inferred} from '../../src/infer/types.ts'
import type {Finding} from '../../src/lint/types.ts'
import type {SpecType} from '../../src/rule/types.ts'
import {builtinType, findingsOf, typeFrom} from '../support/lint.ts'
import {mutantsOf} from '../support/mutants.ts'

const root = join(import.meta.dirname, '../..')

export const names: readonly string[] = readdirSync(join(root, 'fixtures/templates')).map((file) =>
  file.replace(/\.md$/u, ''),
)

export function templateOf(name: string): string {
  return readFileSync(join(root, 'fixtures/templates', `${name}.md`), 'utf8')
}

export function fixturesOf(name: string): readonly {readonly file: string; readonly text: string}[] {
  const folder = join(root, 'fixtures/types', name)
  return readdirSync(folder).map((file) => ({file, text: readFileSync(join(folder, file), 'utf8')}))
}

export function inferred(text: string, name = 'inferred'): Inferred {
  const found = inferType(readDocument(text), name)
  if ('problem' in found) throw new Error(found.problem)
  return found
}

export function typeOf(text: string): SpecType {
  return typeFrom(inferred(text).json)
}

/** So many mutants of each fixture are compared, besides those that the page names. */
const compared = 20

/**
 * Where the built-in type and the one inferred from its template say different things of a mutant. All mutants take minutes:
 * compared are those with the lowest hashes of file and fault, the same ones in each run, and others in each fixture. Each
 * template has words of its own, so the mutants with words of the other one are none of them.
 */
export function differencesOf(
  name: string,
  always: readonly string[],
): readonly {readonly fault: string; readonly rules: readonly string[]}[] {
  const own = typeOf(templateOf(name))
  const builtin = builtinType(name)
  const foreign = new Set(['leave guidance', `leave ${builtin.template.placeholders[0] ?? ''}`])
  const sample = fixturesOf(name).flatMap(({file, text}) => {
    const all = mutantsOf(text, builtin)
      .filter(({fault}) => !foreign.has(fault))
      .map((mutant) => ({mutant, hash: createHash('sha256').update(`${file}: ${mutant.fault}`).digest('hex')}))
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
      .map(({mutant}) => mutant)
    return [...all.slice(0, compared), ...all.slice(compared).filter(({fault}) => always.includes(fault))]
  })
  return sample.flatMap(({fault, text}) => {
    const one = findingsOf(text, rules, builtin)
    const other = findingsOf(text, rules, own)
    const lacking = [...without(one, other), ...without(other, one)]
    return lacking.length === 0 ? [] : [{fault, rules: lacking.map(({ruleId}) => ruleId)}]
  })
}

function without(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const keys = new Set(others.map(keyOf))
  return some.filter((finding) => !keys.has(keyOf(finding)))
}

function keyOf({ruleId, start, end}: Finding): string {
  return `${ruleId} ${start} ${end}`
}

/** The rows of the table in `docs/infer.md`: type, fault, rule. */
export function writtenDifferences(): readonly {
  readonly type: string
  readonly fault: string
  readonly rule: string
}[] {
  const page = readFileSync(join(root, 'docs/infer.md'), 'utf8')
  return [...page.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|/gmu)].map(
    ([, type = '', fault = '', rule = '']) => ({type, fault, rule}),
  )
}
