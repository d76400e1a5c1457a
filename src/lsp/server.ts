import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver'
import {TextDocument} from 'vscode-languageserver-textdocument'
import {version} from '../lint/links.ts'
import {fixAllKind} from './actions.ts'
import {clientOf, pathOf} from './client.ts'
import {serveFeatures} from './features.ts'
import {serveDiagnostics} from './publish.ts'
import {createWorld} from './world.ts'

/** Documents, and what their findings may depend on: configurations, types, templates, schemas, migrations. */
const watched = ['**/*.{md,markdown,mdown,mkd}', '**/*.{yaml,yml,json,jsonc,sql,prisma,py,rb}']

/** Serves one editor until it goes. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument)
  const world = createWorld(documents)
  const {begin} = serveDiagnostics(connection, world)
  serveFeatures(connection, world)

  connection.onInitialize((params): InitializeResult => {
    world.client = clientOf(params)
    world.folders = world.client.folders
    return {
      serverInfo: {name: 'spec-lint', version},
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        diagnosticProvider: {interFileDependencies: true, workspaceDiagnostics: false},
        codeActionProvider: {codeActionKinds: [CodeActionKind.QuickFix, fixAllKind]},
        completionProvider: {triggerCharacters: [' ', '#', '-', ':']},
        hoverProvider: true,
        documentSymbolProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: {prepareProvider: true},
        documentFormattingProvider: world.client.formats,
        workspace: {workspaceFolders: {supported: true, changeNotifications: true}},
      },
    }
  })
  connection.onInitialized(async () => {
    begin()
    if (world.client.folderChanges)
      connection.workspace.onDidChangeWorkspaceFolders(({added, removed}) => {
        const gone = new Set(removed.map(({uri}) => pathOf(uri)))
        world.folders = [
          ...world.folders.filter((path) => !gone.has(path)),
          ...added.flatMap(({uri}) => pathOf(uri) ?? []),
        ]
        begin()
      })
    if (world.client.watches)
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: watched.map((globPattern) => ({globPattern})),
      })
  })
  connection.onShutdown(() => world.forget())
  documents.listen(connection)
  connection.listen()
}
