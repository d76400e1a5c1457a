import {parentPort, workerData} from 'node:worker_threads'
import {SpecLintError} from '../config/error.ts'
import {createEngine} from './engine.ts'
import type {FromWorker, ToWorker, WorkerSettings} from './messages.ts'

// Sent by `createPool` alone.
const {options, measures} = workerData as WorkerSettings
const times = new Map<string, number>()
const measure = (rule: string, milliseconds: number): unknown => times.set(rule, (times.get(rule) ?? 0) + milliseconds)
const engine = createEngine({
  ...options,
  progress: undefined,
  signal: undefined,
  measure: measures ? measure : undefined,
})

parentPort?.on('message', (message: ToWorker) => {
  void answer(message)
})

async function answer(message: ToWorker): Promise<void> {
  try {
    send({kind: 'done', value: await done(message)})
  } catch (error) {
    const {message: words, stack} = error instanceof Error ? error : new Error(String(error))
    const mistake =
      error instanceof SpecLintError
        ? {code: error.code, help: error.help, file: error.file, line: error.line, column: error.column}
        : undefined
    send({kind: 'failed', message: words, stack, mistake})
  }
}

async function done(message: ToWorker): Promise<unknown> {
  switch (message.kind) {
    case 'read':
      return engine.read(message.files, message.keep)
    case 'know':
      return engine.know(message.facts)
    case 'lint':
      return engine.lint(message.paths, (one) => send({kind: 'answer', answer: one}))
    case 'warnings':
      return {warnings: await engine.warnings(), times: [...times]}
    default:
      return message satisfies never
  }
}

function send(message: FromWorker): void {
  parentPort?.postMessage(message, [])
}
