import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {createSource} from '../../src/document/source.ts'
import type {Field, Span} from '../../src/document/types.ts'

const read = (text: string) => readDocument(text)
const at = (text: string, {start, end}: Span): string => text.slice(start, end)

describe('source', () => {
  test.for([
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['\uFEFFab', 2, 1, 2],
    ['\uFEFFab', 0, 1, 1],
    ['🚲x', 2, 1, 3],
    ['', 0, 1, 1],
    ['a', 99, 1, 2],
  ] as const)('%j at %i is line %i, column %i', ([text, offset, line, column]) => {
    expect(createSource(text).pointOf(offset)).toMatchObject({line, column})
  })
})

describe('metadata, wherever it stands', () => {
  test.for([
    [
      'front matter',
      '---\nstatus: "Draft" # Draft | Active\nn: 1.0\n---\n# T\n',
      [
        ['status', 'Draft', '"Draft"', 'frontMatter'],
        ['n', 1, '1.0', 'frontMatter'],
      ],
    ],
    [
      'front matter with a mark and CRLF',
      '\uFEFF---\r\nstatus: Draft\r\n---\r\n# T\r\n',
      [['status', 'Draft', 'Draft', 'frontMatter']],
    ],
    [
      'front matter with lone carriage returns',
      '---\rstatus: Draft\rn: [1,\r 2]\r---\r# T\r',
      [
        ['status', 'Draft', 'Draft', 'frontMatter'],
        ['n', [1, 2], '[1,\r 2]', 'frontMatter'],
      ],
    ],
    [
      'placeholders in braces',
      '---\ntitle: {{NAME}} - Schema\nowner: {{A: B}}\n---\n',
      [
        ['title', '{{NAME}} - Schema', '{{NAME}} - Schema', 'frontMatter'],
        ['owner', '{{A: B}}', '{{A: B}}', 'frontMatter'],
      ],
    ],
    [
      'placeholders in braces, inside of values and keys',
      "---\na:\n  - {{A}}\n  - '{{B: C}} d'\nb: [{{A}}, \uE000]\nc: {k: {{V}}, {{K}}: 1}\n{{D}}: 1\n---\n",
      [
        ['a', ['{{A}}', '{{B: C}} d'], "- {{A}}\n  - '{{B: C}} d'", 'frontMatter'],
        ['b', ['{{A}}', '\uE000'], '[{{A}}, \uE000]', 'frontMatter'],
        ['c', {k: '{{V}}', '{{K}}': 1}, '{k: {{V}}, {{K}}: 1}', 'frontMatter'],
        ['{{D}}', 1, '1', 'frontMatter'],
      ],
    ],
    [
      'bold lines, colon outside',
      '# T\n\n**Status**: Draft  \n**Owner**: Ann\\\n**Date**: 2026-01-02\n',
      [
        ['Status', 'Draft', 'Draft', 'lines'],
        ['Owner', 'Ann', 'Ann', 'lines'],
        ['Date', '2026-01-02', '2026-01-02', 'lines'],
      ],
    ],
    [
      'bold lines, colon inside',
      '# T\n\n**Status:** Draft\n**Owner:** *Ann* 🚲\n',
      [
        ['Status', 'Draft', 'Draft', 'lines'],
        ['Owner', 'Ann 🚲', '*Ann* 🚲', 'lines'],
      ],
    ],
    [
      'several on a line',
      '# T\n\n**Status:** Draft | **Owner:** Ann\n',
      [
        ['Status', 'Draft', 'Draft', 'lines'],
        ['Owner', 'Ann', 'Ann', 'lines'],
      ],
    ],
    [
      'a list',
      '# T\n\n- **Status**: Draft\n- Owner: Ann\n',
      [
        ['Status', 'Draft', 'Draft', 'list'],
        ['Owner', 'Ann', 'Ann', 'list'],
      ],
    ],
    [
      'a table',
      '# T\n\n| Status | Draft |\n| --- | --- |\n| Owner | Ann |\n',
      [
        ['Status', 'Draft', 'Draft', 'table'],
        ['Owner', 'Ann', 'Ann', 'table'],
      ],
    ],
    ['a section', '# T\n\n## Status\n\nAccepted\n', [['Status', 'Accepted', 'Accepted', 'section']]],
  ] as const)('%s', ([, text, expected]) => {
    const {entries, problems} = read(text).metadata
    expect(problems).toEqual([])
    expect(entries.map(({key, value, valueSpan, origin}) => [key.text, value, at(text, valueSpan), origin])).toEqual(
      expected,
    )
    for (const {key} of entries) expect(at(text, key)).toBe(key.text)
  })

  test.for([
    ['---\nowner: @ann\n---\n', 'yaml', '@ann'],
    ['---\na: b: c\n---\n', 'yaml', 'b: c'],
    ['---\na: 1\na: 2\n---\n', 'duplicate-key', 'a'],
    ['---\na: &x 1\nb: *x\n---\n', 'alias', '1'],
    ['---\na: !!int 1\n---\n', 'tag', '1'],
    ['---\n%YAML 1.1\n---\n', 'directive', '%YAML 1.1'],
    ['---\n- a\n---\n', 'not-a-map', '- a'],
    ['---\na: 1\n\n# T\n', 'unclosed', '---'],
    ['---\na: 1\n-----\n\n# T\n', 'unclosed', '-----'],
    ['\n---\na: 1\n---\n', 'not-first', '---'],
    [`---\na: ${'x'.repeat(70_000)}\n---\n`, 'too-large', undefined],
    [`---\na: ${'['.repeat(30_000)}\n---\n`, 'too-large', undefined],
    [`---\na${': '.repeat(30_000)}\n---\n`, 'too-large', undefined],
  ] as const)('%j is a problem', ([text, code, quoted]) => {
    const [problem] = read(text).metadata.problems
    expect(problem?.code).toBe(code)
    if (quoted !== undefined && problem) expect(at(text, problem).trim()).toBe(quoted)
  })

  test.for(['key:', 'key :', '"key" : ', 'key:  # note', '? key', '? key\n: '])('%j has no value', (line) => {
    const text = `---\n${line}\nz: 1\n---\n`
    const [entry] = read(text).metadata.entries
    expect(entry).toMatchObject({key: {text: 'key'}, value: null, raw: ''})
    expect(entry && at(text, entry.valueSpan)).toBe('')
    expect(entry && at(text, entry)).toBe(line.replaceAll(/^\? |\s+#.*$|\s+$/gu, ''))
  })

  test.for(['\n', '\r\n', '\r'])('a duplicate key names its line, ended by %j', (eol) => {
    const [problem] = read(['---', 'a: 1', 'b: 1', 'b: 2', '---', ''].join(eol)).metadata.problems
    expect(problem?.message).toContain('on line 3')
  })

  test('what can be read of broken front matter is read', () => {
    const {entries} = read('---\nstatus: Draft\nowner: @ann\n---\n').metadata
    expect(entries.map(({key, raw}) => [key.text, raw])).toEqual([
      ['status', 'Draft'],
      ['owner', '@ann'],
    ])
  })

  test('behind front matter that has no end, lists and quotes are read', () => {
    const {lists, sections, metadata} = read('---\nstatus: Draft\n\n# Title\n\n- one\n- two\n\n> three\n')
    expect(metadata.problems.map(({message}) => message)).toEqual(['Front matter has no closing `---`'])
    expect(lists.map(({items}) => items.map(({text}) => text))).toEqual([['one', 'two']])
    expect(sections[0]?.blocks.map(({kind}) => kind)).toEqual(['list', 'quote'])
  })
})

describe('sections', () => {
  test('numbers, titles and nesting', () => {
    const text = '# T\n\n## 1. One\n\n### 1.2 *Two* `x`\n\n## 3) Three\n\n## 2026 Roadmap\n\n### FR3.1 – Export\n'
    const {sections} = read(text)
    expect(
      sections.map(({heading, parent}) => [
        heading?.number?.text,
        heading?.title.text,
        heading && at(text, heading.title),
        parent?.heading?.title.text,
      ]),
    ).toEqual([
      [undefined, 'T', 'T', undefined],
      ['1', 'One', 'One', 'T'],
      ['1.2', 'Two x', '*Two* `x`', 'One'],
      ['3', 'Three', 'Three', 'T'],
      [undefined, '2026 Roadmap', '2026 Roadmap', 'T'],
      [undefined, 'FR3.1 – Export', 'FR3.1 – Export', '2026 Roadmap'],
    ])
    for (const section of sections) expect(at(text, section).startsWith('#')).toBe(true)
    expect(at(text, sections[1] ?? {start: 0, end: 0})).toBe('## 1. One\n\n### 1.2 *Two* `x`\n\n')
  })

  test('bare numbers count where most headings have them', () => {
    expect(read('## 1 One\n\n## 2 Two\n').headings.map(({number}) => number?.text)).toEqual(['1', '2'])
    expect(read('## One\n\n## 2 Two\n\n## Three\n').headings.map(({number}) => number?.text)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('headings in code and quotes are none', () => {
    expect(read('```\n# no\n```\n\n> # no\n\n# yes\n').headings.map(({text}) => text)).toEqual(['yes'])
  })
})

describe('fields', () => {
  const flat = (fields: readonly Field[]): readonly unknown[] =>
    fields.map(({label, value, blocks, fields: inner}) => [
      label.text,
      value.text,
      blocks.map(({kind}) => kind),
      flat(inner),
    ])

  test('labels own what follows', () => {
    const text =
      '## S\n\n**Purpose:** why\n\n**Indexes:**\n- one\n\n**Row:**\n```json\n{}\n```\n\n**Now:**\nnext line\n\n- **Approach**: Online\n- Steps:\n  1. a\n- https://x.org: no\n- 10:30 no\n'
    const [section] = read(text).sections
    expect(flat(section?.fields ?? [])).toEqual([
      ['Purpose', 'why', [], []],
      ['Indexes', '', ['list'], []],
      ['Row', '', ['code'], []],
      [
        'Now',
        'next line',
        ['list'],
        [
          ['Approach', 'Online', [], []],
          ['Steps', '', ['list'], []],
        ],
      ],
      ['Approach', 'Online', [], []],
      ['Steps', '', ['list'], []],
    ])
  })

  test('identifiers hold their fields', () => {
    const text =
      '## R\n\n**FR-1: Search**\n- Priority: Must\n\n1. **UC-2: Buy**\n   - Actor: clerk\n\n### FR3.1 – Export\n\nSee FR-1, UTF-8 and `FR-9`.\n'
    const document = read(text)
    expect(
      document.items.map(({id, title, where, fields}) => [id, title.text, where, fields.map(({label}) => label.text)]),
    ).toEqual([
      ['FR-1', 'Search', 'label', ['Priority']],
      ['UC-2', 'Buy', 'listItem', ['Actor']],
      ['FR3.1', 'Export', 'heading', []],
    ])
    for (const {id, idSpan} of document.items) expect(at(text, idSpan)).toBe(id)
    expect(
      document.mentions.map(({id}) => id).filter((id) => id === 'FR-1' || id === 'FR-9' || id.startsWith('UTF')),
    ).toEqual(['FR-1', 'FR-1'])
  })
})

describe('the range of an identifier', () => {
  test.for([
    ['FR-1', 'FR-1'],
    ['**FR-1**', 'FR-1'],
    ['__FR-1__', 'FR-1'],
    ['***FR-1***', 'FR-1'],
    ['*FR-1*', 'FR-1'],
    ['~~FR-1~~', 'FR-1'],
    ['`FR-1`', 'FR-1'],
    ['`` FR-1 ``', 'FR-1'],
    ['**`FR-1`**', 'FR-1'],
    ['[FR-1](FR-1.md)', 'FR-1'],
    ['**[FR-1](x)**', 'FR-1'],
    ['<b id="FR-1">FR-1</b>', 'FR-1'],
    ['**FR\\-1**', 'FR\\-1'],
    ['FR&#45;1', 'FR&#45;1'],
    ['F**R-1**', 'F**R-1'],
  ] as const)('%s', ([id, expected]) => {
    const places = ['- $: x', '- [ ] $: x', '1. $: x', '## $: x', '## 1. $: x', '**$: x**', '| a |\n| - |\n| $ |']
    for (const place of places) {
      // Bold in bold is no bold.
      if (place.startsWith('**') && /[*_<]/u.test(id)) continue
      const text = place.replace('$', id)
      const {items} = read(text)
      expect(
        items.map((item) => [item.id, at(text, item.idSpan)]),
        text,
      ).toEqual([['FR-1', expected]])
    }
  })
})

describe('blocks', () => {
  test('tables have cells with places', () => {
    const text = '| A | *B* |\n| --- | --- |\n| x \\| y |  |\n| z |\n'
    const [table] = read(text).tables
    expect(table?.header.map((cell) => [cell.text, at(text, cell)])).toEqual([
      ['A', 'A'],
      ['B', '*B*'],
    ])
    expect(table?.rows.map(({cells}) => cells.map((cell) => [cell.text, at(text, cell)]))).toEqual([
      [
        ['x | y', 'x \\| y'],
        ['', ''],
      ],
      [['z', 'z']],
    ])
  })

  test('task lists have check boxes', () => {
    const text = '- [ ] open\n- [x] done\n- plain\n3. [X] three\n'
    const items = read(text).lists.flatMap((list) => list.items)
    expect(
      items.map(({text: words, checked, checkbox, number, textSpan}) => [
        words,
        checked,
        checkbox && at(text, checkbox),
        number,
        at(text, textSpan),
      ]),
    ).toEqual([
      ['open', false, '[ ]', undefined, 'open'],
      ['done', true, '[x]', undefined, 'done'],
      ['plain', undefined, undefined, undefined, 'plain'],
      ['three', true, '[X]', 3, 'three'],
    ])
  })

  test.for([
    ['```sql\nSELECT 1;\n```\n', 'sql', 'sql'],
    ['- a\n\n  ~~~SQL title=x\n  SELECT 1;\n  ~~~\n', 'sql', 'SQL'],
    ['> ```\n> SELECT 1;\n> ```\n', undefined, undefined],
    ['```\nSELECT 1;\n```', undefined, '```'],
  ] as const)('code in %j', ([text, language, span]) => {
    const [code] = read(text).codes
    if (!code) return expect(span).toBeUndefined()
    expect(code.language).toBe(language)
    expect(at(text, code.languageSpan)).toBe(span)
    expect(text.startsWith('SELECT', code.offsetAt(0))).toBe(true)
    expect(text.startsWith('1;', code.offsetAt(code.value.indexOf('1;')))).toBe(true)
  })

  test.for(['a  \nb', 'a\\\nb', 'a<br>b', 'a<br />b', 'a\nb', '*a  \nb*', '> a\n>\n> b', '> - a\n> - b', '> a<br>b'])(
    'what %j breaks stays apart',
    (text) => {
      const [block] = read(text).root.blocks
      expect(block && 'text' in block && block.text).toBe('a b')
    },
  )

  test('labels, cells, items and links with line breaks', () => {
    const {root, tables, lists, links} = read(
      '**K  \nL**: *a  \nb* c\n\n| a<br>b |\n| - |\n\n- a  \n  b<i>c</i> ![d](e)\n\n[a  \nb](c)\n',
    )
    expect(root.fields.map(({label, value}) => [label.text, value.text])).toEqual([['K L', 'a b c']])
    expect(tables[0]?.header[0]?.text).toBe('a b')
    expect(lists[0]?.items[0]?.text).toBe('a bc d')
    expect(links.find(({image}) => !image)?.text).toBe('a b')
  })

  test('definitions, links and comments', () => {
    const document = read('[a] ![i](i.png) <!-- c -->\n\n[a]: a.md\n[Step]: words\n')
    expect(document.definitions.map(({label, url, used}) => [label, url, used])).toEqual([
      ['a', 'a.md', true],
      ['Step', 'words', false],
    ])
    expect(document.links.map(({url, image}) => [url, image])).toEqual([['i.png', true]])
    expect(document.comments.map(({text}) => text)).toEqual(['c'])
  })
})

describe('placeholder candidates', () => {
  test.for([
    ['[Feature Name] and {{X}}', ['[Feature Name]', '{{X}}']],
    ['a [link](x.md), [ref][r], [^1] [x]\n\n- [ ] task\n\n[r]: x\n[^1]: n', []],
    ['≤[X]ms', ['[X]']],
    ['[[FEATURE] a title](x.md) [[Link]](y.md) [the [Name] guide', ['[Link]', '[Name]']],
    ['[{{A}} or {{B[0]}}] [{x}] [{{y]', ['[{{A}} or {{B[0]}}]', '[{x}]', '[{{y]']],
    ['TBD, TODO.md, todo, A_TODO', ['TBD']],
    ['<hall name> <b>x</b> <https://x.org>', ['<hall name>']],
    ['---\nteams:\n  - halls ## FIXME\r\nowner: "TBD"\nmap: {a: TBD }\n---\n', ['FIXME', 'TBD', 'TBD']],
  ] as const)('%j', ([text, expected]) => {
    const {placeholders} = read(text)
    expect(placeholders.map((one) => one.text)).toEqual(expected)
    for (const one of placeholders) expect(at(text, one)).toBe(one.text)
  })

  test.for(['[{{a}}', '[{', '[{{a', '{{[a]}}'])('many %j are read at once', (piece) => {
    expect(read(`[${piece.slice(1).repeat(40)}\n\n${piece.repeat(2000)}\n`).kind).toBe('document')
  })
})

test.for([
  ['spaces in broken YAML', `---\nb: [\na${' '.repeat(60_000)}x\n---\n`],
  ['spaces in a broken value', `---\nb: @\na: x${' '.repeat(60_000)}x\n---\n`],
  ['a reserved letter and spaces', `---\na: @${' '.repeat(60_000)}x\n---\n`],
  ['colons without end', `---\na: b${': '.repeat(10_000)}\u2028x\n---\n`],
  ['bars behind a label', `**K**: x${'|'.repeat(60_000)}x`],
] as const)('%s are read at once', ([, text]) => {
  expect(read(text).text).toBe(text)
})

test('thousands of labels in one paragraph are no square', () => {
  expect(read('**A**: b\n'.repeat(6000)).root.fields).toHaveLength(6000)
})

test('a text that is nested too deeply is refused before it is parsed', () => {
  for (const text of ['>'.repeat(3000), `---\n${'- '.repeat(30_000)}\n---\n`])
    expect(() => read(text), text.slice(0, 20)).toThrow(new RangeError('The text is nested too deeply'))
})

test('deep nesting, long lines and odd bytes never throw', () => {
  for (const text of [
    '>'.repeat(300),
    '- '.repeat(300),
    '[^(a@b.c',
    '- <!D\n- ',
    '[foo]: /url\nbar\n===',
    '\u0000\uD800',
    '- [ ] \r',
    '|'.repeat(500),
    '\r\r\n\n',
  ]) {
    expect(() => read(text), text.slice(0, 20)).not.toThrow()
  }
})
