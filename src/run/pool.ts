import {availableParallelism} from 'node:os'
import {Worker} from 'node:worker_threads'
import {SpecLintError} from '../config/error.ts'
import {allOf, type Answer, type Engine, type Facts, type Warned} from './engine.ts'
import {packageFolder} from './installation.ts'
import type {FromWorker, ToWorker, WorkerSettings} from './messages.ts'
import type {RunOptions} from './options.ts'
import {shown} from './read.ts'
import type {RunError} from './types.ts'

/** Documents for which a thread is worth its start. */
const fewest = 100
const most = 64

/** Threads for a number of files: none where they would not pay. */
export function threadsFor(files: number, concurrency: RunOptions['concurrency']): number {
  if (concurrency === 'off') return 0
  const wanted =
    concurrency === 'auto' ? Math.min(availableParallelism(), Math.floor(files / fewest)) : Math.min(concurrency, files)
  return wanted < 2 && concurrency === 'auto' ? 0 : Math.min(wanted, most)
}

/** An engine of several threads. Each reads and lints its own files, and is told what the others read. */
export function createPool(
  options: RunOptions,
  threads: number,
  worker = new URL('dist/src/run/worker.js', packageFolder),
): Engine {
  const all = Array.from({length: threads}, () => startThread(options, worker))
  const owners = new Map<string, Thread>()
  const errorOf = (path: string, thread: Thread): RunError => ({
    path: shown(path, options.cwd),
    code: 'worker',
    message: `The thread that had it ended: ${thread.dead() ?? 'without a word'}. The others were linted`,
  })
  return {
    read: async (files, keep = true) => {
      const parts = await Promise.all(
        all.map(async (thread, index): Promise<Facts> => {
          const own = files.filter((_, at) => at % all.length === index)
          for (const path of own) owners.set(path, thread)
          const read =
            own.length === 0 ? noFacts : ((await thread.ask({kind: 'read', files: own, keep})) as Facts | undefined)
          return read ?? {...noFacts, errors: own.map((path) => errorOf(path, thread))}
        }),
      )
      return allOf(parts)
    },
    know: async (facts) => {
      await Promise.all(
        all.map(async (thread) =>
          thread.ask({kind: 'know', facts: facts.filter(({path}) => owners.get(path) !== thread)}),
        ),
      )
    },
    lint: async (paths, tell) => {
      const parts = await Promise.all(
        all.map(async (thread) => {
          const left = new Set(paths.filter((path) => owners.get(path) === thread))
          await thread.ask({kind: 'lint', paths: [...left]}, (answer) => {
            left.delete(answer.path)
            tell(answer)
          })
          return [...left].map((path) => errorOf(path, thread))
        }),
      )
      return parts.flat()
    },
    warnings: async () => {
      const parts = await Promise.all(all.map(async (thread) => thread.ask({kind: 'warnings'})))
      // As `worker.ts` answers it.
      const told = parts as readonly (Told | undefined)[]
      for (const one of told) for (const [rule, time] of one?.times ?? []) options.measure?.(rule, time)
      return told.flatMap((one) => one?.warnings ?? [])
    },
    close: async () => {
      await Promise.all(all.map(async (thread) => thread.end()))
    },
  }
}

interface Told {
  readonly warnings: readonly Warned[]
  readonly times: readonly (readonly [string, number])[]
}

const noFacts: Facts = {facts: [], errors: [], noType: [], ignored: []}

interface Thread {
  /** The answer; `undefined` from a thread that is dead. A mistake of the user's is thrown as in one thread. */
  ask(message: ToWorker, tell?: (answer: Answer) => void): Promise<unknown>
  /** Why it ended. */
  dead(): string | undefined
  end(): Promise<unknown>
}

function startThread(options: RunOptions, script: URL): Thread {
  const {measure, progress: _progress, signal: _signal, overlay: _overlay, ...rest} = options
  const settings: WorkerSettings = {
    options: {...rest, measure: undefined, progress: undefined, signal: undefined, overlay: undefined},
    measures: measure !== undefined,
  }
  const worker = new Worker(script, {workerData: settings})
  let dead: string | undefined
  let open: {readonly settle: (value: unknown) => void; readonly refuse: (error: Error) => void} | undefined
  let told: ((answer: Answer) => void) | undefined
  const die = (why: string): void => {
    dead ??= why
    open?.settle(undefined)
  }
  worker.on('error', (error) => die(error.message))
  worker.on('exit', (code) => die(`exit code ${code}`))
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'answer') told?.(message.answer)
    else if (message.kind === 'done') open?.settle(message.value)
    else open?.refuse(errorIn(message))
  })
  return {
    ask: async (message, tell) => {
      if (dead !== undefined) return undefined
      told = tell
      return new Promise((settle, refuse) => {
        open = {settle, refuse}
        worker.postMessage(message, [])
      })
    },
    dead: () => dead,
    end: async () => worker.terminate(),
  }
}

function errorIn({message, stack, mistake}: Extract<FromWorker, {kind: 'failed'}>): Error {
  if (!mistake) return Object.assign(new Error(message), {stack})
  const {code, help, file, line, column} = mistake
  return new SpecLintError(code, message, help, {
    ...(file !== undefined && {file}),
    ...(line !== undefined && {line}),
    ...(column !== undefined && {column}),
  })
}
