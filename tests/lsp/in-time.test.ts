import {join} from 'node:path'
import {expect, test} from 'vitest'
import {SpecLintError} from '../../src/config/error.ts'
import {lintText} from '../../src/index.ts'
import {createReader} from '../../src/lsp/in-time.ts'
import {createSession, type Linted} from '../../src/lsp/session.ts'
import {growing} from '../attacks/index.ts'
import {clean, place} from '../support/place.ts'

const slow = growing['em-stars-a-stars']?.(30_000) ?? ''
const deep = '> - '.repeat(2000)

function told(linted: Linted): string {
  return linted.kind === 'refused' ? `${linted.error.code}: ${linted.error.message}` : linted.kind
}

test('a text that takes too long or nests too deeply is refused, and the other ones are linted', async () => {
  const cwd = place({
    'a.md': clean,
    'spec-lint.yaml': 'types: {prd: {files: ["*.md"]}}\nlimits: {seconds: 0.5}\n',
  })
  const session = createSession([cwd])
  const at = (name: string, text: string): Parameters<typeof session.lint>[0] => ({
    uri: `file://${cwd}/${name}`,
    path: join(cwd, name),
    text,
  })
  expect(told(await session.lint(at('slow.md', slow)))).toMatch(
    /^document-timeout: Reading it was stopped after 0\.5 s/u,
  )
  expect(session.prepared(at('slow.md', `${slow}*`))).toBeUndefined()
  expect(told(await session.lint(at('deep.md', deep)))).toBe('too-deep: It is nested too deeply to be read')
  expect(told(await session.lint({uri: 'untitled:1', path: undefined, text: deep}))).toMatch(/^too-deep: /u)
  expect(told(await session.lint(at('a.md', clean)))).toBe('linted')
})

test('a document that was stopped is left alone for ten times as long', () => {
  let clock = 0
  const inTime = createReader(() => clock)
  const forever = (): never => {
    for (;;) clock += 1e-9
  }
  const reading = (document: string): string => {
    try {
      return inTime(document, 0.05, () => 'read')
    } catch (error) {
      return error instanceof SpecLintError ? error.code : 'another'
    }
  }
  expect(() => inTime('a', 0.05, forever)).toThrow(SpecLintError)
  const took = clock
  expect([reading('a'), reading('b')]).toEqual(['document-timeout', 'read'])
  clock += took * 9.9
  expect(reading('a')).toBe('document-timeout')
  clock += took * 0.2
  expect(reading('a')).toBe('read')
})

test('what a reader throws itself is thrown on', () => {
  const broken = new TypeError('broken')
  expect(() =>
    createReader()('a', 1, () => {
      throw broken
    }),
  ).toThrow(broken)
})

test('as a library, a text that nests too deeply is said to', async () => {
  expect(await lintText(deep, {type: 'prd'})).toEqual({kind: 'too-deep'})
})
