import {expect, test} from 'vitest'
import {lintFiles, type LintFilesOptions, SpecLintError} from '../../src/index.ts'
import {folder, root} from '../support/cli.ts'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

const clean = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')
const made = folder({'a.md': clean.replace(/^status: .*$/mu, 'status: Parked')})

test.for<readonly [string, LintFilesOptions, string, string]>([
  ['no rule to run', {only: ['status-enun']}, 'There is no rule `status-enun`', 'Perhaps you meant `status-enum`.'],
  ['no rule to skip', {skip: ['status-enun']}, 'There is no rule `status-enun`', 'Perhaps you meant `status-enum`.'],
  [
    'no rule to set',
    {rules: {'staus-enum': 'off'}},
    'There is no rule `staus-enum`',
    'Perhaps you meant `status-enum`.',
  ],
  [
    'no severity',
    {rules: JSON.parse('{"status-enum": "eror"}')},
    "`status-enum` can't be `eror`",
    'Write `off`, `info`, `warn` or `error`, alone or with options behind it: `["error", {…}]`.',
  ],
  ['no type', {type: 'prdd'}, 'There is no type `prdd`', 'Write `prd`.'],
  [
    'no part',
    {shard: {index: 3, count: 2}},
    '`--shard 3/2` is no part of a whole',
    'Write it as `--shard 1/4`: the first of four parts, 1000 at most.',
  ],
])('an option that names %s', async ([, options, message, help]) => {
  const run = lintFiles(['a.md'], {cwd: made.path, config: false, ...options})
  await expect(run).rejects.toBeInstanceOf(SpecLintError)
  await expect(run).rejects.toMatchObject({message, help})
})

test('a type by its name', async () => {
  const {files} = await lintFiles(['a.md'], {
    cwd: made.path,
    type: 'prd',
    only: ['status-enum'],
    rules: {'status-enum': 'info'},
  })
  expect(
    files.map(({path, result}) => [path, result.findings.map(({ruleId, severity}) => [ruleId, severity])]),
  ).toEqual([['a.md', [['status-enum', 'info']]]])
})
