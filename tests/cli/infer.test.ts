import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {folder, run} from '../support/cli.ts'

const template = `---
status: Draft # Draft | Accepted | Rejected
created: YYYY-MM-DD
---

# RFC: [Title]

## Motivation

[Why is this needed?]

## Rollback Plan (if applicable)

- **Trigger**: [When to go back]

## Timeline

**Due**: [DATE]
`
const good = `---
status: Accepted
created: 2026-03-01
---

# RFC: Shorter queues

## Motivation

People wait for four minutes.

## Timeline

**Due**: 2026-12-01
`
const bad = good.replace('Accepted', 'Parked').replace('## Motivation\n\nPeople wait for four minutes.\n\n', '')

let made = folder({})
afterEach(() => made.remove())

function inside(files: Readonly<Record<string, string>>): string {
  made = folder(files)
  return made.path
}

describe('infer', () => {
  test('shows the outline, and says that nothing was written', () => {
    const {code, stdout, stderr} = run(inside({'rfc-template.md': template}), ['infer', 'rfc-template.md'])
    expect(code).toBe(0)
    expect(stdout).toBe(
      [
        'rfc-template.md: type rfc',
        '  metadata: status, created',
        '  Motivation',
        '  Rollback Plan?',
        '  Timeline',
        '3 constraints are guesses; `--explain` lists them.',
        '',
      ].join('\n'),
    )
    expect(stderr).toContain('nothing was written')
  })

  test('explains each constraint with its line, and what was a guess', () => {
    const {stdout} = run(inside({'rfc-template.md': template}), ['infer', 'rfc-template.md', '--explain'])
    expect(stdout).toMatch(/^2 +status: required, one of `Draft`, `Accepted`, `Rejected`$/mu)
    expect(stdout).toMatch(/^12 +Rollback Plan: optional$/mu)
    expect(stdout).toMatch(/^14 +Trigger: required$/mu)
    expect(stdout).toMatch(/\nNot sure\n/u)
    expect(stdout).toMatch(/^18 +Timeline › Due: The template asks for a date and does not say in which form/mu)
  })

  test('writes at once, never over what is there unless it is told to', () => {
    const path = inside({'rfc-template.md': template})
    expect(run(path, ['infer', 'rfc-template.md', '-o', 'rfc.spec.json']).code).toBe(0)
    const written = readFileSync(join(path, 'rfc.spec.json'), 'utf8')
    expect(JSON.parse(written)).toMatchObject({name: 'rfc', metadata: {in: 'frontMatter', status: 'status'}})
    writeFileSync(join(path, 'rfc.spec.json'), 'mine')
    const again = run(path, ['infer', 'rfc-template.md', '-o', 'rfc.spec.json'])
    expect(again).toMatchObject({code: 2})
    expect(again.stderr).toContain('rfc.spec.json is there already')
    expect(readFileSync(join(path, 'rfc.spec.json'), 'utf8')).toBe('mine')
    expect(run(path, ['infer', 'rfc-template.md', '-o', 'rfc.spec.json', '--force']).code).toBe(0)
    expect(readFileSync(join(path, 'rfc.spec.json'), 'utf8')).toBe(written)
    expect(readdirSync(path).toSorted()).toEqual(['rfc-template.md', 'rfc.spec.json'])
  })

  test('prints the type alone with --json', () => {
    const {stdout, stderr} = run(inside({'rfc-template.md': template}), [
      'infer',
      'rfc-template.md',
      '--json',
      '--name',
      'proposal',
    ])
    expect(JSON.parse(stdout)).toMatchObject({name: 'proposal'})
    expect(stderr).toBe('')
  })

  test.for([
    [['infer', 'none.md'], "The template `none.md` can't be read. There is no such file"],
    [['infer', 'rfc-template.md', '-o', 'no/where.json'], 'There is no directory for no/where.json'],
    [['infer', 'rfc-template.md', '--name', 'My RFC'], '`My RFC` is no name of a type\n  Write `my-rfc`.'],
  ] as const)('%s', ([args, words]) => {
    const {code, stderr} = run(inside({'rfc-template.md': template}), args)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
  })
})

describe('infer --from documents', () => {
  const files = Object.fromEntries(
    Array.from({length: 12}, (_, index) => [
      `rfcs/${index + 1}.md`,
      index === 4
        ? good.replace('## Motivation', '## Reasons')
        : index % 2 === 0
          ? good
          : good.replace('Accepted', 'Rejected'),
    ]),
  )
  const all = {
    ...files,
    'rfcs/index.md': '# Index\n\nNothing.\n',
    'rfcs/.gitignore': 'draft.md\n',
    'rfcs/draft.md': bad,
  }

  test('counts what supports each constraint, and names what does not fit', () => {
    const {code, stdout, stderr} = run(inside(all), ['infer', '--from', 'rfcs/*.md', '--threshold', '0.9'])
    expect(code).toBe(0)
    expect(stdout).toContain('12 documents: type rfcs\n')
    expect(stdout).toMatch(/^12 of 12 +status: required$/mu)
    expect(stdout).toMatch(/^12 of 12 +status: one of 2: `Accepted`, `Rejected`$/mu)
    expect(stdout).toMatch(/^11 of 12 +Motivation: required$/mu)
    expect(stdout).toContain('  rfcs/index.md: 0 of 4 usual parts\n')
    expect(stdout).toContain("\nDocuments that don't fit\n  rfcs/5.md:1: no `Motivation`\n")
    expect(stdout).not.toContain('draft.md')
    expect(stderr).toContain('nothing was written')
  })

  test('takes several patterns, and writes a type that finds what does not fit', () => {
    const path = inside(all)
    const from = ['--from', 'rfcs/?.md', 'rfcs/1?.md']
    expect(run(path, ['infer', ...from, '--threshold', '0.9', '-o', 'rfc.spec.json']).code).toBe(0)
    expect(run(path, ['infer', ...from, '-o', 'rfc.spec.json']).stderr).toContain('rfc.spec.json is there already')
    const {stdout} = run(path, ['--type', './rfc.spec.json', 'rfcs/?.md', '--format', 'compact'])
    expect(stdout.match(/^rfcs\//gmu)).toHaveLength(1)
    expect(stdout).toContain('Section `Motivation` is missing')
  })

  test('explains what was a guess, and where the contrary stands', () => {
    const {stdout} = run(inside(all), ['infer', '--from', 'rfcs/*.md', '--threshold', '0.9', '--explain'])
    expect(stdout).toContain('Motivation: required (not rfcs/5.md:1)')
    expect(stdout).toContain('\nNot sure\n')
  })

  test('prints the type alone with --json', () => {
    const {stdout, stderr} = run(inside(all), ['infer', '--from', 'rfcs/*.md', '--json', '--name', 'proposal'])
    expect(JSON.parse(stdout)).toMatchObject({name: 'proposal', metadata: {status: 'status'}})
    expect(stderr).toBe('')
  })

  test.for([
    [['infer', '--from', 'rfcs/1.md', 'rfcs/2.md'], '2 documents are too few to infer a type from'],
    [['infer', '--from', 'none/*.md'], 'No file matches "none/*.md"'],
    [['infer', '--threshold', '0.2', '--from', 'rfcs/*.md'], '`0.2` is no threshold'],
    [['infer', 'rfcs/1.md', '--from', 'rfcs/*.md'], 'not from both'],
    [['infer'], 'There is no template'],
  ] as const)('%s', ([args, words]) => {
    const {code, stderr} = run(inside(all), args)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
  })
})

describe('a configuration may name a template', () => {
  const config = 'types:\n  rfc:\n    template: docs/template.md\n    files: ["docs/**"]\n'
  const files = {'spec-lint.yaml': config, 'docs/template.md': template, 'docs/a.md': good, 'docs/b.md': bad}

  test('lint, types, inspect and export work with it, and the template is no document', () => {
    const path = inside(files)
    const lint = run(path, ['.', '--format', 'compact'])
    expect(lint.stdout).toContain('status-enum')
    expect(lint.stdout).toContain('Section `Motivation` is missing')
    expect(lint.stdout).not.toMatch(/template\.md|a\.md/u)
    expect(run(path, ['types']).stdout).toContain('From the template docs/template.md.')
    expect(run(path, ['inspect', 'docs/a.md']).stdout).toContain('rfc (the files of `rfc` in the configuration)')
    expect(run(path, ['inspect', 'docs/template.md']).stdout).toContain('it is the template of `rfc`')
    const {documents} = JSON.parse(run(path, ['export', '.', '--no-source-map']).stdout) as {
      documents: readonly unknown[]
    }
    expect(documents).toHaveLength(2)
    expect(run(path, ['--type', 'docs/template.md', 'docs/template.md', '--format', 'compact']).stdout).toContain(
      'no-placeholder',
    )
  })

  test('a type file may extend one', () => {
    const own = JSON.stringify({
      name: 'rfc',
      extends: './template.md',
      outline: {sections: [{id: 'motivation', heading: 'Motivation', required: false}]},
    })
    const path = inside({
      ...files,
      'docs/rfc.json': own,
      'spec-lint.yaml': config.replace('template: docs/template.md', 'type: docs/rfc.json'),
    })
    const {stdout} = run(path, ['docs/b.md', '--format', 'compact'])
    expect(stdout).toContain('status-enum')
    expect(stdout).not.toContain('Motivation')
  })

  test.for([
    [
      'template: ../../../etc/hostname.md',
      "spec-lint.yaml:3:15: The template `../../../etc/hostname.md` can't be read.",
    ],
    ['template: docs/none.md', "spec-lint.yaml:3:15: The template `docs/none.md` can't be read. There is no such file"],
    ['{template: docs/template.md, type: prd}', 'A type comes from a type file or from a template, not from both'],
  ] as const)('%s', ([line, words]) => {
    const text = line.startsWith('{')
      ? 'types:\n  rfc:\n    template: docs/template.md\n    type: prd\n    files: ["docs/**"]\n'
      : config.replace('template: docs/template.md', line)
    const path = inside({...files, 'spec-lint.yaml': text})
    const {code, stderr} = run(path, ['.'])
    expect(code).toBe(2)
    expect(stderr).toContain(words)
    expect(existsSync(join(path, 'docs/template.md'))).toBe(true)
  })
})
