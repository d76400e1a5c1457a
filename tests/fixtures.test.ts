import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../rules/index.ts'
import {executedFindings} from './support/executed.ts'
import {findingsIn, summary} from './support/lint.ts'

const root = join(import.meta.dirname, '../fixtures/rules')

test('every folder is a rule, and every rule has a folder', () => {
  expect(readdirSync(root).toSorted()).toEqual(rules.map(({id}) => id).toSorted())
})

describe.for(rules)('$id', (rule) => {
  const folder = join(root, rule.id)
  const files = existsSync(folder) ? readdirSync(folder) : []
  const cases = files.filter((name) => /^(?:bad|good)-.*\.(?:md|sql|prisma|py|rb)$/u.test(name))

  test('has one bad document and two good ones', () => {
    expect(cases.filter((name) => name.startsWith('bad-')).length).toBeGreaterThanOrEqual(1)
    expect(cases.filter((name) => name.startsWith('good-')).length).toBeGreaterThanOrEqual(2)
  })

  test('has no expectation without its document', () => {
    const stems = new Set(cases.map((name) => name.replace(/\.\w+$/u, '')))
    const orphans = files.filter(
      (name) => name.endsWith('.expected.json') && !stems.has(name.replace('.expected.json', '')),
    )
    expect(orphans).toEqual([])
  })

  // An engine that is started on a machine with other work takes its time.
  test.for(cases)('%s', {timeout: rule.scope === 'proof' ? 120_000 : 10_000}, async (name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    const on = {...rule, severity: rule.severity === 'off' ? 'warning' : rule.severity}
    // What judges the comments needs what they suppress.
    const others = rule.category === 'suppressions' ? rules.filter(({id}) => id !== rule.id) : []
    const all =
      rule.scope === 'proof' ? await executedFindings(rule.id, name) : findingsIn(folder, name, [...others, on])
    const found = all.filter(({ruleId}) => ruleId === rule.id)
    if (name.startsWith('good-')) {
      expect(found.map((finding) => summary(text, finding))).toEqual([])
      return
    }
    expect(found.length, 'a bad document has a finding').toBeGreaterThan(0)
    const golden = join(folder, name.replace(/\.\w+$/u, '.expected.json'))
    const json = JSON.stringify(
      found.map((finding) => summary(text, finding)),
      undefined,
      2,
    )
    await expect(`${json}\n`).toMatchFileSnapshot(golden)
  })
})
