import {resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import type {RunOptions} from '../run/options.ts'
import {rootsOf, watchRuns} from '../run/watch.ts'
import {notice, reportError} from './io.ts'

export interface Watching {
  readonly options: RunOptions
  /** Files that reports are written to. */
  readonly written: readonly string[]
  readonly run: () => Promise<unknown>
  readonly debug: boolean
}

/** Runs again after each change, until `q` or Ctrl+C; the exit code is 0 then. */
export async function watch({options, written, run, debug}: Watching): Promise<number> {
  const ended = new AbortController()
  const restore = onQuit(() => ended.abort())
  const own = new Set(written.map((file) => resolve(options.cwd, file)))
  try {
    await watchRuns({
      roots: () => rootsOf(options),
      isOwn: (path) => own.has(path),
      signal: ended.signal,
      run: async () => {
        if (process.stdout.isTTY) process.stdout.write('\u001B[2J\u001B[3J\u001B[H')
        try {
          await run()
        } catch (error) {
          if (!(error instanceof SpecLintError)) throw error
          // The next change may mend it.
          reportError(error, debug)
        }
        if (process.stderr.isTTY) notice('watching for changes; `q` ends.')
      },
    })
  } finally {
    restore()
  }
  return 0
}

function onQuit(quit: () => void): () => void {
  const {stdin} = process
  const key = (data: Buffer): void => {
    if (data.includes('q') || data.includes(3)) quit()
  }
  process.on('SIGINT', quit)
  process.on('SIGTERM', quit)
  if (stdin.isTTY) stdin.setRawMode(true).on('data', key).resume()
  return () => {
    process.off('SIGINT', quit)
    process.off('SIGTERM', quit)
    if (stdin.isTTY) stdin.setRawMode(false).off('data', key).pause()
  }
}
