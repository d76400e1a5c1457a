import {Worker} from 'node:worker_threads'
import type {FromWorker, Job, Outcome, Phase, ToWorker, WorkerSettings} from './model.ts'

/** What one job may take. Milliseconds, and bytes by which the program may grow. */
export interface Limits {
  readonly statement: number
  readonly job: number
  readonly start: number
  readonly memory: number
}

const megabyte = 2 ** 20

export const usualLimits: Limits = {statement: 10_000, job: 60_000, start: 120_000, memory: 1024 * megabyte}

/** Memory of the engine's own; what a document's files take in it is held by `Limits.memory`. */
const engineMemory = 768 * megabyte
/** Milliseconds between two looks at the memory. */
const pause = 100

/** Why there is no engine. */
export interface Absence {
  readonly kind: 'absent' | 'failed'
  /** The package to install; empty for an engine that is there and doesn't start. */
  readonly name: string
  readonly words: string
}

export interface Runner {
  /** Runs a job in a thread that is ended when it takes too long or too much; the next job begins in a new one then. */
  run(job: Job): Promise<Outcome | Absence>
  /** The data directory of the engine, for the next time. */
  pack(): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

interface Thread {
  readonly worker: Worker
  readonly ready: Promise<Absence | {readonly kind: 'ready'; readonly engine: string}>
  /** Bytes of the program when the engine was ready. */
  memory: number
  listen: (message: FromWorker) => void
}

/** Runs jobs one after the other; the thread starts at once, so that documents can be read meanwhile. */
export function createRunner(
  settings: Omit<WorkerSettings, 'memory'>,
  script: URL,
  limits: Limits = usualLimits,
): Runner {
  let thread: Thread | undefined = startThread({...settings, memory: engineMemory}, script, limits)
  const end = async (): Promise<void> => {
    const old = thread
    thread = undefined
    await old?.worker.terminate()
  }
  return {
    run: async (job) => {
      thread ??= startThread({...settings, memory: engineMemory}, script, limits)
      const here = thread
      const state = await here.ready
      if (state.kind !== 'ready') return state
      const {outcome, clean} = await runIn(here, job, state.engine, limits)
      // What a thread has grown by, the next document doesn't inherit.
      if (!clean || process.memoryUsage.rss() - here.memory > limits.memory / 2) await end()
      return outcome
    },
    pack: async () => {
      const here = thread
      if (!here || (await here.ready).kind !== 'ready') return undefined
      return new Promise((resolve) => {
        here.listen = (message) => resolve(message.kind === 'snapshot' ? message.bytes : undefined)
        send(here, {kind: 'snapshot'})
      })
    },
    close: end,
  }
}

function send({worker}: Thread, message: ToWorker): void {
  worker.postMessage(message, [])
}

function startThread(settings: WorkerSettings, script: URL, limits: Limits): Thread {
  const worker = new Worker(script, {
    workerData: settings,
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    // A string of the engine's goes to the heap in one piece, and a heap that it doesn't fit ends the whole program.
    resourceLimits: {maxOldGenerationSizeMb: 2048},
  })
  const thread: {-readonly [K in keyof Thread]: Thread[K]} = {
    worker,
    memory: 0,
    listen: () => undefined,
    ready: new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve({kind: 'failed', name: '', words: `it did not start within ${limits.start / 1000} seconds`})
      }, limits.start)
      const settle = (state: Awaited<Thread['ready']>): void => {
        clearTimeout(timer)
        thread.memory = process.memoryUsage.rss()
        resolve(state)
      }
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready' || message.kind === 'absent') settle(message)
        else if (message.kind === 'failed') {
          settle({kind: 'failed', name: '', words: message.words})
          thread.listen(message)
        } else thread.listen(message)
      })
      const die = (words: string): void => {
        settle({kind: 'failed', name: '', words})
        thread.listen({kind: 'failed', words})
      }
      worker.on('error', (error) => die(error.message))
      worker.on('exit', (code) => die(`it ended with code ${code}`))
    }),
  }
  return thread
}

interface Ran {
  readonly outcome: Outcome
  readonly clean: boolean
}

async function runIn(thread: Thread, job: Job, engine: string, limits: Limits): Promise<Ran> {
  const begun = performance.now()
  const memory = process.memoryUsage.rss()
  let at: {readonly phase: Phase; readonly index: number} = {phase: 'before', index: 0}
  let since = begun
  return new Promise((resolve) => {
    const finish = (ran: Ran): void => {
      clearInterval(watch)
      thread.listen = () => undefined
      resolve(ran)
    }
    const stop = (limit: 'time' | 'memory' | undefined, message: string): void => {
      // The thread is ended by the caller, since it isn't clean.
      finish({outcome: stopped(engine, at, limit, message), clean: false})
    }
    const watch = setInterval(() => {
      const now = performance.now()
      if (now - since > limits.statement) stop('time', `it did not end within ${limits.statement / 1000} seconds`)
      else if (now - begun > limits.job)
        stop('time', `the statements of the document did not end within ${limits.job / 1000} seconds`)
      else if (process.memoryUsage.rss() - memory > limits.memory)
        stop('memory', `it took more than ${Math.round(limits.memory / megabyte)} MB of memory`)
    }, pause)
    thread.listen = (message) => {
      if (message.kind === 'at') {
        at = message
        since = performance.now()
      } else if (message.kind === 'done') finish(message)
      else if (message.kind === 'failed') stop(/memory/iu.test(message.words) ? 'memory' : undefined, message.words)
    }
    send(thread, {kind: 'job', job})
  })
}

/** What is known of a job that was ended: where it stood. */
export function stopped(
  engine: string,
  at: {readonly phase: Phase; readonly index: number},
  limit: 'time' | 'memory' | undefined,
  message: string,
): Outcome {
  const {phase, index} = at
  return {
    engine,
    steps: [],
    faults: [{phase, index, message, code: '', hint: '', position: undefined, limit}],
    made: [],
    declared: undefined,
    residue: undefined,
    again: undefined,
    losses: [],
    unenforced: [],
    queries: [],
    sampled: 0,
    unsampled: [],
    dumps: undefined,
    schema: [],
  }
}
