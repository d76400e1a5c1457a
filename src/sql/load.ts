import type {SpecDocument} from '../document/types.ts'
import {dialects} from './dialect.ts'
import {loadPython, loadPythonParser} from './documented/index.ts'
import {isPrisma} from './documented/prisma-syntax.ts'
import type {Dialect} from './model.ts'
import {loadParsers} from './parsers/index.ts'
import {loaded} from './parsers/loaded.ts'
import {loadPrismaParser} from './parsers/prisma.ts'
import {dialectsIn} from './read.ts'

/**
 * Loads the parsers that a document needs, each once a process, and anew when it broke or was stopped in the middle; none when the
 * document has neither SQL, Python nor Prisma.
 */
export async function loadSchemaParsers(document: SpecDocument, setting?: Dialect): Promise<void> {
  await loadSqlFor(document, setting)
  loaded.python ??= await loadPython(document)
  if (document.codes.some(isPrisma)) loaded.prisma = await loadPrismaParser()
}

/** Loads the parsers that a document's SQL needs. */
export async function loadSqlFor(document: SpecDocument, setting?: Dialect): Promise<void> {
  await loadParsers([...dialectsIn(document, setting)])
}

/** Loads all of them, for those that have to be synchronous afterwards. */
export async function loadAllSchemaParsers(): Promise<void> {
  await loadParsers(dialects)
  loaded.python ??= await loadPythonParser()
  loaded.prisma = await loadPrismaParser()
}
