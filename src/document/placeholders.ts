import {expression} from './expressions.ts'
import type {Inline} from './inline.ts'
import type {CodeBlock, Metadata, Placeholder, Span, Text} from './types.ts'
import {remembered} from './remembered.ts'
import {countBefore} from './search.ts'

type Shape = Placeholder['shape']
type Where = Placeholder['where']

/** The third is quick to look for, and stands in each. */
const shapes: readonly (readonly [Shape, RegExp, RegExp])[] = [
  ['brace', /\{\{[^{}\n]{1,120}\}\}/gu, /\{\{/u],
  [
    'bracket',
    // Each character fits one alternative alone, or a row of `{{a}}` without an end is read in 2ⁿ ways.
    /(?<=[^\s[|])\[[A-Z]\]|\[[A-Z]\](?=[^\s|(:])|\[(?![ xX]\])(?:[^[\]{\n]|\{\{[^{}\n]{0,120}\}\}|\{(?!\{[^{}\n]{0,120}\}\})){1,200}\](?!\()/gu,
    /\[/u,
  ],
  [
    'date',
    expression(
      'gu',
    )`(?<![\p{L}\p{N}])(?:YYYY-MM-DD|YYYYMMDDHHMMSS|DD\/MM\/YYYY|MM\/DD\/YYYY|DD\.MM\.YYYY)(?![\p{L}\p{N}])`,
    /YYYY/u,
  ],
  [
    'word',
    expression('gu')`(?<![\p{L}\p{N}_.#/-])(?:TBD|TODO|TBA|FIXME|XXX|[Ll]orem ipsum)(?![\p{L}\p{N}_])(?!\.\w)`,
    /TBD|TODO|TBA|FIXME|XXX|orem ipsum/u,
  ],
]
/** Most texts have none of them. */
const hints = new RegExp(shapes.map(([, , hint]) => hint.source).join('|'), 'u')
const angle = /^<([a-z][a-z0-9]*(?:[ _-][a-z0-9]+)*)>$/u
const menu = /^[^|/\n]{1,40}(?:(?: \| | \/ )[^|/\n]{1,40}){1,9}$/u
const elements = new Set(
  'a abbr b bdo big blockquote br center cite code dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p picture pre q s samp small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr'.split(
    ' ',
  ),
)

/** Tokens that may have been left to be filled in, among them those in code; a rule decides. */
export function placeholdersIn(inline: Inline, codes: readonly CodeBlock[]): readonly Placeholder[] {
  return [
    ...inline.prose
      .flatMap((text) => (hints.test(text.text) ? tokens(text, place(text, inline)) : []))
      .filter((token) => token.shape !== 'bracket' || !isPartOfLink(token, inline)),
    ...inline.inlineCode.flatMap((text) => tokens(text, 'inlineCode')),
    ...codes.flatMap((code) => codeTokens(code)),
    ...inline.html.flatMap((text) => angles(text, inline)),
  ]
}

/** Those of a whole document: in its text, in its metadata, and what its labelled lines leave to be chosen. */
export function placeholdersOf(
  inText: readonly Placeholder[],
  metadata: Metadata,
  values: readonly Text[],
): readonly Placeholder[] {
  const found = [
    ...inText,
    ...metadata.entries
      .filter(({origin}) => origin === 'frontMatter')
      .flatMap((entry) => tokens({...entry.valueSpan, text: ''}, 'metadata', entry.raw, entry.valueSpan)),
    ...values
      .filter(({text}) => (text.includes(' | ') || text.includes(' / ')) && menu.test(text))
      .map((text): Placeholder => ({kind: 'placeholder', shape: 'menu', where: 'prose', language: undefined, ...text})),
  ]
  return outermost(found)
}

function tokens(text: Text, where: Where, raw = text.text, span: Span = text): readonly Placeholder[] {
  const quote = raw.length < span.end - span.start ? 1 : 0
  return tokensIn(raw, shapes).map(({shape, index, text: found}) => {
    const start = span.start + quote + index
    return {
      kind: 'placeholder' as const,
      shape,
      where,
      language: undefined,
      start,
      end: start + found.length,
      text: found,
    }
  })
}

interface Found {
  readonly shape: Shape
  readonly index: number
  readonly text: string
}

function tokensIn(text: string, all: typeof shapes): readonly Found[] {
  return all.flatMap(([shape, pattern, hint]) =>
    hint.test(text) ? [...text.matchAll(pattern)].map(({index, 0: found}) => ({shape, index, text: found})) : [],
  )
}

/** No link is in code: `ON [table]([columns])` holds two tokens. */
const codeShapes = shapes.map(
  ([shape, pattern, hint]) =>
    [shape, new RegExp(pattern.source.replace(String.raw`\](?!\()`, String.raw`\]`), pattern.flags), hint] as const,
)
const tokensInCode = remembered((text) => tokensIn(text, codeShapes))

function codeTokens(code: CodeBlock): readonly Placeholder[] {
  return tokensInCode(code.value).map(({shape, index, text}) => {
    const start = code.offsetAt(index)
    return {
      kind: 'placeholder' as const,
      shape,
      where: 'code' as const,
      language: code.language,
      start,
      end: start + text.length,
      text,
    }
  })
}

function angles(html: Text, inline: Inline): readonly Placeholder[] {
  const name = angle.exec(html.text)?.[1]
  if (name === undefined || elements.has(name.split(' ', 1)[0] ?? '')) return []
  return [{kind: 'placeholder', shape: 'angle', where: place(html, inline), language: undefined, ...html}]
}

function place(span: Span, {headings, cells}: Inline): Where {
  if (within(headings, span)) return 'heading'
  return within(cells, span) ? 'cell' : 'prose'
}

/** `[[FEATURE] A title](url)`: the words in brackets are part of a title; a link of nothing else holds a token. */
function isPartOfLink(token: Placeholder, {links}: Inline): boolean {
  const link = links[countBefore(links, ({start}) => start <= token.start) - 1]
  return link !== undefined && !link.image && token.end < link.end && link.text.trim() !== token.text
}

/** `spans` stand in order and don't overlap. */
function within(spans: readonly Span[], {start}: Span): boolean {
  const span = spans[countBefore(spans, (one) => one.start <= start) - 1]
  return span !== undefined && span.start <= start && start < span.end
}

function outermost(found: readonly Placeholder[]): readonly Placeholder[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const kept: Placeholder[] = []
  for (const one of sorted) {
    const last = kept.at(-1)
    if (!last || one.start >= last.end) kept.push(one)
  }
  return kept
}
