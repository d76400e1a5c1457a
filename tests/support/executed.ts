import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {rules} from '../../rules/index.ts'
import type {Finding} from '../../src/lint/types.ts'
import {runOptions} from '../../src/run/options.ts'
import {type VerifyOptions, type VerifyResult, verifyOptions, verifyPaths} from '../../src/verify/verify.ts'
import {typeOf} from './lint.ts'

const root = join(import.meta.dirname, '../../fixtures/rules')
const own = rules.filter(({scope}) => scope === 'proof').map(({id}) => id)

let known: Promise<VerifyResult> | undefined

/** The findings of a rule on a document of its fixture folder. The documents of all these rules are executed in one run. */
export async function executedFindings(rule: string, name: string): Promise<readonly Finding[]> {
  known ??= verifyPaths(
    own,
    runOptions({cwd: root, config: false, gitignore: false, type: typeOf(join(root, own[0] ?? ''))}),
    verifyOptions(),
  )
  const {run} = await known
  if (run.errors.length > 0) throw new Error(JSON.stringify(run.errors))
  const file = run.files.find(({path}) => path === `${rule}/${name}`)
  return file?.result.findings.filter(({ruleId}) => ruleId === rule) ?? []
}

/** Executes the documents of a folder, as the built-in type that is forced or as what they are. */
export async function executed(
  cwd: string,
  type: string | undefined,
  options: Partial<VerifyOptions> = {},
): Promise<VerifyResult> {
  const {builtinType} = await import('./lint.ts')
  return verifyPaths(
    ['.'],
    runOptions({cwd, config: false, gitignore: false, type: type === undefined ? undefined : builtinType(type)}),
    verifyOptions(options),
  )
}

/** The findings of a run as lines: file, line, rule and the text that it is about. */
export function linesOf({run}: VerifyResult, cwd: string): readonly string[] {
  return run.files.flatMap(({path, result}) => {
    const text = readFileSync(join(cwd, path), 'utf8')
    return result.findings.map(({start, ruleId, actual}) => {
      const line = text.slice(0, start).split('\n').length
      return `${path}:${line} ${ruleId} ${actual.split('\n')[0] ?? ''}`
    })
  })
}
