import {readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {createInterface} from 'node:readline/promises'
import {stringify} from 'yaml'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {findConfig} from '../config/load.ts'
import {list} from '../document/words.ts'
import {importers} from '../import/importers.ts'
import {show} from '../report/show.ts'
import {builtinTypes} from '../type/builtin.ts'
import {nearest} from '../type/nearest.ts'
import {imported, surveyed, type Types} from './init-types.ts'
import {type Integration, integrations} from './integrations.ts'
import {print} from './io.ts'
import {writeNew} from './write-new.ts'

interface Options {
  readonly yes?: boolean
  readonly preset?: readonly string[]
  readonly from?: readonly string[]
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
  const from = (options.from ?? []).map((name) => known(name, [...importers.keys()], 'tool'))
  const ask = process.stdin.isTTY && process.stdout.isTTY && options.yes !== true
  const before = findConfig(cwd)
  if (before === undefined || from.length > 0) {
    const types = from.length > 0 ? await imported(cwd, from) : await surveyed(cwd, ask ? confirmed : undefined)
    for (const file of types.files) write(file)
    if (from.length === 0 && types.entries.length === 0 && presets.length === 0)
      print('No document of a known type was found; without types each document has to show its own.\n')
    const path = before === undefined ? 'spec-lint.yaml' : posix(relative(cwd, before))
    if (types.entries.length > 0 || (before === undefined && from.length === 0))
      write({path, text: configuration(types, presets)})
  } else print(`${show(posix(relative(cwd, before)))} is there already and was left as it is.\n`)
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

function configuration(types: Types, presets: readonly string[]): string {
  const names = new Set(types.entries.map(([name]) => name))
  const entries = [
    ...types.entries,
    ...presets
      .filter((name) => !names.has(name))
      .map((name): Types['entries'][number] => [name, {files: [`docs/${name}/**/*.md`]}]),
  ]
  return `# yaml-language-server: $schema=${schema}\n${stringify({types: Object.fromEntries(entries)}, {lineWidth: 0})}`
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
  return !/^n/i.test(await question(`${show(words)} [Y/n] `))
}

async function question(words: string): Promise<string> {
  const terminal = createInterface({input: process.stdin, output: process.stdout})
  try {
    return (await terminal.question(words)).trim()
  } finally {
    terminal.close()
  }
}
