import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../rules/index.ts'
import type {AnyRule, Message} from '../src/rule/types.ts'

const root = join(import.meta.dirname, '..')

test('there are rules', () => expect(rules.length).toBeGreaterThan(20))

describe.for(rules)('$id', (rule) => {
  test('is named as its file, in kebab case', () => {
    expect(rule.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/u)
    expect(existsSync(join(root, 'rules', `${rule.id}.ts`))).toBe(true)
  })

  test('says what, why and what to do, in sentences', () => {
    for (const words of [rule.docs.summary, rule.docs.why, rule.docs.remedy, rule.docs.exceptions ?? 'None.']) {
      expect(words).toMatch(/^[A-Z`"0-9].*\.$/su)
      expect(words).not.toMatch(/!(?=\s|$)|\bplease\b/iu)
    }
  })

  test.for(Object.entries(rule.messages))('message %s leads with the problem and says what to write', ([, message]) => {
    expect(message.reason.length).toBeLessThanOrEqual(120)
    expect(message.reason).not.toMatch(/[.!]$|\bplease\b|\bshould\b/iu)
    expect(message.note).toMatch(/[.}]$/u)
    expect(message.note).not.toMatch(/\bplease\b|!(?=\s|$)/iu)
  })

  test.for(Object.entries(rule.messages))('message %s is shown by a fixture', ([, message]) => {
    expect(reasonsOf(rule).some((reason) => fits(message, reason))).toBe(true)
  })

  test.for(Object.entries(rule.options))('option %s has a description', ([, option]) => {
    expect(option.description).toMatch(/^[A-Z].*\.$/su)
  })
})

function reasonsOf(rule: AnyRule): readonly string[] {
  const folder = join(root, 'fixtures/rules', rule.id)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.expected.json'))
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly {readonly reason: string}[])
    .map(({reason}) => reason)
}

/** Whether a reason can have come from a message's template. */
function fits({reason: template}: Message, reason: string): boolean {
  const pieces = template.split(/\{\w+\}/u).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
  return new RegExp(`^${pieces.join('.*')}$`, 'u').test(reason)
}
