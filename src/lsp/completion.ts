import {type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind} from 'vscode-languageserver'
import type {Span} from '../document/types.ts'
import {rules} from '../../rules/index.ts'
import {today} from '../lint/today.ts'
import type {Prepared} from '../lint/prepare.ts'
import {headingLine, skeletonOf} from '../rule/sections.ts'
import type {JsonSchema} from '../rule/types.ts'
import {enumOf, propertiesOf} from '../scaffold/words.ts'
import {verbs} from '../lint/suppress.ts'
import type {Entry} from './entries.ts'
import {aboutKey, isRequired} from './hover.ts'
import {rangeOf} from './ranges.ts'

interface At {
  readonly prepared: Prepared
  readonly path: string | undefined
  readonly offset: number
  readonly entries: ReadonlyMap<string, Entry>
  /** The client fills in snippets. */
  readonly snippets: boolean
}

/** What may be written at an offset. */
export function completionsAt(at: At): readonly CompletionItem[] {
  const {document} = at.prepared
  const line = document.source.lineSpan(document.source.lineOf(at.offset))
  const before = document.text.slice(line.start, at.offset)
  const behind = document.text.slice(at.offset, line.end)
  const replaced = (length: number, rest: RegExp): Span => ({
    start: at.offset - length,
    end: at.offset + (rest.exec(behind)?.[0].length ?? 0),
  })
  const directive = /<!--\s*spec-lint\s+(?:[\w-]+\s+(?:[\w/-]+[\s,]+)*)?([\w/-]*)$/u.exec(before)
  if (directive) return directives(at, before, replaced(directive[1]?.length ?? 0, restOfWord))
  if (isInFrontMatter(document.text, at.offset)) return inFrontMatter(at, before, replaced)
  const heading = /^(#{1,6})\s+(\S.*)?$/u.exec(before)
  if (heading) return sections(at, heading[1]?.length ?? 1, {start: line.start, end: line.end})
  return [...labelledValues(at, before, replaced), ...identifiers(at, before, replaced)]
}

/** Also where it isn't closed yet, or can't be read as it stands. */
function isInFrontMatter(text: string, offset: number): boolean {
  const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/u.exec(text)
  if (!opening || offset < opening[0].length) return false
  const between = text.slice(opening[0].length, offset)
  return !/^(?:---|\.\.\.)[ \t]*$/mu.test(between.replace(/[^\r\n]*$/u, '')) && !/^#{1,6}\s/mu.test(between)
}

/** Of what was written the length before the cursor, and what of it stands behind. */
type Replaced = (length: number, rest: RegExp) => Span

const restOfWord = /^[\w/-]*/u
/** With the colon, which a key brings. */
const restOfKey = /^[^\s:#]*(?::[ \t]?)?/u
const restOfValue = /^[^\s#|*_]*/u
const restOfId = /^[\w-]*(?:\.\d+)*/u

function inFrontMatter(at: At, before: string, replaced: Replaced): readonly CompletionItem[] {
  const value = /^([^\s:#][^:#]*):[ \t]+(\S?.*)$/u.exec(before)
  if (value) return valuesOf(at, value[1] ?? '', value[2] ?? '', replaced)
  const [key] = /^[^\s:#-][^:#]*$|^$/u.exec(before) ?? []
  if (key === undefined) return []
  const {type} = at.prepared
  const given = new Set(type.metadata.entries.map(({property}) => property))
  const all = propertiesOf(type.type.metadata?.schema ?? {})
  return all.flatMap(([name, schema], index) => {
    if (given.has(name)) return []
    const required = isRequired(at.prepared, name)
    return item(at, {
      label: name,
      kind: CompletionItemKind.Property,
      detail: required ? 'required' : 'optional',
      text: `${name}: `,
      span: replaced(key.length, restOfKey),
      rank: (required ? 0 : 1000) + index,
      about: aboutKey(name, schema, required),
    })
  })
}

/** The value of a labelled line that is metadata: `**Status**: `. */
function labelledValues(at: At, before: string, replaced: Replaced): readonly CompletionItem[] {
  const found = /^\s*(?:[-*+]\s+)?(?:\*\*|__)?([^*_:|]{1,60}?)(?:\*\*|__)?:(?:\*\*|__)?\s*([^|]*)$/u.exec(before)
  return found && at.prepared.type.type.metadata?.in !== 'frontMatter'
    ? valuesOf(at, found[1] ?? '', found[2] ?? '', replaced)
    : []
}

function valuesOf(
  {prepared, ...rest}: At,
  key: string,
  written: string,
  replaced: Replaced,
): readonly CompletionItem[] {
  const at = {prepared, ...rest}
  const {metadata, phases} = prepared.type.type
  const form = (text: string): string => text.trim().toLowerCase()
  const found = propertiesOf(metadata?.schema ?? {}).find(
    ([name]) =>
      form(name) === form(key) || metadata?.aliases[name]?.some((alias) => form(alias) === form(key)) === true,
  )
  if (!found) return []
  const [name, schema] = found
  return choices(schema).flatMap((text, index) => {
    const phase = name === metadata?.status ? phases?.phases.find(({status}) => status === text) : undefined
    return item(at, {
      label: text,
      kind: CompletionItemKind.EnumMember,
      detail: phase?.kind ?? name,
      text,
      span: replaced(written.length, restOfValue),
      rank: index,
      about: aboutKey(name, schema, isRequired(prepared, name)),
    })
  })
}

function choices(schema: JsonSchema): readonly string[] {
  const values = enumOf(schema)
  if (values.length > 0) return values
  if (schema['format'] === 'date') return [today()]
  return schema['type'] === 'boolean' ? ['true', 'false'] : []
}

/** The sections that the type has and the document has not, as whole lines with what belongs below. */
function sections(at: At, depth: number, span: Span): readonly CompletionItem[] {
  const {type, document} = at.prepared
  return type.sections.flatMap((bound, index) => {
    const isOpen = bound.state === 'missing' && (bound.parent === undefined || bound.parent.matches.length > 0)
    if (!isOpen || (bound.depth !== depth && depth > 1)) return []
    const label = headingLine(bound).replace(/^#+\s+/u, '')
    return item(at, {
      label,
      kind: CompletionItemKind.Module,
      detail: bound.required ? 'required section' : 'optional section',
      text: skeletonOf(bound, type).join(`${document.source.eol}${document.source.eol}`),
      filter: `${'#'.repeat(depth)} ${label}`,
      span,
      rank: (bound.required ? 0 : 1000) + index,
      about: bound.spec.description === undefined ? [] : [bound.spec.description],
      hasBlanks: true,
    })
  })
}

/** Identifiers of the document and of the others. */
function identifiers(at: At, before: string, replaced: Replaced): readonly CompletionItem[] {
  const [written] = /(?<![\p{L}\p{N}_-])[A-Z][A-Z0-9]{0,9}-?[\d.]*$/u.exec(before) ?? []
  if (written === undefined) return []
  const own = at.prepared.type.ids.flatMap(({definitions}) =>
    definitions.map(({item: {id, title}}) => ({id, title: title.text, home: 'this document', rank: 0})),
  )
  const others = [...at.entries.values()].flatMap(({path, defined, specification}) =>
    path === at.path ? [] : defined.map(({id, title}) => ({id, title, home: specification?.title ?? path, rank: 5000})),
  )
  return [...own, ...others]
    .filter(({id}) => id.startsWith(written))
    .slice(0, 200)
    .flatMap(({id, title, home, rank}, index) =>
      item(at, {
        label: id,
        kind: CompletionItemKind.Reference,
        detail: `${title} (${home})`,
        text: id,
        span: replaced(written.length, restOfId),
        rank: rank + index,
        about: [],
      }),
    )
}

/** The verb of a comment, then the rules that it may name. */
function directives(at: At, before: string, span: Span): readonly CompletionItem[] {
  const isVerb = /<!--\s*spec-lint\s+[\w-]*$/u.test(before)
  const words = isVerb
    ? verbs.map((label) => ({label, detail: 'suppress findings'}))
    : rules.map(({id, docs}) => ({label: id, detail: docs.summary}))
  return words.flatMap(({label, detail}, rank) =>
    item(at, {label, detail, kind: CompletionItemKind.Keyword, text: label, span, rank, about: []}),
  )
}

interface Choice {
  readonly label: string
  readonly kind: CompletionItemKind
  readonly detail: string
  readonly text: string
  /** What typed words are compared with; the label by default. */
  readonly filter?: string
  readonly span: Span
  readonly rank: number
  readonly about: readonly string[]
  /** The text has tokens to fill in. */
  readonly hasBlanks?: boolean
}

function item({prepared, snippets}: At, choice: Choice): readonly CompletionItem[] {
  const asSnippet = snippets && choice.hasBlanks === true
  return [
    {
      label: choice.label,
      kind: choice.kind,
      detail: choice.detail,
      sortText: String(choice.rank).padStart(6, '0'),
      ...(choice.filter !== undefined && {filterText: choice.filter}),
      ...(choice.about.length > 0 && {
        documentation: {kind: MarkupKind.Markdown, value: choice.about.join('\n\n')},
      }),
      insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: {
        range: rangeOf(choice.span, prepared.document.source),
        newText: asSnippet ? snippetOf(choice.text) : choice.text,
      },
    },
  ]
}

/** Each token in square brackets, check boxes and links left out, as a place to stop at. */
function snippetOf(text: string): string {
  let stop = 0
  return text
    .replaceAll(/[\\$}]/gu, String.raw`\$&`)
    .replaceAll(/\[[^\][\n]{2,}\](?!\()/gu, (token) => `\${${(stop += 1)}:${token}}`)
}
