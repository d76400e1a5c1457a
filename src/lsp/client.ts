import {fileURLToPath} from 'node:url'
import type {InitializeParams} from 'vscode-languageserver'

/** What an editor can do, and wants. */
export interface Client {
  /** It asks for diagnostics; else they are sent to it. */
  readonly pulls: boolean
  readonly refreshes: boolean
  readonly watches: boolean
  readonly snippets: boolean
  readonly folderChanges: boolean
  /** `initializationOptions: {"format": true}`: Format Document makes the safe fixes. Off by default, for other formatters. */
  readonly formats: boolean
  /** Absolute paths of the folders that are open. */
  readonly folders: readonly string[]
}

export const noClient: Client = {
  pulls: false,
  refreshes: false,
  watches: false,
  snippets: false,
  folderChanges: false,
  formats: false,
  folders: [],
}

export function clientOf(params: InitializeParams): Client {
  const {textDocument, workspace} = params.capabilities
  const options: unknown = params.initializationOptions
  return {
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    folderChanges: workspace?.workspaceFolders === true,
    formats: typeof options === 'object' && options !== null && 'format' in options && options.format === true,
    folders: foldersOf(params),
  }
}

function foldersOf({workspaceFolders, rootUri}: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({uri}) => uri) ?? (rootUri ? [rootUri] : [])
  return uris.flatMap((uri) => pathOf(uri) ?? [])
}

/** `untitled:` and others have none. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined
  } catch {
    return undefined
  }
}
