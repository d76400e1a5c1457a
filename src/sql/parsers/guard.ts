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
  const attempt = (
    parse: () => {readonly fault: Fault | undefined},
  ): {readonly fault: Fault | undefined} | undefined => {
    try {
      return parse()
    } catch {
      return undefined
    }
  }
  return {
    dialect: parser.dialect,
    read: (text, isHole) => (broken ? undefined : parser.read(text, isHole)),
    uses: (text) => (broken ? [] : uses(text)),
    parse(text) {
      const found = broken ? undefined : attempt(() => parsed(text))
      if (found) return found.fault
      if (!broken) {
        const probe = attempt(() => ({fault: parser.parse('SELECT 1')}))
        broken = probe === undefined || probe.fault !== undefined
        if (broken) onBroken()
      }
      return gaveUp
    },
  }
}

const gaveUp: Fault = {
  offset: 0,
  message: 'the parser gave up on this statement, so that it isn’t checked',
  limit: true,
}
