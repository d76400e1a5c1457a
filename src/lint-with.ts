import {rulesOf} from './config/rules.ts'
import type {SpecDocument} from './document/types.ts'
import type {LintTextOptions, LintTextResult} from './library.ts'
import {ruleMistake} from './lint/given-rules.ts'
import {lintPrepared} from './lint/lint.ts'
import {noProject} from './lint/no-project.ts'
import {prepare} from './lint/prepare.ts'
import {loadRemarkLint} from './lint/remark-lint.ts'
import {today} from './lint/today.ts'
import type {AnyRule, Dialect} from './rule/types.ts'
import {builtinTypes} from './type/builtin.ts'

/** What can be had where the program runs. */
export interface Means {
  /** Gets the parsers that a document needs. */
  readonly load: (document: SpecDocument, dialect: Dialect | undefined) => Promise<void>
  readonly rules: readonly AnyRule[]
}

/** Lints a text; no file is read. */
export async function lintWith(
  {load, rules: able}: Means,
  text: string,
  {type: wanted, rules: given, path, dialect}: LintTextOptions,
): Promise<LintTextResult> {
  const types = builtinTypes()
  const type = typeof wanted === 'string' ? types.find(({name}) => name === wanted) : wanted
  if (wanted !== undefined && !type) throw new RangeError(`There is no built-in type ${String(wanted)}`)
  const config = rulesOf(given)
  const mistake = ruleMistake(config)
  if (mistake) throw new RangeError(`${mistake.message}. ${mistake.help}`)
  const prepared = readable(() => prepare(text, types, {type, dialect, ...(path !== undefined && {path})}))
  if (prepared === 'too-deep') return {kind: 'too-deep'}
  if (!prepared) return {kind: 'no-type'}
  await load(prepared.document, dialect)
  return lintPrepared(prepared, {
    rules: able,
    config,
    project: noProject(today()),
    remarkLint: await loadRemarkLint(config),
  })
}

/** What is read, or that it nests more deeply than the parser can follow. */
function readable<T>(read: () => T): T | 'too-deep' {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return 'too-deep'
    throw error
  }
}
