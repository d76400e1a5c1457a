import {readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {createInterface} from 'node:readline/promises'
import {stringify} from 'yaml'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {findConfig} from '../config/load.ts'
import {list} from '../document/words.ts'
import {show} from '../report/show.ts'
import {runOptions} from '../run/options.ts'
import {lintPaths} from '../run/run.ts'
import {type Proposal, surveyOf} from '../run/survey.ts'
import {builtinTypes} from '../type/builtin.ts'
import {nearest} from '../type/nearest.ts'
import {type Integration, integrations} from './integrations.ts'
import {print} from './io.ts'
import {writeNew} from './write-new.ts'

interface Options {
  readonly yes?: boolean
  readonly preset?: readonly string[]
  readonly with?: readonly string[]
}

const schema = 'https://raw.githubusercontent.com/spec-lint/spec-lint/main/schemas/config.schema.json'

/** Writes `spec-lint.yaml` for the documents that are here, and what makes other tools run spec-lint. Nothing is written over. */
export async function init(options: Options): Promise<number> {
  const cwd = process.cwd()
  const presets = (options.preset ?? []).map((name) =>
    known(
      name,
      builtinTypes().map((type) => type.name),
      'preset',
    ),
  )
  const wanted = (options.with ?? []).map((name) => known(name, Object.keys(integrations), 'tool'))
  const ask = process.stdin.isTTY && process.stdout.isTTY && options.yes !== true
  const before = findConfig(cwd)
  if (before === undefined) write({path: 'spec-lint.yaml', text: await configuration(cwd, presets, ask)})
  else print(`${show(posix(relative(cwd, before)))} is there already and was left as it is.\n`)
  const tools = ask && wanted.length === 0 && before === undefined ? await askTools() : wanted
  for (const name of new Set(tools)) for (const file of integrations[name] ?? []) write(file)
  return 0
}

function known(name: string, names: readonly string[], what: string): string {
  if (names.includes(name)) return name
  const [near] = nearest(name, names)
  throw new SpecLintError(
    what,
    `There is no ${what} \`${name}\``,
    near === undefined ? `Write one of ${list(names)}.` : `Write \`${near}\`.`,
  )
}

async function configuration(cwd: string, presets: readonly string[], ask: boolean): Promise<string> {
  const {proposals, unused, alike} = surveyOf(cwd)
  const kept: Proposal[] = []
  for (const proposal of proposals) {
    print(`${show(proposal.name)}: ${await described(proposal, cwd)}\n`)
    if (!ask || (await confirmed(`Check them as ${proposal.name}?`))) kept.push(proposal)
  }
  for (const path of unused) print(`${show(path)}: a template, and no document that was made from it\n`)
  for (const {folder, count} of alike)
    print(
      `${show(folder)}: ${count} files that look alike, of no type that is known; name their template as \`template:\`\n`,
    )
  if (proposals.length === 0 && presets.length === 0)
    print('No document of a known type was found; without types each document has to show its own.\n')
  const types = Object.fromEntries([
    ...kept.map(
      ({name, template, globs}) => [name, {...(template !== undefined && {template}), files: globs}] as const,
    ),
    ...presets
      .filter((name) => !kept.some((one) => one.name === name))
      .map((name) => [name, {files: [`docs/${name}/**/*.md`]}] as const),
  ])
  return `# yaml-language-server: $schema=${schema}\n${stringify({types}, {lineWidth: 0})}`
}

/** Documents and what they would hear. */
async function described({type, template, documents, globs}: Proposal, cwd: string): Promise<string> {
  const {files} = await lintPaths(documents, runOptions({cwd, type, config: false, errorOnUnmatched: false}))
  const findings = files.flatMap(({result}) => (result.kind === 'linted' ? result.findings : []))
  const errors = findings.filter(({severity}) => severity === 'error').length
  const source = template === undefined ? 'built in' : `from ${template}`
  const counts = [
    plural(documents.length, 'document'),
    plural(errors, 'error'),
    plural(findings.filter(({severity}) => severity === 'warning').length, 'warning'),
  ]
  return show(`${counts.join(', ')} (${source}; ${globs.join(' ')})`)
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Writes a file that isn't there; says what to add to one that is. */
function write({path, text}: Integration): void {
  const absolute = join(process.cwd(), path)
  try {
    writeNew(absolute, text, {folders: true})
    print(`${path} was written.\n`)
  } catch (error) {
    if (!(error instanceof SpecLintError) || error.code !== 'exists') throw error
    if (textAt(absolute) === text) print(`${path} is there already and says the same.\n`)
    else
      print(`${path} is there already and was left as it is. Add to it:\n\n${text.replaceAll(/^(?=.)/gmu, '    ')}\n`)
  }
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

async function askTools(): Promise<readonly string[]> {
  const names = Object.keys(integrations)
  const answer = await question(`Also for ${names.join(', ')}? Names, or Enter for none: `)
  return answer.split(/[\s,]+/u).filter((name) => names.includes(name))
}

async function confirmed(words: string): Promise<boolean> {
  return !/^n/iu.test(await question(`${show(words)} [Y/n] `))
}

async function question(words: string): Promise<string> {
  const terminal = createInterface({input: process.stdin, output: process.stdout})
  try {
    return (await terminal.question(words)).trim()
  } finally {
    terminal.close()
  }
}
