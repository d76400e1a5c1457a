import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {lintText} from '../../src/lint/lint.ts'
import type {LintSettings} from '../../src/lint/types.ts'
import {noProject} from '../../src/lint/no-project.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'

const type = typeFrom({
  name: 'note',
  title: 'Note',
  description: 'A small type.',
  metadata: {
    in: 'frontMatter',
    schema: {type: 'object', properties: {status: {type: 'string', enum: ['Draft', 'Final']}}},
    status: 'status',
  },
  outline: {sections: [{heading: 'Context'}, {heading: 'Decision'}]},
  phases: [
    {status: 'Draft', kind: 'open'},
    {status: 'Final', kind: 'final'},
  ],
})

/** Lines of the findings that stand, by rule. */
function left(text: string, settings: Partial<LintSettings> = {}): readonly string[] {
  const all: LintSettings = {rules, config: new Map(), types: [], project: noProject('2026-11-21'), ...settings}
  const result = lintText(text, all, {type})
  if (result.kind !== 'linted') return []
  return result.findings.map(({start, ruleId}) => `${text.slice(0, start).split(/\r\n|\n/u).length} ${ruleId}`)
}

const document = (...lines: readonly string[]): string =>
  ['# Reports', '', '## Context', '', ...lines, '', '## Decision', '', 'Kept.', ''].join('\n')
const open = '[Describe it]'
const comment = (words: string): string => `<!-- spec-lint ${words} -->`

test('without a comment, a placeholder is found', () => {
  expect(left(document(open))).toEqual(['5 no-placeholder'])
})

describe('what each verb reaches', () => {
  test.for<readonly [string, readonly string[], readonly string[]]>([
    ['disable reaches to the end', [comment('disable no-placeholder'), '', open, '', open], []],
    [
      'enable ends it',
      [comment('disable no-placeholder'), '', open, '', comment('enable no-placeholder'), '', open],
      ['11 no-placeholder'],
    ],
    [
      'enable without a rule ends all',
      [comment('disable no-placeholder'), '', open, '', comment('enable'), '', open],
      ['11 no-placeholder'],
    ],
    [
      'enable of one rule ends a general disable for it alone',
      [
        comment('disable'),
        '',
        '```',
        'a',
        '```',
        '',
        comment('enable no-placeholder'),
        '',
        '```',
        'a',
        '```',
        '',
        open,
      ],
      ['17 no-placeholder'],
    ],
    ['disable does not reach back', [open, '', comment('disable no-placeholder'), '', open], ['5 no-placeholder']],
    ['ignore reaches one block', [comment('ignore no-placeholder'), '', open, '', open], ['9 no-placeholder']],
    [
      'ignore reaches the whole of a list',
      [comment('ignore no-placeholder'), '', `- ${open}`, `- ${open}`, '', open],
      ['10 no-placeholder'],
    ],
    [
      'two ignores reach the same block',
      [comment('ignore no-placeholder'), comment('ignore code-language'), '', open, '', '```', 'a', '```'],
      ['6 suppression-unused', '10 code-language'],
    ],
    ['disable-line', [`${open} ${comment('disable-line no-placeholder')}`, '', open], ['7 no-placeholder']],
    ['disable-next-line', [comment('disable-next-line no-placeholder'), open, '', open], ['8 no-placeholder']],
    [
      'disable-next-line skips no line',
      [comment('disable-next-line no-placeholder'), '', open],
      ['5 suppression-unused', '7 no-placeholder'],
    ],
    ['disable-file stands anywhere', [open, '', open, '', comment('disable-file no-placeholder')], []],
    ['no rule means every rule', [`${open} ${comment('disable-line')}`], []],
    [
      'commas and a reason',
      [`${open} ${comment('disable-line code-language,no-placeholder -- quoted, code-language')}`],
      ['5 suppression-unused'],
    ],
    [
      'another rule',
      [`${open} ${comment('disable-line code-language')}`],
      ['5 no-placeholder', '5 suppression-unused'],
    ],
    [
      'two dashes without a space are no reason',
      [`${open} ${comment('disable-line no-placeholder --quoted')}`],
      ['5 suppression-unknown'],
    ],
    ['a comment over two lines', ['<!-- spec-lint disable', 'no-placeholder -- quoted', 'from afar -->', '', open], []],
  ])('%s', ([, lines, expected]) => {
    expect(left(document(...lines))).toEqual(expected)
    const crlf = document(...lines).replaceAll('\n', '\r\n')
    expect(left(crlf)).toEqual(expected)
    expect(left(`\uFEFF${crlf}`)).toEqual(expected)
  })
})

describe('where a comment may stand', () => {
  test.for<readonly [string, readonly string[], readonly string[]]>([
    ['an item', [`- ${open} ${comment('disable-line no-placeholder')}`, `- ${open}`], ['6 no-placeholder']],
    [
      'between items',
      [`- One`, `  ${comment('ignore no-placeholder')}`, `- ${open}`, `- ${open}`],
      ['8 no-placeholder'],
    ],
    [
      'a row',
      ['| a | b |', '| --- | --- |', `| ${open} | x ${comment('disable-line no-placeholder')} |`, `| ${open} | y |`],
      ['8 no-placeholder'],
    ],
    [
      'a quote',
      [`> ${comment('disable-next-line no-placeholder')}`, `> ${open}`, '>', `> ${open}`],
      ['8 no-placeholder'],
    ],
    [
      'a quote, over two lines',
      ['> <!-- spec-lint', '> disable no-placeholder -->', '>', `> ${open}`],
      ['8 no-placeholder'],
    ],
    ['not in a fence', ['```html', comment('disable no-placeholder'), '```', '', open], ['9 no-placeholder']],
    ['not in code', [`\`${comment('disable no-placeholder')}\``, '', open], ['7 no-placeholder']],
    ['not in indented code', [`    ${comment('disable no-placeholder')}`, '', open], ['7 no-placeholder']],
    ['not of another linter', ['<!-- lint disable no-placeholder -->', '', open], ['7 no-placeholder']],
  ])('%s', ([, lines, expected]) =>
    expect(left(document(...lines)).filter((one) => one.endsWith('no-placeholder'))).toEqual(expected),
  )
})

describe('front matter', () => {
  const matter = (...lines: readonly string[]): string => ['---', ...lines, '---', '', document('Known.')].join('\n')

  test.for<readonly [string, readonly string[], readonly string[]]>([
    ['without', ['status: Drafd'], ['2 status-enum']],
    ['on its line', ['status: Drafd # spec-lint disable-line status-enum -- old'], []],
    ['above', ['# spec-lint disable-next-line status-enum', 'status: Drafd'], []],
    ['the next key', ['# spec-lint ignore status-enum', '', '# why', 'status: Drafd'], []],
    ['the whole file', ['# spec-lint disable-file status-enum', 'status: Drafd'], []],
    ['not in a value', ['note: "# spec-lint disable-file"', 'status: Drafd'], ['3 status-enum']],
    ['not in a block of text', ['note: |', '  # spec-lint disable-file', 'status: Drafd'], ['4 status-enum']],
    ['beside braces', ['note: {{X}} # spec-lint disable-next-line status-enum', 'status: Drafd'], []],
  ])('%s', ([, lines, expected]) => {
    const ours = (text: string): readonly string[] => left(text).filter((one) => !one.endsWith('no-placeholder'))
    expect(ours(matter(...lines))).toEqual(expected)
    expect(ours(matter(...lines).replaceAll('\n', '\r\n'))).toEqual(expected)
  })

  test('a comment in Markdown reaches it', () => {
    expect(left(`${matter('status: Drafd')}\n${comment('disable-file status-enum')}\n`)).toEqual([])
  })
})

describe('what is said of comments', () => {
  test('no comment suppresses it', () => {
    const text = document(
      'Known.',
      '',
      comment('disable-file'),
      comment('disable suppression-unused, suppression-unknown'),
      comment('disable nothing'),
    )
    expect(left(text)).toEqual(['7 suppression-unused', '8 suppression-unused', '9 suppression-unknown'])
  })

  test('of a rule that did not run, nothing', () => {
    const some = rules.filter(({id}) => id !== 'no-placeholder')
    expect(left(document(`${open} ${comment('disable-line no-placeholder')}`), {rules: some})).toEqual([])
    expect(left(document(`Text. ${comment('disable-line')}`), {rules: some})).toEqual([])
    const off = new Map([['no-placeholder', {severity: 'off', options: undefined}]] as const)
    expect(left(document(`${open} ${comment('disable-line no-placeholder')}`), {config: off})).toEqual([])
  })

  test('comments can be disregarded', () => {
    expect(
      left(document(`${open} ${comment('disable-line no-placeholder, whatever')}`), {inlineConfig: false}),
    ).toEqual(['5 no-placeholder'])
  })

  test('an internal error is not suppressed', () => {
    const broken = {
      ...rules[0],
      id: 'broken',
      check: () => {
        throw new Error('oh')
      },
    } as (typeof rules)[number]
    expect(left(document(comment('disable-file broken, internal-error')), {rules: [broken]})).toEqual([
      '1 internal-error',
    ])
  })
})

test('what is suppressed keeps its reason', () => {
  const text = document(`${open} ${comment('disable-line no-placeholder -- quoted from afar')}`)
  const result = lintText(text, {rules, config: new Map(), types: [], project: noProject('2026-11-21')}, {type})
  expect(
    result.kind === 'linted' &&
      result.suppressed.map(({ruleId, actual, suppression}) => ({
        ruleId,
        actual,
        reason: suppression.justification,
        at: text.slice(suppression.start, suppression.end),
      })),
  ).toEqual([
    {
      ruleId: 'no-placeholder',
      actual: open,
      reason: 'quoted from afar',
      at: comment('disable-line no-placeholder -- quoted from afar'),
    },
  ])
})

test('many comments and many findings take no longer than their number', () => {
  const count = 1000
  const block = [comment('disable no-placeholder'), comment('ignore no-placeholder'), '', open, ''].join('\n')
  const text = document(block.repeat(count))
  const started = performance.now()
  expect(
    findingsOf(
      text,
      rules.filter(({id}) => id === 'no-placeholder'),
      type,
    ),
  ).toEqual([])
  expect(performance.now() - started).toBeLessThan(20_000)
})
