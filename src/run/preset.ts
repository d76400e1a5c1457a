import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import type {Preset} from 'unified'
import specLint from './remark.ts'

/** remark preset: front matter, GFM and spec-lint. */
const preset: Preset = {plugins: [remarkFrontmatter, remarkGfm, specLint]}

export default preset
