import {remembered} from '../../document/remembered.ts'
import type {Fault, Parser} from './types.ts'

/**
 * A parser that breaks (no memory left, too deep for the stack of WebAssembly) takes only its statement with it. When it
 * can't read even `SELECT 1` afterwards, nothing more is asked of it, and `onBroken` is called once.
 */
export function guarded(parser: Parser, onBroken: () => void): Parser {
  let broken = false
  const parsed = remembered((text) => ({fault: parser.parse(text)}))
  const uses = remembered((text) => parser.uses?.(text) ?? [])
  const works = (): boolean => {
    try {
      return parser.parse('SELECT 1') === undefined
    } catch {
      return false
    }
  }
  const attempt = <T>(make: () => T): {readonly made: T} | undefined => {
    if (broken) return undefined
    try {
      return {made: make()}
    } catch {
      broken = !works()
      if (broken) onBroken()
      return undefined
    }
  }
  return {
    dialect: parser.dialect,
    read: (text, isHole) => attempt(() => parser.read(text, isHole))?.made,
    uses: (text) => attempt(() => uses(text))?.made ?? [],
    parse(text) {
      const found = attempt(() => parsed(text))
      return found ? found.made.fault : gaveUp
    },
  }
}

const gaveUp: Fault = {
  offset: 0,
  message: 'the parser gave up on this statement, so that it isn’t checked',
  limit: true,
}
