import {spawnSync} from 'node:child_process'
import {afterAll, describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {folder, run} from '../support/cli.ts'

const place = folder({'docs/a b.md': '', 'other.yaml': ''})
afterAll(place.remove)
const hasBash = spawnSync('bash', ['--version']).status === 0
const script = run(place.path, ['completions', 'bash']).stdout

describe.runIf(hasBash)('in bash', () => {
  const ask = `t() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _spec_lint; printf '%s\\n' "\${COMPREPLY[@]}"; }; t "$@"`

  function complete(...words: readonly string[]): readonly string[] {
    const args = ['--norc', '-c', `${script}\n${ask}`, 'bash', 'spec-lint', ...words]
    const {stdout, stderr} = spawnSync('bash', args, {cwd: place.path, encoding: 'utf8'})
    expect(stderr).toBe('')
    return stdout.split('\n').filter((word) => word !== '')
  }

  test.for([
    [['conf'], ['config']],
    [
      ['config', ''],
      ['print', 'schema'],
    ],
    [
      ['config', 'print', '--'],
      ['--json', '--config', '--help'],
    ],
    [['baseline', 'p'], ['prune']],
    [['report', ''], ['merge']],
    [['report', 'merge', '--fail'], ['--fail-on']],
    [['--concu'], ['--concurrency']],
    [['--format', 'sa'], ['sarif']],
    [['-f', 'ju'], ['junit']],
    [
      ['lint', '--fail-on', 'w'],
      ['warn', 'warning'],
    ],
    [['--only', 'status-e'], ['status-enum']],
    [['explain', 'json-'], ['json-syntax']],
    [['new', 'data-mi'], ['data-migration']],
    [['--config', 'ot'], ['other.yaml']],
    [['do'], ['docs']],
    [['docs/a'], ['docs/a b.md']],
  ] as const)('%j', ([words, found]) => {
    expect(complete(...words)).toEqual(found)
  })
})

test.for(['zsh', 'fish', 'powershell'])('%s knows every command and rule', (shell) => {
  const {stdout, code} = run(place.path, ['completions', shell])
  expect(code).toBe(0)
  for (const word of ['explain', 'baseline', 'update', 'merge', 'concurrency', ...rules.map(({id}) => id)])
    expect(stdout).toContain(word)
})

test('another shell is a mistake of the call', () => {
  expect(run(place.path, ['completions', 'tcsh'])).toMatchObject({
    code: 2,
    stderr: 'spec-lint: There are no completions for `tcsh`\n  The shells are bash, zsh, fish, powershell.\n',
  })
})
