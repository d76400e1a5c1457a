import fc from 'fast-check'
import {expect, test} from 'vitest'
import {lintText} from '../../src/index.ts'
import {readDocument} from '../../src/document/parse.ts'
import {isMissing} from '../../src/rule/sections.ts'
import {renderType} from '../../src/scaffold/render.ts'
import type {Known} from '../../src/scaffold/types.ts'
import {bind} from '../../src/type/bind.ts'
import {builtinTypes} from '../../src/type/builtin.ts'

const today = '2026-03-31'
const known: Known = {
  kind: 'document',
  title: 'Shorter queues',
  identity: undefined,
  values: new Map(),
  today,
  author: 'Maria Lopez',
}
const types = builtinTypes().map((type) => ({name: type.name, type}))

/** What a new document may still lack: each finding quotes what stands in the place of the answer. */
const open = new Set(['no-placeholder'])

test.for(types)('a new $name needs nothing but what it asks its author for', async ({type}) => {
  for (const identity of [undefined, '13', 'DATA-015']) {
    const text = renderType(type, {...known, identity: type.identity?.kind === 'title' ? identity : undefined})
    const result = await lintText(text, {type})
    const findings = result.kind === 'linted' ? result.findings : []
    expect(findings.filter(({ruleId}) => !open.has(ruleId)).map(({ruleId, reason}) => `${ruleId}: ${reason}`)).toEqual(
      [],
    )
    expect(findings.length).toBeGreaterThan(5)
    for (const {actual, reason} of findings) expect(reason).toContain(actual)
  }
})

test.for(types)('a new $name shows itself to be one', async ({name, type}) => {
  const result = await lintText(renderType(type, {...known, identity: '13'}))
  expect(result.kind === 'linted' && result.type).toBe(name)
})

test.for(types)('a new $name has its required sections in order, and no other', ({type}) => {
  const document = readDocument(renderType(type, known))
  const bound = bind(document, type, new Set())
  expect(bound.sections.filter((one) => isMissing(one)).map(({spec}) => spec.heading)).toEqual([])
  expect(bound.sections.filter(({displaced}) => displaced.length > 0).map(({spec}) => spec.heading)).toEqual([])
  expect(bound.extras.map(({heading}) => heading?.text)).toEqual([])
})

test.for(types)('no title and no name of a person makes a $name that is read otherwise', ({type}) => {
  const shape = (text: string): readonly string[] =>
    readDocument(text).sections.map(({heading}) => heading?.title.text ?? '')
  const expected = shape(renderType(type, known)).slice(1)
  fc.assert(
    fc.property(fc.string({maxLength: 40}), fc.string({maxLength: 20}), (title, author) => {
      const clean = title.replaceAll(/[\s<>`*_[\]\\&!#|~]+/gu, ' ').trim()
      const made = shape(renderType(type, {...known, title: clean === '' ? undefined : clean, author}))
      expect(made.slice(1)).toEqual(expected)
    }),
    {numRuns: 40},
  )
})

test('what is known stands in the metadata', () => {
  const prd = types.find(({name}) => name === 'prd')
  const text = prd ? renderType(prd.type, {...known, identity: '13'}) : ''
  expect(text.split('\n').slice(0, 8)).toEqual([
    '---',
    'prd_version: "1.0"',
    'status: Draft',
    'last_updated: 2026-03-31',
    'owner: "@maria-lopez"',
    '---',
    '',
    '# 13 – Shorter queues',
  ])
  expect(text).toContain('### FR13.1 – [Name of the requirement]')
  expect(text).toContain('<!-- Variables and flags that operations has to set before the release.')
})
