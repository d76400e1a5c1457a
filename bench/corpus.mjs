/** Documents for measurements: real ones of a folder, or as many as one likes made from the clean fixtures. */
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const types = join(import.meta.dirname, '../fixtures/types')

const originals = readdirSync(types).flatMap((type) =>
  readdirSync(join(types, type))
    .filter((name) => /^clean.*\.md$/u.test(name))
    .map((name) => ({type, text: readFileSync(join(types, type, name), 'utf8')})),
)

/** A document by its number. Names differ from one to the next, so that nothing that is remembered of one serves another. */
export function documentAt(index) {
  const {type, text} = originals[index % originals.length]
  const own = Math.floor(index / originals.length)
  return {type, text: own === 0 ? text : text.replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/gu, (name) => `${name}_${own}`)}
}

/** Makes `docs` in a folder anew: `count` documents, or those of another folder. */
export function corpusIn(folder, {count, from}) {
  const docs = join(folder, 'docs')
  rmSync(docs, {recursive: true, force: true})
  mkdirSync(docs, {recursive: true})
  if (from !== undefined)
    cpSync(from, docs, {recursive: true, filter: (path) => !/(?:^|\/)(?:\.git|node_modules)(?:\/|$)/u.test(path)})
  else
    for (let index = 0; index < count; index += 1) {
      const {type, text} = documentAt(index)
      mkdirSync(join(docs, type), {recursive: true})
      writeFileSync(join(docs, type, `${String(index).padStart(5, '0')}.md`), text)
    }
  return filesIn(docs)
}

export function filesIn(folder) {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted()
}
