import {tokensOf} from '../../sql/tokens.ts'
import type {Executable} from '../model.ts'

/**
 * `?` and `:name` as `$1`, which PostgreSQL takes; the same name is the same parameter. What follows may move: errors are told
 * by their words then, and positions hold only as far as the first of them.
 */
export function withNumbers(sql: string, dialect: Executable): string {
  if (dialect !== 'postgresql') return sql
  const names = new Map<string, number>()
  let last = Math.max(0, ...[...sql.matchAll(/\$(\d{1,3})\b/gu)].map(([, digits]) => Number(digits)))
  let text = ''
  let from = 0
  for (const {start, end, name} of placeholdersIn(sql)) {
    const known = name === undefined ? undefined : names.get(name)
    const number = known ?? (last += 1)
    if (name !== undefined) names.set(name, number)
    text += `${sql.slice(from, start)}$${number}`
    from = end
  }
  return text + sql.slice(from)
}

interface Placeholder {
  readonly start: number
  readonly end: number
  readonly name: string | undefined
}

/** Outside of strings, quoted names and comments. `a ? 'key'` of JSON stays. */
function placeholdersIn(sql: string): readonly Placeholder[] {
  const tokens = tokensOf(sql, 'postgresql').filter(({kind}) => kind !== 'comment')
  const found: Placeholder[] = []
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1]
    const previous = tokens[index - 1]
    if (token.text === '?' && !isOperand(next?.text)) found.push({start: token.start, end: token.end, name: undefined})
    const isColon = token.text === ':' && previous?.text !== ':' && next && next.start === token.end
    if (isColon && /^[a-z_]\w*$/iu.test(next.text))
      found.push({start: token.start, end: next.end, name: next.text.toLowerCase()})
  }
  return found
}

/** What stands behind the operator `?` of JSON. */
function isOperand(text: string | undefined): boolean {
  return text !== undefined && /^(?:'|\$\d|\?|\||&)/u.test(text)
}
