import {execFileSync} from 'node:child_process'
import {chmodSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, onTestFinished, test} from 'vitest'
import {addedLines} from '../../src/run/added-lines.ts'
import {fixPaths} from '../../src/run/fix.ts'
import {type ChangeOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import type {RunResult} from '../../src/run/types.ts'
import {folder, run} from '../support/cli.ts'
import {clean, numbered} from '../support/place.ts'
import {repository, type Repository} from '../support/repository.ts'

const linking = (text: string, to: string): string =>
  text.replace('## 4. Configuration', `See [that one](${to}).\n\n## 4. Configuration`)
const misnumbered = (text: string): string => text.replace('## 4. Configuration', '## 9. Configuration')
const wordy = (text: string): string => text.replace('\n## 5. ', '\nMore words.\n\n## 5. ')

function open(files: Readonly<Record<string, string>>): Repository {
  const made = repository(files)
  onTestFinished(made.remove)
  return made
}

async function changed(
  {path}: Pick<Repository, 'path'>,
  changes: Partial<ChangeOptions> = {},
  paths: readonly string[] = ['.'],
): Promise<RunResult> {
  return lintPaths(
    paths,
    runOptions({
      cwd: path,
      skip: ['stale-date'],
      changes: {base: 'main', staged: false, report: 'changed-files', ...changes},
    }),
  )
}
const seen = ({files}: RunResult): readonly string[] =>
  files.flatMap(({path, result}) =>
    result.findings.map(({ruleId, causedBy}) => `${path} ${ruleId}${causedBy === undefined ? '' : ` < ${causedBy}`}`),
  )

describe('--changed', () => {
  test('reports changed and new files, and leaves the others alone', async () => {
    const repo = open({'a.md': misnumbered(clean), 'b.md': numbered(clean, 13), 'c.md': numbered(clean, 14)})
    repo.write({'b.md': misnumbered(numbered(clean, 13)), 'new/e.md': misnumbered(numbered(clean, 15))})
    const result = await changed(repo)
    expect(seen(result)).toEqual(['b.md section-numbering', 'new/e.md section-numbering'])
    expect(seen(await changed(repo, {}, ['new']))).toEqual(['new/e.md section-numbering'])
  })

  test('compares with the commit where the branch began', async () => {
    const repo = open({'a.md': clean, 'b.md': numbered(clean, 13)})
    repo.git('checkout', '-q', '-b', 'topic')
    repo.write({'b.md': misnumbered(numbered(clean, 13))})
    repo.commit()
    repo.git('checkout', '-q', 'main')
    repo.write({'a.md': misnumbered(clean)})
    repo.commit()
    repo.git('checkout', '-q', 'topic')
    expect(seen(await changed(repo))).toEqual(['b.md section-numbering'])
  })

  test('before the first commit everything is new', async () => {
    const made = folder({'a.md': misnumbered(clean)})
    onTestFinished(made.remove)
    execFileSync('git', ['init', '-q'], {cwd: made.path})
    expect(seen(await changed(made, {base: 'HEAD'}))).toEqual(['a.md section-numbering'])
  })

  test('a deleted document is found by those that refer to it', async () => {
    const repo = open({
      'docs/a.md': clean,
      'docs/b.md': misnumbered(linking(numbered(clean, 13), 'a.md')),
      'docs/c.md': numbered(clean, 14),
    })
    repo.write({'docs/a.md': undefined})
    expect(seen(await changed(repo))).toEqual(['docs/b.md link-target < docs/a.md'])
    expect(seen(await changed({path: join(repo.path, 'docs')}))).toEqual(['b.md link-target < a.md'])
    expect(seen(await changed(repo, {report: 'all'}))).toEqual([
      'docs/b.md link-target < docs/a.md',
      'docs/b.md section-numbering',
    ])
  })

  test('a picture that was deleted, and a heading that was renamed', async () => {
    const repo = open({
      'flow.svg': '<svg/>',
      'a.md': clean,
      'b.md': linking(numbered(clean, 13), 'flow.svg'),
      'c.md': linking(numbered(clean, 14), 'a.md#4-configuration'),
    })
    repo.write({'flow.svg': undefined, 'a.md': misnumbered(clean)})
    expect(seen(await changed(repo))).toEqual([
      'a.md section-numbering',
      'b.md link-target < flow.svg',
      'c.md link-target < a.md',
    ])
  })

  test('an identity that a new document takes is told at both', async () => {
    const repo = open({'a.md': clean, 'b.md': numbered(clean, 13)})
    repo.write({'c.md': clean})
    expect(seen(await changed(repo))).toEqual(['a.md duplicate-document-id < c.md', 'c.md duplicate-document-id'])
  })

  test('a renamed document is compared with what it was', async () => {
    const repo = open({'a.md': misnumbered(clean), 'b.md': linking(numbered(clean, 13), 'a.md')})
    repo.git('mv', 'a.md', 'z.md')
    expect(seen(await changed(repo))).toEqual(['b.md link-target < a.md', 'z.md section-numbering'])
    expect(seen(await changed(repo, {report: 'changed-lines'}))).toEqual(['b.md link-target < a.md'])
  })

  test('changed-lines keeps what touches a new line, or came with the change', async () => {
    const faulty = misnumbered(clean)
    const repo = open({'a.md': faulty, 'b.md': numbered(clean, 13)})
    repo.write({'a.md': wordy(faulty)})
    expect(seen(await changed(repo))).toEqual(['a.md section-numbering'])
    expect(seen(await changed(repo, {report: 'changed-lines'}))).toEqual([])
    repo.write({'a.md': wordy(faulty).replace(/^status: .*$/mu, 'status: Parked')})
    expect(seen(await changed(repo, {report: 'changed-lines'}))).toEqual(['a.md status-enum'])
    // The line stood there before; what it points to went.
    const lost = /\n## 5\. [\s\S]*?(?=\n## 6\. )/u
    expect(faulty).toMatch(lost)
    repo.write({'a.md': faulty.replace(lost, '')})
    expect(seen(await changed(repo, {report: 'changed-lines'}))).toContain('a.md required-sections')
  })

  test('an unknown base is told before anything is read', async () => {
    const repo = open({'a.md': clean, 'spec-lint.yaml': 'no: configuration\n'})
    await expect(changed(repo, {base: 'mian'})).rejects.toThrow('`mian` is no commit here')
    await expect(changed(repo)).rejects.toThrow(/`no`/u)
  })

  test('what stood in more documents than one answer of git holds', async () => {
    const names = Array.from({length: 130}, (_, index) => `${index} ${'ü'.repeat(index % 3)}.md`)
    const short = (index: number, status: string): string =>
      `---\nstatus: ${status}\n---\n\n# ${index + 20} – Parking\n`
    const write = (status: string): Record<string, string> =>
      Object.fromEntries(names.map((name, index) => [name, short(index, index % 7 === 0 ? 'Active' : status)]))
    const repo = open({'spec-lint.yaml': 'types: {prd: {files: ["*.md"]}}\n', ...write('Deprecated')})
    repo.write(write('Draft'))
    const found = seen(await changed(repo, {report: 'changed-lines'})).filter((one) =>
      one.endsWith('status-transition'),
    )
    const moved = names.filter((_, index) => index % 7 !== 0)
    expect(found.toSorted()).toEqual(moved.map((name) => `${name} status-transition`).toSorted())
  })

  test('names with spaces, line breaks, quotes and dashes', async () => {
    const repo = open({'a.md': clean})
    const names = ['-x.md', 'b c.md', 'd\ne.md', 'ü"f.md', ':(top)g.md']
    const faults = new Set(names.map((name) => `${name} section-numbering`))
    repo.write(Object.fromEntries(names.map((name, index) => [name, misnumbered(numbered(clean, index + 20))])))
    repo.git('add', '-A')
    expect(new Set(seen(await changed(repo)))).toEqual(faults)
    const base = repo.commit()
    repo.write(Object.fromEntries(names.map((name, index) => [name, wordy(misnumbered(numbered(clean, index + 20)))])))
    expect(new Set(seen(await changed(repo, {base})))).toEqual(faults)
    expect(seen(await changed(repo, {base, report: 'changed-lines'}))).toEqual([])
  })

  test('--staged looks at the index alone', async () => {
    const repo = open({'a.md': clean, 'b.md': numbered(clean, 13)})
    repo.write({'a.md': misnumbered(clean), 'b.md': misnumbered(numbered(clean, 13)), 'c.md': numbered(clean, 14)})
    repo.git('add', 'b.md')
    expect(seen(await changed(repo, {staged: true}))).toEqual(['b.md section-numbering'])
  })

  test('--staged before the first commit takes everything as new', async () => {
    const {path, remove} = folder({'a.md': misnumbered(clean)})
    onTestFinished(remove)
    const repo = {path}
    execFileSync('git', ['init', '-q'], {cwd: path})
    execFileSync('git', ['add', '.'], {cwd: path})
    expect(seen(await changed(repo, {staged: true, report: 'changed-lines'}))).toEqual(['a.md section-numbering'])
  })

  test('fixes what is reported, and nothing else', async () => {
    const draft = clean.replace(/^status: .*$/mu, 'status: draft')
    const repo = open({'a.md': draft, 'b.md': numbered(draft, 13)})
    repo.write({'a.md': wordy(draft)})
    const changes: ChangeOptions = {base: 'main', staged: false, report: 'changed-files'}
    await fixPaths(['.'], runOptions({cwd: repo.path, skip: ['stale-date'], changes}), {unsafe: false, write: true})
    expect(readFileSync(join(repo.path, 'a.md'), 'utf8')).toBe(wordy(clean.replace(/^status: .*$/mu, 'status: Draft')))
    expect(readFileSync(join(repo.path, 'b.md'), 'utf8')).toBe(numbered(draft, 13))
  })

  test.skipIf(process.platform === 'win32')('runs nothing that the repository names', async () => {
    const repo = open({'a.md': clean, '.gitattributes': '*.md diff=evil\n'})
    const script = join(repo.path, 'evil.sh')
    writeFileSync(script, `#!/bin/sh\ntouch "${join(repo.path, 'ran')}"\n`)
    chmodSync(script, 0o755)
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.evil.command', 'diff.evil.textconv'])
      repo.git('config', key, script)
    repo.write({'a.md': misnumbered(clean)})
    expect(seen(await changed(repo))).toEqual(['a.md section-numbering'])
    expect(() => readFileSync(join(repo.path, 'ran'))).toThrow('ENOENT')
  })
})

describe('rules that hold two versions against each other', () => {
  const dated = clean
    .replace(/^last_updated: .*$/mu, 'last_updated: 2026-01-02')
    .replace(/^created: .*$/mu, 'created: 2026-01-01')
  const as = (status: string): string => dated.replace(/^status: .*$/mu, `status: ${status}`)
  const all = async ({path}: Repository): Promise<readonly string[]> => {
    const changes: ChangeOptions = {base: 'main', staged: false, report: 'changed-lines'}
    return seen(await lintPaths(['.'], runOptions({cwd: path, changes})))
  }

  test('a move of the status that the type does not allow', async () => {
    const repo = open({'a.md': as('Active'), 'b.md': numbered(as('Draft'), 13)})
    repo.write({'a.md': as('Draft'), 'b.md': numbered(as('Active'), 13)})
    expect(await all(repo)).toEqual(['a.md status-transition'])
    const plain = await lintPaths(['.'], runOptions({cwd: repo.path}))
    expect(seen(plain)).toEqual([])
  })

  test('a text that changed and a date that did not; --fix writes it', async () => {
    const repo = open({'a.md': dated})
    repo.write({'a.md': wordy(dated)})
    expect(await all(repo)).toEqual(['a.md stale-date'])
    const changes: ChangeOptions = {base: 'main', staged: false, report: 'changed-files'}
    const result = await fixPaths(['.'], runOptions({cwd: repo.path, changes}), {unsafe: false, write: true})
    expect(seen(result)).toEqual([])
    expect(readFileSync(join(repo.path, 'a.md'), 'utf8')).toMatch(/^last_updated: \d{4}-\d\d-\d\d$/mu)
    expect(readFileSync(join(repo.path, 'a.md'), 'utf8')).not.toContain('2026-01-02')
  })

  test('an identifier that vanished while a document of another type names it', async () => {
    const type = {name: 'design', title: 'Design', description: 'D.', outline: {sections: [{heading: 'Tables'}]}}
    const other = {
      ...type,
      name: 'brief',
      outline: {sections: [{heading: 'Requirements'}]},
      ids: [{prefix: 'FR', name: 'requirement', form: 'FR-{n}', in: ['requirements']}],
    }
    const requirement = (id: string): string => `### ${id}: Words\n\nWords of one requirement.\n\n`
    const brief = `# Brief\n\n## Requirements\n\n${requirement('FR-1')}${requirement('FR-2')}`.trimEnd()
    const repo = open({
      'spec-lint.yaml':
        'types:\n  brief: {files: [b.md], type: ./brief.json}\n  design: {files: [d.md], type: ./design.json}\n',
      'brief.json': JSON.stringify(other),
      'design.json': JSON.stringify(type),
      'b.md': `${brief}\n`,
      'd.md': '# Design\n\n## Tables\n\nThe table serves FR-1 and FR-2.\n',
    })
    repo.write({'b.md': `${brief.slice(0, brief.indexOf('### FR-2')).trimEnd()}\n`})
    expect(await all(repo)).toEqual(['d.md requirement-removed < b.md'])
    // Moved out of what is linted, it is not lost.
    repo.write({'b.md': `${brief}\n`})
    repo.git('mv', 'b.md', 'moved.md')
    const changes: ChangeOptions = {base: 'main', staged: false, report: 'all'}
    expect(seen(await lintPaths(['d.md'], runOptions({cwd: repo.path, changes})))).toEqual([])
  })
})

describe('on the command line', () => {
  test('the next word is a path, not the base; JSON says what caused a problem', () => {
    const repo = open({'docs/a.md': clean, 'docs/b.md': linking(numbered(clean, 13), 'a.md')})
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    repo.write({'docs/a.md': undefined})
    const {stdout, code} = run(repo.path, ['--changed', 'docs', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{path: 'docs/b.md', ruleId: 'link-target', causedBy: 'docs/a.md'}],
    })
    expect(code).toBe(1)
    repo.git('reset', '-q', '--hard')
    expect(run(repo.path, ['--changed=HEAD'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'spec-lint: no file to check. No document changed, and none depends on what did.\n',
    })
  })

  test('the base is that of the event of a workflow', () => {
    const repo = open({'a.md': clean})
    const base = repo.git('rev-parse', 'HEAD')
    repo.write({'b.md': misnumbered(numbered(clean, 13))})
    repo.commit()
    writeFileSync(join(repo.path, '.git/event.json'), JSON.stringify({pull_request: {base: {sha: base}}}))
    const skip = ['--skip', 'stale-date']
    const env = {GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: join(repo.path, '.git/event.json')}
    expect(run(repo.path, ['--changed', '-f', 'compact', ...skip], {env}).stdout).toMatch(
      /^b\.md:\d+:4: warning: .*\n1 warning in 1 of \d files? /u,
    )
  })

  test.for([
    ['no repository', false, ['--changed'], /in no repository that git can read/u],
    [
      'no base',
      true,
      ['--changed'],
      /No base to compare with: `origin\/HEAD` is no commit here\n {2}Name it: `--changed=main`/u,
    ],
    ['an unknown base', true, ['--changed=mian'], /`mian` is no commit here/u],
    ['a base that looks like a flag', true, ['--changed=--output=x'], /`--output=x` is no commit here/u],
    ['two states', true, ['--changed=main', '--staged'], /two different states/u],
    ['a width alone', true, ['--report', 'all'], /`--report` says how wide/u],
  ] as const)('%s is a mistake of the call', ([, isRepository, args, message]) => {
    const place = isRepository ? repository({'a.md': clean}) : folder({'a.md': clean})
    onTestFinished(place.remove)
    const {code, stderr, stdout} = run(place.path, args)
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('without git', () => {
    const repo = open({'a.md': clean})
    const {code, stderr} = run(repo.path, ['--staged'], {env: {PATH: '/nowhere'}})
    expect(stderr).toMatch(/git, which is not installed here\n {2}Install git/u)
    expect(code).toBe(2)
  })
})

test('without its added lines a text is a part of the earlier one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), {maxLength: 12}).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, now) => {
      const isNew = addedLines(before, now)
      const rest = now
        .replace(/\n$/u, '')
        .split('\n')
        .filter((_, index) => !isNew(index + 1))
      const old = before.replace(/\n$/u, '').split('\n')
      let at = 0
      for (const line of rest) {
        at = old.indexOf(line, at) + 1
        expect(at).toBeGreaterThan(0)
      }
      expect([1, 2, 3].some(addedLines(now, now.replaceAll('\n', '\r\n')))).toBe(false)
    }),
  )
})
