import {remembered} from '../document/remembered.ts'

/** What extensions of PostgreSQL bring: functions, types, operator classes. */
const brought: Readonly<Record<string, string>> = {
  'uuid-ossp': 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil',
  pgcrypto:
    'crypt gen_salt digest hmac gen_random_bytes pgp_sym_encrypt pgp_sym_decrypt pgp_pub_encrypt pgp_pub_decrypt armor dearmor',
  citext: 'citext',
  hstore: 'hstore akeys avals skeys svals',
  ltree: 'ltree lquery ltxtquery nlevel subpath subltree lca text2ltree ltree2text',
  vector: 'vector halfvec sparsevec cosine_distance l2_distance inner_product',
  postgis:
    'geometry geography st_makepoint st_setsrid st_distance st_dwithin st_intersects st_contains st_geomfromtext',
  pg_trgm: 'similarity word_similarity strict_word_similarity show_trgm gin_trgm_ops gist_trgm_ops',
  unaccent: 'unaccent',
  cube: 'cube cube_distance',
  earthdistance: 'll_to_earth earth_distance earth_box',
  fuzzystrmatch: 'levenshtein soundex metaphone dmetaphone',
  intarray: 'idx sort_asc sort_desc uniq',
  moddatetime: 'moddatetime',
  pg_uuidv7: 'uuid_generate_v7',
}

const extensions = new Map(
  Object.entries(brought).flatMap(([extension, names]) => names.split(' ').map((name) => [name, extension] as const)),
)

/** The extension that a function or type comes with. */
export function extensionOf(name: string): string | undefined {
  return extensions.get(name.toLowerCase())
}

const call = /(?<![\w."])([a-z_]\w*)(?=\s*\()/giu
const typeWord =
  /(?<=[\w")]\s{1,30}|::\s{0,9})(?:citext|hstore|ltree|geometry|geography|vector|halfvec)\b(?!\s*[.=])/giu
const trigrams = /\bgi(?:n|st)_trgm_ops\b/iu
const distances = /\b(?:vector|halfvec|sparsevec)_(?:l2|ip|cosine|l1)_ops\b/iu
/** A GiST index compares scalars for equality by operators of their own. */
const exclusion = /\bEXCLUDE\s+USING\s+gist\s*\([^;]{0,400}?\bWITH\s+=(?!\w)/iu

/** The extensions without which PostgreSQL refuses a statement, or may: each once. */
export const extensionsUsed = remembered((text): readonly string[] => {
  const plain = text.replaceAll(/--[^\n]*|'(?:[^']|'')*'/gu, ' ')
  if (/^\s*CREATE\s+EXTENSION\b|\$\w*\$/iu.test(plain)) return []
  const words = [...plain.matchAll(call), ...plain.matchAll(typeWord)].flatMap(([word]) => extensionOf(word) ?? [])
  return [
    ...new Set([
      ...words,
      ...(trigrams.test(plain) ? ['pg_trgm'] : []),
      ...(distances.test(plain) ? ['vector'] : []),
      ...(exclusion.test(plain) ? ['btree_gist'] : []),
    ]),
  ]
})
