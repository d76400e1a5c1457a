import {createHash} from 'node:crypto'
import {SpecLintError} from '../config/error.ts'
import type {RunResult} from './types.ts'

/** One of `count` parts of a run, counted from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

const most = 1000

/** Reads `I/N`; anything else is a `SpecLintError`. */
export function shardOf(text: string): Shard {
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/u.exec(text) ?? []).map(Number)
  if (index < 1 || index > count || count > most)
    throw new SpecLintError(
      'flag',
      `\`--shard ${text}\` is no part of a whole`,
      `Write it as \`--shard 1/4\`: the first of four parts, ${most} at most.`,
    )
  return {index, count}
}

/** Whether a path belongs to a part: by its name alone, so that other files don't move it. */
export function inShard(path: string, shard: Shard | undefined): boolean {
  if (!shard || shard.count === 1) return true
  return createHash('sha256').update(path).digest().readUInt32BE(0) % shard.count === shard.index - 1
}

/** What of a run is told in a part, beside its documents: each thing in one part alone. */
export function partOf(result: RunResult, shard: Shard | undefined): RunResult {
  if (!shard) return result
  const {noType, ignored} = result.skipped
  const isOwn = (path: string): boolean => inShard(path, shard)
  return {
    ...result,
    errors: result.errors.filter(({path}) => isOwn(path)),
    skipped: {noType: noType.filter(isOwn), ignored: ignored.filter(isOwn)},
    stale: result.stale.filter(({path}) => isOwn(path)),
  }
}
