import type {SpecDocument} from '../document/types.ts'
import {keyForm} from '../type/normalize.ts'
import {problemOf} from '../type/regex.ts'
import type {Key} from './metadata.ts'
import {besides, type Token, tokensIn} from './tokens.ts'
import {claim, object, plain, seen, told} from './told.ts'
import type {Map, Told} from './types.ts'
import {escaped} from './values.ts'

const dash = '\\s*[–—:-]\\s*'

export interface TitlePart {
  readonly told: Told<Map | undefined>
  /** RE2 over the H1 that tells documents of the type, if its fixed part does. */
  readonly signal: string | undefined
  readonly identity: Told<Map | undefined>
}

/** What the first heading of a template says of those of documents: its fixed part, and what is filled in. */
export function titleOf(document: SpecDocument, keys: readonly Key[]): TitlePart {
  const {title} = document
  const none = {told: told(undefined), signal: undefined, identity: told(undefined)}
  if (!title || document.headings.filter(({depth}) => depth === 1).length > 1) return none
  const written = document.source
    .slice({start: title.number?.start ?? title.title.start, end: title.title.end})
    .replaceAll(/\*\*|__|<!--[^>]*-->/gu, '')
    .trim()
  const tokens = withWords(written)
  const fixed = besides(written, tokens).join('')
  const evidence = seen(document, title)
  const sameAs = sameKey(written, tokens, keys)
  const letters = /\p{L}{2}/u.test(fixed)
  const number = tokens.find((token) => isNumber(token))
  if (tokens.length === 0 || (!letters && !number)) {
    const doubt = 'The first heading has no fixed part that the template marks; any title will do.'
    const free = claim(
      'any title',
      tokens.length === 0 ? 'guessed' : 'shown',
      evidence,
      tokens.length === 0 ? {doubt} : {},
    )
    return {...none, told: object({example: told(exampleOf(written, tokens), free), sameAs: plain(sameAs)})}
  }
  const pattern = patternOf(written, tokens)
  if (problemOf(pattern) !== undefined) return none
  return {
    told: object({
      pattern: told(pattern, claim(`a title such as \`${exampleOf(written, tokens)}\``, 'shown', evidence)),
      example: plain(exampleOf(written, tokens)),
      sameAs: plain(sameAs),
    }),
    signal: letters ? signalOf(written, tokens) : undefined,
    identity: number
      ? object({
          title: told(
            identityOf(written, tokens),
            claim('its number is one of a kind', 'guessed', evidence, {
              doubt: 'Two documents with one number are taken for a mistake.',
            }),
          ),
        })
      : told(undefined),
  }
}

/** `KEP-NNNN: Your short, descriptive title`: the words behind the number are to be filled in, too. */
function withWords(written: string): readonly Token[] {
  const tokens = tokensIn(written)
  const last = tokens.at(-1)
  const from = last ? last.end : 0
  const match = /^\W*(?=(?:your|the|an?|short|descriptive)\b.*\b(?:title|name|summary)$|(?:title|name)$)/i.exec(
    written.slice(from, from + 200),
  )
  if (!last || !match || written.length > from + 200) return tokens
  const start = from + match[0].length
  return [...tokens, {start, end: written.length, inner: written.slice(start), shape: 'word'}]
}

function isNumber({inner, shape}: Token): boolean {
  return (shape === 'word' && /^[NX#]+$/i.test(inner)) || /\bnumber\b|\bNNN+\b|^#+$/i.test(inner)
}

function patternOf(written: string, tokens: readonly Token[]): string {
  const pieces = besides(written, tokens)
  const parts = pieces.flatMap((piece, index) => {
    const token = tokens[index]
    return token ? [literal(piece), isNumber(token) ? '\\S*?\\d\\S*?' : '\\S.*?'] : [literal(piece)]
  })
  const joined = parts.join('').replaceAll(/(?:\\S\.\*\?(?:\\s\+|\\s\*)?){2,}/gu, '\\S.*?')
  return `^${joined.replace(/\.\*\?$/u, '')}`.replace(/(.)$/u, (last) =>
    pieces.at(-1)?.trim() === '' ? last : `${last}$`,
  )
}

function literal(text: string): string {
  return text
    .split(/\s*([–—:-])\s+|\s+([–—-])\s*/u)
    .map((part: string | undefined, index) => (index % 3 === 0 ? escaped(part ?? '') : part === undefined ? '' : dash))
    .join('')
}

/** The first fixed words, at the beginning or at the end. */
function signalOf(written: string, tokens: readonly Token[]): string | undefined {
  const pieces = besides(written, tokens)
  const [head = ''] = pieces
  const tail = pieces.at(-1) ?? ''
  const words = (text: string): string => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if (words(head).length > 1) return `^${escaped(words(head))}\\b`
  return words(tail).length > 1 ? `\\b${escaped(words(tail))}$` : undefined
}

/** The number with what stands before it. */
function identityOf(written: string, tokens: readonly Token[]): string {
  const at = tokens.findIndex((token) => isNumber(token))
  const before = besides(written, tokens)
    .slice(0, at + 1)
    .join('')
  return `^\\s*(${escaped(before.trim())}\\s*(?:[A-Z]+[-\\s]?)?\\d+)`
}

function exampleOf(written: string, tokens: readonly Token[]): string {
  const pieces = besides(written, tokens)
  const filled = pieces.map((piece, index) => {
    const token = tokens[index]
    return token ? `${piece}${isNumber(token) ? '12' : wordsOf(token)}` : piece
  })
  return `# ${filled.join('').trim() || 'Title'}`
}

function wordsOf({inner}: Token): string {
  const words = inner.replaceAll(/[_-]+/gu, ' ').trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1, 60)
}

/** The key whose value in the template is the title, or the one thing in it that is to be filled in. */
function sameKey(written: string, tokens: readonly Token[], keys: readonly Key[]): string | undefined {
  const plainly = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim().toLowerCase()
  const own = tokens.map(({start, end}) => plainly(written.slice(start, end)))
  return keys.find(({name, entry: {raw}}) => {
    const value = plainly(raw)
    if (value === '' || tokensIn(raw).length === 0) return false
    return (
      value === plainly(written) || (own.length === 1 && own[0] === value && !/^(?:owner|author)/u.test(keyForm(name)))
    )
  })?.name
}
