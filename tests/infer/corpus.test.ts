import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {readDocument} from '../../src/document/parse.ts'
import {type CorpusInferred, inferFrom} from '../../src/infer/corpus/corpus.ts'
import {factsOf} from '../../src/infer/corpus/facts.ts'
import {misfits} from '../../src/infer/corpus/misfits.ts'
import {orderOf} from '../../src/infer/corpus/order.ts'
import {kindOf} from '../../src/infer/corpus/values.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'

const statuses = ['Draft', 'Accepted', 'Accepted', 'Rejected']

function proposal(number: number, change: (text: string) => string = (text) => text): string {
  const options = number % 2 === 0 ? '### Option: A queue\n\nIt waits.\n\n### Option: A log\n\nIt stays.\n\n' : ''
  const cost = number % 5 === 0 ? '## Cost\n\nTwo weeks of work.\n\n' : ''
  return change(`---
id: ${number}
status: ${statuses[number % 4] ?? ''}
created: 2026-01-${String(number).padStart(2, '0')}
---

# RFC ${number}: Shorter queues, part ${number}

## Motivation

People wait for ${number} minutes.

## Options

Some were looked at.

${options}${cost}## Decision

The first one, by ${number} votes.
`)
}

function infer(texts: readonly string[], threshold = 0.95): CorpusInferred {
  const facts = texts.map((text, index) => factsOf(readDocument(text, {path: `${index + 1}.md`})))
  const found = inferFrom(facts, 'rfc', threshold)
  if ('problem' in found) throw new Error(found.problem)
  return found
}

const clean = Array.from({length: 24}, (_, index) => proposal(index + 1))

describe('a type from documents', () => {
  const {json, claims, strangers, documents} = infer(clean)

  test('has what nearly all of them have', () => {
    expect(json).toMatchObject({
      metadata: {
        in: 'frontMatter',
        status: 'status',
        dates: ['created'],
        schema: {
          required: ['id', 'status', 'created'],
          properties: {
            id: {type: 'number'},
            status: {enum: ['Accepted', 'Rejected', 'Draft']},
            created: {format: 'date'},
          },
        },
      },
      documentTitle: {example: '# RFC 1: Shorter queues, part 1'},
      identity: {metadata: 'id'},
      outline: {
        order: 'strict',
        sections: [
          {heading: 'Motivation', required: true},
          {
            heading: 'Options',
            required: true,
            children: [{heading: 'Option: Name', pattern: 'option\\s*:\\s*.+', required: false, repeat: {min: 0}}],
          },
          {heading: 'Cost', required: false},
          {heading: 'Decision', required: true},
        ],
      },
    })
    expect({documents, strangers}).toEqual({documents: 24, strangers: []})
  })

  test('finds nothing in its own documents', () => {
    const type = typeFrom(json)
    for (const text of clean) expect(findingsOf(text, rules, type)).toEqual([])
    expect(misfits({json, claims})).toEqual([])
  })

  test.for([
    ['no section', (text: string) => text.replace('## Decision', '## Verdict'), 'required-sections', 'Decision'],
    ['another order', (text: string) => text.replace(/(## Motivation[^#]+)([\s\S]*)/u, '$2\n$1'), 'section-order', ''],
    ['no key', (text: string) => text.replace(/^created.*\n/mu, ''), 'metadata-required', 'created'],
    ['no date', (text: string) => text.replace(/^created.*/mu, 'created: soon'), 'metadata-value', 'created'],
    ['another status', (text: string) => text.replace(/^status.*/mu, 'status: Acepted'), 'status-enum', 'Acepted'],
    ['another title', (text: string) => text.replace(/^# RFC /mu, '# Idea '), 'title-format', ''],
  ] as const)('%s in one of many is against it, and is found', ([, change, rule, words]) => {
    const texts = clean.map((text, index) => (index === 11 ? change(text) : text))
    const own = infer(texts)
    const strays = misfits(own)
    expect(strays.map(({path}) => path)).toEqual(['12.md'])
    const findings = findingsOf(texts[11] ?? '', rules, typeFrom(own.json))
    expect(findings.map(({ruleId}) => ruleId)).toEqual([rule])
    expect(findings[0]?.reason).toContain(words)
  })

  test('each claim counts the documents that show it, and those that do not', () => {
    const texts = clean.map((text, index) => (index === 3 ? text.replace('## Decision', '## Verdict') : text))
    const claim = infer(texts).claims.find(({at}) => at === '/outline/sections/3/required')
    expect([claim?.evidence.length, claim?.against.map(({path, line}) => [path, line])]).toEqual([23, [['4.md', 1]]])
    expect(claim?.evidence[0]).toMatchObject({path: '1.md', text: '## Decision'})
  })

  test('what too few have is optional with a higher threshold', () => {
    const texts = clean.map((text, index) => (index === 3 ? text.replace('## Decision', '## Verdict') : text))
    expect(infer(texts, 1).json).toMatchObject({
      outline: {sections: [{}, {}, {}, {heading: 'Decision', required: false}]},
    })
  })

  test('a page of another kind is set aside', () => {
    const {strangers: found, documents: count} = infer([...clean, '# Index\n\n- [One](1.md)\n'])
    expect([count, found]).toEqual([24, [{path: '25.md', has: 0, of: 6}]])
  })

  test('CRLF and a byte order mark change nothing', () => {
    const other = infer(clean.map((text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`))
    expect(other.json).toEqual(json)
  })
})

test('a way of writing that most keep is one section with other names', () => {
  const texts = clean.map((text, index) => (index % 6 === 0 ? text.replace('## Decision', '## Decisions') : text))
  expect(infer(texts).json).toMatchObject({
    outline: {sections: [{}, {}, {}, {heading: 'Decision', aliases: ['Decisions'], required: true}]},
  })
})

test('what many documents do is no fault in any', () => {
  const texts = clean.map((text, index) =>
    index % 4 === 0 ? `${text}\n\`\`\`\nplain\n\`\`\`\n` : `${text}\n\`\`\`sh\nls\n\`\`\`\n`,
  )
  expect(infer(texts).json['rules']).toMatchObject({'code-language': 'off'})
})

test.for([
  [[], '0 documents are too few'],
  [clean.slice(0, 2), '2 documents are too few'],
  [['# A\n\none', '# B\n\ntwo', '# C\n\nthree'], 'nothing in common'],
] as const)('%#', ([texts, words]) => {
  expect(
    inferFrom(
      texts.map((text) => factsOf(readDocument(text))),
      'rfc',
      0.95,
    ),
  ).toMatchObject({
    problem: expect.stringContaining(words) as string,
  })
})

describe('values', () => {
  const many = (...values: readonly string[]): readonly string[] =>
    values.flatMap((value) => Array(6).fill(value) as string[])

  test.for([
    [many('Draft', 'Final'), ['Draft', 'Final']],
    [
      [...many('Draft', 'Final'), 'Living'],
      ['Draft', 'Final', 'Living'],
    ],
    [
      [...many('Accepted', 'Rejected'), 'Acepted'],
      ['Accepted', 'Rejected'],
    ],
    [
      many('Implemented (5.1)', 'Implemented (5.2)', 'Rejected'),
      ['Implemented (5.1)', 'Implemented (5.2)', 'Rejected'],
    ],
    [Array.from({length: 30}, (_, index) => (index % 2 ? `Done (${index})` : 'Open')), ['Open', 'Done']],
    [Array.from({length: 30}, (_, index) => `Name ${index}`), []],
    [many('1', '2'), []],
    [['Draft', 'Final', 'Draft'], []],
  ] as const)('%j', ([values, choice]) => expect(kindOf(values, 0.95, false).choice).toEqual(choice))
})

describe('order', () => {
  test('is that of most', () => {
    const {names, loose, keeps} = orderOf(
      [
        ['a', 'b', 'c'],
        ['a', 'c'],
        ['b', 'c'],
        ['c', 'a'],
      ],
      new Set(),
      0.75,
    )
    expect([names, [...loose], [0, 1, 2, 3].map(keeps)]).toEqual([['a', 'b', 'c'], [], [true, true, true, false]])
  })

  test('lets an optional one go that stands anywhere', () => {
    const {loose} = orderOf(
      [
        ['a', 'x', 'b'],
        ['x', 'a', 'b'],
        ['a', 'b', 'x'],
        ['a', 'b'],
      ],
      new Set(['x']),
      1,
    )
    expect([...loose]).toEqual(['x'])
  })
})

test('what some leave blank may stay so, a yes or no is a boolean, and the entries of a log are no sections', () => {
  const {json} = infer(
    clean.map((text, index) =>
      text
        .replace(
          'created:',
          `accepted_at: ${index % 2 === 0 ? 'null' : '2026-02-01'}\nneeds-code: ${index % 3 === 0}\ncreated:`,
        )
        .concat('\n## Changelog\n\n### 1.0.0 - Initial\n\nFirst.\n\n#### Benefits\n\nSome.\n'),
    ),
  )
  const {schema} = json['metadata'] as unknown as {schema: {properties: object}}
  expect(schema.properties).toMatchObject({
    accepted_at: {type: ['string', 'null'], format: 'date'},
    'needs-code': {type: 'boolean'},
  })
  const {sections} = json['outline'] as unknown as {sections: readonly {heading: string}[]}
  expect(sections.at(-1)).toMatchObject({heading: 'Changelog', required: true})
  expect(sections.at(-1)).not.toHaveProperty('children')
})
