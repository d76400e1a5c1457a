import {availableParallelism, totalmem} from 'node:os'
import {allOf, type Answer, type Engine, type Fact, type Facts, type Warned} from './engine.ts'
import {packageFolder} from './installation.ts'
import type {ToWorker} from './messages.ts'
import type {RunOptions} from './options.ts'
import {shown} from './read.ts'
import {createSeat, type Death, type Seat} from './seat.ts'
import type {RunError} from './types.ts'

/** Bytes of documents for which a thread is worth its start. */
const fewest = 700_000
/** Bytes from which on a document may take more memory than there is: a thread that has no more ends alone. */
const large = 131_072
const most = 64

/** Threads for files of these sizes, in bytes: none where they would not pay, but one where a file needs to be held apart. */
export function threadsFor(sizes: readonly number[], concurrency: RunOptions['concurrency']): number {
  if (concurrency === 'off') return 0
  if (concurrency !== 'auto') return Math.min(concurrency, sizes.length, most)
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const wanted = Math.min(availableParallelism(), Math.floor(all / fewest), sizes.length, most)
  return wanted < 2 ? Number(sizes.some((size) => size > large)) : wanted
}

/** Megabytes of memory for each of some threads. */
export function memoryFor(threads: number, all = totalmem() / 1_048_576): number {
  return Math.round(Math.max(512, Math.min(2048, all / 2 / threads)))
}

/**
 * An engine of several threads. Each reads and lints its own files, one by one, and is told what the others read. A thread that
 * ends takes one document with it: another goes on in its place.
 */
export function createPool(
  options: RunOptions,
  threads: number,
  worker = new URL('dist/src/run/worker.js', packageFolder),
): Engine {
  const memory = memoryFor(threads)
  const all = Array.from({length: threads}, () => createSeat(options, worker, memory))
  const owners = new Map<string, Seat>()
  let known: readonly Fact[] = []
  const {readOne, lintOne} = asking(options, memory, () => known)
  return {
    read: async (files, keep = true) => {
      const parts = await Promise.all(
        all.map(async (seat, index): Promise<Facts> => {
          const own = files.filter((_, at) => at % all.length === index)
          const read: Facts[] = []
          for (const path of own) {
            owners.set(path, seat)
            read.push(await readOne(seat, path, keep))
          }
          return allOf(read)
        }),
      )
      return allOf(parts)
    },
    know: async (facts) => {
      known = facts
      await Promise.all(
        all.map(async (seat) => seat.ask([{kind: 'know', facts: facts.filter(({path}) => owners.get(path) !== seat)}])),
      )
    },
    lint: async (paths, tell) => {
      const parts = await Promise.all(
        all.map(async (seat) => {
          const errors: RunError[] = []
          for (const path of paths.filter((one) => owners.get(one) === seat))
            errors.push(...(await lintOne(seat, path, tell)))
          return errors
        }),
      )
      return parts.flat()
    },
    warnings: async () => {
      const parts = await Promise.all(all.map(async (seat) => seat.ask([{kind: 'warnings'}])))
      // As `worker.ts` answers it.
      const told = parts.map(({value}) => value) as readonly (Told | undefined)[]
      for (const one of told) for (const [rule, time] of one?.times ?? []) options.measure?.(rule, time)
      return told.flatMap((one) => one?.warnings ?? [])
    },
    close: async () => {
      await Promise.all(all.map(async (seat) => seat.end()))
    },
  }
}

interface Asking {
  /** What is in a file; one that ended its thread is an error. */
  readonly readOne: (seat: Seat, path: string, keep: boolean) => Promise<Facts>
  readonly lintOne: (seat: Seat, path: string, tell: (answer: Answer) => void) => Promise<readonly RunError[]>
}

/** Asks for one document, so that it is clear which one ends a thread. `memory` is in megabytes. */
function asking({cwd}: RunOptions, memory: number, known: () => readonly Fact[]): Asking {
  const errorOf = (path: string, death: Death): RunError => ({
    path: shown(path, cwd),
    ...(death.kind === 'memory'
      ? {code: 'document-too-large', message: `It takes more than ${memory} MB of memory. The others were linted`}
      : {code: 'worker', message: `The thread that had it ended: ${death.words}. The others were linted`}),
  })
  return {
    readOne: async (seat, path, keep) => {
      const {value, death} = await seat.askTwice(() => [{kind: 'read', files: [path], keep}])
      // As `worker.ts` answers it.
      return death ? {...noFacts, errors: [errorOf(path, death)]} : (value as Facts)
    },
    lintOne: async (seat, path, tell) => {
      // A thread that came in the place of another knows nothing yet.
      const needed = (): readonly ToWorker[] => [
        ...(seat.keeps(path) ? [] : [{kind: 'read', files: [path], keep: true} as const]),
        ...(seat.isTold() ? [] : [{kind: 'know', facts: known()} as const]),
        {kind: 'lint', paths: [path]},
      ]
      const {death} = await seat.askTwice(needed, tell)
      return death ? [errorOf(path, death)] : []
    },
  }
}

interface Told {
  readonly warnings: readonly Warned[]
  readonly times: readonly (readonly [string, number])[]
}

const noFacts: Facts = {facts: [], errors: [], noType: [], ignored: []}
