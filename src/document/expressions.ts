import {written} from './written-expressions.ts'

/**
 * Regular expressions that are cheap to compile.
 *
 * V8 compiles an expression up to three times, each time it turns to another kind of code or of text, and writes every range of
 * `\p{L}` (there are some 660) out where it stands, twice as many where case is ignored. A program that starts for one document
 * spends more on that than on its rules. Here `\p{L}` and `\p{N}` stand for few wide ranges, and case is written into the letters.
 */

// Whole blocks of scripts, with their marks and digits, without what separates words in them.
const scripts = String.raw`\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u02c1\u02c6-\u02d1\u02e0-\u02e4\u02ec\u02ee\u0300-\u037d\u037f-\u0386\u0388-\u0559\u0560-\u0588\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u06d3\u06d5-\u0963\u0966-\u1fff\u2071\u207f\u2090-\u209c\u2102-\u2188\u2c00-\u2dff\u2e2f\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\ud7ff\uf900-\ufd3d\ufd40-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\u{10000}-\u{1efff}\u{20000}-\u{323af}`
const letters = `A-Za-z${scripts}`
const numbers = String.raw`0-9\xb2\xb3\xb9\xbc-\xbe\u2070-\u2079\u2080-\u2089\u2150-\u2189\u2460-\u249b`

const tokens =
  /\\p\{L\}|\\p\{N\}|\\[pPuk](?:\{[^{}]*\}|<\w+>)|\\u[\da-f]{4}|\\x[\da-f]{2}|\\[\s\S]|\(\?(?:<\w+>|<?[=!]|:)|\[|\]|[A-Za-z]-[A-Za-z]|[A-Za-z]/giu

/** A template that makes an expression of its text; what stands in it is part of the expression. */
export function expression(flags: string): (texts: TemplateStringsArray, ...parts: readonly string[]) => RegExp {
  return (texts, ...parts) => new RegExp(cheapened(String.raw(texts, ...parts), flags), flags.replace('i', ''))
}

/** What stands for the long ranges in what was written out. */
const [someLetters, someNumbers] = ['\u{1}', '\u{2}']
const known = new Map(written)

/** All that was written out since this module was loaded, by the flags and the text. */
export const sources = new Map<string, string>()

/** To write them out takes a twentieth of a short run: most were when the package was built. */
function cheapened(text: string, flags: string): string {
  const asked = `${flags} ${text}`
  const short = known.get(asked)
  if (short !== undefined) return short.replaceAll(someLetters, letters).replaceAll(someNumbers, numbers)
  const source = cheap(text, flags)
  sources.set(asked, source.replaceAll(letters, someLetters).replaceAll(numbers, someNumbers))
  return source
}

function cheap(source: string, flags: string): string {
  const ignoresCase = flags.includes('i')
  let isInClass = false
  return source.replaceAll(tokens, (token) => {
    if (token === '[' || token === ']') isInClass = token === '['
    if (token === String.raw`\p{L}`) return isInClass ? letters : `[${letters}]`
    if (token === String.raw`\p{N}`) return isInClass ? numbers : `[${numbers}]`
    if (!ignoresCase || !/^[A-Za-z]/u.test(token)) return token
    // `a-z` is a range in a class alone.
    return isInClass ? inAnyCase(token) : token.replaceAll(/[a-z]/giu, (letter) => `[${inAnyCase(letter)}]`)
  })
}

function inAnyCase(text: string): string {
  return text.toLowerCase() + text.toUpperCase()
}
