import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, expect, test} from 'vitest'
import {lintText} from '../../src/index.ts'
import {createSource} from '../../src/document/source.ts'
import {folder, root, run} from '../support/cli.ts'

const clean = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')
const faulty = clean
  .replace(/^status: .*$/mu, 'status: "Parked"')
  .replace('## 4. Configuration\n', `## 4. Configuration\n\n${'- 漢字 {{TOKEN}}\n'.repeat(400)}`)

const quiet = clean
  .replace(/^status: .*$/mu, 'status: "Parked" # spec-lint disable-line status-enum -- old system')
  .replace('## 4. Configuration\n', '## 4. Configuration\n\n<!-- spec-lint disable-next-line no-placeholdr -->\n')

const place = folder({
  '.remarkrc.json': '{"plugins": ["spec-lint/preset"]}',
  'spec-lint.yaml': 'rules: {section-numbering: off}\n',
  'clean.md': clean,
  'faulty.md': faulty,
  'bom.md': `\uFEFF${faulty}`,
  'letter.md': '# Dear all\n',
  'quiet.md': quiet,
  'broken/spec-lint.yaml': 'rules: {status-enm: off}\n',
  'broken/a.md': clean,
  'held/spec-lint.yaml': 'baseline: ./known.json\n',
  'held/a.md': clean.replace(/^status: .*$/mu, 'status: "Parked"'),
  'both/spec-lint.yaml': 'rules: {remark-lint/no-tabs: warn, remark-lint/final-newline: error}\n',
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [`both/${n}.md`, n % 2 === 0 ? clean : `${clean.trimEnd()}\tend`]),
  ),
})
mkdirSync(join(place.path, 'node_modules'))
symlinkSync(root, join(place.path, 'node_modules/spec-lint'))
afterAll(place.remove)

const expected = await findings(faulty)

interface Message {
  readonly reason: string
  readonly line: number
  readonly column: number
  readonly ruleId: string
  readonly source: string
  readonly note: string
  readonly url: string
  readonly fatal: boolean
  readonly expected?: readonly string[]
  readonly place: {readonly start: {readonly offset: number}; readonly end: {readonly offset: number}}
}

async function findings(text: string): Promise<readonly string[]> {
  const result = await lintText(text)
  const source = createSource(text)
  if (result.kind !== 'linted') return []
  return result.findings.map(({start, end, ruleId, reason}) => {
    const from = source.pointOf(start)
    const to = source.pointOf(end)
    return `${from.line}:${from.column}-${to.line}:${to.column} ${ruleId} ${reason}`
  })
}

function remark(names: readonly string[]): {
  readonly code: number | null
  readonly files: readonly {readonly path: string; readonly messages: readonly Message[]}[]
} {
  const cli = join(root, 'node_modules/remark-cli/cli.js')
  const {status, stderr} = spawnSync(
    process.execPath,
    [cli, '--no-stdout', '--report', join(root, 'node_modules/vfile-reporter-json/index.js'), ...names],
    {cwd: place.path, encoding: 'utf8', maxBuffer: 1e9},
  )
  return {code: status, files: JSON.parse(stderr) as never}
}

test('there is enough to compare', () => expect(expected.length).toBeGreaterThan(400))

test('remark-cli with the preset gives the findings of the command line', () => {
  const {code, files} = remark(['clean.md', 'faulty.md', 'bom.md', 'letter.md'])
  const [clear, wrong, marked, letter] = ['clean.md', 'faulty.md', 'bom.md', 'letter.md'].map((name) =>
    files.find(({path}) => path === name),
  )
  expect(clear?.messages).toEqual([])
  expect(letter?.messages).toEqual([])
  expect(wrong?.messages.map(({reason}) => reason)).toEqual(expected.map((line) => line.replace(/^\S+ \S+ /u, '')))
  expect(marked?.messages.map(({line, column, ruleId}) => `${line}:${column} ${ruleId}`)).toEqual(
    wrong?.messages.map(({line, column, ruleId}) => `${line}:${column} ${ruleId}`),
  )
  expect(wrong?.messages[0]).toMatchObject({
    line: 3,
    column: 9,
    ruleId: 'status-enum',
    source: 'spec-lint',
    fatal: true,
    note: 'Set `status` to one of `Draft`, `Active`, `Deprecated`.',
  })
  expect(wrong?.messages[0]?.url).toMatch(/\/docs\/rules\/status-enum\.md$/u)
  expect(code).toBe(1)
})

test('comments suppress in the plug-in as they do on the command line', () => {
  const {code, files} = remark(['quiet.md'])
  expect(files[0]?.messages.map(({ruleId, reason}) => `${ruleId} ${reason}`)).toEqual([
    'suppression-unknown There is no rule `no-placeholdr`',
  ])
  expect(code).toBe(0)
})

test('what the baseline holds is not told again', () => {
  const rulesOf = (): readonly string[] | undefined =>
    remark(['held/a.md']).files[0]?.messages.map(({ruleId}) => ruleId)
  // As on the command line, one that isn't there is a mistake.
  expect(rulesOf()).toEqual(['baseline'])
  expect(run(join(place.path, 'held'), ['baseline', 'update']).stderr).toMatch(/: 1 problem; 1 added/u)
  expect(rulesOf()).toEqual([])
})

test('with rules of remark-lint, files with errors keep none of the others back', () => {
  const {code, files} = remark(['both'])
  expect(files.map(({messages}) => messages.map(({ruleId}) => ruleId).toSorted())).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7].map((n) => (n % 2 === 0 ? [] : ['final-newline', 'no-tabs'])),
  )
  expect(code).toBe(1)
})

test('a broken configuration is one message with its place', () => {
  const {files} = remark(['broken/a.md'])
  expect(files[0]?.messages).toMatchObject([
    {
      line: 1,
      column: 1,
      fatal: true,
      reason: 'broken/spec-lint.yaml:1:9: `status-enm` is no rule',
      note: 'Write `status-enum`.',
    },
  ])
})

test('a language server made as remark-language-server is shows them all, on the same ranges', async () => {
  const server = join(place.path, 'server.mjs')
  const {writeFileSync} = await import('node:fs')
  const language = pathToFileURL(join(root, 'node_modules/unified-language-server/index.js')).href
  const processor = pathToFileURL(join(root, 'node_modules/remark/index.js')).href
  writeFileSync(
    server,
    `import {createUnifiedLanguageServer} from ${JSON.stringify(language)}\nimport {remark} from ${JSON.stringify(processor)}\ncreateUnifiedLanguageServer({configurationSection: 'remark', defaultProcessor: remark, ignoreName: '.remarkignore', packageField: 'remarkConfig', pluginPrefix: 'remark', processorName: 'remark', processorSpecifier: 'remark', rcName: '.remarkrc'})\n`,
  )
  const child = spawn(process.execPath, [server, '--stdio'], {cwd: place.path, stdio: ['pipe', 'pipe', 'inherit']})
  try {
    const diagnostics = await diagnose(child, pathToFileURL(join(place.path, 'faulty.md')).href, faulty)
    const seen = diagnostics.map(({range: {start, end}, code, message, source}) => {
      expect(source).toBe('spec-lint')
      return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${code} ${message.split('\n', 1)[0]}`
    })
    expect(seen).toEqual(expected)
  } finally {
    child.kill()
  }
})

interface Diagnostic {
  readonly range: {
    readonly start: {readonly line: number; readonly character: number}
    readonly end: {readonly line: number; readonly character: number}
  }
  readonly code: string
  readonly source: string
  readonly message: string
}

/** Opens a document in a language server over its standard streams, and waits for the diagnostics. */
function diagnose(child: ChildProcess, uri: string, text: string): Promise<readonly Diagnostic[]> {
  const send = (message: object): void => {
    const body = JSON.stringify({jsonrpc: '2.0', ...message})
    child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  return new Promise((resolve) => {
    let buffer = Buffer.alloc(0)
    child.stdout?.on('data', (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk])
      for (;;) {
        const head = /Content-Length: (\d+)\r\n\r\n/u.exec(buffer.toString('latin1'))
        const from = head ? head.index + head[0].length : 0
        if (!head || buffer.length < from + Number(head[1])) return
        const message = JSON.parse(buffer.subarray(from, from + Number(head[1])).toString('utf8')) as {
          id?: number
          method?: string
          params?: {diagnostics?: readonly Diagnostic[]}
        }
        buffer = buffer.subarray(from + Number(head[1]))
        if (message.id === 1 && message.method === undefined) {
          send({method: 'initialized', params: {}})
          send({
            method: 'textDocument/didOpen',
            params: {textDocument: {uri, languageId: 'markdown', version: 1, text}},
          })
        } else if (message.method === 'textDocument/publishDiagnostics') resolve(message.params?.diagnostics ?? [])
        else if (message.method !== undefined && message.id !== undefined) send({id: message.id, result: null})
      }
    })
    send({
      id: 1,
      method: 'initialize',
      params: {
        processId: process.pid,
        rootUri: pathToFileURL(place.path).href,
        capabilities: {},
        workspaceFolders: [{uri: pathToFileURL(place.path).href, name: 'x'}],
      },
    })
  })
}
