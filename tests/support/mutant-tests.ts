import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {createSource} from '../../src/document/source.ts'
import {findingsOf, builtinType} from './lint.ts'
import {mutantsOf} from './mutants.ts'

// Every single fault in a clean document gives one finding, of the right rule, on the right line, and nothing else.

const root = join(import.meta.dirname, '../../fixtures/types')
const documents = readdirSync(root).flatMap((name) =>
  readdirSync(join(root, name))
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({name, file, text: readFileSync(join(root, name, file), 'utf8')})),
)

/** The tests of every other document: they take long, and a file runs on one processor. */
export function testMutants(part: 0 | 1): void {
  test('there are documents', () => expect(documents.length).toBeGreaterThanOrEqual(10))

  describe.for(documents.filter((_, index) => index % 2 === part))('$name/$file', ({name, text}) => {
    const type = builtinType(name)

    test('is clean, and shows its type by itself', () => {
      expect(findingsOf(text, rules)).toEqual([])
      expect(findingsOf(text, rules, type)).toEqual([])
    })

    const mutants = mutantsOf(text, type)

    test('has mutants', () => expect(mutants.length).toBeGreaterThan(40))

    test.for(mutants)('$fault', (mutant) => {
      const source = createSource(mutant.text)
      const found = findingsOf(mutant.text, rules)
      const seen = found.map((finding) => ({
        rule: finding.ruleId,
        line: source.lineOf(finding.start),
        reason: finding.reason,
      }))
      expect(seen.length, JSON.stringify(seen)).toBe(1)
      expect(mutant.rules).toContain(seen[0]?.rule)
      if (mutant.lines.length > 0) expect(mutant.lines, JSON.stringify(seen)).toContain(seen[0]?.line)
    })
  })
}
