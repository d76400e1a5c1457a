import type {Dialect} from '../model.ts'
import {foreignWords} from './foreign-words.ts'
import type {Fault} from './types.ts'

export interface Slip {
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
  // Not even asked, since it may be some other object.
  {
    dialects: ['mysql'],
    pattern:
      /^\s{0,200}ALTER\s{1,200}(?!(?:TABLE|DATABASE|SCHEMA|EVENT|FUNCTION|PROCEDURE|VIEW|USER|ROLE|TABLESPACE|SERVER|INSTANCE|LOGFILE|RESOURCE|DEFINER|ALGORITHM|SQL|ONLINE|OFFLINE|IGNORE|UNDO|LIBRARY|SEQUENCE|TYPE|DOMAIN|INDEX|POLICY|EXTENSION|TRIGGER)\b)[A-Za-z_]\w{0,63}(?=\s{1,200}(?:ADD|DROP|MODIFY|CHANGE|RENAME|ALTER)\b)/i,
    message: (word) => `expected an object type after ALTER, found \`${word}\``,
  },
  {
    dialects: ['mysql'],
    pattern:
      /^\s{0,200}CREATE\s[^;]{0,400}?\bTRIGGER\b[^;]{0,400}?\bFOR\s{1,200}EACH\s{1,200}ROW\s{1,200}(?!(?:SET|INSERT|UPDATE|DELETE|REPLACE|BEGIN|IF|CASE|CALL|SIGNAL|SELECT|DECLARE|FOLLOWS|PRECEDES|WITH|DO|LOOP|REPEAT|WHILE|RESIGNAL|GET|TRUNCATE)\b|\w+\s{0,20}:)[A-Za-z_]\w{0,63}\b/i,
    message: (word) => `expected a statement, found \`${word}\``,
  },
  // Two columns without a comma between them are read as one with a type.
  {
    dialects: ['mysql'],
    pattern:
      /\b(?:PRIMARY\s{1,20}KEY|UNIQUE(?:\s{1,20}(?:KEY|INDEX))?(?:\s{1,20}\w{1,64})?|(?:KEY|INDEX)\s{1,20}\w{1,64}|FOREIGN\s{1,20}KEY(?:\s{1,20}\w{1,64})?|INDEX\s{1,20}\w{1,64}\s{1,20}ON\s{1,20}[\w.]{1,130})\s{0,20}\((?:[^()]{0,1000},)?\s{0,200}\w{1,64}\s{1,200}(?!ASC\b|DESC\b)[A-Za-z_]\w{0,63}(?=\s{0,200}[,)])/i,
    message: (word) => `expected \`,\` or \`)\`, found \`${word}\``,
  },
]

/** A fault that the grammar of the parser doesn't see. */
export function slipIn(text: string, dialect: Dialect): Fault | undefined {
  const code = text.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`|--[^\n]*|#[^\n]*|\/\*[^*]*\*\//gu, blank)
  for (const {dialects, pattern, message} of [...slips, ...foreignWords]) {
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
