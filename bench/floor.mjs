/** What nobody can be faster than: `read FOLDER` reads and hashes its Markdown files, `parse FOLDER` makes the bare tree of each. */
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {filesIn} from './corpus.mjs'

const [, , what, folder] = process.argv
const texts = filesIn(folder).map((path) => readFileSync(path, 'utf8'))
if (what === 'read') for (const text of texts) createHash('sha256').update(text).digest('hex')
else {
  const {unified} = await import('unified')
  const parser = unified()
  for (const name of ['remark-parse', 'remark-frontmatter', 'remark-gfm']) parser.use((await import(name)).default)
  for (const text of texts) parser.parse(text)
}
