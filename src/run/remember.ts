import {dirname, join} from 'node:path'
import type {Answer, Fact, Warned} from './engine.ts'
import type {Gathered} from './gather.ts'
import {fileSettings, readFor} from './read.ts'

/** Writes into the cache what was found, and what was only read. */
export function remember(gathered: Gathered, answers: readonly Answer[], warned: readonly Warned[]): void {
  const {cache, finders, options} = gathered
  if (!cache) return
  const {configOf} = finders
  const nameOf = (path: string): string =>
    JSON.stringify(fileSettings(path, configOf(dirname(path)), options).database ?? null)
  const warnings = new Map<string, readonly string[]>()
  for (const one of warned) {
    const name = nameOf(one.path)
    warnings.set(name, [...new Set([...(warnings.get(name) ?? []), ...one.warnings])])
  }
  rememberRead(gathered, new Set(answers.map(({path}) => path)))
  for (const answer of answers) {
    const {path, text, questions, result, usesDatabase} = answer
    const own = usesDatabase ? (warnings.get(nameOf(path)) ?? []) : []
    cache.keep({path, text, fact: answer, checked: {questions, result, warnings: own}}, configOf(dirname(path)))
  }
  cache.save()
}

/** Files of no type, documents of other parts, and those that a change left alone. */
export function rememberRead(
  {cache, texts, facts, noType, finders, options}: Gathered,
  checked: ReadonlySet<string> = new Set(),
): void {
  const {configOf, workspaceOf} = finders
  const keep = (path: string, fact: Fact | undefined): void => {
    const text = texts.get(path)
    if (text === undefined || checked.has(path)) return
    const now = readFor(path, workspaceOf(path).root, options, configOf(dirname(path)).limits)
    // A file that is written meanwhile may have been read as either.
    if ('text' in now && now.text === text) cache?.keep({path, text, fact, checked: undefined}, configOf(dirname(path)))
  }
  for (const [path, fact] of facts) keep(path, fact)
  for (const name of noType) keep(join(options.cwd, name), undefined)
}
