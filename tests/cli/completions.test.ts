import {spawnSync} from 'node:child_process'
import {afterAll, describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {folder, run} from '../support/cli.ts'

const place = folder({'docs/a b.md': '', 'other.yaml': ''})
afterAll(place.remove)
const required = process.env['CI'] !== undefined && process.platform === 'linux'

const scriptFor = (shell: string): string => run(place.path, ['completions', shell]).stdout

/** Calls the function as the shell does for the last of some words. */
const asked = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _spec_lint; printf '%s\\n' "\${COMPREPLY[@]}"`

/** What a shell is started with to complete the last of some words, which follow. */
const shells = {
  bash: () => ['--norc', '-c', `${scriptFor('bash')}\nt() { ${asked}; }; t "$@"`, 'bash', 'spec-lint'],
  zsh: () => [
    '-f',
    '-c',
    // The options are those that its `bashcompinit` sets around each completion.
    `${scriptFor('zsh')}\nt() { emulate -L sh; setopt kshglob noshglob braceexpand kshautoload; ${asked}; }; t "$@"`,
    'zsh',
    'spec-lint',
  ],
  fish: () => [
    '--no-config',
    '-c',
    `${scriptFor('fish')}\ncomplete -C "$(string escape -- $argv | string join ' ')"`,
    'spec-lint',
  ],
}

const words = [
  [['conf'], ['config']],
  [['config', 'p'], ['print']],
  [['config', 'print', '--js'], ['--json']],
  [['baseline', 'p'], ['prune']],
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
] as const

const paths = [
  [['--config', 'ot'], ['other.yaml']],
  [['do'], ['docs']],
  [['lint', 'do'], ['docs']],
  [['docs/a'], ['docs/a b.md']],
] as const

describe.for(Object.entries(shells))('in %s', ([shell, argsOf]) => {
  const present = spawnSync(shell, ['--version']).status === 0

  test.runIf(required)('it is there', () => {
    expect(present, `${shell} can be started: \`apt-get install ${shell}\``).toBe(true)
  })

  function complete(...typed: readonly string[]): readonly string[] {
    const {stdout, stderr} = spawnSync(shell, [...argsOf(), ...typed], {cwd: place.path, encoding: 'utf8'})
    expect(stderr).toBe('')
    // fish adds what a word means, and the slash of a folder.
    return stdout.split('\n').flatMap((line) => line.split('\t', 1)[0]?.replace(/\/$/u, '') || [])
  }

  test.runIf(present).for(words)('%j', ([typed, found]) => {
    expect(complete(...typed)).toEqual(found)
  })

  test.runIf(present).for(paths)('a path: %j', ([typed, found]) => {
    // bash and zsh are told to complete paths themselves where the function knows no word.
    expect(complete(...typed)).toEqual(shell === 'fish' ? found : [])
    if (shell !== 'fish') expect(scriptFor(shell)).toContain('complete -o default -F _spec_lint spec-lint\n')
  })
})

test.runIf(spawnSync('bash', ['--version']).status === 0).for([
  [['--format', '=', 'sa'], ['sarif']],
  [
    ['--fail-on', '='],
    ['error', 'warn', 'warning', 'info', 'never'],
  ],
] as const)('bash takes an equals sign for a word: %j', ([typed, found]) => {
  const {stdout} = spawnSync('bash', [...shells.bash(), ...typed], {encoding: 'utf8'})
  expect(stdout.trim().split('\n')).toEqual(found)
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
