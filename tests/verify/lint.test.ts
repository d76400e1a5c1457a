import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {folder, run} from '../support/cli.ts'

const clean = readFileSync(join(import.meta.dirname, '../../fixtures/types/data-migration/clean.md'), 'utf8')
const wrong = 'ON ticket_status_changes (lower(changed_at));'
const faulty = clean.replace('ON ticket_status_changes (changed_at);', wrong)
const line = faulty.slice(0, faulty.indexOf(wrong)).split('\n').length
const suppressed = faulty.replace(
  /^# .*$/mu,
  (title) => `${title}\n\n<!-- spec-lint disable migration-fails -- the cast is added by hand -->`,
)

test('a configuration has the migrations of some documents executed in a lint', {timeout: 120_000}, () => {
  const {path, remove} = folder({
    'spec-lint.yaml': `overrides:\n  - files: ['run/**']\n    rules: {migration-verified: error}\n`,
    'run/clean.md': clean,
    'run/faulty.md': faulty,
    'run/suppressed.md': suppressed,
    'run/open.md': clean.replaceAll('ticket_status_changes', '{{table}}'),
    'read/faulty.md': faulty,
  })
  onTestFinished(remove)
  const found = (args: readonly string[]): readonly string[] =>
    run(path, ['--format', 'compact', ...args])
      .stdout.split('\n')
      .flatMap((text) => {
        const [, place = '', rule = ''] =
          /^([^:]+:\d+):.*\[(migration-fails|migration-verified|unused-suppression)\]$/u.exec(text) ?? []
        return place === '' ? [] : [`${place} ${rule}`]
      })
  expect(found(['.'])).toEqual([`run/faulty.md:${line} migration-fails`, 'run/open.md:27 migration-verified'])
  expect(found(['.', '--skip', 'migration-verified'])).toEqual([])
})

const mysql = `# Specification: DM-002 Channel

**Database:** MySQL 8

## 3. Data Migration

### Migration Steps

\`\`\`sql
ALTER TABLE orders ADD COLUMN channel VARCHAR(20) NOT NULL DEFAULT 'web';
\`\`\`

### Rollback Plan

\`\`\`sql
ALTER TABLE orders DROP COLUMN channel;
\`\`\`
`

test('what was modelled is called so in the text and in the JSON, and is no warning', {timeout: 60_000}, () => {
  const {path, remove} = folder({
    'spec-lint.yaml': `types:\n  data-migration:\n    files: ['*.md']\n`,
    'one.md': mysql,
  })
  onTestFinished(remove)
  const text = run(path, ['verify', '.', '--format', 'compact'])
  expect(text.code).toBe(0)
  expect(text.stdout).toMatch(/^one\.md:10:1: info: The migration was modelled, not executed/u)
  expect(text.stderr).toContain('the document was modelled, not executed.')
  expect(run(path, ['verify', '.', '--max-warnings', '0']).code).toBe(0)
  expect(run(path, ['verify', '.', '--explain']).stdout).toContain('one.md: a model of MySQL; nothing was executed')
  const [evidence] = JSON.parse(run(path, ['verify', '.', '--json']).stdout) as readonly object[]
  expect(evidence).toMatchObject({basis: 'modelled', verdict: 'modelled: reversible', engine: 'a model of MySQL'})
})
