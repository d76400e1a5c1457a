import {Worker} from 'node:worker_threads'
import {SpecLintError} from '../config/error.ts'
import type {Answer} from './engine.ts'
import type {FromWorker, ToWorker, WorkerSettings} from './messages.ts'
import type {RunOptions} from './options.ts'

/** Why a thread ended before it answered. */
export interface Death {
  readonly kind: 'memory' | 'other'
  readonly words: string
}

/** What came of a message. */
type Reply = {readonly value: unknown; readonly death?: undefined} | {readonly value?: undefined; readonly death: Death}

type Tell = (answer: Answer) => void

/** The place of a thread; when one ends, the next message starts another. A mistake of the user's is thrown as in one thread. */
export interface Seat {
  /** The reply to the last of some messages, which are sent one after the other. */
  ask(messages: readonly ToWorker[], tell?: Tell): Promise<Reply>
  /** The same; when a thread ends that had done something before, a new one is asked what it needs to be asked. */
  askTwice(messages: () => readonly ToWorker[], tell?: Tell): Promise<Reply>
  /** Whether its thread keeps a document to lint it. */
  keeps(path: string): boolean
  /** Whether its thread was told of the documents of others. */
  isTold(): boolean
  end(): Promise<unknown>
}

/** `memory` is in megabytes. */
export function createSeat(options: RunOptions, script: URL, memory: number): Seat {
  const start = (): Life => ({thread: startThread(options, script, memory), kept: new Set(), isTold: false, asked: 0})
  let life = start()
  const alive = (): Life => {
    if (life.thread.dead()) life = start()
    return life
  }
  const ask: Seat['ask'] = async (messages, tell) => {
    const own = alive()
    let last: Reply = {value: undefined}
    for (const message of messages) {
      last = await own.thread.ask(message, tell)
      if (last.death) return last
      own.asked += 1
      note(message, own)
    }
    return last
  }
  return {
    ask,
    askTwice: async (messages, tell) => {
      const isNew = alive().asked === 0
      const reply = await ask(messages(), tell)
      if (!reply.death || isNew) return reply
      life = start()
      return ask(messages(), tell)
    },
    keeps: (path) => alive().kept.has(path),
    isTold: () => alive().isTold,
    end: async () => life.thread.end(),
  }
}

interface Life {
  readonly thread: Thread
  readonly kept: Set<string>
  isTold: boolean
  /** Messages that it answered. */
  asked: number
}

function note(message: ToWorker, life: Life): void {
  if (message.kind === 'know') life.isTold = true
  else if (message.kind === 'read' && message.keep) for (const path of message.files) life.kept.add(path)
  else if (message.kind === 'lint') for (const path of message.paths) life.kept.delete(path)
}

interface Thread {
  ask(message: ToWorker, tell?: Tell): Promise<Reply>
  /** Why it ended. */
  dead(): Death | undefined
  end(): Promise<unknown>
}

/** Megabytes for what is new in a thread: with the usual 48, what is made of a document is old before the document is done. */
const young = 96

function startThread(options: RunOptions, script: URL, memory: number): Thread {
  const {measure, progress: _progress, signal: _signal, overlay: _overlay, ...rest} = options
  const settings: WorkerSettings = {
    options: {...rest, measure: undefined, progress: undefined, signal: undefined, overlay: undefined},
    measures: measure !== undefined,
  }
  const resourceLimits = {maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: young}
  const worker = new Worker(script, {workerData: settings, resourceLimits})
  let dead: Death | undefined
  let open: {readonly settle: (reply: Reply) => void; readonly refuse: (error: Error) => void} | undefined
  let told: Tell | undefined
  const die = (death: Death): void => {
    dead ??= death
    open?.settle({death: dead})
  }
  worker.on('error', (error) => die(deathBy(error)))
  worker.on('exit', (code) => die({kind: 'other', words: `exit code ${code}`}))
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'answer') told?.(message.answer)
    else if (message.kind === 'done') open?.settle({value: message.value})
    else open?.refuse(errorIn(message))
  })
  return {
    ask: async (message, tell) => {
      if (dead) return {death: dead}
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

function deathBy(error: Error): Death {
  const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return {kind: isMemory ? 'memory' : 'other', words: error.message}
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
