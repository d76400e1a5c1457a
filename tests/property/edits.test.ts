import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test, vi} from 'vitest'
import type {Parsed} from '../../src/document/reparse.ts'
import type {Finding} from '../../src/lint/types.ts'
import {edited, editOf} from '../support/edits.ts'

const types = ['prd', 'data-migration', 'database-schema'] as const

/** What an author types into one. */
const pieces = [
  'x',
  '\n\n## 9.9 More\n\n',
  '\n```sql\n',
  '\n```\n',
  ' NOT NULL',
  ';\nALTER TABLE orders ADD COLUMN note TEXT;\n',
  "CHECK (status IN ('open', 'done'))",
  '`orders`',
  '\n- **Rollback**: drop it\n',
  '| a | b |\n',
  'P99 < 5 ms, P50 < 9 ms',
  '[Name]',
  '<!-- spec-lint ignore no-placeholder -->\n',
  '',
]

const edit = editOf(fc.constantFrom(...pieces), 40)

/** The linter with nothing in its memory. */
async function load(): Promise<(text: string, before?: Parsed) => Promise<readonly [readonly Finding[], Parsed]>> {
  vi.resetModules()
  const {reparse} = await import('../../src/document/reparse.ts')
  const {readDocument} = await import('../../src/document/parse.ts')
  const {prepareDocument} = await import('../../src/lint/prepare.ts')
  const {lintPrepared} = await import('../../src/lint/lint.ts')
  const {noProject} = await import('../../src/lint/no-project.ts')
  const {loadSchemaParsers} = await import('../../src/sql/load.ts')
  const {builtinTypes} = await import('../../src/type/builtin.ts')
  const {rules} = await import('../../rules/index.ts')
  return async (text, before) => {
    const parsed = reparse(before, text)
    const prepared = prepareDocument(readDocument(text, {tree: parsed.tree}), builtinTypes())
    if (!prepared) return [[], parsed]
    await loadSchemaParsers(prepared.document)
    const {findings} = lintPrepared(prepared, {rules, config: new Map(), project: noProject('2026-11-21')})
    return [findings, parsed]
  }
}

describe('a document that is edited', () => {
  test.for(types)('of the type %s has the findings that it has alone', {timeout: 120_000}, async (type) => {
    const clean = readFileSync(`fixtures/types/${type}/clean.md`, 'utf8')
    // One knows every text before, the other sees them from the last to the first, each as a whole.
    const [known, fresh] = [await load(), await load()]
    await fc.assert(
      fc.asyncProperty(fc.array(edit, {minLength: 2, maxLength: 5}), async (edits) => {
        const texts = [clean]
        for (const one of edits) texts.push(edited(texts.at(-1) ?? '', one))
        const found: (readonly Finding[])[] = []
        let parsed: Parsed | undefined
        for (const text of texts) {
          const [findings, now] = await known(text, parsed)
          found.push(findings)
          parsed = now
        }
        for (const [index, text] of [...texts.entries()].toReversed())
          expect(found[index]).toEqual((await fresh(text))[0])
      }),
      {numRuns: 6},
    )
  })
})
