import type * as Library from 'libpg-query'
import {postgresSyntax} from './postgres-syntax.ts'
import {requiredAnew} from './anew.ts'
import {isBreakdown} from './breakdown.ts'
import {bodyFault} from './plpgsql.ts'
import {slipIn} from './slips.ts'
import type {Parser, ParserSource} from './types.ts'
import {usesIn} from './uses.ts'

export const postgres: ParserSource = {
  dialects: ['postgresql'],
  async load(again) {
    const {loadModule, parseSync, parsePlPgSQLSync, hasSqlDetails} = (
      again === 0 ? await import('libpg-query') : await requiredAnew('libpg-query')
    ) as typeof Library
    await loadModule()
    const inBody = (text: string): string | undefined => {
      try {
        parsePlPgSQLSync(text)
        return undefined
      } catch (error) {
        if (!(error instanceof Error)) throw error
        return error.message
      }
    }
    const parser: Parser = {
      dialect: 'postgresql',
      parse(text) {
        if (text.trim() === '') return undefined
        try {
          parseSync(text)
          return bodyFault(text, inBody) ?? slipIn(text, 'postgresql')
        } catch (error) {
          if (!(error instanceof Error) || isBreakdown(error)) throw error
          const position = hasSqlDetails(error) ? error.sqlDetails?.cursorPosition : undefined
          return {offset: utf16(text, position ?? 0), message: plain(error.message)}
        }
      },
      read(text, isHole) {
        try {
          return postgresSyntax(parseSync(text), utf16OfBytes(text), isHole)
        } catch (error) {
          if (!(error instanceof Error) || isBreakdown(error)) throw error
          return undefined
        }
      },
      uses(text) {
        try {
          const offsetOf = utf16OfBytes(text)
          return usesIn(parseSync(text)).map((use) => ({...use, offset: offsetOf(use.offset)}))
        } catch (error) {
          if (error instanceof Error && isBreakdown(error)) throw error
          return []
        }
      },
    }
    return () => parser
  },
}

/** Trees count bytes of UTF-8. */
function utf16OfBytes(text: string): (byte: number) => number {
  if (Buffer.byteLength(text) === text.length) return (byte) => byte
  const offsets: number[] = []
  let offset = 0
  for (const point of text) {
    for (let count = Buffer.byteLength(point); count > 0; count -= 1) offsets.push(offset)
    offset += point.length
  }
  return (byte) => offsets[byte] ?? text.length
}

/** Errors count code points. */
function utf16(text: string, points: number): number {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return Math.min(points, text.length)
  let offset = 0
  for (let count = 0; count < points && offset < text.length; count += 1)
    offset += (text.codePointAt(offset) ?? 0) > 0xff_ff ? 2 : 1
  return offset
}

function plain(message: string): string {
  const [line = ''] = message.split(/\r\n|\n|\r/u)
  return line.replace(/ at or near "([\s\S]*)"?$/u, (_, near: string) => ` at \`${short(near.replace(/"$/u, ''))}\``)
}

function short(text: string): string {
  const points = [...text]
  return points.length > 40 ? `${points.slice(0, 39).join('')}…` : text
}
