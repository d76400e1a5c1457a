import {stringify} from 'yaml'
import type {MetadataEntry, Span, SpecDocument} from '../document/types.ts'
import {menuOf} from '../infer/menus.ts'
import {tokensIn, type Token} from '../infer/tokens.ts'
import {bind} from '../type/bind.ts'
import {keyForm} from '../type/normalize.ts'
import {coerce, properties} from '../type/text-values.ts'
import type {JsonSchema, SpecType} from '../type/types.ts'
import type {Known} from './types.ts'
import {valueOf} from './values.ts'
import {oneLine} from './words.ts'

interface Edit extends Span {
  readonly text: string
}

/** A template's own text, with what is known in the place of its placeholders; all else stays as it is. */
export function fillTemplate(document: SpecDocument, type: SpecType, known: Known): string {
  const title = titleEdits(document, type, known)
  const edits = [...metadataEdits(document, type, known), ...title.edits]
  const taken = (span: Span): boolean => edits.some(({start, end}) => span.start < end && span.end > start)
  const repeated =
    title.token === undefined || known.title === undefined
      ? []
      : document.placeholders
          .filter((one) => one.text === title.token && one.where !== 'code' && !taken(one))
          .map(({start, end}) => ({start, end, text: oneLine(known.title ?? '')}))
  return [...edits, ...repeated]
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, {start, end, text: own}) => text.slice(0, start) + own + text.slice(end), document.text)
}

function metadataEdits(document: SpecDocument, type: SpecType, known: Known): readonly Edit[] {
  if (!type.metadata) return []
  const schemas = properties(type.metadata.schema)
  const {entries} = bind(document, type, new Set()).metadata
  const edits = entries.flatMap(({property, entry}) => {
    const schema = schemas[property] ?? {}
    if (!known.values.has(property) && !isOwn(property, type, known) && !isOpen(entry, type)) return []
    const value = valueOf(property, schema, type, known)
    if (value === undefined) return []
    const lead = entry.valueSpan.start === entry.key.end ? ' ' : ''
    return [
      {
        start: entry.valueSpan.start,
        end: entry.valueSpan.end,
        // One of a list is a list of one.
        text: `${lead}${entry.raw.startsWith('- ') ? '- ' : ''}${written(value, schema, entry.origin === 'frontMatter')}`,
      },
    ]
  })
  return [...edits, ...additions(document, type, known, new Set(entries.map(({property}) => property)))]
}

/** A template's own title and number are no document's. */
function isOwn(property: string, {identity}: SpecType, known: Known): boolean {
  if (identity?.kind === 'metadata' && identity.key === property) return known.identity !== undefined
  return known.title !== undefined && keyForm(property) === 'title'
}

/** A placeholder, a menu or nothing. */
function isOpen({raw, value}: MetadataEntry, {template}: SpecType): boolean {
  const tokens: readonly unknown[] = template.placeholders
  return (
    tokens.includes(raw) ||
    tokens.includes(value) ||
    raw.trim() === '' ||
    tokensIn(raw).length > 0 ||
    menuOf(raw) !== undefined
  )
}

/** Keys that were given and that the template doesn't have. */
function additions(
  document: SpecDocument,
  type: SpecType,
  known: Known,
  present: ReadonlySet<string>,
): readonly Edit[] {
  const schemas = properties(type.metadata?.schema ?? {})
  const lines = [...known.values].filter(([key]) => !present.has(key))
  if (lines.length === 0) return []
  const front = document.metadata.frontMatter
  const eol = document.text.includes('\r\n') ? '\r\n' : '\n'
  if (front) {
    const {end} = front.content
    const text = lines.map(([key, value]) => `${key}: ${written(value, schemas[key] ?? {}, true)}`).join(eol)
    const before = document.text.slice(0, end)
    return [{start: end, end, text: before.endsWith('\n') ? text + eol : eol + text}]
  }
  const at = document.metadata.entries.at(-1)?.end ?? document.title?.end ?? 0
  return [{start: at, end: at, text: lines.map(([key, value]) => `${eol}**${key}:** ${oneLine(value)}`).join('')}]
}

function written(value: string, schema: JsonSchema, inYaml: boolean): string {
  if (!inYaml) return oneLine(value)
  const {type} = schema
  // A number without leading zeros is one in YAML, where any value may stand.
  const isPlain = /^[1-9]\d{0,8}$/u.test(value) && Array.isArray(type) && type.includes('number')
  return stringify(isPlain ? Number(value) : coerce(schema, value), {lineWidth: 0}).trim()
}

/** The identifier and the name in the first heading, and the token that the name took the place of. */
function titleEdits(
  {title, source}: SpecDocument,
  type: SpecType,
  known: Known,
): {readonly edits: readonly Edit[]; readonly token: string | undefined} {
  if (!title) return {edits: [], token: undefined}
  const span = {start: title.number?.start ?? title.title.start, end: title.title.end}
  const text = source.slice(span)
  const tokens = tokensIn(text)
  const place = (one: Token, own: string): Edit => ({
    start: span.start + one.start,
    end: span.start + one.end,
    text: own,
  })
  const numbers = tokens.filter((one) => isNumber(one))
  const names = tokens.filter((one) => !isNumber(one))
  const [name] = names
  const {identity, title: own} = known
  const number = /\d+$/u.exec(identity ?? '')?.[0]
  const edits = numbers.flatMap((one) => (number === undefined ? [] : [place(one, padded(number, one))]))
  if (own === undefined) return {edits, token: undefined}
  if (name && names.length === 1)
    return {edits: [...edits, place(name, oneLine(own))], token: text.slice(name.start, name.end)}
  return tokens.length === 0 && type.documentTitle?.pattern === undefined
    ? {edits: [{...span, text: oneLine(own)}], token: undefined}
    : {edits, token: undefined}
}

/** `NNNN` takes four digits. */
function padded(number: string, {inner}: Token): string {
  return /^[NX#]+$/i.test(inner) ? number.padStart(inner.length, '0') : number
}

function isNumber({inner, shape}: Token): boolean {
  return (shape === 'word' && /^[NX#]+$/i.test(inner)) || /\bnumber\b|\bNNN+\b|^#+$/i.test(inner)
}
