import {isLookalike} from '../document/items.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import {headingForm} from '../type/normalize.ts'
import {problemOf} from '../type/regex.ts'
import {besides, isAllTokens, type Token, tokensIn} from './tokens.ts'
import {escaped} from './values.ts'
import {says, vocabulary} from './vocabulary.ts'

/** What a heading of a template asks for. */
export interface HeadingShape {
  /** `free`: nothing but a placeholder; `pattern`: a fixed part and placeholders or a number. */
  readonly kind: 'fixed' | 'pattern' | 'free'
  /** The heading, or a name for what stands there. */
  readonly heading: string
  readonly pattern: string | undefined
  /** Siblings with one key are one repeated section. */
  readonly key: string
  /** The remark behind it says so. */
  readonly mandatory: boolean
  readonly optional: boolean
  /** `FR[X].1`: what the identifiers of such headings look like. */
  readonly id: {readonly prefix: string; readonly form: string} | undefined
}

const numbered = /^(\p{L}[\p{L} ]{0,40}?) (\d{1,3})\s*(?:[:–—-])\s+\S/u
const counted = /^(\p{L}[\p{L} -]{0,60}?) (\d{1,3})$/u
const idHead =
  /^([A-Z]{1,10})(-?)((?:\[[A-Za-z]+\]|\{\{?[A-Za-z]+\}?\}|[NX]+|\d+)(?:\.(?:\[[A-Za-z]+\]|\{\{?[A-Za-z]+\}?\}|[NX]+|\d+))*)(?=\s*[:–—-]|\s|$)/u
const identifier = String.raw`-?[\w\[\]{}]+(\.[\w\[\]{}]+)*\s*(–|—|:|-)\s*.+`

/** A heading that no expression can stand for, being too long, is one of the author's. */
export function shapeOfHeading(section: Section, document: SpecDocument): HeadingShape {
  const shape = readShape(section, document)
  const fits =
    shape.heading.length <= longestHeading && (shape.pattern === undefined || problemOf(shape.pattern) === undefined)
  if (fits) return shape
  return {
    ...shape,
    kind: 'free',
    heading: shape.heading.slice(0, longestHeading),
    pattern: '.+',
    key: '*',
    id: undefined,
  }
}

const longestHeading = 300

function readShape(section: Section, document: SpecDocument): HeadingShape {
  const {heading} = section
  const raw = heading ? document.source.slice(heading.title) : ''
  const plainly = raw.replaceAll(/<!--[^>]{0,500}-->|\*\*|__|`|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '').trim()
  const hasAngle = tokensIn(plainly).some(({shape}) => shape === 'angle')
  const {text, mandatory, optional} = withoutRemark(hasAngle ? plainly : (heading?.title.text ?? ''))
  const marks = {mandatory, optional}
  const tokens = tokensIn(text)
  const id = idOf(text)
  if (text === '' || isAllTokens(text) || /\bplease\b/iu.test(text))
    return {kind: 'free', heading: nameOf(tokens), pattern: '.+', key: '*', id: undefined, ...marks}
  if (id && (tokens.length > 0 || /^[A-Z]{2,}-?\d[\d.]*\s*[:–—-]/u.test(text)))
    return {
      kind: 'pattern',
      heading: filled(text, tokens),
      pattern: `${id.prefix}${identifier}`,
      key: `id ${id.prefix}`,
      id,
      ...marks,
    }
  if (tokens.length > 0)
    return {
      kind: 'pattern',
      heading: filled(text, tokens),
      pattern: patternOf(text, tokens),
      key: keyOf(text, tokens),
      id: undefined,
      ...marks,
    }
  return {...fixed(text), id: undefined, ...marks}
}

function fixed(text: string): Pick<HeadingShape, 'kind' | 'heading' | 'pattern' | 'key'> {
  const [, label = '', number = ''] = numbered.exec(text) ?? []
  if (label !== '')
    return {
      kind: 'pattern',
      heading: text,
      pattern: `${escaped(label)} ${number}\\b.*`,
      key: headingForm(`${label} ${number}`),
    }
  const [, word = ''] = counted.exec(text) ?? []
  return {
    kind: 'fixed',
    heading: text,
    pattern: undefined,
    key: word === '' ? headingForm(text) : `${headingForm(word)} #`,
  }
}

/** `Story 1` and `Story 2`: any number of stories, with or without a name behind. */
export function countedPattern(heading: string): string | undefined {
  const [, word = ''] = counted.exec(heading) ?? []
  return word === '' ? undefined : `${escaped(word)} \\d+\\b.*`
}

function withoutRemark(text: string): {readonly text: string; readonly mandatory: boolean; readonly optional: boolean} {
  const match = /^(.*?)\s*[([]([^()[\]]{2,120})[)\]]$/u.exec(text.slice(0, 500))
  const remark = match?.[2]?.trim() ?? ''
  const mandatory = remark !== '' && says(vocabulary.optional.mandatory, remark)
  const optional = remark !== '' && !mandatory && says(vocabulary.optional.remark, remark)
  const rest = match?.[1]?.trim() ?? ''
  return (mandatory || optional) && rest !== ''
    ? {text: rest, mandatory, optional}
    : {text, mandatory: false, optional: false}
}

function idOf(text: string): HeadingShape['id'] {
  const [, prefix, dash = '', number = ''] = idHead.exec(text) ?? []
  if (prefix === undefined || isLookalike(prefix)) return undefined
  const parts = number.split('.')
  const slots = parts.map((part, index) => (index === parts.length - 1 ? '{n}' : `{${slotName(part, index)}}`))
  return {prefix, form: `${prefix}${dash}${slots.join('.')}`}
}

function slotName(part: string, index: number): string {
  const letters = part.replaceAll(/[^A-Za-z]/gu, '').toLowerCase()
  return letters === '' || letters === 'n' ? `part${'abcdefgh'[index] ?? 'z'}` : letters
}

/** The heading with words in place of what is to be filled in, for messages. */
function filled(text: string, tokens: readonly Token[]): string {
  const pieces = besides(text, tokens)
  return pieces
    .map((piece, index) => piece + (tokens[index] ? wordsOf(tokens[index].inner) : ''))
    .join('')
    .trim()
}

function wordsOf(inner: string): string {
  const words = inner
    .replaceAll(/[_]+/gu, ' ')
    .replace(/\s*[-–—,]?\s*e\.g\..*$/i, '')
    .trim()
  if (/^[A-Z]$/u.test(words) || /^[NX]+$/u.test(words)) return '1'
  return words === words.toUpperCase() ? words.charAt(0) + words.slice(1).toLowerCase() : words
}

function nameOf(tokens: readonly Token[]): string {
  const [first] = tokens
  return first ? wordsOf(first.inner).slice(0, 80) || 'Name' : 'Name'
}

/** Literal words, numbers that count, and anything where a placeholder stands. What follows in parentheses is the author's. */
function patternOf(text: string, tokens: readonly Token[]): string {
  const last = tokens.at(-1)
  const tail = last ? text.slice(last.end) : ''
  const cut = last && /^\s*[([]/u.test(tail) ? last.end : text.length
  const pieces = besides(text.slice(0, cut), tokens)
  const pattern = pieces
    .map((piece, index) => literal(piece) + (tokens[index] && index < tokens.length ? '.+' : ''))
    .join('')
    .replaceAll(/(?:\.\+(?:\\s\+)?){2,}/gu, '.+')
  return cut < text.length ? `${pattern}.*` : pattern
}

function literal(text: string): string {
  return escaped(text.replaceAll(/\s+/gu, ' '))
    .replaceAll(/\d+/gu, String.raw`\d+`)
    .replaceAll(/(?:\\s\+)?[–—:-](?=\\s|$)(?:\\s\+)?/gu, String.raw`\s*[–—:-]\s*`)
}

function keyOf(text: string, tokens: readonly Token[]): string {
  const form = headingForm(besides(text, tokens).join('*')).replaceAll(/\d+/gu, '#')
  return /[\p{L}]/u.test(form) ? form : '*'
}
