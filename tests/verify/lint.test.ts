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
