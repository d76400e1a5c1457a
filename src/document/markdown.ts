import type {Root} from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'

const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).freeze()

/** So many quotes in quotes take the parser minutes before it gives up. */
const deepest = /^(?:[ \t]?>){5000}/mu

/** Parses CommonMark with GFM and front matter. A byte order mark must have been cut off. */
export function parseMarkdown(text: string): Root {
  if (deepest.test(text)) throw new RangeError('The text is nested too deeply')
  return processor.parse(text)
}
