import {remembered} from '../../document/remembered.ts'
import {asks, type Memory} from './memory.ts'
import type {Fault, Parser} from './types.ts'

/**
 * A parser that breaks (no memory left, too deep for the stack of WebAssembly) takes only its statement with it. When it
 * can't read even `SELECT 1` afterwards, or was stopped in the middle of a statement, nothing more is asked of it.
 */
export function guarded(parser: Parser, memory: Memory): Parser {
  const parsed = remembered((text) => ({fault: parser.parse(text)}))
  const uses = remembered((text) => parser.uses?.(text) ?? [])
  const attempt = asks(memory, () => {
    try {
      return parser.parse('SELECT 1') === undefined
    } catch {
      return false
    }
  })
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
