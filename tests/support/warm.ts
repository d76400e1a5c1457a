import {execFileSync, spawn} from 'node:child_process'
import {mkdtempSync, openSync, readSync, rmSync, writeSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

interface Job {
  readonly cwd: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Reply {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface Pipes {
  readonly jobs: number
  readonly replies: number
}

let pipes: Pipes | undefined

/**
 * What the program does with a call, in a process that has loaded it already. A start of its own costs as much as ten of these, and
 * nearly all tests of the command line ask for what comes out, not for how it starts. `undefined` when that process has died.
 */
export function runWarm(program: string, job: Job): Reply | undefined {
  pipes ??= open(program)
  writeSync(pipes.jobs, `${JSON.stringify(job)}\n`)
  const line = lineFrom(pipes.replies)
  if (line === undefined) pipes = undefined
  return line === undefined ? undefined : (JSON.parse(line) as Reply)
}

function open(program: string): Pipes {
  const folder = mkdtempSync(join(tmpdir(), 'spec-lint-warm-'))
  const [jobs, replies] = [join(folder, 'jobs'), join(folder, 'replies')]
  execFileSync('mkfifo', [jobs, replies])
  const child = spawn(process.execPath, [join(import.meta.dirname, 'warm.mjs'), program, jobs, replies], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child.unref()
  // Each waits for the other end: the child opens the replies first.
  const opened = {replies: openSync(replies, 'r'), jobs: openSync(jobs, 'w')}
  rmSync(folder, {recursive: true})
  return opened
}

/** Up to the end of the line; `undefined` where the other end is closed before. */
function lineFrom(file: number): string | undefined {
  const chunks: Buffer[] = []
  for (;;) {
    const chunk = Buffer.alloc(65_536)
    const length = readSync(file, chunk)
    if (length === 0) return undefined
    chunks.push(chunk.subarray(0, length))
    if (chunk[length - 1] === 10) return Buffer.concat(chunks).toString('utf8')
  }
}
