import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {readDocument} from '../../src/document/parse.ts'
import {findingsOf} from '../support/lint.ts'
import {differencesOf, fixturesOf, inferred, names, templateOf, typeOf, writtenDifferences} from './agreement.ts'

/** What a template leaves to be filled in, the choice of a status among it. */
const left = new Set(['no-placeholder', 'no-template-guidance', 'status-enum'])

test('there are templates', () => expect(names.length).toBe(5))

describe.for(names)('%s', (name) => {
  const template = templateOf(name)
  const type = typeOf(template)

  test('its template is clean but for what is to be filled in', () => {
    expect(findingsOf(template, rules, type).filter(({ruleId}) => !left.has(ruleId))).toEqual([])
  })

  test.for(fixturesOf(name))('$file is clean', ({text}) => {
    expect(findingsOf(text, rules, type)).toEqual([])
  })

  test.for([
    ['CRLF', (text: string) => text.replaceAll(/\r?\n/gu, '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['without numbers', (text: string) => text.replaceAll(/^(##+) \d+(?:\.\d+)*\.? /gmu, '$1 ')],
  ] as const)('its fixtures are clean with %s, and the type is the same', ([, change]) => {
    expect(inferred(change(template)).json['outline']).toEqual(inferred(template).json['outline'])
    for (const {text} of fixturesOf(name)) expect(findingsOf(change(text), rules, type)).toEqual([])
  })

  test('differs from the type that spec-lint brings only where the page says so', {timeout: 120_000}, () => {
    const written = writtenDifferences().filter((row) => row.type === name)
    const found = differencesOf(
      name,
      written.map(({fault}) => fault),
    )
    const covered = (fault: string, rule: string): boolean =>
      written.some((row) => row.fault === fault && row.rule === rule)
    expect(found.filter((one) => one.rules.some((rule) => !covered(one.fault, rule)))).toEqual([])
    expect(
      written.filter((row) => !found.some((one) => one.fault === row.fault && one.rules.includes(row.rule))),
    ).toEqual([])
  })

  test('a sentence of its guidance that is left is found', () => {
    const [fixture] = fixturesOf(name)
    const sentence = type.template.guidance.find((words) => !/^[([]/u.test(words)) ?? ''
    expect(sentence).not.toBe('')
    const text = `${fixture?.text ?? ''}\n\n${sentence}\n`
    expect(findingsOf(text, rules, type).map(({ruleId, actual}) => [ruleId, actual])).toEqual([
      ['no-template-guidance', sentence],
    ])
  })

  test('each claim speaks of a place in the type, and of a line of the template', () => {
    const {json, claims} = inferred(template)
    const {lineCount} = readDocument(template).source
    expect(claims.length).toBeGreaterThan(20)
    for (const {at, evidence, says} of claims) {
      expect(pointed(json, at), at).not.toBeUndefined()
      expect(says).not.toMatch(/\.$/u)
      expect(evidence.length).toBeGreaterThan(0)
      for (const {line, text} of evidence) {
        expect(line).toBeLessThanOrEqual(lineCount)
        expect(text).not.toBe('')
      }
    }
  })
})

function pointed(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      json,
    )
}
