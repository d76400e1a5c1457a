import {rules, type LintTextOptions, type LintTextResult} from './library.ts'
import {lintWith} from './lint-with.ts'
import {loadTokenParsers} from './sql/load-tokens.ts'

export * from './library.ts'

/** Rules that need the parser of a database or Prisma's, which are WebAssembly for Node.js: here they don't run. */
export const uncheckedRules: readonly string[] = [
  'index-redundant',
  'index-serves-query',
  'prisma-syntax',
  'query-frequency',
  'query-indexed',
  'query-limit',
  'query-select-star',
  'sql-syntax',
  'undefined-object',
]

const able = rules.filter(({id}) => !uncheckedRules.includes(id))

/**
 * Lints a text with the built-in rules where there is no Node.js, but for `uncheckedRules`; SQL is read by its tokens.
 * Offsets in the result are UTF-16 units of the text.
 *
 * @throws {RangeError} When `type` names no built-in type, or there is no rule, severity or option as `rules` says.
 */
export function lintText(text: string, options: LintTextOptions = {}): Promise<LintTextResult> {
  return lintWith({load: loadTokenParsers, rules: able}, text, options)
}
