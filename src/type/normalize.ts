const emoji = /[\p{Extended_Pictographic}\u{FE0F}\u{200D}\u{20E3}]/gu
const dashes = /[\u2010-\u2015\u2212]/gu
const quotes = /["'`\u2018\u2019\u201C\u201D«»*_]/gu
const parenthesis = /\s*[([][^()[\]]*[)\]]$/u

/** A heading without what people vary: case, marks, emoji, dash style, `&`, spaces, trailing punctuation. */
export function headingForm(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(emoji, '')
    .replaceAll(quotes, '')
    .replaceAll(dashes, '-')
    .replaceAll('&', ' and ')
    .replaceAll(/\s*\/\s*/gu, '/')
    .replaceAll(/\s*-\s*/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/[\s:.,;!?#-]+$/u, '')
    .toLowerCase()
}

/** The form without a remark at its end: `(if applicable)`, `[optional]`. */
export function bareForm(form: string): string {
  const bare = form.replace(parenthesis, '').trim()
  return bare === '' ? form : bare
}

/** Two headings are the same when their forms are, a remark in parentheses at the end of either set aside. */
export function sameHeading(a: string, b: string): boolean {
  const left = headingForm(a)
  const right = headingForm(b)
  return left === right || left === bareForm(right) || bareForm(left) === right
}

/** A key, label or column: case, spaces, `_`, `-`, emoji and a remark at the end set aside. */
export function keyForm(text: string): string {
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
}

/** The words of a text that carry meaning. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => word.length > 2 || /\d/u.test(word))
}
