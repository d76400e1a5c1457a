import {commands, type ExtensionContext, type LogOutputChannel, window, workspace} from 'vscode'
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node'
import {type Program, programFor} from './program.ts'

/** The server while it runs, and what was asked of it last: each step waits for the one before. */
let client: LanguageClient | undefined
let last: Promise<void> = Promise.resolve()

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('spec-lint', {log: true})
  const again = (): Promise<void> => then(() => restart(context, output))
  context.subscriptions.push(
    output,
    commands.registerCommand('specLint.restart', again),
    commands.registerCommand('specLint.showOutput', () => output.show()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('specLint')) void again()
    }),
    // What the workspace has installed may be started from now on.
    workspace.onDidGrantWorkspaceTrust(() => void again()),
  )
  await again()
}

export function deactivate(): Promise<void> {
  return then(stop)
}

function then(step: () => Promise<void>): Promise<void> {
  last = last.then(step, step)
  return last
}

async function stop(): Promise<void> {
  const running = client
  client = undefined
  await running?.stop()
}

async function restart(context: ExtensionContext, output: LogOutputChannel): Promise<void> {
  await stop()
  const settings = workspace.getConfiguration('specLint')
  if (!settings.get('enable', true)) return
  const folders = (workspace.workspaceFolders ?? []).filter(({uri}) => uri.scheme === 'file').map(({uri}) => uri.fsPath)
  const program = programFor({
    isTrusted: workspace.isTrusted,
    folders,
    setting: settings.get('path', '').trim(),
    home: context.extensionPath,
  })
  output.info(`Starting ${program.kind === 'module' ? program.path : program.command}`)
  const run: {usual?: ErrorHandler} = {}
  const started: LanguageClient = new LanguageClient('specLint', 'spec-lint', serverOf(program, folders[0]), {
    ...clientOf(settings.get('format', false), output),
    errorHandler: {
      error: () => ({action: ErrorAction.Continue}),
      // What never served would not the next time either.
      closed: async () => run.usual?.closed() ?? {action: CloseAction.DoNotRestart, handled: true},
    },
  })
  try {
    await started.start()
    run.usual = started.createDefaultErrorHandler()
    client = started
  } catch (error) {
    await started.dispose().catch(() => undefined)
    output.error(error instanceof Error ? error.message : String(error))
    void window.showErrorMessage(
      'spec-lint could not be started. `specLint.path` says which program is; the output says why.',
    )
  }
}

function serverOf(program: Program, folder: string | undefined): ServerOptions {
  const args = ['lsp']
  const options = folder === undefined ? {} : {cwd: folder}
  if (program.kind === 'module') return {module: program.path, args, options, transport: TransportKind.stdio}
  // On Windows what npm installs is a script of the shell.
  return {
    command: program.command,
    args,
    options: {...options, shell: process.platform === 'win32'},
    transport: TransportKind.stdio,
  }
}

function clientOf(format: boolean, outputChannel: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [
      {scheme: 'file', language: 'markdown'},
      {scheme: 'untitled', language: 'markdown'},
    ],
    initializationOptions: {format},
    outputChannel,
  }
}
