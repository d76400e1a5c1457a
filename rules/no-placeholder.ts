import {defineRule, guidanceIn, isWithin, type Placeholder, type SpecDocument, tokenForm} from 'spec-lint/rule'

/** Single words that stand in brackets only where something is to be filled in. */
const words = new Set([
  'author',
  'company',
  'component',
  'count',
  'date',
  'description',
  'feature',
  'id',
  'link',
  'name',
  'number',
  'owner',
  'product',
  'project',
  'reason',
  'status',
  'table',
  'target',
  'team',
  'tbd',
  'title',
  'todo',
  'url',
  'value',
  'version',
  'what',
  'when',
  'who',
  'why',
])
const command =
  /^(?:add|choose|define|describe|detail|e\.g\.|enter|explain|fill|give|insert|list|name|provide|replace|specify|state|summarize|what|when|which|who|why|how|your)\b/i
/** A label with a value of a scale, which needs no more: `[Impact: High]`. */
const chosen =
  /^\p{Lu}[\p{L} ]*:\s*(?:critical|high|low|major|medium|minor|moderate|negligible|none|no|severe|very (?:high|low)|yes)$/iu
const format = /\b(?:format|formats|formatted|pattern|named|naming|notation|written|style|form|ISO)\b/i

export default defineRule({
  id: 'no-placeholder',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Nothing of the template is left to be filled in.',
    why: 'A placeholder that stays reads as an answer in the outline, and as a promise in a review.',
    remedy: 'Write what the placeholder asks for, choose one of a menu, or delete the line.',
    exceptions:
      "Links, footnotes, check boxes, citations and tags such as `[US1]`; a label with a value of a scale (`[Impact: High]`); brackets that code uses; a format that a sentence speaks of. In code only the template's own tokens and `{{UPPER_CASE}}` count. In the first phase of a type a placeholder is a warning.",
  },
  options: {
    allow: {
      type: 'array',
      items: {type: 'string'},
      default: [],
      description: 'Tokens that are no placeholders here, as they stand in the text.',
    },
  },
  messages: {
    token: {reason: 'Placeholder `{token}` is left', note: 'Write what it asks for, or delete the line.'},
    menu: {reason: 'The choice `{token}` is left whole', note: 'Keep one of the values.'},
    word: {reason: '`{token}` marks something that is not written yet', note: 'Write it, or delete the mark.'},
  },
  check({document, type, options, report}) {
    const tokens = new Set(type.type.template.placeholders.map(tokenForm))
    const menus = new Set(type.type.template.menus.map(tokenForm))
    const allowed = new Set(options.allow)
    const status = type.status?.menu === true ? type.status.entry.valueSpan : undefined
    const isSyntax = speaksOfBraces(type.type.template.placeholders, document)
    const guidance = guidanceIn(document, type.type.template.guidance)
    const dropped = document.definitions.filter(({used}) => !used)
    for (const placeholder of document.placeholders) {
      const {text, shape, start, end} = placeholder
      if (isSyntax && shape === 'brace' && !/^\{\{\s*[A-Z]/u.test(text)) continue
      if (allowed.has(text) || (status && start >= status.start && end <= status.end)) continue
      // What Markdown drops as a definition is reported by `swallowed-definition`.
      if (dropped.some((definition) => start >= definition.start && end <= definition.end)) continue
      // `TBD` as the whole of a section is reported by `empty-section`.
      if (shape === 'word' && isWholeSection(placeholder, document)) continue
      // "What is still TBD?" is reported by `no-template-guidance`.
      if (shape === 'word' && guidance.some((sentence) => isWithin(start, sentence))) continue
      if (shape === 'menu' || menus.has(tokenForm(text))) {
        if (menus.has(tokenForm(text))) report.menu(placeholder, {token: text})
      } else if (isLeft(placeholder, tokens, document)) {
        if (shape === 'word') report.word(placeholder, {token: text})
        else report.token(placeholder, {token: text})
      }
    }
    for (const {entry} of type.metadata.entries) {
      const known =
        type.type.template.placeholders.includes(entry.raw) &&
        !document.placeholders.some(({start, end}) => start < entry.valueSpan.end && end > entry.valueSpan.start)
      if (known && !allowed.has(entry.raw)) report.token(entry.valueSpan, {token: entry.raw})
    }
  },
})

/** What is written as code and in small letters: `{{or}}`, `{{-in-element}}`, `{{yield @title}}`. */
const syntax = /^\{\{-?\s*[a-z@]/u

/** Where the template has no `{{…}}` and the code of the document has, `{{input}}` is what it is about. */
function speaksOfBraces(tokens: readonly string[], {codes, placeholders}: SpecDocument): boolean {
  return (
    !tokens.some((token) => token.startsWith('{{')) &&
    (codes.some(({fenced, value}) => fenced && /(?<!\$)\{\{[{#/~]?\s*[a-z@]/u.test(value)) ||
      placeholders.some(({shape, where, text}) => shape === 'brace' && where === 'inlineCode' && syntax.test(text)))
  )
}

function isWholeSection({start, text}: Placeholder, {sections}: SpecDocument): boolean {
  const section = sections.findLast((one) => one.start <= start)
  const blocks = section?.blocks.filter(({kind}) => kind !== 'other' && kind !== 'html') ?? []
  const [only] = blocks
  return (
    blocks.length === 1 &&
    only?.kind === 'paragraph' &&
    only.text.replace(/[\s.!…]+$/u, '') === text &&
    section?.children.length === 0
  )
}

function isLeft(placeholder: Placeholder, tokens: ReadonlySet<string>, document: SpecDocument): boolean {
  const {shape, text, where} = placeholder
  const known = tokens.has(tokenForm(text))
  switch (shape) {
    case 'brace':
      return known || isBrace(placeholder, document)
    case 'date':
      return (where === 'metadata' || text.includes('-') || known) && !isFormat(placeholder, document)
    case 'angle':
      return where !== 'code' && where !== 'inlineCode' && (known || asks(text))
    case 'word':
      return isMark(placeholder, document)
    case 'bracket':
      return isBracket(placeholder, known, document)
    default:
      return false
  }
}

/** `<name>`, `<your team>`, `<feature-name>`; `<arg1>` and `<style>` are what the text is about. */
function asks(token: string): boolean {
  const inner = token.slice(1, -1)
  return inner.split(/[ _-]/u).some((word) => words.has(word)) || (command.test(inner) && /[ _-]/u.test(inner))
}

/** An expression of a workflow or a page template (`${{ secrets.KEY }}`, `{{#if}}`, `{{ user.name | upper }}`) is code. */
function isBrace({text, where, start}: Placeholder, document: SpecDocument): boolean {
  if (where === 'code') return /^\{\{[A-Z][A-Z0-9_]*\}\}$/u.test(text)
  const isCode = document.text[start - 1] === '$' || /^\{\{\s*[#/^>&!]|[.|()]/u.test(text)
  return !isCode || (where !== 'inlineCode' && document.text[start - 1] !== '$' && !/[.|()#]/u.test(text))
}

function isBracket(placeholder: Placeholder, known: boolean, document: SpecDocument): boolean {
  const {text, where, start, end} = placeholder
  const inner = text.slice(1, -1).trim()
  if (where === 'code' || where === 'inlineCode')
    return known && /[\s_/,-]|^[a-z]{4,}$|^[A-Z]{4,}$/u.test(inner) && !isSubscript(document.text, start, end)
  if (/^NEEDS CLARIFICATION\b/u.test(inner)) return false
  if (chosen.test(inner)) return false
  if (known)
    return !/^\w$/u.test(inner) || /\S/u.test(document.text[start - 1] ?? ' ') || /\S/u.test(document.text[end] ?? ' ')
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/u.test(inner) || words.has(inner.toLowerCase())) return true
  // `[X]ms`, `≤[N]`, `[Y]%`: a number to be filled in.
  if (
    /^[A-Z]$/u.test(inner) &&
    (/[<>≤≥=~]\s*$/u.test(document.text.slice(Math.max(0, start - 3), start)) ||
      /^(?:ms|s|min|h|%|MB|GB|KB|x|\/s)(?![\p{L}\p{N}])/u.test(document.text.slice(end, end + 4)))
  )
    return true
  if (
    !/\p{L}{2}/u.test(inner) ||
    /^[\p{Lu}\d.-]+$/u.test(inner) ||
    /^(?:sic|optional|required|deprecated|citation needed)$/i.test(inner)
  )
    return false
  if (/\d+\s*,|,\s*\d|^\w+\s*,\s*\w+$|^(?:RFC|ISO|CVE|PR|see)\b/i.test(inner)) return false
  if (command.test(inner) && /\s/u.test(inner)) return true
  if (/\be\.g\.,?\s+["“'\w]/u.test(inner) && where !== 'heading') return true
  // "Feature Name", "Your Team": several words, each with a capital. Lower-case asides are an author's own.
  return where === 'heading' ? /\s/u.test(inner) : /^(?:\p{Lu}[\p{L}'’]*)(?:[ /-]\p{Lu}[\p{L}'’]*){1,3}$/u.test(inner)
}

/** `items[name]`, `column TEXT[]`: brackets that code uses. */
function isSubscript(text: string, start: number, end: number): boolean {
  return (
    /[\w)\]]/u.test(text[start - 1] ?? '') &&
    !/_/u.test(text[start - 1] ?? '') &&
    /^[a-z]+$/u.test(text.slice(start + 1, end - 1)) &&
    !/[([]/u.test(text[end] ?? '')
  )
}

/** A sentence about the format itself. */
function isFormat({start, end, where}: Placeholder, document: SpecDocument): boolean {
  if (where === 'metadata') return false
  const span = document.source.lineSpan(document.source.lineOf(start))
  const line = document.text.slice(span.start, start) + document.text.slice(end, span.end)
  return (
    format.test(line) ||
    where === 'inlineCode' ||
    (where === 'code' && !/^\s*\S+:\s*["']?$/u.test(document.text.slice(span.start, start)))
  )
}

/** `TODO: …`, a cell or value that is `TBD`: a mark. "All TODOs", "a TODO list", `TODO` in a list of states: none. */
function isMark({text, start, end, where}: Placeholder, document: SpecDocument): boolean {
  const span = document.source.lineSpan(document.source.lineOf(start))
  const before = document.text.slice(span.start, start)
  const after = document.text.slice(end, span.end)
  if (where === 'metadata') return true
  if (where === 'inlineCode') return false
  if (where === 'code')
    return /(?:--|#|\/\/|\/\*|<!--)\s*(?:\W\s*)?$/u.test(before) && /^\s*[:(–—-]|^\s+\w/u.test(after)
  if (/lorem/i.test(text)) return true
  const marked = /^\s*(?:[:(–—]|-\s)/u.test(after)
  const alone =
    /(?:^|[|:*([>]|[-*+]\s|\d[.)]\s|[–—]\s)\s*\**\s*$/u.test(before) && /^\s*\**\s*(?:$|[|.;,)\]*])/u.test(after)
  if (text === 'TODO' || text === 'FIXME' || text === 'XXX')
    return marked || (alone && where !== 'cell') || (where === 'cell' && /\|\s*$/u.test(before) && marked)
  // TBD and TBA have no other meaning in a specification.
  return !/["'“‘]$/u.test(before)
}
