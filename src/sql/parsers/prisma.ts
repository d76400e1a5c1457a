/** What Prisma's own parser has against a schema. Offsets are UTF-16 units of the text. */
export interface PrismaFault {
  readonly start: number
  readonly end: number
  /** As Prisma words it. */
  readonly message: string
}

/** Reads a schema; `undefined` when the parser itself broke. */
export type PrismaParser = (text: string) => readonly PrismaFault[] | undefined

export async function loadPrismaParser(): Promise<PrismaParser> {
  const {default: engine} = await import('@prisma/prisma-schema-wasm')
  return (text) => {
    try {
      const found: unknown = JSON.parse(engine.lint(JSON.stringify([['schema.prisma', text]])))
      return Array.isArray(found) ? found.flatMap(faultOf).toSorted((a, b) => a.start - b.start) : undefined
    } catch {
      return undefined
    }
  }
}

/** Prisma's compilation for JavaScript counts UTF-16 units, too. */
function faultOf(one: unknown): readonly PrismaFault[] {
  if (typeof one !== 'object' || one === null || !('text' in one && 'start' in one && 'end' in one)) return []
  if ('is_warning' in one && one.is_warning === true) return []
  return [{start: Number(one.start), end: Number(one.end), message: String(one.text)}]
}
