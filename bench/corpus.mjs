/** Documents for measurements: real ones of a folder, or as many as one likes made from the clean fixtures. */
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const types = join(import.meta.dirname, '../fixtures/types')

const originals = readdirSync(types).flatMap((type) =>
  readdirSync(join(types, type))
    .filter((name) => /^clean.*\.md$/u.test(name))
    .map((name) => ({type, name, text: readFileSync(join(types, type, name), 'utf8')})),
)

/** A document by its number. Names differ from one to the next, so that nothing that is remembered of one serves another. */
export function documentAt(index) {
  const {type, text} = originals[index % originals.length]
  const own = Math.floor(index / originals.length)
  const linked = text.replaceAll(/\]\((?:\.\/|\.\.\/([a-z-]+)\/)(clean[^)#]*\.md)/gu, (link, folder, name) => {
    const at = originals.findIndex((one) => one.type === (folder ?? type) && one.name === name)
    return at < 0 ? link : `](../${folder ?? type}/${fileName(own * originals.length + at)}`
  })
  if (own === 0) return {type, text: linked}
  const slug = /Track ID:?\*\*:? (\S+)/u.exec(text)?.[1] ?? 'DM-000'
  const numbered = linked
    .replaceAll(slug, `${slug}-${own}`)
    .replaceAll(/\b(DM-)\d{3}\b|^(# )\d+(?= –)/gmu, (_, kind, title) => (kind ?? title) + (1000 + index))
  return {type, text: numbered.replaceAll(ownName, (name) => `${name}_${own}`)}
}

function fileName(index) {
  return `${String(index).padStart(5, '0')}.md`
}

/** What a document calls its own: neither what the database has by itself nor the columns that each table has. */
const ownName =
  /\b(?!(?:created|updated|deleted)_at\b|last_updated\b|prd_version\b|current_(?:user|setting)\b|gen_random_uuid\b)[a-z]+(?:_[a-z]+)+\b/gu

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
      writeFileSync(join(docs, type, fileName(index)), text)
    }
  return filesIn(docs)
}

export function filesIn(folder) {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted()
}
