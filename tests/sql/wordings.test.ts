import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {createSource} from '../../src/document/source.ts'
import {builtinType, findingsOf} from '../support/lint.ts'
import {faults, halvesOf, type Part, story} from './wordings/story.ts'
import {documentOf, type Style, tellings, usual} from './wordings/wordings.ts'

const watched = new Set([
  'columns-match-sql',
  'enum-matches-check',
  'foreign-key-target',
  'migration-covers-schema',
  'migration-required',
  'rollback-covers-migration',
  'rollback-required',
  'sql-syntax',
  'undefined-object',
])
const own = rules.filter(({id}) => watched.has(id))
const type = builtinType('prd')
const clean = halvesOf(story)

function found(text: string): readonly string[] {
  const source = createSource(text)
  const lines = text.split('\n')
  return findingsOf(text, own, type).map(({ruleId, reason, start}) => {
    const {line} = source.pointOf(start)
    return `${ruleId}: ${reason} <${lines[line - 1] ?? ''}>`
  })
}

describe.for(Object.keys(tellings) as (keyof Style)[])('%s', (dimension) => {
  const part: Part = dimension === 'heads' ? 'columns' : dimension
  const cases = tellings[dimension].map((name) => [name, {...usual, [dimension]: name}] as const)

  test.for(cases)('%s: a document that is right has no finding', ([, style]) => {
    expect(found(documentOf(style, clean))).toEqual([])
  })

  test.for(cases)('%s: each mistake is found on its line', ([, style]) => {
    const left = faults
      .filter((fault) => fault.part === part)
      .filter((fault) => !found(documentOf(style, fault)).some((one) => one.includes(fault.word)))
      .map((fault) => fault.name)
    expect(left).toEqual([])
  })
})

test('wordings that stand together say nothing that is wrong', () => {
  const one = (dimension: keyof Style): fc.Arbitrary<string> => fc.constantFrom(...tellings[dimension])
  const style = fc.record({
    heads: one('heads'),
    columns: one('columns'),
    gains: one('gains'),
    enums: one('enums'),
    indexes: one('indexes'),
    constraints: one('constraints'),
    halves: one('halves'),
  })
  fc.assert(
    fc.property(style, (mixed) => {
      expect(found(documentOf(mixed, clean))).toEqual([])
    }),
    {numRuns: 25},
  )
})
