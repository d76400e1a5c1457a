import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {folder, root, run} from '../support/cli.ts'

const queue = readFileSync(join(root, 'examples/product/queue-display.md'), 'utf8')
const courier = readFileSync(join(root, 'examples/product/courier-pickup.md'), 'utf8')
const uncovered = queue
  .replace('All FR-1 through FR-3 requirements met', 'FR-1 and FR-2 met')
  .replace('the last answer (FR-3)', 'the last answer')

const place = folder({
  'docs/queue.md': uncovered,
  'docs/letter.md': '# Dear all\n',
  'two/queue.md': queue,
  'two/courier.md': courier,
  'tests/list.test.ts': "// FR-1: the list\ntest('UC-1 shows it', () => {})\n",
  'tests/test_call.py': 'def test_fr_2_call():\n    """[FR-99] is nowhere"""\n',
  'tests/both.test.ts': "// queue.md\ntest('FR-1', () => {})\n",
})
afterAll(place.remove)
const {path} = place
const trace = (...args: readonly string[]) => run(path, ['trace', ...args])

describe('trace', () => {
  test('prints the matrix, gaps as such', () => {
    const {stdout, code} = trace('docs')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^docs\/queue\.md {2}PRD: Queue Display · Review$/mu)
    expect(stdout).toMatch(/^ {2}FR-1 {2}List of tickets +line \d+ FR-1 and FR-2 met +UC-1$/mu)
    expect(stdout).toMatch(/^ {2}FR-3 {2}Stale mark +none +none$/mu)
    expect(stdout).toMatch(/^ {2}NFR-1 {2}Performance +– +–$/mu)
    expect(stdout).toContain('1 of the 6 that need it named by no acceptance criterion or use case (FR-3)')
  })

  test('shows gaps alone, and fails on them when asked', () => {
    const {stdout, code} = trace('docs', '--gaps', '--check')
    expect(code).toBe(1)
    expect(stdout).toContain('FR-3')
    expect(stdout).not.toContain('FR-1')
  })

  test('reads identifiers from tests, in comments, names and small letters', () => {
    const {stdout, code} = trace('docs', '--tests', 'tests/*.*', '--format', 'json', '--check')
    expect(code).toBe(1)
    const {documents, unknown} = JSON.parse(stdout) as {
      documents: {requirements: {id: string; gaps: string[]; named: {test: {path: string; line: number}[]}}[]}[]
      unknown: object[]
    }
    const tests = documents[0]?.requirements.map(({id, named}) => [id, named.test.map((at) => `${at.path}:${at.line}`)])
    expect(Object.fromEntries(tests ?? [])).toMatchObject({
      'FR-1': ['tests/both.test.ts:2', 'tests/list.test.ts:1'],
      'FR-2': ['tests/test_call.py:1'],
      'FR-3': [],
      'UC-1': ['tests/list.test.ts:2'],
    })
    expect(unknown).toEqual([{id: 'FR-99', path: 'tests/test_call.py', line: 2}])
  })

  test('an identifier of two documents needs the name of one of them', () => {
    const {stdout} = trace('two', '--tests', 'tests/*.ts')
    expect(stdout).toContain('tests/list.test.ts:1 names FR-1, which 2 documents define')
    expect(stdout).not.toContain('tests/both.test.ts:2 names FR-1, which')
    expect(stdout).toMatch(/FR-1 {2}List of tickets .*tests\/both\.test\.ts:2/u)
  })

  test('CSV has a row a requirement, and no formula', () => {
    const {stdout} = trace('docs', '--format', 'csv')
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toBe('document,status,id,kind,title,line,acceptance criterion,use case,other document,gaps')
    expect(lines).toHaveLength(12)
    expect(lines[3]).toMatch(
      /^docs\/queue\.md,Review,FR-3,functional requirement,Stale mark,\d+,,,,acceptance criterion; use case$/u,
    )
  })

  test('Markdown links each cell to its line', () => {
    const {stdout} = trace('docs', '--format', 'markdown')
    expect(stdout).toContain('## [PRD: Queue Display](docs/queue.md)')
    expect(stdout).toMatch(/\| \[FR-3\]\(docs\/queue\.md#L\d+\) Stale mark\s+\| \*\*none\*\*\s+\| \*\*none\*\*/u)
  })

  test('says why there is nothing', () => {
    expect(trace('docs/letter.md')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'spec-lint: no requirement to trace. No document of a type was found.\n',
    })
    expect(trace('docs', '--tests', 'none/*.ts').code).toBe(2)
    expect(trace('docs', '--format', 'xml').code).toBe(2)
  })
})

describe('export', () => {
  const exported = (...args: readonly string[]) => run(path, ['export', ...args])

  test('JSON has the document as one value, and where each part stands', () => {
    const {stdout, code} = exported('docs')
    expect(code).toBe(0)
    const {documents} = JSON.parse(stdout) as {documents: Record<string, unknown>[]}
    const [one = {}] = documents
    expect(one).toMatchObject({
      path: 'docs/queue.md',
      type: 'prd-iosm',
      title: 'PRD: Queue Display',
      status: 'Review',
      metadata: {Status: 'Review'},
    })
    const map = one['sourceMap'] as Record<string, {start: {offset: number}; end: {offset: number}}>
    for (const [pointer, {start, end}] of Object.entries(map)) {
      const value = pointer
        .split('/')
        .slice(1)
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .reduce((at: unknown, part) => (at as Record<string, unknown>)[part], one)
      expect(value, pointer).toBeDefined()
      if (typeof value === 'string' && !value.includes('\n') && pointer.startsWith('/metadata/'))
        expect(uncovered.slice(start.offset, end.offset)).toBe(value)
    }
    expect(Object.keys(map)).toContain('/ids/0/namedBy/0')
  })

  test('NDJSON has one document a line, CSV one a row', () => {
    const lines = exported('two', '--format', 'ndjson', '--no-source-map').stdout.trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as {path: string}).path)).toEqual(['two/courier.md', 'two/queue.md'])
    const rows = exported('two', '--format', 'csv').stdout.trim().split('\n')
    expect(rows[0]).toMatch(
      /^path,type,title,Version,Date,Track ID,Owner,Status,requirements,not covered,schema changes,open tasks$/u,
    )
    expect(rows).toHaveLength(3)
  })
})
