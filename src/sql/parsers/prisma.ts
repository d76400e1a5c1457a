import type Engine from '@prisma/prisma-schema-wasm'
import {requiredAnew} from './anew.ts'
import {asks, renewable} from './memory.ts'

/** What Prisma's own parser has against a schema. Offsets are UTF-16 units of the text. */
export interface PrismaFault {
  readonly start: number
  readonly end: number
  /** As Prisma words it. */
  readonly message: string
}

/** Reads a schema; `undefined` when the parser itself broke. */
export type PrismaParser = (text: string) => readonly PrismaFault[] | undefined

/** Prisma's own parser, loaded once as long as it works; one that broke or was stopped is loaded anew. */
export const loadPrismaParser: () => Promise<PrismaParser> = renewable(async (again, memory) => {
  const engine =
    again === 0
      ? (await import('@prisma/prisma-schema-wasm')).default
      : ((await requiredAnew('@prisma/prisma-schema-wasm')) as typeof Engine)
  const lint = (text: string): string => engine.lint(JSON.stringify([['schema.prisma', text]]))
  const attempt = asks(memory, () => {
    try {
      return lint('') === '[]'
    } catch {
      return false
    }
  })
  return (text) => {
    const found = attempt((): unknown => JSON.parse(lint(text)))?.made
    return Array.isArray(found) ? found.flatMap(faultOf).toSorted((a, b) => a.start - b.start) : undefined
  }
})

/** Prisma's compilation for JavaScript counts UTF-16 units, too. */
function faultOf(one: unknown): readonly PrismaFault[] {
  if (typeof one !== 'object' || one === null || !('text' in one && 'start' in one && 'end' in one)) return []
  if ('is_warning' in one && one.is_warning === true) return []
  return [{start: Number(one.start), end: Number(one.end), message: String(one.text)}]
}
