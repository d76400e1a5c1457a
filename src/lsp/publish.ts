import {createHash} from 'node:crypto'
import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver'
import {pathOf} from './client.ts'
import {diagnosticOf, refusal} from './diagnostics.ts'
import {createSession} from './session.ts'
import {openAt, openText, lintAt, type World} from './world.ts'

/** Milliseconds after the last key until a document is looked at. */
const pause = 150
/** The same for files that others write, which come in crowds. */
const settle = 250

/** Findings go to the editor as they change: it asks for them, or they are sent. */
export function serveDiagnostics(connection: Connection, world: World): {readonly begin: () => void} {
  const {documents, later, forget} = world

  documents.onDidChangeContent(({document: {uri}}) => later(uri, pause, () => changed(uri)))
  documents.onDidClose(({document: {uri}}) => {
    forget(uri)
    const path = pathOf(uri)
    if (path !== undefined) world.session.close(path)
    if (!world.client.pulls) connection.sendDiagnostics({uri, diagnostics: []}).catch(fail)
  })
  connection.onDidChangeConfiguration(() => later('configuration', settle, begin))
  connection.onDidChangeWatchedFiles(({changes}) => {
    if (!changes.every(({uri}) => isKnown(world, uri))) later('files', settle, begin)
  })
  connection.languages.diagnostics.on(async ({textDocument: {uri}, previousResultId}, token) => {
    const resultId = nameOf(world, uri)
    if (previousResultId === resultId) return {kind: 'unchanged', resultId} satisfies DocumentDiagnosticReport
    // What was asked meanwhile may make this needless.
    await new Promise((resolve) => setImmediate(resolve))
    if (token.isCancellationRequested)
      return new ResponseError(LSPErrorCodes.ServerCancelled, 'cancelled', {retriggerRequest: false})
    return {kind: 'full', resultId, items: await diagnose(world, uri)} satisfies DocumentDiagnosticReport
  })
  return {begin}

  /** Everything anew: another configuration, other files, other folders. */
  function begin(): void {
    const mine = createSession(world.folders)
    world.session = mine
    renew()
    mine
      .index(
        (path) => openAt(world, path) !== undefined,
        () => world.session !== mine,
      )
      .then(() => {
        if (world.session === mine && mine.entries.size > 0) renew()
      })
      .catch(fail)
  }

  function renew(): void {
    world.generation += 1
    if (!world.client.pulls) for (const {uri} of documents.all()) publish(uri).catch(fail)
    else if (world.client.refreshes) connection.languages.diagnostics.refresh().catch(fail)
  }

  /** A text changed: it is looked at, and so are the others that are open, if it now says of itself what it did not. */
  function changed(uri: string): void {
    const before = factsOf(world, uri)
    publish(uri)
      .then(() => {
        if (factsOf(world, uri) !== before) renew()
      })
      .catch(fail)
  }

  async function publish(uri: string): Promise<void> {
    const document = documents.get(uri)
    if (!document) return
    if (world.client.pulls) {
      world.session.prepared(openText(document))
      return
    }
    const {version} = document
    const diagnostics = await diagnose(world, uri)
    if (documents.get(uri)?.version === version) await connection.sendDiagnostics({uri, version, diagnostics})
  }

  function fail(error: unknown): void {
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

/** What an editor saves, it has told before; unless it is no document, which others may link to all the same. */
function isKnown({documents, session}: World, uri: string): boolean {
  return documents.get(uri) !== undefined && session.entries.has(pathOf(uri) ?? '')
}

function factsOf(world: World, uri: string): string {
  const entry = world.session.entries.get(pathOf(uri) ?? '')
  return entry ? JSON.stringify([entry.specification, entry.defined.map(({id}) => id), [...entry.anchors]]) : ''
}

async function diagnose(world: World, uri: string): Promise<Diagnostic[]> {
  const linted = await lintAt(world, uri)
  if (linted.kind === 'none') return []
  if (linted.kind === 'refused') return [refusal(linted.error)]
  return linted.findings.map((finding) => diagnosticOf(finding, linted.prepared.document.source, uri))
}

function nameOf(world: World, uri: string): string {
  const key = `${world.generation} ${world.documents.get(uri)?.version ?? ''} ${uri}`
  return createHash('sha256').update(key).digest('hex').slice(0, 32)
}
