import {createConnection} from 'vscode-languageserver/node'
import {serve} from '../lsp/server.ts'

/** Serves an editor over standard input and output until it goes. */
export function lsp(): Promise<number> {
  // Whatever else is printed would be no message.
  console.log = console.error
  serve(createConnection(process.stdin, process.stdout))
  return new Promise(() => undefined)
}
