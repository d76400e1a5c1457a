import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {importers} from '../../src/import/importers.ts'
import type {Imported, Project} from '../../src/import/types.ts'
import {builtinJson} from '../../src/type/builtin.ts'
import {loadType} from '../../src/type/load.ts'

type Files = Readonly<Record<string, string>>

function projectOf(files: Files): Project {
  return {paths: Object.keys(files).toSorted(), text: (path) => (Object.hasOwn(files, path) ? files[path] : undefined)}
}

function imported(tool: string, files: Files): Imported {
  const importer = importers.get(tool)
  if (!importer) throw new Error(`no importer for ${tool}`)
  return importer(projectOf(files))
}

/** The one type, without what each has. */
function only(
  tool: string,
  files: Files,
): {readonly json: unknown; readonly globs: readonly string[]; readonly left: readonly string[]} {
  const {types, left} = imported(tool, files)
  expect(types).toHaveLength(1)
  const [type] = types
  if (type?.body.kind !== 'type') throw new Error('no type')
  expect(loadType(type.body.json, builtinJson)).toHaveProperty('type')
  const {name: _name, description: _description, ...json} = type.body.json
  return {json, globs: type.globs, left: left.map(({file, line, what, why}) => `${file}:${line}: ${what}: ${why}`)}
}

const other = {heading: 'Another section', pattern: '.+', required: false, repeat: {min: 0}}

test('mdschema', () => {
  const text = `frontmatter:
  fields:
    - { name: status, enum: [draft, done] }
    - { name: date, type: date }
    - { name: tags, optional: true, type: array, enum: [a, b] }
    - { name: author.name }
structure:
  - heading:
      pattern: "# .*"
    children:
      - heading: "## 1. Goals"
        description: What it is for
        word_count: { min: 20 }
        tables:
          - { min: 1, required_headers: [Goal, Measure] }
      - heading:
          pattern: "## Step [0-9]+: .*"
        count: { min: 1, max: 0 }
        code_blocks:
          - { lang: bash, min: 1 }
      - heading: "## Notes"
        optional: true
        allow_additional: true
heading_rules:
  no_skip_levels: true
  max_depth: 3
`
  const path = 'docs/.mdschema.yml'
  expect(only('mdschema', {[path]: text, 'docs/a.md': ''})).toEqual({
    json: {
      documentTitle: {example: 'Title'},
      metadata: {
        in: 'frontMatter',
        status: 'status',
        schema: {
          type: 'object',
          properties: {
            status: {enum: ['draft', 'done']},
            date: {type: 'string', format: 'date'},
            tags: {type: 'array', items: {enum: ['a', 'b']}},
          },
          required: ['status', 'date'],
        },
      },
      outline: {
        sections: [
          {heading: 'Goals', description: 'What it is for', table: {columns: ['Goal', 'Measure'], required: true}},
          {
            heading: 'Step …: …',
            pattern: 'Step [0-9]+: .*',
            required: true,
            repeat: {min: 1},
            code: {languages: ['bash'], required: true, others: true},
          },
          {heading: 'Notes', required: false, children: [other]},
        ],
      },
      rules: {'unknown-section': 'error'},
    },
    globs: ['docs/**/*.md'],
    left: [
      `${path}:26: \`max_depth\`: a type limits no depth`,
      `${path}:13: \`word_count\` of \`Goals\`: a type counts no words`,
      `${path}:6: field \`author.name\`: keys below others are left to a type that is written by hand`,
    ],
  })
  expect(imported('mdschema', {[path]: text}).types[0]?.rules).toEqual({'remark-lint/heading-increment': 'error'})
})

test('outlint', () => {
  const text = `version: 1
title: "API: *"
options: { match_case: true }
sections:
  - id: overview
    match: Overview
    required: true
    sections: &parts
      - match: Scope
        required: false
  - match: "/v[0-9]+ \\\\w+/"
    id: version
    repeat: "1..3"
    strict: true
    sections: *parts
  - match: History
  - match: Secrets
    allow: false
constraints:
  - requires: { if: version, then: history }
  - ordered: [overview, history]
  - one_of: [overview.scope, history]
`
  const path = 'docs/api.outlint.yml'
  expect(only('outlint', {[path]: text, 'docs/api.md': ''})).toEqual({
    json: {
      documentTitle: {pattern: '^(?:API: .*)$', example: 'API: …'},
      outline: {
        sections: [
          {
            heading: 'Overview',
            id: 'overview',
            children: [
              {heading: 'Scope', required: false, children: [{...other, id: 'another-section'}]},
              {...other, id: 'another-section-2'},
            ],
          },
          {
            heading: 'v… …',
            id: 'version',
            pattern: 'v[0-9]+ \\w+',
            required: true,
            repeat: {min: 1, max: 3},
            children: [
              {heading: 'Scope', id: 'scope-2', required: false, children: [{...other, id: 'another-section-3'}]},
            ],
          },
          {heading: 'History', required: false, repeat: {min: 0}, children: [{...other, id: 'another-section-4'}]},
          {...other, id: 'another-section-5'},
        ].map((one) => withoutOwnId(one)),
        constraints: [JSON.parse('{"kind": "requires", "if": "version", "then": "history"}')],
      },
      rules: {'unknown-section': 'error'},
    },
    globs: ['docs/api.md'],
    left: [
      `${path}:3: \`match_case\`: headings are compared in any case`,
      `${path}:17: refusal of \`Secrets\`: a type names what is welcome, not single headings that are not`,
      `${path}:21: constraint \`ordered\`: a type has no such constraint`,
      `${path}:22: constraint \`one_of\`: \`overview.scope\` is no section of the same level, and a type compares only those`,
    ],
  })
})

/** An id that is made from the heading is not written. */
function withoutOwnId(section: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const {id, children, ...rest} = section
  const own = ['another-section', 'overview'].includes(String(id))
  return {
    ...rest,
    ...(id !== undefined && !own && {id}),
    ...(Array.isArray(children) && {
      children: children.map((one) => withoutOwnId(one as Readonly<Record<string, unknown>>)),
    }),
  }
}

describe('markdownlint', () => {
  test('takes MD043 from any of its files, comments and all', () => {
    const text = `{
  // the outline of a decision
  "default": true,
  "MD013": { "line_length": 80 },
  "MD043": { "headings": ["?", "## Context", "### Forces", "## Decision", "*"], "match_case": true }
}
`
    const path = 'docs/adr/.markdownlint.jsonc'
    expect(only('markdownlint', {[path]: text})).toEqual({
      json: {
        documentTitle: {example: 'Title'},
        outline: {
          sections: [
            {
              heading: 'Context',
              children: [
                {heading: 'Forces', children: [other]},
                {...other, id: 'another-section-2'},
              ],
            },
            {heading: 'Decision', children: [{...other, id: 'another-section-3'}]},
            {...other, id: 'another-section-4'},
          ],
        },
        rules: {'unknown-section': 'error'},
      },
      globs: ['docs/adr/**/*.md'],
      left: [
        `${path}:5: \`*\`: headings that are not named are welcome everywhere, not in this place alone`,
        `${path}:5: \`match_case\`: headings are compared in any case`,
        `${path}:4: \`MD013\`: it is on how Markdown is written; keep markdownlint for it`,
      ],
    })
  })

  test('names what it does not run and what holds for one document', () => {
    const {types, left} = imported('markdownlint', {
      '.markdownlint.cjs': 'module.exports = {}',
      'a.md': '# A\n\n<!-- markdownlint-configure-file {"MD043": {"headings": ["# A"]}} -->\n',
      '.markdownlint.yaml': 'MD043: [\n',
    })
    expect(types).toEqual([])
    expect(left.map(({file, line, what}) => `${file}:${line}: ${what}`)).toEqual([
      '.markdownlint.yaml:2: the file',
      '.markdownlint.cjs:1: the file',
      'a.md:3: MD043 in a comment',
    ])
  })
})

test('openspec: its own outlines, and the templates of another workflow', () => {
  const files = {
    'openspec/specs/a/spec.md': '',
    'openspec/config.yaml': 'schema: spec-driven\nrules:\n  specs:\n    - Be brief\n',
  }
  const {types, left} = imported('openspec', files)
  expect(types.map(({name, globs}) => `${name} ${globs.join(' ')}`)).toEqual([
    'openspec-spec openspec/specs/**/*.md',
    'openspec-delta openspec/changes/*/specs/**/*.md',
    'openspec-proposal openspec/changes/*/proposal.md',
    'openspec-design openspec/changes/*/design.md',
    'openspec-tasks openspec/changes/*/tasks.md',
  ])
  for (const {body} of types) if (body.kind === 'type') expect(loadType(body.json, builtinJson)).toHaveProperty('type')
  expect(left.map(({file, line, what}) => `${file}:${line}: ${what}`)).toEqual([
    'openspec/config.yaml:3: rules for `specs`',
  ])
  const own = imported('openspec', {
    'openspec/config.yaml': 'schema: ours\n',
    'openspec/schemas/ours/schema.yaml':
      'name: ours\nartifacts:\n  - {id: brief, generates: brief.md, template: brief.md}\n  - {id: plan, generates: plan.md, template: gone.md}\n',
    'openspec/schemas/ours/templates/brief.md': '# Brief\n',
  })
  expect(own.types.find(({name}) => name === 'openspec-brief')).toMatchObject({
    body: {kind: 'template', path: 'openspec/schemas/ours/templates/brief.md'},
    globs: ['openspec/changes/*/brief.md'],
  })
  expect(own.left.map(({line, what}) => `${line}: ${what}`)).toEqual(['4: template `gone.md`'])
})

test('spec-kit: templates as they stand, samples by what they have in common', () => {
  const {types, left} = imported('spec-kit', {
    '.specify/templates/spec-template.md': '',
    '.specify/templates/overrides/spec-template.md': '',
    '.specify/templates/tasks-template.md': '',
    '.specify/templates/issue-template.md': '',
    'docs/specs/001-login/spec.md': '',
  })
  expect(types.map(({name, globs, body}) => [name, globs, body.kind === 'template' ? body.path : body.kind])).toEqual([
    ['spec-kit-spec', ['docs/specs/*/spec.md'], '.specify/templates/overrides/spec-template.md'],
    ['spec-kit-tasks', ['docs/specs/*/tasks.md'], 'type'],
  ])
  for (const {body} of types) if (body.kind === 'type') expect(loadType(body.json, builtinJson)).toHaveProperty('type')
  expect(left.map(({file}) => file)).toEqual([
    '.specify/templates/issue-template.md',
    '.specify/templates/tasks-template.md',
  ])
})

test('whatever a declaration holds, a type comes out that loads, or a reason', () => {
  const path = {mdschema: '.mdschema.yml', outlint: '.outlint.yml', markdownlint: '.markdownlint.yaml'}
  const keys = [
    'structure',
    'heading',
    'pattern',
    'children',
    'frontmatter',
    'fields',
    'name',
    'sections',
    'match',
    'outline',
    'title',
    'MD043',
    'headings',
    'constraints',
    'one_of',
    'requires',
    'if',
    'repeat',
    'id',
    '__proto__',
  ]
  const leaf = fc.oneof(
    fc.constantFrom('# A', '## B', '*', '?', '/[/', '/a+/', '(', '1..n', '', '#'),
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.string(),
  )
  const {value} = fc.letrec((tie) => ({
    value: fc.oneof(
      {maxDepth: 5},
      leaf,
      fc.array(tie('value'), {maxLength: 4}),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), {maxKeys: 4}),
    ),
  }))
  fc.assert(
    fc.property(
      fc.constantFrom('mdschema', 'outlint', 'markdownlint'),
      fc.dictionary(fc.constantFrom(...keys), value, {maxKeys: 5}),
      (tool, data) => {
        for (const {body} of imported(tool, {[path[tool]]: JSON.stringify(data)}).types) {
          const loaded = body.kind === 'type' ? loadType(body.json, builtinJson) : undefined
          expect(loaded && 'problems' in loaded ? loaded.problems : []).toEqual([])
        }
      },
    ),
    {numRuns: 300},
  )
})
