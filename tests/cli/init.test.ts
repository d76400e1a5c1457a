import {readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {folder, root, run} from '../support/cli.ts'

const example = (path: string): string => readFileSync(join(root, 'examples', path), 'utf8')
const adr = (number: string, title: string): string => `# ADR ${number}: ${title}

## Context

We have two of them.

## Decision

We keep one.
`
const repository = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.gitignore': 'drafts/\n',
  'README.md': '# Readme\n\n## Context\n\n## Decision\n',
  'docs/adr/README.md': '# Decisions\n\n## Context\n\n## Decision\n',
  'docs/adr/adr-template.md': adr('NNN', '[Title]'),
  'docs/adr/001-one.md': adr('001', 'One'),
  'docs/adr/002-two.md': adr('002', 'Two').replace('## Decision\n\nWe keep one.\n', ''),
  'docs/adr/003-three.md': adr('003', 'Three'),
  'docs/prd/0007-ticket-photos.md': example('prd/0007-ticket-photos.md'),
  'docs/prd/0008-loyalty-points.md': example('prd/0008-loyalty-points.md'),
  'drafts/0009-x.md': example('prd/0007-ticket-photos.md'),
  'workshop.md': example('schema/workshop.md'),
}

let made = folder({})
afterEach(() => made.remove())

function everything(path: string): Readonly<Record<string, string>> {
  const names = readdirSync(path, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
  return Object.fromEntries(
    names.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  )
}

describe('init', () => {
  test.for([
    ['XXXX-template.md', '---\nsip: XXXX\ntitle: [Title]\n---\n\n', 'text/0007-new-template.md', 'sip'],
    ['0000-template.md', '# RFC-0000: [Title]\n\n', 'text/0007-template-of-bills.md', 'rfc'],
    ['0000-template.md', '', 'proposals/0007-bills.md', 'proposals'],
  ] as const)('a type of %s is named by what it is', ([template, head, document, name]) => {
    const text = '## Why\n\nWords.\n\n## How\n\nMore words.\n'
    const own = head.replace('XXXX', '7').replace('0000', '0007').replace('[Title]', 'Bills')
    made = folder({'.git/HEAD': 'ref: refs/heads/main\n', [template]: head + text, [document]: own + text})
    expect(run(made.path, ['init']).code).toBe(0)
    const {types} = parse(readFileSync(join(made.path, 'spec-lint.yaml'), 'utf8')) as {types: object}
    expect(types).toMatchObject({[name]: {template}})
    expect(Object.keys(types)).toHaveLength(1)
  })

  test('finds documents and templates, and writes what lints them; a second run changes nothing', () => {
    made = folder({...repository, '.remarkrc.json': '{}\n'})
    const first = run(made.path, ['init', '--with', 'pre-commit,github,remark,vscode'])
    expect(first.code).toBe(0)
    expect(first.stderr).toBe('')
    expect(first.stdout).toMatch(/^prd: 2 documents, 8 errors, 0 warnings \(built in; docs\/prd\/\*\.md\)$/mu)
    const config = readFileSync(join(made.path, 'spec-lint.yaml'), 'utf8')
    expect(config.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=https:\/\/.+config\.schema\.json$/u)
    expect(parse(config)).toEqual({
      types: {
        adr: {
          template: 'docs/adr/adr-template.md',
          files: ['docs/adr/*.md', '!docs/adr/README.md', '!docs/adr/adr-template.md'],
        },
        prd: {files: ['docs/prd/*.md']},
        'database-schema': {files: ['workshop.md']},
      },
    })
    const listed = run(made.path, ['--list-files'])
    expect(listed.stdout.trim().split('\n')).toHaveLength(6)
    expect(first.stdout).toContain('.remarkrc.json is there already and was left as it is. Add to it:\n\n    {\n')
    expect(readFileSync(join(made.path, '.remarkrc.json'), 'utf8')).toBe('{}\n')
    expect(parse(readFileSync(join(made.path, '.github/workflows/spec-lint.yml'), 'utf8'))).toMatchObject({
      permissions: {contents: 'read'},
    })
    expect(parse(readFileSync(join(made.path, '.pre-commit-config.yaml'), 'utf8'))).toMatchObject({
      repos: [{hooks: [{id: 'spec-lint'}]}],
    })
    expect(JSON.parse(readFileSync(join(made.path, '.vscode/extensions.json'), 'utf8'))).toEqual({
      recommendations: ['unifiedjs.vscode-remark'],
    })
    const before = everything(made.path)
    const second = run(made.path, ['init', '--with', 'pre-commit,github,remark,vscode'])
    expect(second.code).toBe(0)
    expect(second.stdout).toContain('spec-lint.yaml is there already and was left as it is.\n')
    expect(second.stdout).toContain('.vscode/settings.json is there already and says the same.\n')
    expect(everything(made.path)).toEqual(before)
  })

  test('writes the types of another tool, says what it leaves, and overwrites nothing', () => {
    const schema = `structure:
  - heading: {pattern: '# .*'}
    children:
      - heading: '## Context'
      - heading: '## Decision'
        word_count: {min: 9}
`
    made = folder({
      '.git/HEAD': '',
      'docs/adr/.mdschema.yml': schema,
      'docs/adr/1.md': adr('1', 'One'),
      'docs/b.md': '# B\n',
    })
    const first = run(made.path, ['init', '--from', 'mdschema'])
    expect({code: first.code, stderr: first.stderr}).toEqual({code: 0, stderr: ''})
    expect(first.stdout).toMatch(
      /^adr: 1 document, 0 errors, 0 warnings \(from docs\/adr\/\.mdschema\.yml; docs\/adr\/\*\.md\)$/mu,
    )
    expect(first.stdout).toContain('docs/adr/.mdschema.yml:6: `word_count` of `Decision`: a type counts no words\n')
    expect(parse(readFileSync(join(made.path, 'spec-lint.yaml'), 'utf8'))).toEqual({
      types: {adr: {type: './schemas/adr.spec.json', files: ['docs/adr/*.md']}},
    })
    writeFileSync(
      join(made.path, 'docs/adr/2.md'),
      adr('2', 'Two').replace('## Decision\n\nWe keep one.\n', '## More\n\nWords.\n'),
    )
    const linted = run(made.path, ['--format', 'compact'])
    expect(linted.stdout).toContain('docs/adr/2.md:3:4: error: Section `Decision` is missing [required-sections]')
    expect(linted.stdout).toContain('Section `More` is not one of the type `adr` [unknown-section]')
    const before = everything(made.path)
    const second = run(made.path, ['init', '--from', 'mdschema'])
    expect(second.stdout).toContain('schemas/adr.spec.json is there already and says the same.\n')
    expect(everything(made.path)).toEqual(before)
  })

  test('takes presets where there is nothing', () => {
    made = folder({'.git/HEAD': ''})
    expect(run(made.path, ['init', '--yes', '--preset', 'prd,data-migration']).code).toBe(0)
    expect(parse(readFileSync(join(made.path, 'spec-lint.yaml'), 'utf8'))).toEqual({
      types: {prd: {files: ['docs/prd/**/*.md']}, 'data-migration': {files: ['docs/data-migration/**/*.md']}},
    })
    expect(run(made.path, ['types']).code).toBe(0)
  })

  test.for([
    {args: ['--preset', 'prdd'], stderr: 'spec-lint: There is no preset `prdd`\n  Write `prd`.\n'},
    {args: ['--with', 'gitub'], stderr: 'spec-lint: There is no tool `gitub`\n  Write `github`.\n'},
    {args: ['--from', 'mdschma'], stderr: 'spec-lint: There is no tool `mdschma`\n  Write `mdschema`.\n'},
  ])('refuses $args and writes nothing', ({args, stderr}) => {
    made = folder({'.git/HEAD': ''})
    const result = run(made.path, ['init', ...args])
    expect({code: result.code, stderr: result.stderr}).toEqual({code: 2, stderr})
    expect(readdirSync(made.path)).toEqual(['.git'])
  })
})
