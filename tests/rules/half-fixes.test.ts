import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import type {Finding} from '../../src/lint/types.ts'
import {createSource} from '../../src/document/source.ts'
import {halvesOf} from '../../src/rule/halves.ts'
import {prepare} from '../../src/lint/prepare.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {builtinType, findingsIn, findingsOf, typeOf} from '../support/lint.ts'
import type {SpecType} from '../../src/rule/types.ts'

// Each fix of the rules of migrations and rollbacks, applied alone: its finding is gone, and none came with it.

const ids = ['migration-covers-schema', 'rollback-covers-migration', 'rollback-required']
const fixtures = join(import.meta.dirname, '../../fixtures')
const own = rules.filter(({id}) => ids.includes(id))
const syntax = rules.filter(({id}) => id === 'sql-syntax')

interface Case {
  readonly name: string
  readonly text: string
  readonly finding: Finding
  readonly type: SpecType | undefined
}

function casesOf(name: string, text: string, type: SpecType | undefined, found: readonly Finding[]): readonly Case[] {
  return found
    .filter(({fix}) => fix !== undefined)
    .map((finding) => ({
      name: `${name}:${createSource(text).lineOf(finding.start)} ${finding.reason}`,
      text,
      finding,
      type,
    }))
}

const bad = ids.flatMap((id) => {
  const folder = join(fixtures, 'rules', id)
  return readdirSync(folder)
    .filter((file) => file.startsWith('bad-') && file.endsWith('.md'))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const found = findingsIn(folder, file, rules).filter(({ruleId}) => ids.includes(ruleId))
      return casesOf(`${id}/${file}`, text, typeOf(folder), found)
    })
})

/** Each clean document without one statement of its migration or of its rollback. */
const mutants = readdirSync(join(fixtures, 'types')).flatMap((name) =>
  readdirSync(join(fixtures, 'types', name))
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const type = builtinType(name)
      const text = readFileSync(join(fixtures, 'types', name, file), 'utf8')
      const prepared = prepare(text, builtinTypes(), {path: file, type})
      if (!prepared) return []
      const {up, down} = halvesOf(prepared)
      const steps = new Set(
        [...up, ...down].map(({statement}) => statement).filter(({code}) => code.language === 'sql'),
      )
      return [...steps].flatMap(({start, end}) => {
        const semicolon = /^\s*;?/u.exec(text.slice(end))?.[0].length ?? 0
        const mutant = text.slice(0, start) + text.slice(end + semicolon)
        const line = prepared.document.source.lineOf(start)
        return casesOf(`${name}/${file} without line ${line}`, mutant, type, findingsOf(mutant, own, type))
      })
    }),
)

describe.for([
  {where: 'bad documents', cases: bad, least: 8},
  {where: 'mutants', cases: mutants, least: 15},
])('$where', ({cases, least}) => {
  test('hold fixes', () => expect(cases.length).toBeGreaterThanOrEqual(least))

  test.for(cases)('$name', ({text, finding, type}) => {
    const fixed = (finding.fix?.edits ?? [])
      .toSorted((a, b) => b.start - a.start)
      .reduce((rest, {start, end, text: by}) => rest.slice(0, start) + by + rest.slice(end), text)
    const reasons = (from: string): readonly string[] =>
      findingsOf(from, [...own, ...syntax], type).map(({ruleId, reason}) => `${ruleId}: ${reason}`)
    const known = new Set(reasons(text))
    known.delete(`${finding.ruleId}: ${finding.reason}`)
    expect(reasons(fixed).filter((reason) => !known.has(reason))).toEqual([])
  })
})
