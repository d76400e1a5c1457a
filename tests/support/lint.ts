import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {loadConfig} from '../../src/config/load.ts'
import {databaseFor, databaseOf} from '../../src/lint/database.ts'
import {known} from '../../src/run/options.ts'
import {lintPrepared, lintText} from '../../src/lint/lint.ts'
import {type Prepared, prepare} from '../../src/lint/prepare.ts'
import {specificationOf} from '../../src/lint/specification.ts'
import type {Finding} from '../../src/lint/types.ts'
import {noProject} from '../../src/lint/no-project.ts'
import {createWorkspace, type Past} from '../../src/lint/workspace.ts'
import {findingsInChange} from './change.ts'
import {createSource} from '../../src/document/source.ts'
import type {AnyRule, SpecType} from '../../src/rule/types.ts'
import {loadAllSchemaParsers} from '../../src/sql/load.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {loadType} from '../../src/type/load.ts'

const today = '2026-11-21'

// Loads every parser, so that tests can lint synchronously.
await loadAllSchemaParsers()

const nowhere = noProject(today)

/** The findings of some rules on a text, as the given type. */
export function findingsOf(text: string, rules: readonly AnyRule[], type?: SpecType): readonly Finding[] {
  const result = lintText(text, {rules, config: new Map(), types: builtinTypes(), project: nowhere}, {type})
  return result.kind === 'linted' ? result.findings : []
}

/** What each rule finds by itself; the document is read once. */
export function findingsAlone(text: string, rules: readonly AnyRule[], type?: SpecType): readonly Finding[] {
  const prepared = prepare(text, builtinTypes(), {type})
  if (!prepared) return []
  return rules.flatMap((rule) => lintPrepared(prepared, {rules: [rule], config: new Map(), project: nowhere}).findings)
}

/**
 * The findings on a document of a fixture folder. Where the folder has a `files` directory, or the document one of its own such as
 * `bad-state.files`, that is the project: the document stands in it, and every Markdown file of it is part of the run; its
 * `spec-lint.yaml` tells of the database. Where it has a `before` directory, that is what the documents of a change were.
 */
export function findingsIn(folder: string, name: string, rules: readonly AnyRule[]): readonly Finding[] {
  if (!name.endsWith('.md')) return findingsInChange(folder, name, rules)
  const text = readFileSync(join(folder, name), 'utf8')
  const type = typeOf(folder)
  const own = join(folder, name.replace(/\.md$/u, '.files'))
  const root = existsSync(own) ? own : join(folder, 'files')
  const prepared = prepare(text, builtinTypes(), {path: name, type})
  if (!prepared) return []
  const workspace = createWorkspace({root, today, typesOf: () => ({given: type, detected: builtinTypes()})})
  const add = (path: string, one: Prepared): void =>
    workspace.add(join(root, path), {anchors: one.document.anchors, specification: specificationOf(one, path)})
  for (const path of existsSync(root) ? readdirSync(root).filter((file) => file.endsWith('.md')) : []) {
    const other = prepare(readFileSync(join(root, path), 'utf8'), builtinTypes(), {path, type})
    if (other) add(path, other)
  }
  add(name, prepared)
  const config = join(root, 'spec-lint.yaml')
  const database = existsSync(config) ? databaseOf(loadConfig(config, known).database) : undefined
  const past = pastOf(folder, name, type)
  const project = existsSync(root)
    ? workspace.projectOf(join(root, name), prepared.document, databaseFor(database, prepared), past)
    : {...nowhere, ...past}
  return lintPrepared(prepared, {rules, config: new Map(), project}).findings
}

/** What the documents of `before` were; of another name than the document, they are others of the change, of `before`'s own type. */
function pastOf(folder: string, name: string, type: SpecType | undefined): Past {
  const root = join(folder, 'before')
  const other = typeOf(root) ?? type
  const read = (path: string): Prepared | undefined =>
    prepare(readFileSync(join(root, path), 'utf8'), builtinTypes(), {path, type: path === name ? type : other})
  const paths = existsSync(root)
    ? readdirSync(root)
        .filter((file) => file.endsWith('.md'))
        .toSorted()
    : []
  const before = paths.includes(name) ? read(name) : undefined
  return {
    before: before && {document: before.document, type: before.type},
    earlier: paths.flatMap((path) => {
      const one = read(path)
      return one ? [specificationOf(one, path)] : []
    }),
  }
}

/** `type.json` of a fixture folder: a type, or `{"type": "<name of a built-in one>"}`. */
export function typeOf(folder: string): SpecType | undefined {
  const path = join(folder, 'type.json')
  if (!existsSync(path)) return undefined
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (typeof json === 'object' && json !== null && 'type' in json) return builtinType(String(json.type))
  return typeFrom(json)
}

/** A type from its JSON; its mistakes are the test's. */
export function typeFrom(json: unknown): SpecType {
  const loaded = loadType(json, () => undefined)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.type
}

export function builtinType(name: string): SpecType {
  const type = builtinTypes().find((candidate) => candidate.name === name)
  if (!type) throw new Error(`no built-in type ${name}`)
  return type
}

/** A finding as a fixture's `.expected.json` has it. */
export function summary(text: string, finding: Finding): object {
  const source = createSource(text)
  const start = source.pointOf(finding.start)
  const end = source.pointOf(finding.end)
  return {
    rule: finding.ruleId,
    severity: finding.severity,
    place: `${start.line}:${start.column}-${end.line}:${end.column}`,
    text: finding.actual,
    reason: finding.reason,
    note: finding.note,
    ...(finding.expected.length > 0 && {expected: finding.expected}),
    ...(finding.fix && {fix: finding.fix}),
    ...(finding.related.length > 0 && {related: finding.related.map(({message}) => message)}),
  }
}
