import {type Token, tokensOf} from '../tokens.ts'
import type {Fault} from './types.ts'

/** What somebody is to fill in, or left out: a body with it isn't read. */
const open = /\{\{|\$\{|\.{3}|…/u
const routine =
  /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*\S+\s+)?(?:TRIGGER|PROCEDURE|FUNCTION|EVENT)\b[\s\S]*\bBEGIN\b/i
/** Behind these a statement of the body begins. */
const opening = /^(?:BEGIN|THEN|ELSE|DO|LOOP|REPEAT)$/u

interface Open {
  /** What closes it: `END IF`; for BEGIN, and for CASE in an expression, a mere `END`. */
  readonly end: string
  readonly token: Token
}

/** A block in the body of a routine of MySQL that isn't closed, or is closed as another one is: sqlparser-rs doesn't read bodies. */
export function compoundFault(text: string): Fault | undefined {
  if (!routine.test(text) || open.test(text)) return undefined
  const tokens = tokensOf(text, 'mysql').filter(({kind}) => kind !== 'comment')
  const blocks: Open[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const [token, next, before] = [tokens[index], tokens[index + 1], tokens[index - 1]]
    if (!token) break
    if (token.word === 'END') {
      const end = next && /^(?:IF|CASE|WHILE|LOOP|REPEAT)$/u.test(next.word) ? `END ${next.word}` : 'END'
      const last = blocks.pop()
      if (!last) return {offset: token.start, message: `\`${end}\` closes nothing`}
      if (last.end !== end)
        return {
          offset: token.start,
          length: token.text.length,
          message: `\`${last.token.word}\` has no \`${last.end}\` before this \`${end}\``,
        }
      if (end !== 'END') index += 1
    } else if (token.word === 'BEGIN') blocks.push({end: 'END', token})
    else if (token.word === 'CASE') blocks.push({end: blocks.length > 0 && isStart(before) ? 'END CASE' : 'END', token})
    else if (blocks.length > 0 && isStart(before) && /^(?:IF|WHILE|LOOP|REPEAT)$/u.test(token.word))
      blocks.push({end: `END ${token.word}`, token})
  }
  const [last] = blocks.slice(-1)
  return last && {offset: last.token.start, message: `\`${last.token.word}\` has no \`${last.end}\``}
}

function isStart(before: Token | undefined): boolean {
  return before !== undefined && (before.text === ';' || before.text === ':' || opening.test(before.word))
}
