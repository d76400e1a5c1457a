// How long the language server takes for a change of long documents, and what memory it has after many changes.
// node bench/lsp.mjs [lines=4800] [changes=40] [edits=10000]; after `npm run build`. Linux.
import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {createProtocolConnection, StreamMessageReader, StreamMessageWriter} from 'vscode-languageserver/node'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [lines = 4800, changes = 40, edits = 10_000] = process.argv.slice(2).map(Number)
const cleanOf = (type) => readFileSync(join(root, `fixtures/types/${type}/clean.md`), 'utf8')
const clean = cleanOf('prd')
const folder = mkdtempSync(join(tmpdir(), 'spec-lint-bench-'))

const child = spawn(process.execPath, [join(root, 'dist/src/cli/main.js'), 'lsp', '--stdio'], {
  cwd: folder,
  stdio: ['pipe', 'pipe', 'inherit'],
})
const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
client.listen()
await client.sendRequest('initialize', {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: [{uri: pathToFileURL(folder).href, name: 'bench'}],
  capabilities: {textDocument: {diagnostic: {}}},
})
await client.sendNotification('initialized', {})

const texts = {
  prose: prose(lines),
  prd: grown(clean, lines),
  'data-migration': grown(cleanOf('data-migration'), lines),
  'database-schema': grown(cleanOf('database-schema'), lines),
}
for (const [name, text] of Object.entries(texts)) {
  const long = await opened(`${name}.md`, text)
  const times = {diagnostics: [], actions: []}
  for (let at = 0; at < changes; at += 1) {
    const [, diagnosed] = await timed(async () => {
      await long.type('x')
      return long.ask()
    })
    const [, acted] = await timed(() => long.actions())
    times.diagnostics.push(diagnosed)
    times.actions.push(acted)
  }
  await long.close()
  console.log(
    `${name}, ${long.lines} lines: ${median(times.diagnostics)} ms a change, ${median(times.actions)} ms for code actions after it (medians of ${changes})`,
  )
}

const short = await opened('short.md', clean.replace('# 12', '# 13'))
for (let at = 0; at <= edits; at += 1) {
  await short.type(at % 100 === 99 ? '\n' : 'x')
  if (at % 20 === 0) await short.ask()
  if (at % (edits / 10) === 0) console.log(`${at} edits: ${memory()} MB`)
}
child.kill()
rmSync(folder, {recursive: true})

/** A document with its sections again and again, each time with other numbers and tables. */
function grown(whole, least) {
  const body = whole.slice(whole.indexOf('\n## '))
  const parts = [whole.trimEnd()]
  for (let at = 1; parts.join('\n').split('\n').length < least; at += 1)
    parts.push(
      body
        .replaceAll(/^## (\d+)\./gmu, (_, number) => `## ${Number(number) + 20 * at}.`)
        .replaceAll(/CREATE TABLE (\w+)/gu, `CREATE TABLE $1_${at}`)
        .trimEnd(),
    )
  return `${parts.join('\n')}\n`
}

/** A document with as many sections of sentences, tables and lists as it takes, and no SQL. */
function prose(least) {
  const parts = [clean.slice(0, clean.indexOf('\n## ')).trimEnd()]
  for (let at = 1; parts.join('\n').split('\n').length < least; at += 1) {
    const sentence = `The office sees order ${at} before the warehouse answers, see [the list](#top) and \`orders\`.`
    const rows = Array.from({length: 6}, (_, row) => `| ${at}.${row} | ${sentence} |`)
    const items = Array.from({length: 6}, (_, item) => `- **Step ${item}**: ${sentence}`)
    parts.push(
      [
        `\n## ${at}. Part ${at}\n`,
        `${sentence} ${sentence}\n`,
        '| No. | Note |',
        '| --- | --- |',
        ...rows,
        '',
        ...items,
      ].join('\n'),
    )
  }
  return `${parts.join('\n')}\n`
}

async function opened(name, text) {
  const uri = pathToFileURL(join(folder, name)).href
  const line = text.split('\n').findIndex((one, at) => at > text.split('\n').length / 2 && /^[A-Za-z]/u.test(one))
  let version = 1
  await client.sendNotification('textDocument/didOpen', {textDocument: {uri, languageId: 'markdown', version, text}})
  const start = {line, character: 0}
  const range = {start, end: start}
  return {
    lines: text.split('\n').length,
    type: (written) =>
      client.sendNotification('textDocument/didChange', {
        textDocument: {uri, version: (version += 1)},
        contentChanges: [{range, text: written}],
      }),
    ask: () => client.sendRequest('textDocument/diagnostic', {textDocument: {uri}}),
    close: () => client.sendNotification('textDocument/didClose', {textDocument: {uri}}),
    actions: () =>
      client.sendRequest('textDocument/codeAction', {textDocument: {uri}, range, context: {diagnostics: []}}),
  }
}

async function timed(act) {
  const started = performance.now()
  return [await act(), performance.now() - started]
}

function median(all) {
  return all.toSorted((a, b) => a - b)[all.length >> 1].toFixed(0)
}

/** What the server has of the machine's memory. */
function memory() {
  const [, kilobytes = 0] = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return Math.round(kilobytes / 1024)
}
