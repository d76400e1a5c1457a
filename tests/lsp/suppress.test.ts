import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {readDocument} from '../../src/document/parse.ts'
import {edited} from '../../src/lint/fix.ts'
import type {Finding} from '../../src/lint/types.ts'
import {suppressionAt, suppressionOfFile} from '../../src/lsp/suppress.ts'
import {cases} from '../support/cases.ts'
import {findingsOf} from '../support/lint.ts'

/** What no comment suppresses, or what ends the reading of a document. */
const beyond = new Set(['suppression-unknown', 'suppression-unused', 'suppression-reason', 'suppression-rule'])

function firstOfEach(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.toReversed().map((finding) => [finding.ruleId, finding])).values()].filter(
    ({ruleId}) => !beyond.has(ruleId),
  )
}

const all = cases.flatMap(({name, text, type}) => {
  const found = findingsOf(text, rules, type)
  return firstOfEach(found).map(({ruleId, start}) => ({name, text, type, found, ruleId, start}))
})

test.for(all)('$ruleId in $name', ({text, type, found, ruleId, start}) => {
  const document = readDocument(text)
  const of = (findings: readonly Finding[]): number => findings.filter((one) => one.ruleId === ruleId).length
  const comment = suppressionAt(document, start, ruleId)
  if (comment) {
    const here = findingsOf(edited(text, [comment]), rules, type)
    expect(of(here)).toBeLessThan(of(found))
    expect(here.length - of(here), 'new findings').toBeLessThanOrEqual(found.length - of(found))
  }
  const file = findingsOf(edited(text, [suppressionOfFile(document, ruleId)]), rules, type)
  expect(of(file), 'in the file').toBe(0)
})

test.for<readonly [string, string, string]>([
  ['a value alone', 'status: Parked', 'status: Parked # spec-lint disable-line status-enum -- reason'],
  [
    'a comment behind the value',
    'status: "Parked" # Draft | Active',
    '# spec-lint disable-next-line status-enum -- reason\nstatus: "Parked" # Draft | Active',
  ],
  ['a mark within quotes', "status: 'a # b'", "status: 'a # b' # spec-lint disable-line status-enum -- reason"],
])('in the front matter, %s', ([, line, expected]) => {
  const text = `---\nprd_version: "1.0"\n${line}\n---\n\n# Title\n`
  const comment = suppressionAt(readDocument(text), text.indexOf('status') + 8, 'status-enum')
  expect(comment && edited(text, [comment])).toBe(text.replace(line, expected))
})

test('hardly any place takes no comment', () => {
  const without = all.filter(({text, start, ruleId}) => !suppressionAt(readDocument(text), start, ruleId))
  expect(without.length * 20).toBeLessThan(all.length)
})
