import {type CodeAction, CodeActionKind, type Diagnostic, type Range, type TextEdit} from 'vscode-languageserver'
import type {Source, SpecDocument} from '../document/types.ts'
import {applyFixes} from '../lint/fix.ts'
import type {Finding} from '../lint/types.ts'
import type {Edit} from '../rule/types.ts'
import {diagnosticOf} from './diagnostics.ts'
import {rangeOf} from './ranges.ts'
import {suppressionAt, suppressionOfFile} from './suppress.ts'

/** All safe fixes of a document, as an editor runs them on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.specLint`

export interface ActionRequest {
  readonly uri: string
  readonly version: number | null
  readonly range: Range
  /** Kinds that the client asks for; all without any. */
  readonly only: readonly string[] | undefined
}

/** What may be done about the findings at a range, and about all of the document. */
export function actionsFor(
  document: SpecDocument,
  findings: readonly Finding[],
  {uri, version, range, only}: ActionRequest,
): readonly CodeAction[] {
  const {source} = document
  const isWanted = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`))
  const make = (title: string, kind: string, edits: readonly Edit[], more: Partial<CodeAction> = {}): CodeAction => ({
    title,
    kind,
    edit: {
      documentChanges: [{textDocument: {uri, version}, edits: edits.map((edit) => textEditOf(edit, source))}],
    },
    ...more,
  })
  const here = findings.filter((finding) => meets(rangeOf(finding, source), range))
  const fixes = here.flatMap((finding) => fixesOf(finding, source, uri, make))
  const suppressions = unique(here.map(({ruleId}) => ruleId)).flatMap((rule) => {
    const first = here.find(({ruleId}) => ruleId === rule)
    if (!first) return []
    const diagnostics = [diagnosticOf(first, source, uri)]
    const comment = suppressionAt(document, first.start, rule)
    return [
      ...(comment ? [make(`Suppress \`${rule}\` here`, CodeActionKind.QuickFix, [comment], {diagnostics})] : []),
      make(`Suppress \`${rule}\` in this file`, CodeActionKind.QuickFix, [suppressionOfFile(document, rule)], {
        diagnostics,
      }),
    ]
  })
  const whole = fixAllEdit(document.text, findings)
  return [
    ...(isWanted(CodeActionKind.QuickFix) ? [...fixes, ...suppressions] : []),
    ...(isWanted(fixAllKind) && whole ? [make('Fix all safe problems', fixAllKind, [whole])] : []),
  ]
}

type Make = (title: string, kind: string, edits: readonly Edit[], more?: Partial<CodeAction>) => CodeAction

/** Its fix, else what may stand in its place. */
function fixesOf(finding: Finding, source: Source, uri: string, make: Make): readonly CodeAction[] {
  const {fix, expected, actual} = finding
  const diagnostics: Diagnostic[] = [diagnosticOf(finding, source, uri)]
  if (fix) {
    const isSafe = fix.safety === 'safe'
    const title = isSafe ? fix.title : `${fix.title} (unsafe)`
    return [make(title, CodeActionKind.QuickFix, fix.edits, {diagnostics, isPreferred: isSafe})]
  }
  return expected
    .filter((text) => text !== actual && actual !== '')
    .map((text) =>
      make(`Replace \`${actual}\` with \`${text}\``, CodeActionKind.QuickFix, [{...finding, text}], {diagnostics}),
    )
}

/** One edit that makes every safe fix, no wider than what changes. */
export function fixAllEdit(text: string, findings: readonly Finding[]): Edit | undefined {
  const {text: after} = applyFixes(text, findings)
  if (after === text) return undefined
  let start = 0
  while (start < text.length && text[start] === after[start]) start += 1
  let end = 0
  while (end < text.length - start && end < after.length - start && text.at(-1 - end) === after.at(-1 - end)) end += 1
  return {start, end: text.length - end, text: after.slice(start, after.length - end)}
}

export function textEditOf({text, ...span}: Edit, source: Source): TextEdit {
  return {range: rangeOf(span, source), newText: text}
}

function meets(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start)
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character)
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
