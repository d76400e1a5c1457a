import type {SpecDocument} from '../document/types.ts'
import {loadPython} from './documented/index.ts'
import type {Dialect} from './model.ts'
import {hasParser, keepParser, loaded} from './parsers/loaded.ts'
import {dialectsIn} from './read.ts'

/**
 * Makes a document readable where no parser of WebAssembly can be had: its SQL is read by its tokens alone, and every statement
 * is taken for legal. Parsers that are loaded stay.
 */
export async function loadTokenParsers(document: SpecDocument, setting?: Dialect): Promise<void> {
  for (const dialect of dialectsIn(document, setting))
    if (!hasParser(dialect)) keepParser(dialect, {dialect, parse: () => undefined, read: () => undefined})
  loaded.python ??= await loadPython(document)
}
