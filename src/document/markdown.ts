import type {Root} from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'

const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).freeze()

/** Parses CommonMark with GFM and front matter. A byte order mark must have been cut off. */
export function parseMarkdown(text: string): Root {
  return processor.parse(text)
}
