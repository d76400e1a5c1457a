import type {Measure} from '../lint/types.ts'
import {remarkLintRules} from '../lint/remark-lint.ts'
import type {Overlay} from '../lint/paths.ts'
import {rules as builtinRules} from '../../rules/index.ts'
import type {Known, RuleConfigs} from '../config/types.ts'
import type {SpecType} from '../rule/types.ts'
import type {Shard} from './shard.ts'

export const known: Known = {rules: builtinRules, remarkLint: remarkLintRules}

/** What of a change is reported. */
export interface ChangeOptions {
  /** Branch or commit to compare with; by default that of the workflow's event, else `origin/HEAD`. */
  readonly base: string | undefined
  /** Compare the index with `HEAD` instead; the documents are those of the index. */
  readonly staged: boolean
  readonly report: 'all' | 'changed-files' | 'changed-lines'
}

export interface RunOptions {
  readonly cwd: string
  /** Path of a configuration for all files; `false` for none; by default the nearest above each file. */
  readonly config: string | false | undefined
  /** The type of every file. */
  readonly type: SpecType | undefined
  /** Laid over every configuration. */
  readonly rules: RuleConfigs
  /** Only these rules run, when there are any. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly ignorePatterns: readonly string[]
  readonly gitignore: boolean
  readonly errorOnUnmatched: boolean
  /** Whether comments of the documents suppress findings. */
  readonly inlineConfig: boolean
  /** Path of a baseline for all files; `false` for none; by default the one that the configuration names. */
  readonly baseline: string | false | undefined
  /** Report what a change touches or causes; `undefined` for everything. */
  readonly changes: ChangeOptions | undefined
  /** Which part of the documents is looked at; the others are known all the same. `undefined` for all. */
  readonly shard: Shard | undefined
  /** Folder of a cache of what was found, relative to the working directory; `true` for the usual one. */
  readonly cache: string | boolean
  /** Threads beside this one; `auto` takes as many as the machine has processors. */
  readonly concurrency: number | 'auto' | 'off'
  /** Makes of the documents those of another state, such as the index; `undefined` for the files as they stand. */
  readonly overlay: Overlay | undefined
  /** Is told the time of each rule on each document. */
  readonly measure: Measure | undefined
  /** Is told how many of all documents are done. */
  readonly progress: ((done: number, all: number) => void) | undefined
  /** Ends the run between two documents, with the signal's reason; in threads, before they begin to lint. */
  readonly signal: AbortSignal | undefined
}

export function runOptions(options: Partial<RunOptions> = {}): RunOptions {
  return {
    cwd: process.cwd(),
    config: undefined,
    type: undefined,
    rules: new Map(),
    only: [],
    skip: [],
    ignorePatterns: [],
    gitignore: true,
    errorOnUnmatched: true,
    inlineConfig: true,
    baseline: undefined,
    changes: undefined,
    shard: undefined,
    cache: false,
    concurrency: 'off',
    overlay: undefined,
    measure: undefined,
    progress: undefined,
    signal: undefined,
    ...options,
  }
}

/** Whether a rule runs, as far as `only` and `skip` say. */
export function isWanted(rule: string, {only, skip}: Pick<RunOptions, 'only' | 'skip'>): boolean {
  return (only.length === 0 || only.includes(rule)) && !skip.includes(rule)
}

/** Between two documents: other work goes first, and a run that is no longer wanted ends with the signal's reason. */
export async function goOn({signal}: Pick<RunOptions, 'signal'>): Promise<void> {
  if (!signal) return
  await new Promise((resolve) => setImmediate(resolve))
  signal.throwIfAborted()
}
