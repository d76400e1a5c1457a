import {existsSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {lintPaths} from '../../src/run/run.ts'
import {runOptions} from '../../src/run/options.ts'
import {run} from '../support/cli.ts'
import {clean, place} from '../support/place.ts'

// A project is data: there is no way for it to have code run, and so no mode in which it might.

const evil = (cwd: string): string => `require('node:fs').writeFileSync(${JSON.stringify(join(cwd, 'ran'))}, '')\n`

test('what a project brings is not run', () => {
  const cwd = place({'docs/a.md': clean})
  for (const name of ['spec-lint.js', 'spec-lint.cjs', 'spec-lint.config.js', '.remarkrc.cjs', 'index.js'])
    writeFileSync(join(cwd, name), evil(cwd))
  writeFileSync(join(cwd, 'package.json'), '{"main": "index.js", "spec-lint": {"extends": "./index.js"}}')
  expect(run(cwd, ['docs', '--skip', 'stale-date'], {env: {NODE_PATH: cwd}})).toMatchObject({code: 0, stderr: ''})
  expect(existsSync(join(cwd, 'ran'))).toBe(false)
})

test.for([
  ['code to extend', 'extends: ./index.cjs\n', /map of keys/u],
  ['a package', 'extends: "@acme/config"\n', /@acme\/config/u],
  ['an address', 'extends: https://example.org/spec-lint.yaml\n', /https:\/\/example\.org/u],
  ['a file outside', 'extends: ../../../../../../../../etc/hostname\n', /leaves the repository/u],
  ['a plug-in', 'plugins: ["./index.cjs"]\n', /plugins/u],
  ['a tag of YAML', 'ignore: !!js/function "function(){}"\n', /Tags are not read/u],
  [
    'a schema from afar',
    'types:\n  prd:\n    files: ["*.md"]\n    type: https://example.org/t.json\n',
    /example\.org/u,
  ],
] as const)('a configuration that names %s is refused', async ([, config, words]) => {
  const cwd = place({'a.md': clean, 'spec-lint.yaml': config, '.git/HEAD': 'ref: refs/heads/main\n'})
  writeFileSync(join(cwd, 'index.cjs'), evil(cwd))
  await expect(lintPaths(['.'], runOptions({cwd}))).rejects.toThrow(words)
  expect(existsSync(join(cwd, 'ran'))).toBe(false)
})

test('a configuration that is a link out of the project is refused', async () => {
  const outside = place({'spec-lint.yaml': 'rules: {status-enum: off}\n'})
  const cwd = place({'a.md': clean, '.git/HEAD': 'ref: refs/heads/main\n'})
  symlinkSync(join(outside, 'spec-lint.yaml'), join(cwd, 'spec-lint.yaml'))
  await expect(lintPaths(['.'], runOptions({cwd}))).rejects.toThrow(/outside/u)
})

test('a document that is called like an option is a document', () => {
  const names = ['-0016.md', '--output-file=a.md', '--config=b.md']
  const cwd = place({...Object.fromEntries(names.map((name) => [name, clean])), 'a.md': 'mine\n'})
  const {stdout} = run(cwd, [...names, '--skip', 'stale-date', '--format', 'json'])
  expect((JSON.parse(stdout) as {readonly files: readonly string[]}).files.toSorted()).toEqual(names.toSorted())
  expect(existsSync(join(cwd, 'a.md')) && readFileSync(join(cwd, 'a.md'), 'utf8')).toBe('mine\n')
  expect(run(cwd, ['--no-such-option.md'])).toMatchObject({code: 2, stderr: expect.stringContaining('unknown option')})
})
