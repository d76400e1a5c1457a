import type {CodeBlock, Section} from '../document/types.ts'
import type {SchemaOperation, Statement} from './types.ts'

const languages = new Set([
  'sql',
  'postgresql',
  'postgres',
  'pgsql',
  'psql',
  'plpgsql',
  'mysql',
  'mariadb',
  'sqlite',
  'tsql',
  'mssql',
  'plsql',
])

/**
 * One token: comments, strings, quoted names, dollar quotes, words and all else. Each alternative is bounded by its own
 * closing mark, so that the scan is linear.
 */
const token =
  /--[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|[\p{L}_{[<][\p{L}\p{N}_$.{}[\]<>]*|;|\S/gu

interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}

export function isSql(code: CodeBlock): boolean {
  return code.language !== undefined && languages.has(code.language)
}

/** The statements of an SQL fence. Placeholders, elisions and errors are no hindrance: a statement ends at `;`. */
export function statementsOf(code: CodeBlock, section: Section): readonly Statement[] {
  const statements: Statement[] = []
  let words: Token[] = []
  let block = 0
  for (const one of tokens(code.value)) {
    const upper = one.text.toUpperCase()
    // The body of a trigger or procedure in the standard style: its semicolons end nothing.
    if (upper === 'BEGIN' && words.length > 0 && /^CREATE$/iu.test(words[0]?.text ?? '')) block += 1
    else if (block > 0 && upper === 'CASE') block += 1
    else if (block > 0 && upper === 'END') block -= 1
    if (one.text === ';' && block === 0) {
      if (words.length > 0) statements.push(statement(words, code, section))
      words = []
    } else words.push(one)
  }
  if (words.length > 0) statements.push(statement(words, code, section))
  return statements
}

function tokens(text: string): readonly Token[] {
  return [...text.matchAll(token)]
    .filter(([word]) => !word.startsWith('--') && !word.startsWith('/*'))
    .map((match) => ({text: match[0], start: match.index, end: match.index + match[0].length}))
}

function statement(words: readonly Token[], code: CodeBlock, section: Section): Statement {
  const first = words[0]?.start ?? 0
  const last = words.at(-1)?.end ?? 0
  const {verb, operation, name} = classify(words.slice(0, 14).map(({text}) => text))
  return {
    start: code.offsetAt(first),
    end: code.offsetAt(last),
    code,
    section,
    text: code.value.slice(first, last),
    verb,
    operation,
    name,
  }
}

const modifiers = new Set([
  'OR',
  'REPLACE',
  'UNIQUE',
  'UNLOGGED',
  'MATERIALIZED',
  'GLOBAL',
  'LOCAL',
  'FULLTEXT',
  'SPATIAL',
  'CLUSTERED',
  'NONCLUSTERED',
  'CONSTRAINT',
  'RECURSIVE',
  'FOREIGN',
  'DEFINER',
  'VIRTUAL',
])
const beforeName = new Set(['IF', 'NOT', 'EXISTS', 'CONCURRENTLY', 'ONLY'])
const others = new Set([
  'VIEW',
  'TRIGGER',
  'FUNCTION',
  'PROCEDURE',
  'EXTENSION',
  'SCHEMA',
  'SEQUENCE',
  'POLICY',
  'DOMAIN',
  'RULE',
  'AGGREGATE',
  'COLUMN',
])

function classify(words: readonly string[]): Pick<Statement, 'verb' | 'operation' | 'name'> {
  const upper = words.map((word) => word.toUpperCase())
  const [action = ''] = upper
  if (action === 'RENAME' && upper[1] === 'TABLE')
    return {verb: 'RENAME TABLE', operation: 'alter-table', name: words[2]}
  if (action !== 'CREATE' && action !== 'ALTER' && action !== 'DROP')
    return {verb: action, operation: undefined, name: undefined}
  const kindAt = upper.findIndex((word, index) => index > 0 && !modifiers.has(word))
  const kind = upper[kindAt] ?? ''
  const verb = upper.slice(0, kindAt + 1).join(' ')
  const name = words.slice(kindAt + 1).find((word) => !beforeName.has(word.toUpperCase()))
  return {verb, operation: operationOf(action, kind), name: name?.replaceAll(/^["'`]|["'`]$/gu, '')}
}

function operationOf(action: 'CREATE' | 'ALTER' | 'DROP', kind: string): SchemaOperation | undefined {
  const verb = action.toLowerCase() as 'create' | 'alter' | 'drop'
  if (kind === 'TABLE' || kind === 'TYPE') return kind === 'TABLE' ? `${verb}-table` : `${verb}-type`
  if (kind === 'INDEX') return verb === 'drop' ? 'drop-index' : verb === 'create' ? 'create-index' : 'alter-other'
  return others.has(kind) ? `${verb}-other` : undefined
}
