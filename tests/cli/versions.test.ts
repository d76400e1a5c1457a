import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {folder, run} from '../support/cli.ts'

const type = (version: string, more = ''): string =>
  `{"name": "note", "title": "Note", "version": ${version}${more}, "outline": {"sections": ["Context", "Decision"]}}`
const config = "types:\n  note: {type: ./note.spec.json, files: ['notes/*.md']}\n"
const note = (head: string, rest = '\n## Decision\n\nWe keep one.\n'): string =>
  `${head}# One\n\n## Context\n\nWe have two.\n${rest}`

let made = folder({})
afterEach(() => made.remove())

describe('versions', () => {
  test('new writes the version, --status counts them and says what the present one asks for', () => {
    made = folder({
      '.git/HEAD': '',
      'spec-lint.yaml': config,
      'note.spec.json': type('2'),
      'notes/1.md': note('<!-- spec-lint type note@1 -->\n\n', ''),
      'notes/2.md': note(''),
    })
    expect(run(made.path, ['new', 'note', 'Third', '-o', 'notes/3.md']).code).toBe(0)
    expect(readFileSync(join(made.path, 'notes/3.md'), 'utf8')).toMatch(/^<!-- spec-lint type note@2 -->\n\n# Third\n/u)
    expect(run(made.path, ['types', '--status']).stdout).toBe(
      [
        'note@2: 1 document on note@1, 1 document on note@2, 1 document without a version',
        '  DOCUMENT    MADE FROM  ON note@2',
        '  notes/1.md  note@1     1 error, 0 warnings',
        '  notes/2.md  none       0 errors, 0 warnings',
        '',
      ].join('\n'),
    )
  })

  test('a type may name a key of the metadata for it', () => {
    const metadata =
      ', "versionKey": "template", "metadata": {"in": "frontMatter", "schema": {"type": "object", "properties": {"template": {"type": ["string", "integer"]}}}}'
    made = folder({'.git/HEAD': '', 'spec-lint.yaml': config, 'note.spec.json': type('"1.2.0"', metadata)})
    expect(run(made.path, ['new', 'note', 'First']).code).toBe(0)
    expect(readFileSync(join(made.path, 'notes/first.md'), 'utf8')).toMatch(
      /^---\ntemplate: 1\.2\.0\n---\n\n# First\n/u,
    )
    const [status] = JSON.parse(run(made.path, ['types', '--status', '--json']).stdout) as readonly unknown[]
    expect(status).toEqual({
      type: 'note',
      version: '1.2.0',
      documents: [{path: 'notes/first.md', version: '1.2.0', errors: 2, warnings: 0}],
    })
  })

  test('a comment among the first blocks decides the type, before the files of the configuration', () => {
    made = folder({
      '.git/HEAD': '',
      'spec-lint.yaml': config,
      'note.spec.json': type('2'),
      'elsewhere.md': note('<!-- spec-lint type note -->\n\n', ''),
      'plain.md': note(''),
      'notes/prd.md': note('<!-- spec-lint type prd -->\n\n'),
    })
    const {stdout} = run(made.path, ['.', '--format', 'compact'])
    expect(stdout).toContain('2 of 2 files; skipped: 1 of no type')
    expect(stdout).toMatch(/^elsewhere\.md:.*`Decision`.*required-sections\]$/mu)
    expect(stdout).toMatch(/^notes\/prd\.md:.*metadata-syntax\]$/mu)
    expect(stdout).not.toContain('suppression-unknown')
    expect(run(made.path, ['inspect', 'elsewhere.md']).stdout).toContain('note (the comment `spec-lint type`)')
    expect(run(made.path, ['inspect', 'notes/prd.md', '--type', './note.spec.json']).stdout).toContain(
      'note (`--type`)',
    )
    writeFileSync(join(made.path, 'elsewhere.md'), note('<!-- spec-lint type nothing -->\n\n'))
    expect(run(made.path, ['inspect', 'elsewhere.md']).stdout).toContain('none (')
  })

  test.for([
    {text: '<!-- spec-lint type prd@1 -->\n\n# A\n', comment: {name: 'prd', version: '1'}, others: 0},
    {text: '---\na: 1\n---\n\n# A\n\nB\n\nC\n\nD\n\n<!-- spec-lint type prd -->\n', comment: {name: 'prd'}, others: 0},
    {text: '# A\n\nB\n\nC\n\nD\n\nE\n\n<!-- spec-lint type prd -->\n', comment: undefined, others: 1},
    {text: '<!-- spec-lint type -->\n', comment: undefined, others: 1},
    {text: '```html\n<!-- spec-lint type prd -->\n```\n', comment: undefined, others: 0},
  ])('$text', ({text, comment, others}) => {
    const {typeComment, directives} = readDocument(text)
    if (comment) expect(typeComment).toMatchObject(comment)
    else expect(typeComment).toBeUndefined()
    expect(directives).toHaveLength(others)
  })
})
