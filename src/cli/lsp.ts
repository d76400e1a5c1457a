import {createConnection} from 'vscode-languageserver/node'
import {serve} from '../lsp/server.ts'
import {compileOnce} from '../run/v8.ts'
import {loadFileValidators} from '../type/values.ts'

/** Serves an editor over standard input and output until it goes. */
export async function lsp(): Promise<number> {
  // Whatever else is printed would be no message.
  console.log = console.error
  compileOnce()
  await loadFileValidators()
  serve(createConnection(process.stdin, process.stdout))
  return new Promise(() => undefined)
}
