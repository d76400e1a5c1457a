import {posix} from 'node:path'
import {show} from '../report/show.ts'
import {toJson} from '../report/to-json.ts'
import {importsOf} from '../run/imports.ts'
import {runOptions} from '../run/options.ts'
import {lintPaths} from '../run/run.ts'
import {type Proposal, surveyOf} from '../run/survey.ts'
import type {Integration} from './integrations.ts'
import {print} from './io.ts'

const schema = 'https://raw.githubusercontent.com/spec-lint/spec-lint/main/schemas/spec-type.schema.json'

/** Entries of `types:`, and the type files that they name. */
export interface Types {
  readonly entries: readonly (readonly [string, TypeEntry])[]
  readonly files: readonly Integration[]
}

interface TypeEntry {
  readonly type?: string
  readonly template?: string
  readonly files: readonly string[]
  readonly rules?: Readonly<Record<string, string>>
}

/** What the documents and templates here show; each is asked for when `confirm` is given. */
export async function surveyed(
  cwd: string,
  confirm: ((words: string) => Promise<boolean>) | undefined,
): Promise<Types> {
  const {proposals, unused, alike} = surveyOf(cwd)
  const kept: Proposal[] = []
  for (const proposal of proposals) {
    print(`${show(proposal.name)}: ${await described(proposal, cwd, sourceOf(proposal))}\n`)
    if (!confirm || (await confirm(`Check them as ${proposal.name}?`))) kept.push(proposal)
  }
  for (const path of unused) print(`${show(path)}: a template, and no document that was made from it\n`)
  for (const {place, count} of alike)
    print(
      `${show(place)}: ${count} files that look alike, of no type that is known; name their template as \`template:\`\n`,
    )
  return typesOf(kept)
}

function sourceOf({template, json}: Proposal): string {
  if (json !== undefined) return 'inferred from them'
  return template === undefined ? 'built in' : `from ${template}`
}

/** What the declarations of other tools amount to; what doesn't translate is listed. */
export async function imported(cwd: string, tools: readonly string[]): Promise<Types> {
  const {proposals, left} = importsOf(cwd, tools)
  for (const proposal of proposals)
    print(`${show(proposal.name)}: ${await described(proposal, cwd, `from ${proposal.from}`)}\n`)
  if (proposals.length === 0) print(`Nothing of ${tools.join(', ')} that says what a document holds was found.\n`)
  if (left.length > 0) print('\nNot translated:\n')
  for (const {file, line, what, why} of left) print(`${show(`${file}:${line}: ${what}: ${why}`)}\n`)
  if (left.length > 0) print('\n')
  return typesOf(proposals)
}

function typesOf(proposals: readonly (Proposal & {readonly rules?: TypeEntry['rules']})[]): Types {
  return {
    files: proposals.flatMap(({name, json}) =>
      json === undefined ? [] : [{path: pathOf(name), text: `${toJson({$schema: schema, ...json})}\n`}],
    ),
    entries: proposals
      .filter(({globs}) => globs.length > 0)
      .map(({name, template, json, globs, rules = {}}) => [
        name,
        {
          ...(json !== undefined && {type: `./${pathOf(name)}`}),
          ...(template !== undefined && {template}),
          files: globs,
          ...(Object.keys(rules).length > 0 && {rules}),
        },
      ]),
  }
}

function pathOf(name: string): string {
  return posix.join('schemas', `${name}.spec.json`)
}

/** Documents and what they would hear. */
async function described({type, documents, globs}: Proposal, cwd: string, source: string): Promise<string> {
  // No paths would be all of them.
  const options = runOptions({cwd, type, config: false, errorOnUnmatched: false})
  const files = documents.length === 0 ? [] : (await lintPaths(documents, options)).files
  const findings = files.flatMap(({result}) => (result.kind === 'linted' ? result.findings : []))
  const errors = findings.filter(({severity}) => severity === 'error').length
  const counts = [
    plural(documents.length, 'document'),
    plural(errors, 'error'),
    plural(findings.filter(({severity}) => severity === 'warning').length, 'warning'),
  ]
  return show(`${counts.join(', ')} (${[source, ...(globs.length > 0 ? [globs.join(' ')] : [])].join('; ')})`)
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
