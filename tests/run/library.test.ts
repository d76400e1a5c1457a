import {expect, test} from 'vitest'
import {lintFiles, type LintFilesOptions, lintText, SpecLintError} from '../../src/index.ts'
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
  [
    'no option',
    {rules: {'no-placeholder': ['error', {alow: ['[RFC 2119]']}]}},
    '`alow` is no option of `no-placeholder`',
    'Perhaps you meant `allow`.',
  ],
  [
    'an option of a rule that has none',
    {rules: {'no-mojibake': ['error', {x: 1}]}},
    '`x` is no option of `no-mojibake`',
    'It has no options.',
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

test('the same of a text', async () => {
  const lint = (rules: NonNullable<LintFilesOptions['rules']>) => lintText(clean, {type: 'prd', rules})
  await expect(lint({'staus-enum': 'off'})).rejects.toThrow(
    new RangeError('There is no rule `staus-enum`. Perhaps you meant `status-enum`.'),
  )
  await expect(lint({'remark-lint/no-tabs': 'warn', 'no-placeholder': ['error', {allow: []}]})).resolves.toMatchObject({
    findings: [],
  })
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
