import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {folder, root} from '../support/cli.ts'
import {repository} from '../support/repository.ts'

/** Installing the hook installs and builds this package in a clone. */
const patience = 480_000
const present = spawnSync('pre-commit', ['--version']).status === 0
const home = folder({})
const clean = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')
const project = repository({'README.md': '# Tickets\n'})
afterAll(() => {
  project.remove()
  home.remove()
}, patience)

const environment = {
  ...process.env,
  PRE_COMMIT_HOME: home.path,
  PRE_COMMIT_COLOR: 'never',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_prefer_offline: 'true',
}

/** Commits the files as a user would, with the hooks. */
function commit(files: Readonly<Record<string, string>>): {readonly code: number | null; readonly output: string} {
  project.write(files)
  project.git('add', '-A')
  const {status, stdout, stderr} = spawnSync(
    'git',
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-m', 'Change'],
    {cwd: project.path, encoding: 'utf8', env: environment, timeout: patience},
  )
  return {code: status, output: stdout + stderr}
}

function configuration(hook: string): string {
  const commitOfThis = execFileSync('git', ['rev-parse', 'HEAD'], {cwd: root, encoding: 'utf8'}).trim()
  return `repos:\n  - repo: ${JSON.stringify(root)}\n    rev: ${commitOfThis}\n    hooks:\n      - id: ${hook}\n`
}

test.skipIf(!present && process.env['CI'] === undefined)(
  'pre-commit keeps a faulty document out, mends it, and lets a right one in',
  () => {
    expect(present, 'pre-commit can be started').toBe(true)
    const config = '.pre-commit-config.yaml'
    project.write({[config]: configuration('spec-lint')})
    project.commit()
    execFileSync('pre-commit', ['install'], {cwd: project.path, env: environment, stdio: 'ignore'})
    const path = 'docs/ticket photos.md'
    const faulty = commit({[path]: clean.replace(/^status: .*$/mu, 'status: "Parked"')})
    expect(faulty.output).toMatch(/^spec-lint\.+Failed$/mu)
    expect(faulty.output).toContain(`${path}:`)
    expect(faulty.output).toContain('`Parked`')
    expect(faulty.code).toBe(1)
    expect(project.git('rev-list', '--count', 'HEAD')).toBe('2')

    const right = commit({[path]: clean})
    expect(right.output).toMatch(/^spec-lint\.+Passed$/mu)
    expect(right.code).toBe(0)

    const slip = clean.replace(/^status: .*$/mu, (line) => line.toLowerCase())
    expect(slip).not.toBe(clean)
    const mended = commit({[config]: configuration('spec-lint-fix'), [path]: slip})
    expect(mended.output).toContain('files were modified by this hook')
    expect(mended.code).toBe(1)
    expect(readFileSync(join(project.path, path), 'utf8')).toBe(clean)
    expect(commit({}).code).toBe(0)
  },
  patience,
)
