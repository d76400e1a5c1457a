import {XMLParser, XMLValidator} from 'fast-xml-parser'
import fc from 'fast-check'
import {unified} from 'unified'
import remarkParse from 'remark-parse'
import remarkGfm from 'remark-gfm'
import type {Nodes} from 'mdast'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, test} from 'vitest'
import type {Finding} from '../../src/lint/types.ts'
import {fingerprintsOf} from '../../src/lint/fingerprint.ts'
import {createSource} from '../../src/document/source.ts'
import {formatNames, outputsOf, render} from '../../src/report/formats.ts'
import {reportOf} from '../../src/report/report.ts'
import {painter} from '../../src/report/style.ts'
import {widthOf} from '../../src/report/width.ts'
import type {FormatOptions, Report} from '../../src/report/types.ts'
import type {NamedFinding, RunError} from '../../src/run/types.ts'

const options: FormatOptions = {
  paint: painter(false),
  limit: Number.POSITIVE_INFINITY,
  prefix: 'docs',
  rules: [
    {id: 'status-enum', category: 'metadata', severity: 'error', summary: 'A status is known.', why: 'w', remedy: 'r'},
  ],
  symbols: false,
}

function finding(text: string, words: string, more: Partial<Finding> = {}): Finding {
  const start = text.indexOf(words)
  return {
    start,
    end: start + words.length,
    ruleId: 'status-enum',
    severity: 'error',
    reason: `\`${words}\` is no status`,
    note: 'Write `Draft`.',
    url: 'https://example.org/status-enum',
    actual: words,
    expected: ['Draft'],
    fix: undefined,
    related: [],
    ...more,
  }
}

interface Given {
  readonly path: string
  readonly text: string
  readonly findings: readonly Finding[]
}

function report(files: readonly Given[], errors: readonly RunError[] = []): Report {
  return reportOf(
    {
      files: files.map(({path, text, findings}) => ({
        path,
        text,
        result: {kind: 'linted', type: 'prd', findings: named(path, text, findings), suppressed: [], baselined: []},
      })),
      errors,
      warnings: [],
      skipped: {noType: [], ignored: []},
      fixed: [],
      asking: [],
      stale: [],
    },
    310,
    false,
  )
}

function named(path: string, words: string, findings: readonly Finding[]): readonly NamedFinding[] {
  const names = fingerprintsOf(path, findings, createSource(words))
  return findings.map((one, index) => ({...one, fingerprint: names[index] ?? ''}))
}

const text = 'Überschrift 😀 drft\nstatus: drft\n'
const plain = report([
  {
    path: 'specs/a b.md',
    text,
    findings: [
      finding(text, 'drft', {
        fix: {title: 'Change', safety: 'unsafe', edits: [{start: 15, end: 19, text: 'Draft'}]},
        related: [{start: 0, end: 11, message: 'first here'}],
      }),
      finding(text, 'status', {severity: 'warning', ruleId: 'other/rule'}),
      finding(text, 'status: drft', {severity: 'info', reason: 'a `status`', start: 20, end: 32}),
    ],
  },
  {path: 'specs/clean.md', text: '', findings: []},
])

test('compact, stylish and agent give one line a problem', () => {
  expect(render('compact', plain, options).split('\n')).toEqual([
    'specs/a b.md:1:16: error: `drft` is no status [status-enum]',
    'specs/a b.md:2:1: warning: `status` is no status [other/rule]',
    'specs/a b.md:2:1: info: a `status` [status-enum]',
    '1 error, 1 warning, 1 info in 1 of 2 files (0.31 s)',
    '',
  ])
  expect(render('stylish', plain, options).split('\n')).toEqual([
    'specs/a b.md',
    '  1:16  error    `drft` is no status    status-enum',
    '   2:1  warning  `status` is no status  other/rule',
    '   2:1  info     a `status`             status-enum',
    '',
    '3 problems (1 error, 1 warning, 1 info)',
    '',
  ])
  expect(render('agent', plain, options).split('\n')).toEqual([
    'specs/a b.md:1:16-1:20 error status-enum: `drft` is no status. Write `Draft`. (unsafe fix)',
    'specs/a b.md:2:1-2:7 warning other/rule: `status` is no status. Write `Draft`.',
    'specs/a b.md:2:1-2:13 info status-enum: a `status`. Write `Draft`.',
    '1 error, 1 warning, 2 files',
    '',
  ])
})

test('pretty keeps source and carets within the width of a terminal', () => {
  const line = fc.array(fc.constantFrom('a', ' ', '|', 'é', '漢', '🚲', 'word '), {minLength: 1, maxLength: 200})
  fc.assert(
    fc.property(line, line, fc.integer({min: 40, max: 200}), (head, tail, width) => {
      const words = `x\n${head.join('')}drft${tail.join('')}\ny\n`
      const one = report([{path: 'a.md', text: words, findings: [finding(words, 'drft')]}])
      const rows = render('pretty', one, {...options, width}).split('\n')
      const excerpt = rows.filter((row) => /^ [ >] *\d* ?\|/u.test(row) || /^ +\| +\^/u.test(row))
      expect(excerpt.length).toBeGreaterThanOrEqual(3)
      for (const row of excerpt) expect(widthOf(row)).toBeLessThanOrEqual(width)
      const [source = '', carets = ''] = excerpt.filter((row) => row.includes('>') || row.includes('^'))
      const at = carets.indexOf('^')
      expect(carets.trim()).toBe('| ^^^^'.replace(' ', carets.slice(carets.indexOf('|') + 1, at)))
      expect(widthOf(source.slice(0, source.indexOf('drft')))).toBe(at)
    }),
    {
      numRuns: 200,
      // A cut in the middle of a pair of surrogates.
      examples: [[['a', '🚲', 'a', 'word ', 'a', '🚲'], ['🚲', 'word ', 'a', 'a', 'a', 'a', 'a', '🚲', '🚲', 'a'], 40]],
    },
  )
})

test('stylish shows its sign where the terminal takes it, and stops at the limit', () => {
  expect(render('stylish', plain, {...options, symbols: true, limit: 1})).toContain(
    '… and 2 more problems\n\n✖ 3 problems',
  )
})

test('github: commands with paths of the repository, then the log with commands off', () => {
  const lines = render('github', plain, options).trimEnd().split('\n')
  expect(lines.slice(0, 4)).toEqual([
    '::error file=docs/specs/a b.md,line=1,endLine=1,col=16,endColumn=20,title=spec-lint status-enum::`drft` is no status%0AWrite `Draft`.%0Ahttps://example.org/status-enum',
    '::warning file=docs/specs/a b.md,line=2,endLine=2,col=1,endColumn=7,title=spec-lint other/rule::`status` is no status%0AWrite `Draft`.%0Ahttps://example.org/status-enum',
    '::notice file=docs/specs/a b.md,line=2,endLine=2,col=1,endColumn=13,title=spec-lint status-enum::a `status`%0AWrite `Draft`.%0Ahttps://example.org/status-enum',
    '::group::spec-lint',
  ])
  const [, token = 'none'] = /^::stop-commands::([0-9a-f-]{36})$/u.exec(lines[4] ?? '') ?? []
  expect(lines.slice(-2)).toEqual([`::${token}::`, '::endgroup::'])
})

test('github: ten annotations a level at most, spread over the files, and the last says how many more', () => {
  const many = '- x\n'.repeat(30)
  const found = Array.from({length: 30}, (_, row) => finding(many, 'x', {start: row * 4, end: row * 4 + 1}))
  const lines = render(
    'github',
    report(['a.md', 'b.md', 'c.md'].map((path) => ({path, text: many, findings: found}))),
    options,
  ).split('\n')
  const commands = lines.filter((line) => line.startsWith('::error'))
  expect(commands).toHaveLength(10)
  expect(commands.slice(0, 9).map((line) => /file=([^,]+),line=(\d+)/u.exec(line)?.slice(1).join(':'))).toEqual(
    ['a', 'b', 'c'].flatMap((name) => [1, 2, 3].map((line) => `docs/${name}.md:${line}`)),
  )
  expect(commands[9]).toBe('::error title=spec-lint::and 81 more errors, see the job summary or the log')
})

const position = {
  type: 'object',
  required: ['line', 'column'],
  properties: {line: {type: 'integer', minimum: 1}, column: {type: 'integer', minimum: 1}},
}
const range = {type: 'object', required: ['start', 'end'], properties: {start: position, end: position}}
const name = {type: 'string', minLength: 1}
const label = {type: 'object', required: ['text'], properties: {text: name}}
const whole = {type: 'integer', minimum: 1}
const region = {
  type: 'object',
  required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
  additionalProperties: false,
  properties: {startLine: whole, startColumn: whole, endLine: whole, endColumn: whole},
}

/** What the readers of these formats ask for. */
const shapes: Readonly<Record<string, object>> = {
  gitlab: {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: name,
        check_name: name,
        fingerprint: {type: 'string', pattern: '^[0-9a-f]{32}$'},
        severity: {enum: ['info', 'minor', 'major', 'critical', 'blocker']},
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            path: name,
            lines: {type: 'object', required: ['begin'], properties: {begin: whole, end: whole}},
          },
        },
      },
    },
  },
  rdjson: {
    type: 'object',
    required: ['source', 'diagnostics'],
    properties: {
      severity: {enum: ['ERROR', 'WARNING', 'INFO']},
      diagnostics: {
        type: 'array',
        items: {
          type: 'object',
          required: ['message', 'location'],
          properties: {
            message: name,
            severity: {enum: ['ERROR', 'WARNING', 'INFO']},
            location: {type: 'object', required: ['path', 'range'], properties: {path: name, range}},
            suggestions: {type: 'array', items: {type: 'object', required: ['range', 'text'], properties: {range}}},
          },
        },
      },
    },
  },
  sarif: {
    type: 'object',
    required: ['$schema', 'version', 'runs'],
    properties: {
      version: {const: '2.1.0'},
      runs: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['tool', 'results', 'automationDetails'],
          properties: {
            tool: {
              type: 'object',
              required: ['driver'],
              properties: {
                driver: {
                  type: 'object',
                  required: ['name', 'semanticVersion', 'rules'],
                  properties: {
                    rules: {
                      type: 'array',
                      items: {
                        type: 'object',
                        required: [
                          'id',
                          'shortDescription',
                          'fullDescription',
                          'help',
                          'defaultConfiguration',
                          'properties',
                        ],
                        properties: {shortDescription: label, fullDescription: label, help: label},
                      },
                    },
                  },
                },
              },
            },
            results: {
              type: 'array',
              items: {
                type: 'object',
                required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
                properties: {
                  ruleIndex: {type: 'integer', minimum: 0},
                  level: {enum: ['error', 'warning', 'note']},
                  message: label,
                  partialFingerprints: {type: 'object', required: ['primaryLocationLineHash']},
                  locations: {
                    type: 'array',
                    minItems: 1,
                    items: {
                      type: 'object',
                      required: ['physicalLocation'],
                      properties: {
                        physicalLocation: {
                          type: 'object',
                          required: ['artifactLocation', 'region'],
                          properties: {
                            artifactLocation: {
                              type: 'object',
                              properties: {uri: {type: 'string', format: 'uri-reference'}},
                            },
                            region,
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

const {default: addFormats} = await import('ajv-formats')
const ajv = new Ajv2020({allErrors: true, strict: false})
addFormats.default(ajv)
const checks = new Map(Object.entries(shapes).map(([format, shape]) => [format, ajv.compile(shape)]))

function slips(format: string, value: unknown): readonly object[] {
  const valid = checks.get(format)
  return !valid || valid(value) ? [] : (valid.errors ?? [])
}

test.for(Object.keys(shapes))('%s has the shape that its readers ask for', (format) => {
  expect(slips(format, JSON.parse(render(format, plain, options)))).toEqual([])
})

test('sarif: places, fixes, related places, every rule, rules of others', () => {
  const {
    runs: [run],
  } = JSON.parse(render('sarif', plain, options)) as {runs: {results: unknown[]; tool: {driver: {rules: unknown[]}}}[]}
  expect(run?.tool.driver.rules).toMatchObject([
    {id: 'status-enum'},
    {id: 'other/rule', helpUri: 'https://example.org/status-enum'},
  ])
  expect(run?.results[0]).toMatchObject({
    ruleIndex: 0,
    level: 'error',
    message: {text: '`drft` is no status. Write `Draft`.'},
    locations: [
      {
        physicalLocation: {
          artifactLocation: {uri: 'docs/specs/a%20b.md', uriBaseId: 'SRCROOT'},
          region: {startLine: 1, startColumn: 16, endLine: 1, endColumn: 20},
        },
      },
    ],
    relatedLocations: [{message: {text: 'first here'}}],
    fixes: [
      {artifactChanges: [{replacements: [{deletedRegion: {startColumn: 16}, insertedContent: {text: 'Draft'}}]}]},
    ],
  })
})

test('sarif keeps the gravest 5,000 and says how many are left out', () => {
  const rows = 'x\n'.repeat(5100)
  const found = Array.from({length: 5100}, (_, row) =>
    finding(rows, 'x', {start: row * 2, end: row * 2 + 1, severity: row < 200 ? 'info' : 'error'}),
  )
  const log = JSON.parse(render('sarif', report([{path: 'a.md', text: rows, findings: found}]), options)) as {
    runs: {results: {level: string}[]; invocations: {toolExecutionNotifications: {message: {text: string}}[]}[]}[]
  }
  expect(log.runs[0]?.results).toHaveLength(5000)
  expect(log.runs[0]?.results.filter(({level}) => level === 'error')).toHaveLength(4900)
  expect(log.runs[0]?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe(
    '100 more results were left out',
  )
})

test('rdjson counts columns in bytes', () => {
  expect(JSON.parse(render('rdjson', plain, options))).toMatchObject({
    severity: 'ERROR',
    diagnostics: [
      {
        // `Ü` has two bytes, the emoji four, in two units of UTF-16.
        location: {path: 'docs/specs/a b.md', range: {start: {line: 1, column: 19}, end: {line: 1, column: 23}}},
        suggestions: [{range: {start: {line: 1, column: 19}, end: {line: 1, column: 23}}, text: 'Draft'}],
      },
      {location: {range: {start: {line: 2, column: 1}}}},
      {severity: 'INFO'},
    ],
  })
})

test('gitlab gives each of two equal problems its own fingerprint', () => {
  const rows = 'same\nsame\n'
  const found = [0, 5].map((start) => finding(rows, 'same', {start, end: start + 4}))
  const value = JSON.parse(render('gitlab', report([{path: 'a.md', text: rows, findings: found}]), options)) as {
    fingerprint: string
  }[]
  expect(new Set(value.map(({fingerprint}) => fingerprint)).size).toBe(2)
})

test('a fingerprint stays when lines are put above', () => {
  const names = (above: string): readonly string[] =>
    report([{path: 'a.md', text: above + text, findings: [finding(above + text, 'drft')]}]).problems.map(
      ({fingerprint}) => fingerprint,
    )
  expect(names('one\n\ntwo\n')).toEqual(names(''))
})

test('junit: a failed case a problem, one that passes for a clean file, an error for a file that was not read', () => {
  const value = render(
    'junit',
    report(
      [
        {path: 'a.md', text, findings: [finding(text, 'drft')]},
        {path: 'b.md', text, findings: []},
      ],
      [{path: 'c.md', code: 'not-utf8', message: 'c.md is not UTF-8 text'}],
    ),
    options,
  )
  expect(XMLValidator.validate(value)).toBe(true)
  expect(new XMLParser({ignoreAttributes: false, attributeNamePrefix: ''}).parse(value)).toMatchObject({
    testsuites: {
      tests: '3',
      failures: '1',
      errors: '1',
      time: '0.310',
      testsuite: [
        {
          name: 'a.md',
          testcase: {
            name: 'status-enum 1:16',
            line: '1',
            failure: {
              type: 'error',
              message: '`drft` is no status',
              '#text': 'a.md:1:16 `drft` is no status. Write `Draft`. https://example.org/status-enum',
            },
          },
        },
        {name: 'b.md', tests: '1', failures: '0'},
        {name: 'c.md', testcase: {error: {message: 'c.md is not UTF-8 text'}}},
      ],
    },
  })
})

test('checkstyle: a file an element, a problem an error', () => {
  const value = render('checkstyle', plain, options)
  expect(XMLValidator.validate(value)).toBe(true)
  expect(new XMLParser({ignoreAttributes: false, attributeNamePrefix: ''}).parse(value)).toMatchObject({
    checkstyle: {
      file: [
        {
          name: 'specs/a b.md',
          error: [
            {line: '1', column: '16', severity: 'error', source: 'spec-lint.status-enum'},
            {severity: 'warning', source: 'spec-lint.other/rule'},
            {severity: 'info'},
          ],
        },
        {name: 'specs/clean.md'},
      ],
    },
  })
})

test('jsonl: an object a line, the summary last', () => {
  const lines = render('jsonl', plain, options)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines.map((line) => 'event' in line && line.event)).toEqual(['problem', 'problem', 'problem', 'run-end'])
  expect(lines[3]).toMatchObject({version: 1, summary: {files: 2, errors: 1, warnings: 1, infos: 1}})
})

test('markdown names the command that makes the fixes, with the change where a rule needs it', () => {
  const fix = {edits: [{start: 0, end: 4, text: 'Draft'}], safety: 'safe', title: 'Write `Draft`'} as const
  const given = {path: 'a.md', text: 'drft', findings: [finding('drft', 'drft', {fix})]}
  const head = (scope: 'change' | undefined): string => {
    const rules = options.rules.map((rule) => ({...rule, ...(scope && {scope})}))
    return render('markdown', report([given]), {...options, rules})
  }
  expect(head(undefined)).toContain('1 problem has a safe fix: run `npx spec-lint --fix`.')
  expect(head('change')).toContain('1 problem has a safe fix: run `npx spec-lint --changed --fix`.')
})

test('markdown is cut before GitHub refuses it, and says so', () => {
  const rows = 'x\n'.repeat(20_000)
  const found = Array.from({length: 20_000}, (_, row) => finding(rows, 'x', {start: row * 2, end: row * 2 + 1}))
  const value = render('markdown', report([{path: 'a.md', text: rows, findings: found}]), options)
  expect(Buffer.byteLength(value)).toBeLessThan(1024 * 1024)
  expect(value).toMatch(/\n\d+ more problems found no room here; the log has them all\.\n$/u)
})

const hostile = [
  '\u001B]0;title\u0007\u001B[31mred',
  '::error::forged',
  '\n::set-output name=x::y',
  '](https://evil.example) [a](b)',
  '<script>alert(1)</script><img src=x onerror=y>',
  ']]></failure><!--',
  '`code` | cell | *b* _i_ ~~s~~ **x**',
  '"quotes" & \'apostrophes\'',
  '@everyone #1 https://evil.example www.evil.example',
  '\u202Egnp.exe\u2066',
  '\uD800 lone',
  '\\| \\` \\[',
  '%0A::warning::x',
  '\u0000\u0085\u2028',
]

/** What a hostile text got out of a format; nothing, if all is well. */
function escapes(format: string, words: string): readonly string[] {
  const body = `${words}\nstatus\n`
  const found = finding(body, 'status', {
    reason: `\`${words}\` is no status`,
    note: `Write ${words}.`,
    actual: words,
    fix: {title: words, safety: 'safe', edits: [{start: 0, end: 1, text: words}]},
  })
  const one = report(
    [{path: `docs/${words}.md`, text: body, findings: [found]}],
    [{path: 'x', code: 'x', message: words}],
  )
  const value = render(format, one, options)
  const [head = '', log = ''] = value.split('::group::spec-lint\n')
  const holds: Readonly<Record<string, boolean>> = {
    // oxlint-disable-next-line no-control-regex
    'no control': !/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u.test(value),
    'the shape': !checks.has(format) || slips(format, JSON.parse(value)).length === 0,
    'the value': format !== 'json' || actualOf(value) === words,
    'well-formed XML': !['junit', 'checkstyle'].includes(format) || XMLValidator.validate(value) === true,
    'one command':
      format === 'github'
        ? /^::error [^\n]*\n$/u.test(head) && log.startsWith('::stop-commands::')
        : format === 'pretty' || !/^::/mu.test(value),
    'no markup':
      format !== 'markdown' || kinds(value).join('\n') === kinds(render(format, harmless, options)).join('\n'),
  }
  return Object.entries(holds).flatMap(([what, held]) => (held ? [] : [`${what}: ${value}`]))
}

function actualOf(value: string): string | undefined {
  return (JSON.parse(value) as {problems: {actual: string}[]}).problems[0]?.actual
}

describe.for(formatNames.filter((format) => format !== 'auto'))('%s is inert', (format) => {
  test.for(hostile)('%j', (words) => {
    expect(escapes(format, words)).toEqual([])
  })
  test('any text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 40}), (words) => {
        expect(escapes(format, words)).toEqual([])
      }),
      {numRuns: 60},
    )
  })
})

const harmless = report(
  [
    {
      path: 'docs/x.md',
      text: 'status',
      findings: [finding('status', 'status', {fix: {title: 'x', safety: 'safe', edits: []}})],
    },
  ],
  [{path: 'docs/x.md', code: 'x', message: 'x'}],
)

/** The links, images and blocks of a Markdown text: what a text of a document must not add to. */
function kinds(markdown: string): readonly string[] {
  const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown)
  const found: string[] = []
  const visit = (node: Nodes): void => {
    const words = node.type === 'html' ? node.value : ''
    if (!['text', 'inlineCode'].includes(node.type) && !/^(?:<\/?code>|<!-- -->)$/u.test(words))
      found.push(node.type === 'link' ? `link ${node.url}` : `${node.type}${words}`)
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(tree)
  return found
}

describe('--format', () => {
  const terminal = {isTerminal: true, env: {}}
  const pipe = {isTerminal: false, env: {}}
  test.for([
    [['auto'], terminal, [['pretty', undefined]]],
    [['auto'], pipe, [['compact', undefined]]],
    [['auto'], {isTerminal: false, env: {GITHUB_ACTIONS: 'true'}}, [['github', undefined]]],
    [['auto=a.txt'], terminal, [['compact', 'a.txt']]],
    [
      ['json', 'sarif=a=b.sarif'],
      pipe,
      [
        ['json', undefined],
        ['sarif', 'a=b.sarif'],
      ],
    ],
  ] as const)('%j', ([given, around, expected]) => {
    expect(outputsOf(given, around).map(({format, file}) => [format, file])).toEqual(expected)
  })

  test.for([
    [['sarf'], 'There is no format `sarf`', 'Perhaps you meant `sarif`.'],
    [
      ['json', 'compact'],
      'Two formats would go to standard output',
      'Give one of them a file: `--format compact=report.txt`.',
    ],
    [['json='], '`--format json=` names no file', 'Write `--format json=report.txt`.'],
    [['constructor'], 'There is no format `constructor`', /^The formats are auto, /u],
  ] as const)('%j is a mistake', ([given, message, help]) => {
    expect(() => outputsOf(given, pipe)).toThrow(
      expect.objectContaining({
        message,
        help: typeof help === 'string' ? help : (expect.stringMatching(help) as string),
      }),
    )
  })
})
