import type {Fault, Parser} from './types.ts'

/**
 * A parser that breaks (no memory left, too deep for the stack of WebAssembly) takes only its statement with it. When it
 * can't read even `SELECT 1` afterwards, nothing more is asked of it, and `onBroken` is called once.
 */
export function guarded(parser: Parser, onBroken: () => void): Parser {
  let broken = false
  const attempt = (text: string): {readonly fault: Fault | undefined} | undefined => {
    try {
      return {fault: parser.parse(text)}
    } catch {
      return undefined
    }
  }
  return {
    dialect: parser.dialect,
    read: (text, isHole) => (broken ? undefined : parser.read(text, isHole)),
    uses: (text) => (broken ? [] : (parser.uses?.(text) ?? [])),
    parse(text) {
      const found = broken ? undefined : attempt(text)
      if (found) return found.fault
      if (!broken) {
        const probe = attempt('SELECT 1')
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
