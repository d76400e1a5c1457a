/** A piece of a text that is to be filled in: `[Name]`, `{{NAME}}`, `{name}`, `<name>`, `NNNN`, `YYYY-MM-DD`. */
export interface Token {
  readonly start: number
  readonly end: number
  /** Without its brackets. */
  readonly inner: string
  readonly shape: 'bracket' | 'brace' | 'angle' | 'word'
}

const closers: {readonly [open: string]: string} = {'[': ']', '{': '}', '<': '>'}
const word =
  /(?<![\p{L}\p{N}_])(?:N{3,}|X{2,}|#{2,}|YYYY[-/.]?MM[-/.]?DD(?:HHMMSS)?|DD[/.]MM[/.]YYYY|MM\/DD\/YYYY)(?![\p{L}\p{N}])/giu
const elements =
  /^\/?(?:a|b|br|code|div|em|hr|i|img|kbd|p|pre|s|span|strong|sub|sup|table|td|th|tr|u|ul|ol|li)(?:\s|\/|$)|^!--|^https?:|^[\w.+-]+@/i

/** The outermost tokens of a text, in order. Linear: each character is looked at once for each kind of bracket. */
export function tokensIn(text: string): readonly Token[] {
  const found = bracketed(text)
  const words = [...text.matchAll(word)].map((match): Token => {
    const {index} = match
    return {start: index, end: index + match[0].length, inner: match[0], shape: 'word'}
  })
  const free = words.filter(({start, end}) => !found.some((token) => token.start < end && token.end > start))
  return [...found, ...free].toSorted((a, b) => a.start - b.start)
}

function bracketed(text: string): readonly Token[] {
  const open: {readonly at: number; readonly closer: string}[] = []
  const found: Token[] = []
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? ''
    if (letter === '\n' && text[at + 1] === '\n') open.length = 0
    const closer = closers[letter]
    if (closer !== undefined) open.push({at, closer})
    else if (letter === ']' || letter === '}' || letter === '>') {
      const last = open.at(-1)
      if (last?.closer !== letter) continue
      open.pop()
      if (isToken(text, last.at, at)) add(found, text, last.at, at + 1)
    }
  }
  return found
}

/** A check box, a link, a footnote, an element of HTML, an arrow: none. */
function isToken(text: string, start: number, end: number): boolean {
  const inner = text.slice(start + 1, end)
  const next = text[end + 1]
  if (inner.trim() === '' || inner.length > 2000) return false
  switch (text[start]) {
    case '[':
      return (
        !/^[ xX]$/u.test(inner) &&
        next !== '(' &&
        !inner.startsWith('^') &&
        !(next === '[' && text[end + 2] !== undefined)
      )
    case '<':
      return /^\p{L}/u.test(inner) && !elements.test(inner)
    default:
      return /[\p{L}\p{N}]/u.test(inner)
  }
}

/** An outer token swallows those within. */
function add(found: Token[], text: string, start: number, end: number): void {
  while ((found.at(-1)?.start ?? -1) >= start) found.pop()
  const shape = text[start] === '[' ? 'bracket' : text[start] === '<' ? 'angle' : 'brace'
  const inner = text
    .slice(start, end)
    .replace(/^[[{<]{1,2}/u, '')
    .replace(/[\]}>]{1,2}$/u, '')
  found.push({start, end, inner: inner.trim(), shape})
}

/** What stands between the tokens of a text. */
export function besides(text: string, tokens = tokensIn(text)): readonly string[] {
  const cuts = [0, ...tokens.flatMap(({start, end}) => [start, end]), text.length]
  return cuts.flatMap((cut, index) => (index % 2 === 0 ? [text.slice(cut, cuts[index + 1])] : []))
}

/** Nothing but tokens and marks. */
export function isAllTokens(text: string): boolean {
  const tokens = tokensIn(text)
  return tokens.length > 0 && !/[\p{L}\p{N}]/u.test(besides(text, tokens).join(''))
}

export function holdsToken(text: string): boolean {
  return tokensIn(text).length > 0
}
