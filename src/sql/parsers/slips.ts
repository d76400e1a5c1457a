import type {Dialect} from '../model.ts'
import type {Fault} from './types.ts'

interface Slip {
  readonly dialects: readonly Dialect[]
  readonly pattern: RegExp
  readonly message: (word: string) => string
}

/** What sqlparser-rs lets pass, or isn't asked, and the database refuses. The last word of a match is the fault. */
const slips: readonly Slip[] = [
  {
    dialects: ['mysql'],
    pattern:
      /\bINTERVAL\s{1,20}\d{1,10}\s{1,20}(?:MICROSECONDS|SECONDS|MINUTES|HOURS|DAYS|WEEKS|MONTHS|QUARTERS|YEARS)\b/i,
    message: (word) => `expected \`${word.replace(/s$/i, '')}\`, found \`${word}\``,
  },
  {
    dialects: ['mysql', 'sqlite', 'mssql'],
    pattern: /,\s{1,200}FROM\b/i,
    message: (word) => `expected a column behind the comma, found \`${word}\``,
  },
  // Read as an alias: `WHERE a > ? ORDER`.
  {
    dialects: ['mysql', 'sqlite', 'mssql'],
    pattern:
      /[\w?)`"\]]\s{1,200}(?:ORDER|GROUP)\s{1,200}(?!BY\b)[A-Za-z_]\w{0,60}(?=\s{1,200}(?:LIMIT|ASC|DESC|OFFSET|HAVING|ORDER)\b|\s{0,200};?\s{0,200}$)/i,
    message: (word) => `expected \`BY\`, found \`${word}\``,
  },
  {
    dialects: ['mysql', 'sqlite'],
    pattern:
      /^\s{0,200}CREATE\s[^;]{0,400}?\bTRIGGER\b[^;]{0,400}?\bFOR\s{1,200}EACH\s{1,200}(?!ROW\b)[A-Za-z]{1,40}\b/i,
    message: (word) => `expected \`ROW\`, found \`${word}\``,
  },
]

/** A fault that the grammar of the parser doesn't see. */
export function slipIn(text: string, dialect: Dialect): Fault | undefined {
  const code = text.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`|--[^\n]*|#[^\n]*|\/\*[^*]*\*\//gu, blank)
  for (const {dialects, pattern, message} of slips) {
    const found = dialects.includes(dialect) ? pattern.exec(code) : undefined
    const word = /[A-Za-z_]\w*$/u.exec(found?.[0] ?? '')?.[0]
    if (found && word !== undefined)
      return {offset: found.index + found[0].length - word.length, length: word.length, message: message(word)}
  }
  return undefined
}

/** As long as what it stands for, which is no space. */
function blank(part: string): string {
  return /^(?:--|#|\/\*)/u.test(part) ? ' '.repeat(part.length) : 'x'.repeat(part.length)
}
