import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {findingsOf} from '../support/lint.ts'

// A document that is too large in some way has a finding that says so, in every type, and no rule fails.

const cases: readonly (readonly [name: string, sql: string, limit: string])[] = [
  ['nesting', `CREATE VIEW v AS SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)};`, 'more than 1,000 deep'],
  ['a statement', `INSERT INTO a (b) VALUES ('${'x'.repeat(1_000_000)}');`, 'more than 1,000,000 characters'],
]

describe.for(cases)('$0', ([, sql, limit]) => {
  test.for(builtinTypes().map((type) => [type.name, type] as const))('as %s', {timeout: 60_000}, ([, type]) => {
    const text = `# Large\n\n## Schema\n\n\`\`\`sql\nCREATE TABLE a (b INT);\n\`\`\`\n\n## Migration\n\n\`\`\`sql\n${sql}\n\`\`\`\n`
    const family = rules.filter(({category}) => category === 'migration')
    const findings = findingsOf(text, family, type)
    expect(findings.filter(({ruleId}) => ruleId === 'internal-error')).toEqual([])
    expect(findings.filter(({reason}) => reason.includes(limit)).map(({ruleId}) => ruleId)).toEqual(['sql-syntax'])
  })
})
