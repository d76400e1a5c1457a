const emoji = /[\p{Extended_Pictographic}\u{FE0F}\u{200D}\u{20E3}]/gu
const dashes = /[\u2010-\u2015\u2212]/gu
const quotes = /["'`\u2018\u2019\u201C\u201D«»*_]/gu
const parenthesis = /\s*[([][^()[\]]*[)\]]$/u

const mostRemembered = 20_000
const longestRemembered = 200

/** The same few names are compared with every heading, label and cell. */
function remembering(form: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (text.length > longestRemembered) return form(text)
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= mostRemembered) known.clear()
    const own = form(text)
    known.set(text, own)
    return own
  }
}

/** A heading without what people vary: case, marks, emoji, dash style, `&`, spaces, trailing punctuation. */
export const headingForm = remembering((text) =>
  text
    .normalize('NFKC')
    .replaceAll(emoji, '')
    .replaceAll(quotes, '')
    .replaceAll(dashes, '-')
    .replaceAll('&', ' and ')
    .replaceAll(/\s*\/\s*/gu, '/')
    .replaceAll(/\s*-\s*/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/(?<![\s:.,;!?#-])[\s:.,;!?#-]+$/u, '')
    .toLowerCase(),
)

/** The form without a remark at its end: `(if applicable)`, `[optional]`. */
export const bareForm = remembering((form) => {
  const bare = form.replace(parenthesis, '').trim()
  return bare === '' ? form : bare
})

/** Two headings are the same when their forms are, a remark in parentheses at the end of either set aside. */
export function sameHeading(a: string, b: string): boolean {
  const left = headingForm(a)
  const right = headingForm(b)
  return left === right || left === bareForm(right) || bareForm(left) === right
}

/** A key, label or column: case, spaces, `_`, `-`, emoji and a remark at the end set aside. */
export const keyForm = remembering((text) => {
  const form = text
    .normalize('NFKC')
    .replaceAll(emoji, '')
    .replaceAll(quotes, ' ')
    .replaceAll('&', ' and ')
    .replaceAll(/[\s\u2010-\u2015-]+/gu, ' ')
    .trim()
    .replace(/\s*[:：]$/u, '')
    .toLowerCase()
  return bareForm(form)
})

/** The words of a text that carry meaning. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => word.length > 2 || /\d/u.test(word))
}
