import {type Pair, type ParsedNode, type Scalar, isMap, isPair, isScalar, parseDocument} from 'yaml'
import {duplicates, explain, hazards, mostProblems} from './yaml-problems.ts'
import type {Json, MetadataEntry, Span, SyntaxProblem} from './types.ts'

const largest = 65_536

export interface YamlResult {
  readonly entries: readonly MetadataEntry[]
  readonly problems: readonly SyntaxProblem[]
}

/** Reads front matter. `content` is its range in the text; placeholders in double braces are values like any other. */
export function readYaml(text: string, content: Span): YamlResult {
  const source = text.slice(content.start, content.end)
  if (source.length > largest) {
    return {
      entries: [],
      problems: [
        {
          ...content,
          code: 'too-large',
          message: 'Front matter is larger than 64 KiB',
          help: 'Move what is not metadata into the document.',
        },
      ],
    }
  }
  const masked = mask(source)
  const at = (offset: number): number => content.start + Math.max(0, Math.min(offset, source.length))
  const document = parseDocument(masked, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
    strict: true,
  })
  const problems: SyntaxProblem[] = [
    ...hazards(document, masked, at),
    ...document.errors.slice(0, mostProblems).map((error) => explain(error, source, at)),
  ]
  const map = document.contents
  if (problems.some(({code}) => code === 'alias' || code === 'directive' || code === 'tag'))
    return {entries: lineEntries(text, content), problems}
  if (document.errors.length > 0) return {entries: lineEntries(text, content), problems: dedupe(problems)}
  if (map === null) return {entries: [], problems}
  if (!isMap(map))
    return {
      entries: [],
      problems: [
        ...problems,
        {
          ...content,
          code: 'not-a-map',
          message: 'Front matter is not a list of `key: value` lines',
          help: 'Write one `key: value` a line between the `---` fences.',
        },
      ],
    }
  const entries = map.items.flatMap((pair) => entryOf(pair, source, at))
  return {entries, problems: [...problems, ...duplicates(entries, text)]}
}

function dedupe(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  return problems.slice(0, 1)
}

/** `{{NAME}}` is no YAML: its braces become letters of the same length. */
function mask(source: string): string {
  return source.replaceAll(
    /\{\{[^{}\n]*\}\}/gu,
    (token) => `\uE000\uE000${token.slice(2, -2).replaceAll(/[:#,[\]{}&*!|>'"%@`]/gu, '\uE002')}\uE001\uE001`,
  )
}

function unmask(value: Json, raw: string): Json {
  if (typeof value === 'string') return /[\uE000-\uE002]/u.test(value) ? raw.trim() : value
  return value
}

function entryOf(
  pair: Pair<ParsedNode, ParsedNode | null>,
  source: string,
  at: (offset: number) => number,
): readonly MetadataEntry[] {
  if (!isPair(pair) || !isScalar(pair.key)) return []
  const [keyStart, keyEnd] = pair.key.range
  const [valueStart, valueEnd] = pair.value?.range ?? [keyEnd, keyEnd]
  const start = pair.value && pair.value.range[0] === pair.value.range[1] ? keyEnd + 1 : valueStart
  const end = Math.max(start, valueEnd)
  const quoted = isScalar(pair.value) && /^["'][\s\S]*["']$/u.test(source.slice(start, end))
  const raw = quoted ? source.slice(start + 1, end - 1) : source.slice(start, end).trim()
  const inner = new Map<string, Span>()
  const value = pair.value ? toJson(pair.value, '', inner, at) : null
  return [
    {
      start: at(keyStart),
      end: at(end),
      origin: 'frontMatter',
      raw,
      inner,
      key: {start: at(keyStart), end: at(keyEnd), text: String((pair.key as Scalar).value)},
      value: unmask(value, raw),
      valueSpan: {start: at(Math.min(start, source.length)), end: at(end)},
    },
  ]
}

function toJson(
  node: ParsedNode,
  pointer: string,
  inner: Map<string, Span>,
  at: (offset: number) => number,
  depth = 0,
): Json {
  if (pointer !== '') inner.set(pointer, {start: at(node.range[0]), end: at(node.range[1])})
  if (depth > 50) return null
  if (isScalar(node)) {
    const {value} = node
    if (typeof value === 'bigint') return String(value)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.flatMap((pair) => {
        if (!isScalar(pair.key)) return []
        const key = String(pair.key.value)
        const child = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
        return [[key, pair.value ? toJson(pair.value, child, inner, at, depth + 1) : null] as const]
      }),
    )
  }
  if (!('items' in node)) return null
  return node.items.map((item, index) => toJson(item, `${pointer}/${index}`, inner, at, depth + 1))
}

/** What can be read line by line of YAML that doesn't parse. */
function lineEntries(text: string, content: Span): readonly MetadataEntry[] {
  const source = text.slice(content.start, content.end)
  return [...source.matchAll(/^([A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+([^\r\n]*))?\r?$/gmu)].map((match) => {
    const [line, key = '', rest = ''] = match
    const start = content.start + match.index
    const value = rest.replace(/\s+#.*$/u, '').trim()
    const offset = rest === '' ? line.trimEnd().length : line.indexOf(rest, key.length + 1)
    const raw = value.replace(/^(["'])(.*)\1$/u, '$2')
    const valueSpan = {start: start + offset, end: start + offset + value.length}
    return {
      start,
      end: valueSpan.end,
      key: {start, end: start + key.length, text: key},
      value: raw,
      valueSpan,
      raw,
      origin: 'frontMatter',
      inner: new Map(),
    }
  })
}
