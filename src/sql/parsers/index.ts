import type {Dialect} from '../model.ts'
import {generic} from './generic.ts'
import {guarded} from './guard.ts'
import {keepParser} from './loaded.ts'
import {renewable} from './memory.ts'
import {postgres} from './postgres.ts'
import type {ParserSource} from './types.ts'

const sources = [postgres, generic].map((source) => ({dialects: source.dialects, load: loaderOf(source)}))

/** Loads the parsers of some dialects, each only once as long as it works; one that broke or was stopped is loaded anew. */
export async function loadParsers(dialects: readonly Dialect[]): Promise<void> {
  const wanted = sources.filter((source) => source.dialects.some((dialect) => dialects.includes(dialect)))
  await Promise.all(wanted.map(({load}) => load()))
}

function loaderOf(source: ParserSource): () => Promise<void> {
  return renewable(async (again, memory) => {
    const make = await source.load(again)
    for (const dialect of source.dialects) keepParser(dialect, guarded(make(dialect), memory))
  })
}
