import {createRequire, syncBuiltinESMExports} from 'node:module'
import {parentPort, workerData} from 'node:worker_threads'
import {runJob} from './course/course.ts'
import {openPostgres} from './engine/postgres.ts'
import {openSqlite} from './engine/sqlite.ts'
import type {Engine} from './engine/types.ts'
import type {FromWorker, Job, ToWorker, WorkerSettings} from './model.ts'

// Sent by `startWorker` alone.
const {dialect, snapshot, extensions, memory} = workerData as WorkerSettings

limitMemory(memory)
void begin()

async function begin(): Promise<void> {
  try {
    const {engine, pack} = await open()
    seal()
    if (!(await engine.reset())) throw new Error('The engine does not come back to its beginning')
    parentPort?.on('message', (message: ToWorker) => {
      void answer(message, engine, pack)
    })
    send({kind: 'ready', engine: engine.name})
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const isAbsent =
      error instanceof Error &&
      'code' in error &&
      /^(?:ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND)$/u.test(String(error.code))
    send(isAbsent ? {kind: 'absent', name: packageOf(), words} : {kind: 'failed', words})
  }
}

function packageOf(): string {
  return dialect === 'sqlite' ? 'sql.js' : '@electric-sql/pglite'
}

interface Opened {
  readonly engine: Engine
  readonly pack: () => Promise<Uint8Array>
}

async function open(): Promise<Opened> {
  if (dialect === 'sqlite') return {engine: await openSqlite(), pack: async () => Promise.resolve(new Uint8Array())}
  const engine = await openPostgres(snapshot, extensions)
  return {engine, pack: async () => engine.pack()}
}

async function answer(message: ToWorker, engine: Engine, pack: () => Promise<Uint8Array>): Promise<void> {
  try {
    if (message.kind === 'snapshot') send({kind: 'snapshot', bytes: await pack()})
    else await run(engine, message.job)
  } catch (error) {
    send({kind: 'failed', words: error instanceof Error ? error.message : String(error)})
  }
}

async function run(engine: Engine, job: Job): Promise<void> {
  const outcome = await runJob(engine, job, (phase, index) => send({kind: 'at', phase, index}))
  send({kind: 'done', outcome, clean: await engine.reset()})
}

function send(message: FromWorker): void {
  parentPort?.postMessage(message, [])
}

/** The memory of WebAssembly grows through one function; past the limit the engine is told that there is none left. */
function limitMemory(most: number): void {
  const {WebAssembly: engines} = globalThis as unknown as {readonly WebAssembly: {readonly Memory: {prototype: Memory}}}
  const {prototype} = engines.Memory
  // Called with the memory as `this` below.
  // oxlint-disable-next-line typescript/unbound-method
  const {grow} = prototype
  prototype.grow = function growWithin(this: Memory, pages: number): number {
    if (this.buffer.byteLength + pages * 65_536 > most) throw new RangeError('memory limit')
    return grow.call(this, pages)
  }
}

interface Memory {
  readonly buffer: ArrayBufferLike
  grow(pages: number): number
}

/** Takes from this thread what reaches files, programs and the network. The engine is loaded, and needs none of it. */
function seal(): void {
  const require = createRequire(import.meta.url)
  const refuse = (): never => {
    throw new Error('SQL of a document reaches nothing outside of its database')
  }
  for (const name of [
    'fs',
    'fs/promises',
    'child_process',
    'net',
    'tls',
    'dgram',
    'dns',
    'http',
    'https',
    'http2',
    'cluster',
  ]) {
    const module = require(`node:${name}`) as Record<string, unknown>
    for (const [key, {value, writable}] of Object.entries(Object.getOwnPropertyDescriptors(module)))
      // A class, which others may extend, is reached through the functions alone.
      if (typeof value === 'function' && writable === true && /^[a-z]/u.test(key)) module[key] = refuse
  }
  syncBuiltinESMExports()
  Object.assign(globalThis, {fetch: refuse, WebSocket: refuse})
}
