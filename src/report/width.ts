const wide =
  /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]/u
const none = /\p{Mark}|[\uFE00-\uFE0F]/u
// To make one takes as long as to start half of Node.js.
let segmenter: Intl.Segmenter | undefined

/** Columns that a text takes on a terminal: two for wide characters, none for combining ones. */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length
  segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'})
  let width = 0
  for (const {segment} of segmenter.segment(text)) {
    const [first = ''] = segment
    if (none.test(first)) continue
    width += wide.test(segment) && !/^[\d#*©®™↔↕▪▫◼✔✖]/u.test(segment) ? 2 : 1
  }
  return width
}
