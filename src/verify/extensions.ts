/** The extensions of PostgreSQL that a document may ask for, and the module of PGlite that brings each. No other is loaded. */
const modules: Readonly<Record<string, string>> = {
  bloom: 'bloom',
  btree_gin: 'btree_gin',
  btree_gist: 'btree_gist',
  citext: 'citext',
  cube: 'cube',
  earthdistance: 'earthdistance',
  fuzzystrmatch: 'fuzzystrmatch',
  hstore: 'hstore',
  intarray: 'intarray',
  isn: 'isn',
  ltree: 'ltree',
  moddatetime: 'moddatetime',
  pg_trgm: 'pg_trgm',
  pgcrypto: 'pgcrypto',
  seg: 'seg',
  tablefunc: 'tablefunc',
  unaccent: 'unaccent',
  'uuid-ossp': 'uuid_ossp',
}

const byName = new Map(Object.entries(modules))

const extensionNames: readonly string[] = [...byName.keys()]

/** The module of an extension; `undefined` for one that is not on the list. */
export function extensionModule(name: string): string | undefined {
  return byName.get(name.toLowerCase())
}

/** Extensions of the list that SQL names, with those that they build on. */
export function extensionsIn(sql: readonly string[]): readonly string[] {
  const text = sql.join('\n').toLowerCase()
  if (!/\bextension\b/u.test(text)) return []
  const named = extensionNames.filter((name) => text.includes(name))
  return named.includes('earthdistance') && !named.includes('cube') ? [...named, 'cube'] : named
}
