import type {Root} from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'

const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).freeze()

/** So many quotes, lists and footnotes in each other take the parser minutes, and then the stack. */
const deepest = /^(?:[ \t]{0,9}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\s\]]{1,99}\]:)){500}/mu

/** Parses CommonMark with GFM and front matter. A byte order mark must have been cut off. */
export function parseMarkdown(text: string): Root {
  if (deepest.test(text)) throw new RangeError('The text is nested too deeply')
  return processor.parse(text)
}
