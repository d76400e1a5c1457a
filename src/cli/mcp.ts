import {realpathSync, statSync} from 'node:fs'
import {serveStdio} from '@modelcontextprotocol/server/stdio'
import {SpecLintError} from '../config/error.ts'
import {createServer} from '../mcp/server.ts'
import {compileOnce} from '../run/v8.ts'
import {loadFileValidators} from '../type/values.ts'
import {notice} from './io.ts'

/** Serves an agent over standard input and output until it goes. */
export async function mcp({root = '.'}: {readonly root?: string}): Promise<number> {
  // Whatever else is printed would be no message.
  console.log = console.error
  const real = folderAt(root)
  compileOnce()
  await loadFileValidators()
  serveStdio(() => createServer(real), {onerror: (error) => notice(error.message)})
  return new Promise((resolve) => process.stdin.once('close', () => resolve(0)))
}

function folderAt(path: string): string {
  const found = statSync(path, {throwIfNoEntry: false})?.isDirectory() === true
  if (!found) throw new SpecLintError('root', `\`${path}\` is no directory`, 'Name the folder of the documents.')
  return realpathSync(path)
}
