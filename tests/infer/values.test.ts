import {describe, expect, test} from 'vitest'
import {menuOf} from '../../src/infer/menus.ts'
import {isAllTokens, tokensIn} from '../../src/infer/tokens.ts'
import {shapeOf} from '../../src/infer/values.ts'
import {rules} from '../../rules/index.ts'
import type {SpecType} from '../../src/rule/types.ts'
import type {JsonSchema} from '../../src/type/types.ts'
import {checkValue} from '../../src/type/values.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'
import {inferred} from './agreement.ts'

describe('a menu is a choice of short values', () => {
  test.for([
    ['Draft | Review | Approved', ['Draft', 'Review', 'Approved']],
    ['[Draft/In Review/Approved]', ['Draft', 'In Review', 'Approved']],
    ['[Online / Offline / Blue-green]', ['Online', 'Offline', 'Blue-green']],
    ['Must / Should / Could', ['Must', 'Should', 'Could']],
    ['provisional|implementable|implemented', ['provisional', 'implementable', 'implemented']],
    ['[1/2/3]', ['1', '2', '3']],
    ['[Y/N]', ['Y', 'N']],
    ['<Standards Track, Meta, or Informational>', ['Standards Track', 'Meta', 'Informational']],
    ['<Standards Track, Meta or Informational>', ['Standards Track', 'Meta', 'Informational']],
    ['<General, ASA, or Wallet; remove field if category is omitted>', ['General', 'ASA', 'Wallet']],
    ['<true or false>', ['true', 'false']],
    ['Draft (for Informational) | Proposal (for Standards)', ['Draft', 'Proposal']],
  ] as const)('%s', ([text, values]) => expect(menuOf(text)).toMatchObject({values, open: false, sure: true}))

  test.for([
    '[name/team]',
    '[RTO/RPO targets]',
    '[GDPR/SOC2/etc]',
    '[Feature/change deferred to later]',
    'Data / Migration Feature',
    '[link to Grafana/Datadog/etc]',
    '**Awaiting implementation** or **Awaiting review**',
    '[requests/sec, e.g., "1000 req/s sustained"]',
    '<GitHub username or GitHub organization>',
    'One of Core, Networking, or Interface',
    'Draft, Review, Final',
    'https://example.org/a/b/c',
  ])('%s is none', (text) => expect(menuOf(text)).toBeUndefined())

  test('one that goes on is a list of examples', () =>
    expect(menuOf('{proposed | rejected | … | superseded by ADR-0123')).toMatchObject({open: true}))

  test('a value that goes on is a pattern', () => {
    const {schema} = shapeOf('Status', 'accepted | superseded by #NNNN | deprecated')
    expect(schema).toMatchObject({
      type: 'string',
      pattern: String.raw`^(?i)(?:accepted|deprecated|superseded\s+by\s.+)`,
    })
  })
})

describe('a value of the template says what values look like', () => {
  test.for([
    ['Date', '[YYYY-MM-DD]', {format: 'date'}],
    ['Start Date', "(fill me in with today's date, YYYY-MM-DD)", {format: 'date'}],
    ['last-updated', '{{CURRENT_DATE}}', {format: 'date'}],
    ['creation-date', 'yyyy-mm-dd', {format: 'date'}],
    ['owner', '@github-handle', {title: 'handle'}],
    ['version', '1.0.0', {title: 'semantic version'}],
    ['Version', '1.0', {title: 'version'}],
    ['Level', '[1/2/3]', {type: 'integer', enum: [1, 2, 3]}],
    ['Feature', '[FEATURE_NAME]', {type: 'string', minLength: 1}],
  ] as const)('%s: %s', ([key, value, schema]) => expect(shapeOf(key, value).schema).toMatchObject(schema))
})

describe('a key of front matter that is known to hold a choice', () => {
  test.for([
    ['category', 'Standard/Meta', '', ['Standard', 'Meta']],
    ['type', 'Core/Networking/Meta', '', ['Core', 'Networking', 'Meta']],
    ['type', '<Standards Track or Meta>', '', ['Standards Track', 'Meta']],
    ['type', 'One of Standards Track, Meta, or Informational', '', ['Standards Track', 'Meta', 'Informational']],
    ['category', 'One of Core, or SRC (Optional field, for Standards Track)', '', ['Core', 'SRC']],
    ['status', 'Draft, Review, Last Call, Final', '', ['Draft', 'Review', 'Last Call', 'Final']],
    ['level', 'Draft', 'Acceptable values: Draft, Approved, On Hold.', ['Draft', 'Approved', 'On Hold']],
    ['team', 'Standard/Meta', '', undefined],
    ['type', 'Meta, Core', '', undefined],
    ['type', 'docs/template', '', undefined],
  ] as const)('%s: %s', ([key, value, hint, values]) =>
    expect(shapeOf(key, value, hint, true).schema['enum']).toEqual(values),
  )

  test.for([
    ['Technical (Core)', true],
    ['technical core', true],
    ['Networking', true],
    ['Recovery', true],
    ['Technically', false],
    ['Standard', false],
  ] as const)('of what values hold, %s fits: %s', ([value, fits]) => {
    const {schema} = shapeOf('type', '<Technical (Core, Networking) | Recovery>', '', true)
    expect(checkValue(schema, value).length === 0).toBe(fits)
  })

  test('a yes or no is a boolean', () => {
    const {schema} = shapeOf('implementation-required', '<true or false>', '', true)
    expect([true, 'true'].map((value) => checkValue(schema, value).length)).toEqual([0, 1])
  })

  test('statuses that a document begins with are not all there are', () => {
    const {json} = inferred('---\nstatus: Draft | Proposal\n---\n\n# [Name]\n\n## A\n\n[text]\n')
    expect(json).toMatchObject({metadata: {schema: {properties: {status: {examples: ['Draft', 'Proposal']}}}}})
    expect(json['phases']).toBeUndefined()
  })
})

describe('what a template says of a key', () => {
  const schema = (lines: string): {required?: readonly string[]; properties: Record<string, JsonSchema>} => {
    const {json} = inferred(`---\ntitle: [Name]\n${lines}\n---\n\n# [Name]\n\n## A\n\n[text]\n`)
    return (json['metadata'] as unknown as {schema: {required?: string[]; properties: Record<string, JsonSchema>}})
      .schema
  }
  test.for([
    ['updated (*optional): <mm/dd/yyyy>', 'updated', false, true],
    ['category (*only required for Standard Track): <area>', 'category', false, true],
    ['url: <address, remove field until Review>', 'url', false, true],
    ['area: <area> # Required for Standards Track.', 'area', false, true],
    ['accepted_at: null', 'accepted_at', false, true],
    ['feature: (the issue once accepted)', 'feature', true, true],
    ['leader: (name, to be appointed by the committee)', 'leader', true, true],
    ['requires: (optional - what it needs)', 'requires', false, true],
    ['area: <area>', 'area', true, false],
  ] as const)('%s', ([line, key, asked, blank]) => {
    const {required = [], properties} = schema(line)
    expect([required.includes(key), checkValue(properties[key] ?? {}, null).length === 0]).toEqual([asked, blank])
  })

  test('sentences behind a bold label are no value', () => {
    const note = 'Files are named by their number and a slug. '.repeat(4)
    const {json} = inferred(`# [Name]\n\n**Owner:** [name]\n**Naming:** ${note}\n\n## A\n\n[text]\n`)
    expect(json).toMatchObject({metadata: {schema: {required: ['Owner']}}})
  })
})

describe('tokens', () => {
  test.for([
    ['[a] and {{b}}, {c}, <d>', ['a', 'b', 'c', 'd']],
    ['[a [nested] one]', ['a [nested] one']],
    ['- [ ] task, [x] task, [link](url), [^1]', []],
    ['KEP-NNNN: title', ['NNNN']],
    ['a < b and c > d', []],
  ] as const)('%s', ([text, inner]) => expect(tokensIn(text).map((token) => token.inner)).toEqual(inner))

  test('a text of tokens and marks alone', () => {
    expect(isAllTokens('[A] – {{B}}')).toBe(true)
    expect(isAllTokens('FR[X].1 – [Name]')).toBe(false)
  })
})

describe('what makes a part optional or conditional', () => {
  const required = (template: string): unknown => {
    const {json} = inferred(`# [Name]\n\n## First\n\n[text]\n\n${template}`)
    const {sections} = json['outline'] as unknown as {sections: readonly {heading: string; required: unknown}[]}
    return sections.find(({heading}) => heading === 'Second')?.required
  }

  test.for([
    ['## Second\n\n[text]', true],
    ['## Second (if applicable)\n\n[text]', false],
    ['## Second [optional]\n\n[text]', false],
    ['## Second *(include if the feature has data)*\n\n[text]', false],
    ['<!-- This is an optional element. Feel free to remove. -->\n## Second\n\n[text]', false],
    ['## Second\n\n<!--\n  This section is optional.\n-->\n', false],
    ['## Second\n\n> **Fill ONLY if there are violations**\n', false],
    ['## Second\n\n**Note:** *Section not required until targeted at a release.*\n', false],
    [
      '## Second\n\n**REQUIRED:** All RFCs that modify the database schema MUST include this section.\n',
      {when: 'schema-change'},
    ],
    ['## Second\n\nAll RFCs that touch billing MUST include this section.\n', false],
    ['## Second\n\nThis section is about what is optional in the design.\n', true],
    ['## Third *(mandatory)*\n\n[text]\n\n## Second\n\n[text]', false],
    ['## Second\n\nAll RFCs must have this section, even if it says that there is nothing.\n', true],
    ['## Second\n\nAll RFCs must contain a section that discusses security.\n', true],
    ['## Second\n\nTests are mandatory for RFCs that are affecting consensus.\n', false],
    ['## Second\n\nIf the proposal alters interfaces, which patterns of use have been optimized for?\n', false],
    ['## Second\n\nDescribe impacts, if any, on the clients.\n', false],
    ['## Second\n\nDescribe the change. If the change is large, draw it.\n', true],
    ['## Second\n\nAn optional section that contains an example.\n', false],
    ['## Second\n\n> This is an optional yet highly encouraged section.\n', false],
  ] as const)('%s', ([template, expected]) => expect(required(template)).toEqual(expected))
})

test.for([
  ['TODO', '[text]', {heading: 'TODO', required: false}],
  ['Design', '### Example Design\n\n#### Part\n\nText.\n', {children: [{required: false, children: undefined}]}],
  ['Example', '[text]', {heading: 'Example', required: true}],
  ['Changelog', '### 1.0.0 - Initial\n\nText.\n', {heading: 'Changelog', children: undefined}],
  ['Please follow this format', '[text]', undefined],
] as const)('of a section `%s` documents need no more than they have', ([heading, content, expected]) => {
  const {json} = inferred(`# [Name]\n\n## First\n\n[text]\n\n## ${heading}\n\n${content}`)
  const {sections} = json['outline'] as unknown as {sections: readonly {children?: readonly object[]}[]}
  const second = sections[1]
  const child = second?.children?.[0]
  if (expected === undefined) expect(second).toBeUndefined()
  else
    expect({
      ...second,
      ...(child && {children: [{children: undefined, ...child}]}),
      ...(!child && {children: undefined}),
    }).toMatchObject(expected)
})

test('labelled lines that are metadata are no fields besides', () => {
  const {json} = inferred('# Meta\n\n- Name: [name]\n- Start Date: YYYY-MM-DD\n\n# Summary\n\n[text]\n')
  expect(json).toMatchObject({metadata: {in: 'list', schema: {required: ['Name', 'Start Date']}}})
  expect(JSON.stringify(json['outline'])).not.toContain('fields')
})

describe('what may stand in place of a content', () => {
  const said = '## Second\n\n[text]\n\n### Third\n\n[text]\n'
  test.for([
    [said, [true, true]],
    [said.replace('Third', 'What does it cost?'), [true, 'word']],
    [said.replace('[text]', 'If applicable, how is it rolled out?'), ['word', true]],
    [said.replace('[text]', 'If applicable code exists, name it.'), [true, true]],
    [said.replace('[text]', 'Is there any new term? Name it.'), ['word', true]],
    [said.replace('[text]', 'What is new? Is there any new term?'), [true, true]],
    [said.replace('[text]', 'Name the threats. If there are none, write "N/A".'), ['word', true]],
    [said.replace('[text]', '<!-- This section must be completed when targeting beta. -->'), ['empty', 'empty']],
    [said.replace('[text]', 'This question should be filled in once it ships.'), ['empty', 'empty']],
    [said.replace('[text]', 'This section must be completed when it comes to costs alone.'), ['empty', 'empty']],
    [said.replace('[text]', 'For beta, this section is required: answer it.'), ['empty', 'empty']],
    [said.replace('[text]', 'This section must be completed.'), [true, true]],
    [said.replace(/\[text\]\n$/u, 'Not required until targeted at a release.\n'), [true, 'empty']],
  ] as const)('%s', ([template, expected]) => {
    const {json} = inferred(`# [Name]\n\n## First\n\n[text]\n\n${template}`)
    const {sections} = json['outline'] as unknown as {
      sections: readonly {omittable: unknown; children?: readonly {omittable: unknown}[]}[]
    }
    const second = sections[1]
    expect([second?.omittable, second?.children?.[0]?.omittable]).toEqual(expected)
  })

  test('nothing below what is not required yet is required', () => {
    const {json} = inferred(
      '# [Name]\n\n## First\n\n[text]\n\n## Tests\n\nNot required until targeted at a release.\n\n### Unit tests\n\n[text]\n',
    )
    expect(json['outline']).toMatchObject({
      sections: [{required: true}, {heading: 'Tests', required: false, children: [{required: false}]}],
    })
  })

  const type = (omittable: string | boolean): SpecType =>
    typeFrom({
      name: 'note',
      title: 'Note',
      description: 'A note.',
      outline: {
        sections: [
          {
            heading: 'Tests',
            children: ['Unit'],
            ...(omittable === 'optional' ? {required: false, omittable: true} : {omittable}),
          },
          'End',
        ],
      },
    })
  const found = (omittable: string | boolean, content: string): readonly string[] =>
    findingsOf(`# T\n\n## Tests\n\n${content}\n\n## End\n\nText.\n`, rules, type(omittable)).map(({reason}) => reason)

  test.for([
    ['reason', 'N/A', ['Section `Tests` says nothing but `N/A`', 'Section `Unit` is missing']],
    ['reason', 'N/A: it has no code.', []],
    ['word', 'N/A', []],
    ['word', 'TBD', ['Section `Tests` says nothing but `TBD`', 'Section `Unit` is missing']],
    ['word', '', ['Section `Tests` is empty', 'Section `Unit` is missing']],
    ['empty', '', []],
    ['empty', '<!-- later -->', []],
    ['empty', 'By hand.', ['Section `Unit` is missing']],
    ['optional', 'N/A', []],
    ['optional', 'TBD', ['Section `Tests` says nothing but `TBD`', 'Section `Unit` is missing']],
    ['optional', '', ['Section `Tests` is empty', 'Section `Unit` is missing']],
    [false, 'N/A', ['Section `Tests` says nothing but `N/A`', 'Section `Unit` is missing']],
  ] as const)('%s: %s', ([omittable, content, expected]) => {
    expect(found(omittable, content).toSorted()).toEqual(expected)
  })
})

test('levels that a template leaves out are left out by its documents', () => {
  const {json} = inferred(
    '# [Name]\n\n## Design\n\n### Tests\n\n##### Unit tests\n\n[text]\n\n##### End to end\n\n[text]\n',
  )
  expect(json['outline']).toMatchObject({
    sections: [
      {
        children: [
          {
            heading: 'Tests',
            children: [
              {heading: 'Unit tests', levels: 2},
              {heading: 'End to end', levels: 2},
            ],
          },
        ],
      },
    ],
  })
})

test('a template is refused where a type could not hold it', () => {
  expect(() => inferred(`# T\n${'\n## A section\n'.repeat(600)}`)).toThrow(
    'The template has 601 sections; 500 is the most',
  )
})

test.for([
  ['KEP-NNNN: Your short, descriptive title', 'KEP-4601: Authorize with selectors', true],
  ['KEP-NNNN: Your short, descriptive title', 'Authorize with selectors', false],
  ['RFC NNNN: Title', 'RFC 12: Queues', true],
  ['ADR [number]: Service of [team]', 'ADR 3: Queues', false],
] as const)('a title as %s fits %s: %s', ([template, title, fits]) => {
  const {pattern = ''} = inferred(`# ${template}\n\n## A\n\n[text]\n`).json['documentTitle'] as {pattern?: string}
  expect(new RegExp(pattern, 'u').test(title)).toBe(fits)
})

test.for([
  ['(leave this empty)', false, ''],
  ['<!-- leave blank -->', false, ''],
  ['(fill in existing issues, if any)', false, ''],
  ['(fill in the team)', true, undefined],
] as const)('a key whose value is %s is asked for: %s', ([value, asked, empty]) => {
  const {metadata} = inferred(`- Start Date: YYYY-MM-DD\n- Link: ${value}\n\n# A\n\n[text]\n`).json as {
    metadata: {schema: {required: readonly string[]; properties: {Link: JsonSchema}}}
  }
  expect(metadata.schema.required.includes('Link')).toBe(asked)
  expect(checkValue(metadata.schema.properties.Link, '').length === 0).toBe(empty === '')
})

test.for([
  ['```\ncode\n```', 'off'],
  ['Some text.', 'off'],
  ['```sql\nSELECT 1;\n```', undefined],
] as const)('a template with %j has languages of fences %s', ([text, setting]) => {
  const {json} = inferred(`# [Name]\n\n## A\n\n${text}\n`)
  expect((json as {rules: {'code-language'?: string}}).rules['code-language']).toBe(setting)
})
