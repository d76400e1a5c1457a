import type {PythonParser} from '../documented/python-syntax.ts'
import type {Dialect} from '../model.ts'
import type {PrismaParser} from './prisma.ts'
import type {Parser} from './types.ts'

/** What was loaded in this process, so that reading is synchronous afterwards. */
const parsers = new Map<Dialect, Parser>()

export const loaded: {python: PythonParser | undefined; prisma: PrismaParser | undefined} = {
  python: undefined,
  prisma: undefined,
}

export function keepParser(dialect: Dialect, parser: Parser): void {
  parsers.set(dialect, parser)
}

export function hasParser(dialect: Dialect): boolean {
  return parsers.has(dialect)
}

export function parserOf(dialect: Dialect): Parser {
  const parser = parsers.get(dialect)
  if (parser === undefined)
    throw new Error(`The parser for ${dialect} isn't loaded: call loadSqlFor(document) before readSql(document).`)
  return parser
}
