import {type ChildProcess, spawn} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterEach, describe, expect, test} from 'vitest'
import {
  type CodeAction,
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ReferencesRequest,
  RenameRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import {TextDocument} from 'vscode-languageserver-textdocument'
import {lintFiles} from '../../src/index.ts'
import {createSource} from '../../src/document/source.ts'
import {binary} from '../support/cli.ts'
import {clean, numbered, place, read} from '../support/place.ts'

const parked = clean.replace(/^status: .*$/mu, 'status: "Parked"')
const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill()
})

interface Editor {
  readonly client: ProtocolConnection
  /** The next findings of a document that satisfy a test. */
  readonly published: (uri: string, isRight?: (all: readonly Diagnostic[]) => boolean) => Promise<readonly Diagnostic[]>
  readonly open: (name: string, text: string) => Promise<string>
  readonly change: (uri: string, text: string) => Promise<void>
}

/** The real server, as an editor starts it. */
async function editor(path: string, more: {readonly pulls?: boolean; readonly format?: boolean} = {}): Promise<Editor> {
  const child = spawn(process.execPath, [binary, 'lsp', '--stdio'], {cwd: path, stdio: ['pipe', 'pipe', 'inherit']})
  running.push(child)
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  const last = new Map<string, readonly Diagnostic[]>()
  const waiting = new Set<() => void>()
  const version = new Map<string, number>()
  client.onNotification(PublishDiagnosticsNotification.type, ({uri, diagnostics, version: of}) => {
    if (of === version.get(uri)) last.set(uri, diagnostics)
    for (const check of waiting) check()
  })
  client.listen()
  await client.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{uri: pathToFileURL(path).href, name: 'project'}],
    capabilities: {
      textDocument: {
        completion: {completionItem: {snippetSupport: true}},
        ...(more.pulls === true && {diagnostic: {}}),
      },
    },
    initializationOptions: {format: more.format === true},
  })
  await client.sendNotification(InitializedNotification.type, {})
  return {
    client,
    published: (uri, isRight = () => true) =>
      new Promise((resolve) => {
        const check = (): void => {
          const all = last.get(uri)
          if (!all || !isRight(all)) return
          waiting.delete(check)
          resolve(all)
        }
        waiting.add(check)
        check()
      }),
    open: async (name, text) => {
      const uri = name.includes(':') ? name : pathToFileURL(join(path, name)).href
      version.set(uri, 1)
      await client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: {uri, languageId: 'markdown', version: 1, text},
      })
      return uri
    },
    change: async (uri, text) => {
      const next = (version.get(uri) ?? 0) + 1
      version.set(uri, next)
      last.delete(uri)
      await client.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: {uri, version: next},
        contentChanges: [{text}],
      })
    },
  }
}

const rulesOf = (all: readonly Diagnostic[]): readonly unknown[] => all.map(({code}) => code)
/** Where a word stands, `|` being the place. */
const at = (text: string, words: string): {readonly line: number; readonly character: number} => {
  const plain = words.replace('|', '')
  const offset = text.indexOf(plain)
  if (offset < 0) throw new Error(`no ${plain}`)
  return TextDocument.create('', '', 0, text).positionAt(offset + Math.max(0, words.indexOf('|')))
}
const applied = (text: string, edits: readonly Parameters<typeof TextDocument.applyEdits>[1][number][]): string =>
  TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits])

describe('spec-lint lsp', () => {
  test('says what the command line says, on the same ranges, and again when the text changes', async () => {
    const faulty = parked.replace('## 4. Configuration', '## 9. Configuration')
    const path = place({'a.md': clean, 'b.md': faulty.replace('# 12 –', '# 13 –')})
    const {open, change, published} = await editor(path)
    const uri = await open('b.md', read(path, 'b.md'))
    const {files} = await lintFiles(['b.md'], {cwd: path})
    const source = createSource(read(path, 'b.md'))
    const expected = files.flatMap(({result}) =>
      result.findings.map(({ruleId, reason, note, start, end}) => {
        const [a, b] = [source.pointOf(start), source.pointOf(end)]
        const range = {
          start: {line: a.line - 1, character: a.column - 1},
          end: {line: b.line - 1, character: b.column - 1},
        }
        return {code: ruleId, message: `${reason}\n${note}`, range, source: 'spec-lint'}
      }),
    )
    expect(expected.map(({code}) => code)).toEqual(expect.arrayContaining(['status-enum', 'section-numbering']))
    const shown = await published(uri)
    expect(shown.map(({code, message, range, source: from}) => ({code, message, range, source: from}))).toEqual(
      expected,
    )
    await change(uri, read(path, 'b.md').replace('Parked', 'Draft'))
    expect(rulesOf(await published(uri))).toEqual(['section-numbering'])
  })

  test('knows the other documents, as they stand in the editor and on the disk', async () => {
    const path = place({'a.md': clean, 'b.md': numbered(clean, 13)})
    const {client, open, change, published} = await editor(path)
    const b = await open('b.md', read(path, 'b.md'))
    expect(await published(b)).toEqual([])
    await change(b, clean)
    expect(rulesOf(await published(b, (all) => all.length > 0))).toEqual(['duplicate-document-id'])
    await change(b, numbered(clean, 13))
    expect(await published(b, (all) => all.length === 0)).toEqual([])
    writeFileSync(join(path, 'spec-lint.yaml'), 'rules: {status-enm: off}\n')
    const news = (name: string) =>
      client.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{uri: pathToFileURL(join(path, name)).href, type: 2}],
      })
    await news('spec-lint.yaml')
    const [refused] = await published(b, (all) => all.length > 0)
    expect(refused).toMatchObject({message: '`status-enm` is no rule\nWrite `status-enum`.', severity: 1})
    writeFileSync(join(path, 'spec-lint.yaml'), 'rules: {status-enum: error}\n')
    await news('spec-lint.yaml')
    expect(await published(b, (all) => all.length === 0)).toEqual([])
  })

  test('answers when it is asked for findings, and once for one text', async () => {
    const path = place({'a.md': parked})
    const {client, open} = await editor(path, {pulls: true})
    const uri = await open('a.md', parked)
    const ask = (previousResultId?: string) =>
      client.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: {uri},
        ...(previousResultId !== undefined && {previousResultId}),
      })
    let report = await ask()
    // The files around are read meanwhile, which is news.
    for (let tries = 0; tries < 50; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      const next = await ask(report.resultId)
      if (next.kind === 'unchanged' && tries > 5) break
      if (next.kind === 'full') report = next
    }
    if (report.kind !== 'full') throw new Error('no report')
    expect(rulesOf(report.items)).toEqual(['status-enum'])
    expect(await ask(report.resultId)).toEqual({kind: 'unchanged', resultId: report.resultId})
  })

  test('offers fixes, replacements and comments, which do what they say', async () => {
    const text = clean.replace(/^status: .*$/mu, 'status: draft').replace('## 4. Configuration', '## 9. Configuration')
    const path = place({'a.md': text})
    const {client, open, published} = await editor(path, {format: true})
    const uri = await open('a.md', text)
    const diagnostics = [...(await published(uri))]
    const actions = async (words: string, only?: string[]): Promise<CodeAction[]> => {
      const position = at(text, words)
      const found = await client.sendRequest(CodeActionRequest.type, {
        textDocument: {uri},
        range: {start: position, end: position},
        context: {diagnostics, ...(only && {only})},
      })
      return (found ?? []) as CodeAction[]
    }
    const result = ({edit}: CodeAction): string => {
      const [change] = edit?.documentChanges ?? []
      if (!change || !('edits' in change)) throw new Error('no edit')
      return applied(text, change.edits as Parameters<typeof TextDocument.applyEdits>[1])
    }
    const [status, suppress] = await actions('status: d|raft')
    expect(status).toMatchObject({kind: 'quickfix', isPreferred: true, title: 'Change to `Draft`'})
    expect(status && result(status)).toBe(text.replace('status: draft', 'status: Draft'))
    expect(suppress?.title).toBe('Suppress `status-enum` here')
    expect(suppress && result(suppress)).toContain('status: draft # spec-lint disable-line status-enum -- reason\n')
    const heading = await actions('## |9. Configuration', ['quickfix'])
    expect(heading.map(({title}) => title)).toEqual([
      expect.stringMatching(/\(unsafe\)$/u),
      'Suppress `section-numbering` here',
      'Suppress `section-numbering` in this file',
    ])
    expect(heading[1] && result(heading[1])).toContain(
      '<!-- spec-lint disable-next-line section-numbering -- reason -->\n## 9. Configuration',
    )
    expect(heading[2] && result(heading[2])).toMatch(
      /\n\n<!-- spec-lint disable-file section-numbering -- reason -->\n$/u,
    )
    const [all] = await actions('# 12', ['source.fixAll'])
    expect(all).toMatchObject({kind: 'source.fixAll.specLint'})
    const safe = text.replace('status: draft', 'status: Draft')
    expect(all && result(all)).toBe(safe)
    const edits = await client.sendRequest(DocumentFormattingRequest.type, {
      textDocument: {uri},
      options: {tabSize: 2, insertSpaces: true},
    })
    expect(applied(text, edits ?? [])).toBe(safe)
  })

  test('completes keys, values, sections, identifiers and comments', async () => {
    const text = clean
      .replace(/^owner: .*\n/mu, '')
      .replace(/^status: .*$/mu, 'status: ')
      .replace(/^## 4\. Configuration\n[\s\S]*?(?=^## 5)/mu, '## \n\nAs FR1 says <!-- spec-lint dis -->\n\n')
    const path = place({'a.md': text})
    const {client, open} = await editor(path)
    const uri = await open('a.md', text)
    const complete = async (words: string): Promise<readonly CompletionItem[]> => {
      const found = await client.sendRequest(CompletionRequest.type, {textDocument: {uri}, position: at(text, words)})
      return (found ?? []) as CompletionItem[]
    }
    const labels = (items: readonly CompletionItem[]): readonly string[] => items.map(({label}) => label)
    expect(labels(await complete('status: |'))).toEqual(['Draft', 'Active', 'Deprecated'])
    expect(labels(await complete('---\n|'))).toContain('owner')
    const sections = await complete('## |\n\nAs')
    const missing = sections.find(({label}) => label === '4. Configuration')
    expect(missing).toMatchObject({detail: 'required section', filterText: '## 4. Configuration'})
    const edit = missing?.textEdit
    expect(edit && 'range' in edit && applied(text, [{range: edit.range, newText: edit.newText}])).toContain(
      '\n## 4. Configuration\n',
    )
    expect(labels(await complete('As FR1|'))).toEqual(expect.arrayContaining([expect.stringMatching(/^FR1/u)]))
    expect(labels(await complete('spec-lint dis|'))).toContain('disable-next-line')
  })

  test('replaces the whole word where it completes in the middle of one', async () => {
    const text = clean.replace(/^owner: .*$/mu, 'own: x').replace(/^status: .*$/mu, 'status: Draf # the state')
    const path = place({'a.md': text})
    const {client, open} = await editor(path)
    const uri = await open('a.md', text)
    const completed = async (words: string, label: string): Promise<string> => {
      const found = await client.sendRequest(CompletionRequest.type, {textDocument: {uri}, position: at(text, words)})
      const edit = ((found ?? []) as CompletionItem[]).find((one) => one.label === label)?.textEdit
      return edit && 'range' in edit ? applied(text, [{range: edit.range, newText: edit.newText}]) : ''
    }
    expect(await completed('\now|n: x', 'owner')).toBe(text.replace('own: x', 'owner: x'))
    expect(await completed('status: Dr|af', 'Draft')).toBe(text.replace('Draf #', 'Draft #'))
  })

  test('leads from an identifier to where it is defined and named, shows what it is, and renames it', async () => {
    const path = place({'a.md': clean})
    const {client, open, published} = await editor(path)
    const uri = await open('a.md', clean)
    await published(uri)
    const symbols = await client.sendRequest(DocumentSymbolRequest.type, {textDocument: {uri}})
    expect(JSON.stringify(symbols)).toContain('"name":"4. Configuration"')
    const [, id = ''] = /\b(FR[\d.-]+\d)\b/u.exec(clean) ?? []
    expect(id).not.toBe('')
    const position = at(clean, `${id.slice(0, 2)}|${id.slice(2)}`)
    const definition = await client.sendRequest(DefinitionRequest.type, {textDocument: {uri}, position})
    expect(definition).toEqual([expect.objectContaining({uri})])
    const references = await client.sendRequest(ReferencesRequest.type, {
      textDocument: {uri},
      position,
      context: {includeDeclaration: true},
    })
    expect(references?.length).toBeGreaterThan(0)
    const hover = await client.sendRequest(HoverRequest.type, {textDocument: {uri}, position})
    expect(JSON.stringify(hover?.contents)).toContain(`**${id}**`)
    const key = await client.sendRequest(HoverRequest.type, {textDocument: {uri}, position: at(clean, 'sta|tus:')})
    expect(JSON.stringify(key?.contents)).toContain('One of `Draft`')
    const name = id.replace(/\d+$/u, '97')
    const renamed = await client.sendRequest(RenameRequest.type, {textDocument: {uri}, position, newName: name})
    const after = applied(clean, renamed?.changes?.[uri] ?? [])
    expect(after).toContain(name)
    expect(after).not.toMatch(new RegExp(`\\b${id.replaceAll('.', '\\.')}\\b(?!\\.)`, 'u'))
    await expect(
      client.sendRequest(RenameRequest.type, {textDocument: {uri}, position, newName: 'no id'}),
    ).rejects.toThrow(/is no identifier such as/u)
    const twice = [...clean.matchAll(/^### (FR[\d.-]+\d)/gmu)].map((match) => match[1] ?? '')
    await expect(
      client.sendRequest(RenameRequest.type, {textDocument: {uri}, position, newName: twice[1] ?? ''}),
    ).rejects.toThrow(/is there already$/u)
  })

  test('renames to no identifier that another document has, unless each document counts from one', async () => {
    const other = numbered(clean, 13).replaceAll('FR12.', 'FR13.')
    const path = place({'a.md': clean, 'b.md': other, 'c/a.md': clean})
    const {client, open, change, published} = await editor(path)
    const uri = await open('b.md', other)
    await published(uri)
    const rename = (text: string, from: string, newName: string) =>
      client.sendRequest(RenameRequest.type, {textDocument: {uri}, position: at(text, from), newName})
    // The files around are read meanwhile.
    await expect
      .poll(async () => rename(other, 'FR|13.1', 'FR12.2').catch(String), {timeout: 20_000})
      .toMatch(/`FR12.2` is there already, in a.md/u)
    const counted = numbered(clean, 13)
    await change(uri, counted)
    await published(uri)
    await expect(rename(counted, 'FR|12.1', 'FR12.8')).resolves.toMatchObject({changes: expect.anything()})
  })

  test('looks again at links to a heading that is renamed in another document', async () => {
    const linking = clean.replace('## 4. ', 'See [the other](b.md#4-configuration).\n\n## 4. ')
    const path = place({'a.md': linking, 'b.md': numbered(clean, 13)})
    const {open, change, published} = await editor(path)
    const [a, b] = [await open('a.md', linking), await open('b.md', read(path, 'b.md'))]
    expect(await published(a)).toEqual([])
    expect(await published(b)).toEqual([])
    await change(b, numbered(clean, 13).replace('## 4. Configuration', '## 4. Configuration Options'))
    expect(rulesOf(await published(a, (all) => all.length > 0))).toEqual([expect.stringMatching(/link|anchor/u)])
    await change(b, numbered(clean, 13))
    expect(await published(a, (all) => all.length === 0)).toEqual([])
  })

  test('takes what was never saved, and ends when it is told', async () => {
    const path = place({'a.md': clean})
    const {client, open, published} = await editor(path)
    const uri = await open('untitled:Untitled-1', parked)
    expect(rulesOf(await published(uri))).toEqual(['status-enum'])
    const [child] = running
    const ended = new Promise((resolve) => child?.on('exit', resolve))
    await client.sendRequest(ShutdownRequest.type)
    await client.sendNotification(ExitNotification.type)
    expect(await ended).toBe(0)
  })
})
