import {type Pair, type ParsedNode, type Scalar, isMap, isPair, isScalar, parseDocument} from 'yaml'
import {duplicates, explain, hazards, mostProblems} from './yaml-problems.ts'
import type {Json, MetadataEntry, Span, SyntaxProblem} from './types.ts'

const largest = 65_536
const mostOpen = 100
const mostMarks = 300

export interface YamlResult {
  readonly entries: readonly MetadataEntry[]
  readonly problems: readonly SyntaxProblem[]
}

/** Reads front matter. `content` is its range in the text; placeholders in double braces are values like any other. */
export function readYaml(text: string, content: Span): YamlResult {
  // YAML 1.2 takes a lone carriage return for a line break, the package does not.
  const source = text.slice(content.start, content.end).replaceAll(/\r(?!\n)/gu, '\n')
  if (source.length > largest)
    return refused(content, 'Front matter is larger than 64 KiB', 'Move what is not metadata into the document.')
  if (isDeep(source)) return refused(content, 'Front matter is nested too deeply', 'Write one `key: value` a line.')
  const {masked, unmask} = mask(source)
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
  const entries = map.items.flatMap((pair) => entryOf(pair, {source, at, unmask}))
  return {entries, problems: [...problems, ...duplicates(entries, text)]}
}

function refused(content: Span, message: string, help: string): YamlResult {
  return {entries: [], problems: [{...content, code: 'too-large', message, help}]}
}

/** The package descends into every bracket and every `- `, `? ` or `: ` of a line; out of stack, the engine dies. */
function isDeep(source: string): boolean {
  let open = 0
  let marks = 0
  for (const [mark] of source.matchAll(/[[{\]}\n]|[-?:](?=\s)/gu)) {
    if (mark === '[' || mark === '{') open += 1
    else if (mark === ']' || mark === '}') open = Math.max(0, open - 1)
    else marks = mark === '\n' ? 0 : marks + 1
    if (open > mostOpen || marks > mostMarks) return true
  }
  return false
}

function dedupe(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  return problems.slice(0, 1)
}

interface Mask {
  readonly masked: string
  readonly unmask: (text: string) => string
}

const special = '{}:#,[]&*!|>\'"%@`'

/** `{{NAME}}` is no YAML: its marks become letters of a private area that the source leaves free, one for one. */
function mask(source: string): Mask {
  const base = [0xe000, 0xe100, 0xe200, 0xe300].find((first) => !usesArea(source, first))
  // Whoever fills four private areas gets what YAML makes of the braces.
  if (base === undefined) return {masked: source, unmask: (text) => text}
  const letters = new Map([...special].map((mark, index) => [mark, String.fromCharCode(base + index)]))
  const marks = new Map([...letters].map(([mark, letter]) => [letter, mark]))
  return {
    masked: source.replaceAll(/\{\{[^{}\n]*\}\}/gu, (token) =>
      [...token].map((one) => letters.get(one) ?? one).join(''),
    ),
    unmask: (text) => text.replaceAll(/[\uE000-\uE3FF]/gu, (letter) => marks.get(letter) ?? letter),
  }
}

function usesArea(source: string, first: number): boolean {
  for (let index = 0; index < source.length; index += 1) if (source.charCodeAt(index) >> 8 === first >> 8) return true
  return false
}

interface Reader {
  readonly source: string
  readonly at: (offset: number) => number
  readonly unmask: Mask['unmask']
}

function entryOf(pair: Pair<ParsedNode, ParsedNode | null>, reader: Reader): readonly MetadataEntry[] {
  const {source, at, unmask} = reader
  if (!isPair(pair) || !isScalar(pair.key)) return []
  const [keyStart, keyEnd] = pair.key.range
  const [valueStart, valueEnd] = pair.value?.range ?? [keyEnd, keyEnd]
  const empty = valueStart === valueEnd
  const start = empty ? keyEnd + (/^\s*:/u.exec(source.slice(keyEnd))?.[0].length ?? 0) : valueStart
  // A list or a map goes on to the end of its last line.
  const end = empty ? start : start + source.slice(start, valueEnd).trimEnd().length
  const quoted = isScalar(pair.value) && /^["'][\s\S]*["']$/u.test(source.slice(start, end))
  const raw = quoted ? source.slice(start + 1, end - 1) : source.slice(start, end).trim()
  const inner = new Map<string, Span>()
  const value = pair.value ? toJson(pair.value, '', inner, reader) : null
  return [
    {
      start: at(keyStart),
      end: at(end),
      origin: 'frontMatter',
      raw,
      inner,
      key: {start: at(keyStart), end: at(keyEnd), text: unmask(String((pair.key as Scalar).value))},
      value,
      valueSpan: {start: at(Math.min(start, source.length)), end: at(end)},
    },
  ]
}

function toJson(node: ParsedNode, pointer: string, inner: Map<string, Span>, reader: Reader, depth = 0): Json {
  const {at, unmask} = reader
  if (pointer !== '') inner.set(pointer, {start: at(node.range[0]), end: at(node.range[1])})
  if (depth > 50) return null
  if (isScalar(node)) {
    const {value} = node
    if (typeof value === 'bigint') return String(value)
    if (typeof value === 'string') return unmask(value)
    return typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.flatMap((pair) => {
        if (!isScalar(pair.key)) return []
        const key = unmask(String(pair.key.value))
        const child = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
        return [[key, pair.value ? toJson(pair.value, child, inner, reader, depth + 1) : null] as const]
      }),
    )
  }
  if (!('items' in node)) return null
  return node.items.map((item, index) => toJson(item, `${pointer}/${index}`, inner, reader, depth + 1))
}

/** What can be read line by line of YAML that doesn't parse. */
function lineEntries(text: string, content: Span): readonly MetadataEntry[] {
  const source = text.slice(content.start, content.end)
  return [...source.matchAll(/^([A-Za-z_][\w .-]{0,100}?)[ \t]{0,100}:(?:[ \t]+([^\r\n]*))?\r?$/gmu)].map((match) => {
    const [line, key = '', rest = ''] = match
    const start = content.start + match.index
    const value = rest.replace(/(?<!\s)\s+#.*$/u, '').trim()
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
