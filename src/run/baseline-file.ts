import {type Node, parseTree, type ParseError, printParseErrorCode} from 'jsonc-parser'
import {dirname} from 'node:path'
import {readTextFile, repositoryRoot} from '../config/files.ts'
import {SpecLintError} from '../config/error.ts'
import type {BaselineFile} from '../config/types.ts'
import {createSource} from '../document/source.ts'
import {version} from '../lint/links.ts'

/** A known problem. */
export interface BaselineEntry {
  readonly rule: string
  readonly fingerprint: string
  /** The message, for people. */
  readonly text: string
}

/** Known problems by file: path from the root of the project, with `/`. */
export type BaselineEntries = ReadonlyMap<string, readonly BaselineEntry[]>

/** Bytes; some hundred thousand problems. */
const largest = 64 * 1024 * 1024

/** Reads a baseline; one that is missing or broken is a `SpecLintError` with its place. */
export function readBaselineFile({path, at}: BaselineFile): BaselineEntries {
  const read = readTextFile(path, repositoryRoot(path) ?? dirname(path), largest)
  if ('text' in read) return entriesIn(read.text, path)
  const {code, message} = read.problem
  if (code === 'not-found')
    throw new SpecLintError(
      'baseline',
      at ? 'The baseline that is named here is not there' : 'There is no such baseline',
      '`spec-lint baseline update` writes it.',
      at ?? {file: path},
    )
  throw new SpecLintError('baseline', `The baseline can't be read. ${message}`, 'Name a readable file.', {file: path})
}

/** Sorted, one problem a line, so that two branches can both take some away. */
export function baselineText(entries: BaselineEntries): string {
  const files = [...entries].filter(([, problems]) => problems.length > 0).toSorted(([a], [b]) => compare(a, b))
  const lines = files.map(([path, problems]) => {
    const rows = problems
      .toSorted((a, b) => compare(a.rule, b.rule) || compare(a.text, b.text) || compare(a.fingerprint, b.fingerprint))
      .map(
        ({rule, fingerprint, text}) =>
          `      {"rule": ${JSON.stringify(rule)}, "fingerprint": "${fingerprint}", "text": ${JSON.stringify(text)}}`,
      )
    return `    ${JSON.stringify(path)}: [\n${rows.join(',\n')}\n    ]`
  })
  const problems = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`
  return `{\n  "version": 1,\n  "tool": "spec-lint ${version}",\n  "problems": ${problems}\n}\n`
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function entriesIn(text: string, path: string): BaselineEntries {
  const source = createSource(text)
  const mistake = (words: string, offset: number): SpecLintError => {
    const {line, column} = source.pointOf(offset)
    const help = 'Undo the edit, or write it anew with `spec-lint baseline update`.'
    return new SpecLintError('baseline', words, help, {file: path, line, column})
  }
  const errors: ParseError[] = []
  const root = parseTree(text.replace(/^\uFEFF/u, ' '), errors, {disallowComments: true})
  const [error] = errors
  if (error)
    throw mistake(`The baseline is not JSON: ${wordsOf(printParseErrorCode(error.error))} at this place`, error.offset)
  if (root?.type !== 'object') throw mistake('A baseline is an object', 0)
  const format = propertyOf(root, 'version')
  if (format?.value !== 1)
    throw mistake(
      `The baseline is of version \`${String(format?.value ?? 'none')}\`, and this program reads version 1`,
      format?.offset ?? root.offset,
    )
  const problems = propertyOf(root, 'problems')
  if (problems?.type !== 'object') throw mistake('The baseline has no `problems`', problems?.offset ?? root.offset)
  return new Map(
    (problems.children ?? []).map(({children = []}) => {
      const [key, list] = children
      if (key?.type !== 'string' || list?.type !== 'array')
        throw mistake('The problems of a file are a list', list?.offset ?? problems.offset)
      return [String(key.value), (list.children ?? []).map((one) => entryOf(one, mistake))]
    }),
  )
}

function entryOf(node: Node, mistake: (words: string, offset: number) => SpecLintError): BaselineEntry {
  const text = (key: string): string => {
    const value: unknown = node.type === 'object' ? propertyOf(node, key)?.value : undefined
    if (typeof value !== 'string') throw mistake(`A problem of the baseline has no \`${key}\``, node.offset)
    return value
  }
  return {rule: text('rule'), fingerprint: text('fingerprint'), text: text('text')}
}

function propertyOf(node: Node, key: string): Node | undefined {
  return node.children?.find(({children}) => children?.[0]?.value === key)?.children?.[1]
}

function wordsOf(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase()
}
