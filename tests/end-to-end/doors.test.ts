import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {Client} from '@modelcontextprotocol/client'
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio'
import {afterAll, expect, test} from 'vitest'
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import {createSource} from '../../src/document/source.ts'
import {lintFiles} from '../../src/index.ts'
import {binary, folder, root, run} from '../support/cli.ts'
import {read} from '../support/place.ts'

/** The examples, in a project that has the package. */
const {path: place, remove} = folder({
  '.remarkrc.json': '{"plugins": ["spec-lint/preset"]}',
  'node_modules/.keep': '',
  'runner/event.json': '{}',
  'runner/output': '',
  'runner/summary': '',
})
cpSync(join(root, 'examples'), join(place, 'examples'), {recursive: true})
symlinkSync(root, join(place, 'node_modules/spec-lint'))
mkdirSync(join(place, '.git'))
// Its front matter has no end.
const open = readFileSync(join(root, 'examples/prd/0008-loyalty-points.md'), 'utf8')
  .replace('\n---\n', '\n')
  .replace('# 8 –', '# 9 –')
writeFileSync(join(place, 'examples/prd/0009-open.md'), open)
// It names what others define, without a link.
const naming = readFileSync(join(root, 'examples/prd/0007-ticket-photos.md'), 'utf8')
  .replace('# 7 –', '# 10 –')
  .replaceAll('FR7.', 'FR10.')
  .replace('## 4. ', 'Photos of FR7.1 (PRD 7) count as points of FR8.2 (PRD 8), and as FR8.9.\n\n## 4. ')
writeFileSync(join(place, 'examples/prd/0010-naming.md'), naming)
afterAll(remove)

interface Point {
  readonly line: number
  readonly column: number
}

/** A finding as every door has to tell it. */
function told(path: string, start: Point, end: Point, rule: string, message: string): string {
  return `${path}:${start.line}:${start.column}-${end.line}:${end.column} ${rule} ${message}`
}

interface Problem {
  readonly path: string
  readonly start: Point
  readonly end: Point
  readonly ruleId: string
  readonly message: string
}

const fromJson = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({path, start, end, ruleId, message}) => told(path, start, end, ruleId, message))

const {files, problems: ofCli} = JSON.parse(run(place, ['--format', 'json', 'examples']).stdout) as {
  readonly files: readonly string[]
  readonly problems: readonly Problem[]
}
const expected = fromJson(ofCli)

test('there is enough to compare', () => {
  expect(files.length).toBeGreaterThan(8)
  expect(expected.length).toBeGreaterThan(20)
  expect(expected.filter((one) => one.includes('0010') && one.includes('defined nowhere'))).toEqual([
    expect.stringMatching(/reference-exists `FR8\.9` is defined nowhere$/u),
  ])
})

test('the library', async () => {
  const result = await lintFiles(['examples'], {cwd: place})
  const all = result.files.flatMap(({path, text, result: {findings}}) => {
    const source = createSource(text)
    return findings.map(({start, end, ruleId, reason}) =>
      told(path, source.pointOf(start), source.pointOf(end), ruleId, reason),
    )
  })
  expect(all).toEqual(expected)
})

test('remark', () => {
  const program = join(root, 'node_modules/remark-cli/cli.js')
  const reporter = join(root, 'node_modules/vfile-reporter-json/index.js')
  const {stderr} = spawnSync(process.execPath, [program, '--no-stdout', '--report', reporter, 'examples'], {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  const reports = JSON.parse(stderr) as readonly {
    readonly path: string
    readonly messages: readonly {
      readonly place: {readonly start: Point; readonly end: Point}
      readonly ruleId: string
      readonly reason: string
    }[]
  }[]
  const all = reports.flatMap(({path, messages}) =>
    messages.map((one) => told(path, one.place.start, one.place.end, one.ruleId, one.reason)),
  )
  expect(all.toSorted(byText)).toEqual(expected.toSorted(byText))
})

test('the language server', async () => {
  const child = spawn(process.execPath, [binary, 'lsp', '--stdio'], {cwd: place, stdio: ['pipe', 'pipe', 'inherit']})
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  client.listen()
  const workspaceFolders = [{uri: pathToFileURL(place).href, name: 'project'}]
  const capabilities = {textDocument: {diagnostic: {}}}
  await client.sendRequest(InitializeRequest.type, {processId: null, rootUri: null, workspaceFolders, capabilities})
  await client.sendNotification(InitializedNotification.type, {})
  const uriOf = (path: string): string => pathToFileURL(join(place, path)).href
  for (const path of files)
    await client.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: {uri: uriOf(path), languageId: 'markdown', version: 1, text: read(place, path)},
    })
  const ask = async (): Promise<readonly string[]> => {
    const all: string[] = []
    for (const path of files) {
      const found = await client.sendRequest(DocumentDiagnosticRequest.type, {textDocument: {uri: uriOf(path)}})
      for (const {range, code, message} of found.kind === 'full' ? found.items : []) {
        const [start, end] = [range.start, range.end].map(({line, character}) => ({
          line: line + 1,
          column: character + 1,
        }))
        if (start && end) all.push(told(path, start, end, String(code), String(message).split('\n')[0] ?? ''))
      }
    }
    return all
  }
  // The first round makes the documents known to each other.
  await ask()
  expect(await ask()).toEqual(expected)
  child.kill()
})

test('the tools for agents', async () => {
  const client = new Client({name: 'test', version: '1.0.0'})
  await client.connect(new StdioClientTransport({command: process.execPath, args: [binary, 'mcp'], cwd: place}))
  const {structuredContent} = await client.callTool({
    name: 'lint_files',
    arguments: {paths: ['examples'], limit: 1000},
  })
  const {problems} = structuredContent as {readonly problems: readonly Problem[]}
  expect(fromJson(problems)).toEqual(expected)
  await client.close()
})

test('the action', () => {
  const runner = join(place, 'runner')
  const program = join(runner, 'action')
  execFileSync(process.execPath, [join(root, '.ci/build-action.mjs')])
  cpSync(join(root, 'dist/action'), program, {recursive: true})
  spawnSync(process.execPath, [join(program, 'main.js')], {
    cwd: place,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: place,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: join(runner, 'event.json'),
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      RUNNER_TEMP: runner,
      INPUT_FILES: 'examples',
      'INPUT_WORKING-DIRECTORY': '.',
      INPUT_SCOPE: 'all',
      'INPUT_FAIL-ON': 'error',
      INPUT_ANNOTATIONS: 'true',
      INPUT_SUMMARY: 'true',
      'INPUT_JSON-FILE': join(runner, 'report.json'),
    },
  })
  const {problems} = JSON.parse(read(runner, 'report.json')) as {readonly problems: readonly Problem[]}
  expect(fromJson(problems)).toEqual(expected)
})

function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
