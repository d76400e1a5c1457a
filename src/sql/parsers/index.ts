import type {Dialect} from '../model.ts'
import {generic} from './generic.ts'
import {guarded} from './guard.ts'
import {keepParser} from './loaded.ts'
import {postgres} from './postgres.ts'
import type {ParserSource} from './types.ts'

const sources: readonly ParserSource[] = [postgres, generic]
const loading = new Map<ParserSource, Promise<void>>()

/** Loads the parsers of some dialects, each only once as long as it works. */
export async function loadParsers(dialects: readonly Dialect[]): Promise<void> {
  const wanted = sources.filter((source) => source.dialects.some((dialect) => dialects.includes(dialect)))
  await Promise.all(
    wanted.map((source) => {
      const begun = loading.get(source) ?? load(source)
      loading.set(source, begun)
      return begun
    }),
  )
}

const loads = new Map<ParserSource, number>()

/** One that broke is loaded anew for the next document. */
async function load(source: ParserSource): Promise<void> {
  const again = loads.get(source) ?? 0
  loads.set(source, again + 1)
  const make = await source.load(again)
  for (const dialect of source.dialects)
    keepParser(
      dialect,
      guarded(make(dialect), () => loading.delete(source)),
    )
}
