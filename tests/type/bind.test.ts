import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {bind} from '../../src/type/bind.ts'
import {builtinJson, builtinTypes} from '../../src/type/builtin.ts'
import {detect, scores} from '../../src/type/detect.ts'
import {frontMatterSchema} from '../../src/type/frontmatter.ts'
import {loadType} from '../../src/type/load.ts'
import {findSlip, isSlip, nearest} from '../../src/type/nearest.ts'
import {headingForm, sameHeading} from '../../src/type/normalize.ts'
import {matches} from '../../src/type/regex.ts'
import type {SpecType} from '../../src/type/types.ts'
import {checkValue} from '../../src/type/values.ts'
import {isoDate} from '../../src/type/dates.ts'

function type(json: object): SpecType {
  const loaded = loadType({name: 'x', title: 'X', description: 'X.', ...json}, () => undefined)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.type
}

const states = (text: string, outline: object, facts: readonly string[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(
    bind(readDocument(text), type({outline}), new Set(facts)).sections.map(({spec, state, required}) => [
      spec.heading,
      state === 'missing' && !required ? 'absent' : state,
    ]),
  )

describe('headings are compared without what people vary', () => {
  test.for([
    ['Goals / Non-goals', '**Goals/Non‑goals**:', true],
    ['Users & Use Cases', 'users and use cases', true],
    ['User Experience (if applicable)', 'User Experience', true],
    ['Performance', '🚀 Performance (p95)', true],
    ['Functional Acceptance', 'Non-Functional Acceptance', false],
    ['Risks', 'Risk', false],
  ] as const)('%s and %s', ([a, b, same]) => expect(sameHeading(a, b)).toBe(same))

  test('a form is stable', () =>
    expect(headingForm(headingForm('3 – “Why” & `how`…'))).toBe(headingForm('3 – “Why” & `how`…')))
})

describe('slips', () => {
  test.for([
    ['Requirements', 'Requirments', true],
    ['owner', 'onwer', true],
    ['status', 'staus', true],
    ['Risk', 'Rise', true],
    ['ORM', 'OEM', false],
    ['Context', 'Content of it', false],
    ['same', 'same', false],
  ] as const)('%s and %s', ([a, b, slip]) => expect(isSlip(a, b)).toBe(slip))
  test('nearest', () => {
    expect(nearest('DRAFT', ['Draft', 'Drift'])).toEqual(['Draft'])
    expect(nearest('Implementation', ['Draft', 'Implemented'])).toEqual(['Implemented'])
    expect(nearest('Big', ['H', 'M', 'L'])).toEqual([])
  })
})

describe('sections', () => {
  const outline = {
    sections: [
      'A section',
      {heading: 'Middle', children: ['Inner part', {heading: 'Other part', required: false}]},
      {heading: 'Conditional', required: {when: 'schema-change'}},
      'Last one',
    ],
  }

  test.for([
    [
      'all there',
      '# T\n\n## 1. A section\n\n## Middle\n\n### Inner part\n\n## Last one\n',
      [],
      {
        'A section': 'found',
        Middle: 'found',
        'Inner part': 'found',
        'Other part': 'absent',
        Conditional: 'absent',
        'Last one': 'found',
      },
    ],
    [
      'no H1',
      '## A section\n\n## Middle\n\n### Inner part\n\n## Last one\n',
      [],
      {'A section': 'found', Middle: 'found', 'Inner part': 'found', 'Last one': 'found'},
    ],
    [
      'sections at the first level',
      '# A section\n\n# Middle\n\n## Inner part\n\n# Last one\n',
      [],
      {'A section': 'found', Middle: 'found', 'Inner part': 'found', 'Last one': 'found'},
    ],
    ['a condition that holds', '# T\n\n## A section\n', ['schema-change'], {Conditional: 'missing', Middle: 'missing'}],
    [
      'a typo keeps the children',
      '# T\n\n## A section\n\n## Midlde\n\n### Inner part\n\n## Last one\n',
      [],
      {Middle: 'misspelt', 'Inner part': 'found'},
    ],
    [
      'a level',
      '# T\n\n## A section\n\n### Middle\n\n### Inner part\n\n## Last one\n',
      [],
      {Middle: 'depth', 'Inner part': 'found', 'Last one': 'found'},
    ],
    [
      'a parent',
      '# T\n\n## A section\n\n### Inner part\n\n## Middle\n\n## Last one\n',
      [],
      {Middle: 'found', 'Inner part': 'misplaced'},
    ],
    [
      'a parent at the wrong level, and what stands below it',
      '# T\n\n## A section\n\n### Middle\n\n#### Inner part\n\n## Last one\n',
      [],
      {Middle: 'depth', 'Inner part': 'found', 'Last one': 'found'},
    ],
    [
      'a title that bears the name of a section',
      '# Middle\n\n## A section\n\n## Inner part\n\n## Last one\n',
      [],
      {'A section': 'found', Middle: 'missing', 'Last one': 'found'},
    ],
    ['a name that denies another', '# T\n\n## A section\n\n## Non-Middle\n', [], {Middle: 'missing'}],
    ['a name with one word more', '# T\n\n## A section\n\n## The last one here\n', [], {'Last one': 'misspelt'}],
    ['a name with two words more', '# T\n\n## A section\n\n## Last big one here\n', [], {'Last one': 'missing'}],
    [
      'a name with one word more at another level',
      '# T\n\n## A section\n\n### Last one here\n',
      [],
      {'Last one': 'missing'},
    ],
    ['a typo at another level', '# T\n\n## A section\n\n### Midlde\n', [], {Middle: 'misspelt'}],
    ['a title alone', '# Middle\n\n## Halls\n', [], {'A section': 'missing', Middle: 'missing'}],
    ['a title with what stands below it', '# Middle\n\n## Inner part\n', [], {Middle: 'found', 'Inner part': 'found'}],
    ['one deep section of many', '# T\n\n## Halls\n\n### Middle\n', [], {'A section': 'missing', Middle: 'depth'}],
    ['one with a number of its depth', '# T\n\n## 1. Halls\n\n### 1.1. Middle\n', [], {Middle: 'found'}],
    ['one with a number of another', '# T\n\n## Halls\n\n### 4. Middle\n', [], {Middle: 'depth'}],
    [
      'two deep sections',
      '# T\n\n## Halls\n\n### A section\n\n### Middle\n',
      [],
      {'A section': 'found', Middle: 'found'},
    ],
    [
      'a missing parent',
      '# T\n\n## A section\n\n### Inner part\n\n## Last one\n',
      [],
      {Middle: 'missing', 'Inner part': 'found'},
    ],
  ] as const)('%s', ([, text, facts, expected]) => expect(states(text, outline, facts)).toMatchObject(expected))

  test('patterns repeat, and a free slot takes the rest', () => {
    const bound = bind(
      readDocument('# T\n\n## Tables\n\n### a\n\n### Notes\n\n### b\n'),
      type({
        outline: {
          sections: [
            {
              heading: 'Tables',
              children: [
                {id: 'table', heading: 'A table', pattern: '.+', repeat: {min: 1}},
                {heading: 'Notes', required: false},
              ],
            },
          ],
        },
      }),
      new Set(),
    )
    expect(bound.sections.map(({spec, matches: found}) => [spec.id, found.map(({heading}) => heading?.text)])).toEqual([
      ['tables', ['Tables']],
      ['table', ['a', 'b']],
      ['notes', ['Notes']],
    ])
  })

  test.for([
    ['of a missing section takes nothing', '# T\n\n## Halls\n\n### Prices\n\n## Last one\n', ['missing', 'missing']],
    [
      'of a section at another level takes what stands below that',
      '# T\n\n## Halls\n\n### Prices\n\n### Tables\n\n## Last one\n',
      ['depth', 'missing'],
    ],
  ] as const)('a free slot %s', ([, text, expected]) => {
    const own = {id: 'table', heading: 'A table', pattern: '.+', repeat: {min: 1}}
    const all = states(text, {sections: [{heading: 'Tables', children: [own]}, 'Last one']}, [])
    expect([all['Tables'], all['A table']]).toEqual(expected)
  })

  test.for([
    ['at the end of a section', '## A section\n\n**Middle**\n', true],
    ['before the sections below it', '## A section\n\n**Middle**\n\n### Halls\n', false],
  ] as const)('a name in bold %s', ([, text, isLine]) => {
    const found = bind(readDocument(`# T\n\n${text}`), type({outline}), new Set()).sections.find(({bold}) => bold)
    expect([found?.spec.id, found?.bold?.line !== undefined]).toEqual(['middle', isLine])
  })

  test('the gap of a missing section lies between its neighbours', () => {
    const text = '# T\n\n## A section\n\nx\n\n## Last one\n'
    const middle = bind(readDocument(text), type({outline}), new Set()).sections.find(({spec}) => spec.id === 'middle')
    expect(middle?.gap).toMatchObject({
      offset: text.indexOf('## Last'),
      after: {heading: {text: 'A section'}},
      before: {heading: {text: 'Last one'}},
    })
    expect(text.slice(middle?.gap.at.start, middle?.gap.at.end)).toBe('A section')
  })

  test('conditions over metadata and phases', () => {
    const json = {
      metadata: {
        in: 'lines',
        status: 'Status',
        schema: {type: 'object', properties: {Level: {type: 'integer'}, Status: {enum: ['Draft', 'Done']}}},
      },
      phases: [
        {status: 'Draft', kind: 'initial'},
        {status: 'Done', kind: 'final'},
      ],
      outline: {
        sections: [
          {heading: 'Deep', required: {when: {metadata: 'Level', is: {minimum: 2}}}},
          {heading: 'End', required: {when: {all: [{phase: ['Done']}, {not: 'drops'}]}}},
          {heading: 'Any', required: {when: {any: ['drops', {phase: ['Draft']}]}}},
        ],
      },
    }
    const required = (text: string, facts: readonly string[]): readonly string[] =>
      bind(readDocument(text), type(json), new Set(facts))
        .sections.filter((one) => one.required)
        .map(({spec}) => spec.heading)
    expect(required('# T\n\n**Level**: 3\n**Status**: Done\n', [])).toEqual(['Deep', 'End'])
    expect(required('# T\n\n**Level**: 1\n**Status**: Draft\n', ['drops'])).toEqual(['Any'])
  })
})

describe('types', () => {
  test.for([
    ['no object', [], ''],
    ['an unknown key', {name: 'x', outlin: {}}, '/outlin'],
    ['no name', {title: 'X'}, ''],
    [
      'a pattern with look-ahead',
      {name: 'x', outline: {sections: [{heading: 'A', pattern: '(?=a)'}]}},
      '/outline/sections/0/pattern',
    ],
    [
      'a schema that does not compile',
      {name: 'x', outline: {sections: [{heading: 'A', fields: {type: 'strng'}}]}},
      '/outline/sections/0/fields',
    ],
    [
      'a reference that leaves',
      {name: 'x', metadata: {in: 'lines', schema: {$ref: 'file:///etc/passwd'}}},
      '/metadata/schema/$ref',
    ],
    [
      'an unknown id in a constraint',
      {
        name: 'x',
        outline: {sections: [{heading: 'A', children: ['B'], constraints: [{kind: 'anyOf', sections: ['c']}]}]},
      },
      '/outline/sections/0/constraints',
    ],
    [
      'an unknown id in a constraint of the outline',
      {name: 'x', outline: {sections: ['A'], constraints: [{kind: 'conflicts', sections: ['a', 'b']}]}},
      '/outline/constraints',
    ],
    ['a base that is none', {name: 'x', extends: 'nothing'}, '/extends'],
  ] as const)('%s', ([, json, path]) => {
    const loaded = loadType(json, () => undefined)
    expect('problems' in loaded && loaded.problems[0]?.path).toBe(path)
    expect('problems' in loaded && loaded.problems[0]?.help).toMatch(/\.$/u)
  })

  describe('references in schemas', () => {
    const schemaOf = (schema: object) => loadType({name: 'x', metadata: {in: 'frontMatter', schema}}, () => undefined)
    const invalid = (schema: object, yaml: string) => {
      const loaded = schemaOf(schema)
      if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
      const {metadata} = bind(readDocument(`---\n${yaml}\n---\n`), loaded.type, new Set())
      return metadata.invalid.map(({property, expected}) => [property, expected])
    }

    test('are followed, from a property too', () => {
      const $defs = {level: {enum: ['H', 'L']}, 'a/b': {$ref: '#/$defs/level'}}
      const properties = {
        a: {$ref: '#/$defs/level'},
        b: {$ref: '#/$defs/a~1b', title: 'level'},
        c: {$ref: '#/$defs/level', not: {const: 'L'}},
      }
      expect(invalid({type: 'object', $defs, properties}, 'a: H\nb: M\nc: L')).toEqual([
        ['b', 'one of `H`, `L`'],
        ['c', 'must NOT be valid'],
      ])
    })

    test('a property may have the name of a keyword', () =>
      expect(
        invalid({properties: {$ref: {type: 'string'}, $async: {}, $id: {enum: ['a']}}}, '$ref: 1\n$async: 2\n$id: b'),
      ).toEqual([
        ['$ref', 'text'],
        ['$id', '`a`'],
      ]))

    const doubling = Object.fromEntries(
      Array.from({length: 30}, (_, i) => [
        `d${i}`,
        {allOf: [{$ref: `#/$defs/d${i + 1}`}, {$ref: `#/$defs/d${i + 1}`}]},
      ]),
    )
    const wide = {wide: {anyOf: Array.from({length: 400}, (_, i) => ({maxLength: i}))}}
    test.for([
      ['a promise', {$async: true}, '/metadata/schema/$async'],
      ['a promise inside', {properties: {a: {$async: true}}}, '/metadata/schema/properties/a/$async'],
      ['a name for all', {$id: 'https://x.org/y'}, '/metadata/schema/$id'],
      ['a circle', {properties: {a: {items: {$ref: '#'}}}}, '/metadata/schema/properties/a/items/$ref'],
      ['a longer circle', {$defs: {a: {$ref: '#/$defs/b'}, b: {not: {$ref: '#/$defs/a'}}}}, undefined],
      ['nothing there', {properties: {a: {$ref: '#/$defs/a'}}}, '/metadata/schema/properties/a/$ref'],
      ['a chain that doubles', {$defs: {...doubling, d30: {}}}, undefined],
      [
        'copies of much',
        {
          $defs: wide,
          properties: Object.fromEntries(Array.from({length: 150}, (_, i) => [`p${i}`, {$ref: '#/$defs/wide'}])),
        },
        undefined,
      ],
    ] as const)('%s is a problem', ([, schema, path]) => {
      const loaded = schemaOf(schema)
      const problem = 'problems' in loaded ? loaded.problems[0] : undefined
      expect(problem?.help).toMatch(/\.$/u)
      if (path !== undefined) expect(problem?.path).toBe(path)
    })
  })

  const many = (most: number, name: string): readonly string[] => Array.from({length: most}, (_, i) => `${name} ${i}`)
  test.for([
    ['sections', {outline: {sections: many(2000, 'Section')}}, '/outline/sections'],
    [
      'sections below sections',
      {outline: {sections: many(40, 'S').map((heading) => ({heading, children: many(20, heading)}))}},
      '/outline/sections',
    ],
    [
      'values of a cell',
      {outline: {sections: [{heading: 'A', table: {columns: [{name: 'V', cell: {enum: many(3000, 'v')}}]}}]}},
      '/outline/sections/0/table/columns/0/cell/enum',
    ],
    [
      'columns',
      {outline: {sections: [{heading: 'A', tables: many(490, 'c').map(() => ({columns: many(10, 'c')}))}]}},
      '',
    ],
  ] as const)('too many %s', ([, json, path]) => {
    const loaded = loadType({name: 'x', ...json}, () => undefined)
    expect('problems' in loaded && loaded.problems).toMatchObject([{path, help: expect.stringMatching(/\.$/u)}])
  })

  test('a circle of bases', () => {
    const loaded = loadType({name: 'a', extends: 'b'}, () => ({name: 'b', extends: 'b'}))
    expect('problems' in loaded && loaded.problems[0]?.message).toContain('circle')
  })

  test('a regular expression that would run for ever does not', () => {
    const text = `${'a'.repeat(50_000)}!`
    expect(matches('^(a+)+$', text)).toBe(false)
    expect(
      checkValue({type: 'object', properties: {p: {pattern: '^(a+)+$'}, q: {pattern: '^b$'}}}, {p: text, q: 'zzz'}),
    ).toHaveLength(2)
  })

  test.for(['a{1000}'.repeat(140), '(?:a{30}){30}'.repeat(16), '((a?){9}){9}'.repeat(55)])(
    'the pattern %j is a problem',
    (pattern) => {
      const sections = Array.from({length: 200}, (_, i) => ({heading: `H ${i}`, pattern}))
      const loaded = loadType({name: 'x', outline: {sections}}, () => undefined)
      expect('problems' in loaded && loaded.problems[0]).toMatchObject({path: '/outline/sections/0/pattern'})
    },
  )

  test('a value of any length has no format at once', () => {
    for (const format of ['url', 'uri', 'email', 'regex', 'hostname'])
      expect(checkValue({format}, `http://${':'.repeat(60_000)}`), format).toHaveLength(1)
    expect(checkValue({format: 'date'}, '2026-01-31')).toEqual([])
    expect(checkValue({format: 'double'}, 1.5)).toEqual([])
  })

  test('a schema with a name is compiled as often as it is read', () => {
    for (const kind of ['string', 'number'])
      expect(checkValue({$id: 'https://example.org/one.json', type: kind}, true)).toHaveLength(1)
  })

  test.for(builtinTypes())('$name, which is read without a check, passes it', (one) => {
    expect(loadType(builtinJson(one.name), builtinJson)).toEqual({type: one})
  })

  test.for(builtinTypes())('$name exports its metadata for YAML language servers', (one) => {
    expect(frontMatterSchema(one, 'https://x')).toMatchObject({
      $id: `https://x/${one.name}.front-matter.schema.json`,
      type: 'object',
    })
  })
})

test('slips are looked for among the first thousand', () => {
  const many = Array.from({length: 5000}, (_, index) => index)
  let asked = 0
  const isOne = (one: number): boolean => {
    asked += 1
    return one === 4000
  }
  expect(findSlip(many, isOne)).toBeUndefined()
  expect(asked).toBe(1000)
  expect(findSlip(many, (one) => one === 999)).toBe(999)
})

describe('detection', () => {
  const design =
    '# Data Model Design: X\n\n## Overview\n\n**Data Architect**: A\n\n## Current Data Model Analysis\n\n## Proposed Data Model\n\n## Data Flow\n\n## Data Validation\n'
  test('enough signals make a type', () =>
    expect(detect(readDocument(design), builtinTypes())?.type.name).toBe('data-model-design'))
  test.for(['', '# PRD: X\n', '# X\n\n## Goals\n\n## Requirements\n\n## Risks\n', '---\nstatus: Draft\n---\n'])(
    '%j is none',
    (text) => {
      expect(detect(readDocument(text), builtinTypes())).toBeUndefined()
      expect(scores(readDocument(text), builtinTypes())).toHaveLength(5)
    },
  )
  test('a tie is none', () => {
    const twin = (name: string): SpecType =>
      type({name, detect: {minimum: 1, headings: ['A']}, outline: {sections: []}})
    expect(detect(readDocument('# A\n'), [twin('a'), twin('b')])).toBeUndefined()
    expect(detect(readDocument('# A\n'), [twin('a')])?.type.name).toBe('a')
  })
})

test.for([
  ['2026/3/1', '2026-03-01'],
  ['3 March 2026', '2026-03-03'],
  ['March 3rd, 2026', '2026-03-03'],
  ['20260303', '2026-03-03'],
  ['31.12.2026', '2026-12-31'],
  ['12/03/2026', undefined],
  ['2026-02-30', undefined],
  ['soon', undefined],
] as const)('the ISO form of %s', ([text, iso]) => expect(isoDate(text)).toBe(iso))
