import type {Dialect} from '../model.ts'

/** A migration as it lies in its folder. */
interface MigrationFile {
  /** Relative to the folder, with `/`: `20260331093000_add_orders/migration.sql`. */
  readonly path: string
  /** As a document would name it: without direction, ending and directory; of `migration.sql` it is the directory. */
  readonly name: string
}

interface Parsed extends MigrationFile {
  readonly back: boolean
  readonly variant: string | undefined
  /** What all variants and directions of one migration share. */
  readonly common: string
}

const variants: Readonly<Record<string, Dialect | 'other'>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  pg: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  mssql: 'mssql',
  sqlserver: 'mssql',
  cockroach: 'other',
  cockroachdb: 'other',
  oracle: 'other',
  h2: 'other',
}
const order: readonly Dialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql']

export interface Forward {
  /** In the order in which they run; without those of the way back and of other dialects. */
  readonly files: readonly MigrationFile[]
  /** The dialect whose variants these are, where the names tell variants apart. */
  readonly dialect: Dialect | undefined
}

/** The SQL files of a folder that run forward. `paths` are relative to the folder, with `/`. */
export function forwardFiles(paths: readonly string[], wanted: Dialect | undefined): Forward {
  const all = paths.filter((path) => /\.sql$/i.test(path)).map((path) => parsed(path))
  const forward = all.filter(({back}) => !back)
  const present = new Set(forward.flatMap(({variant}) => (variant === undefined ? [] : (variants[variant] ?? []))))
  if (present.size === 0) return {files: sorted(forward), dialect: undefined}
  const dialect = wanted ?? order.find((one) => present.has(one))
  const exact = forward.filter(({variant}) => variant !== undefined && variants[variant] === dialect)
  const covered = new Set(exact.map(({common}) => common))
  const general = forward.filter(({variant, common}) => variant === undefined && !covered.has(common))
  return {files: sorted([...exact, ...general]), dialect}
}

/** The name that stands for a path of a migration, however much of it is written: stem, file, path, directory. */
export function migrationName(path: string): string {
  return parsed(path.replace(/\/+$/u, '')).name
}

function parsed(path: string): Parsed {
  const parts = path.split('/')
  const base = parts.at(-1) ?? path
  const folder = parts.at(-2)
  const isInFolder = /^(?:migration|up|down)\.sql$/i.test(base) && folder !== undefined
  const stem = isInFolder ? folder : base.replace(/\.(?:sql|py|rb|go|[cm]?[jt]s|xml|ya?ml|json)$/i, '')
  const words = stem.split('.')
  const variant = [...words.slice(1), ...parts.slice(0, -1)].findLast((word) =>
    Object.hasOwn(variants, word.toLowerCase()),
  )
  const kept = words.filter(
    (word, index) =>
      index === 0 ||
      !(Object.hasOwn(variants, word.toLowerCase()) || /^(?:up|down|undo|rollback|revert|autocommit|all)$/i.test(word)),
  )
  const name = kept.join('.')
  return {
    path,
    name,
    back:
      words.slice(1).some((word) => /^(?:down|undo|rollback|revert)$/i.test(word)) ||
      /^down\.sql$/i.test(base) ||
      /^U\d+(?:[._]\d+)*__/u.test(base) ||
      /_(?:down|rollback|undo)$/i.test(name) ||
      parts.slice(0, -1).some((part) => /^(?:down|undo|rollbacks?|revert)$/i.test(part)),
    variant: variant?.toLowerCase(),
    common: name,
  }
}

/** By number as tools run them, `V2` before `V10`; what has no number comes last, `R__` after all. */
function sorted(files: readonly Parsed[]): readonly MigrationFile[] {
  const keyed = files.map(({path, name}) => ({path, name, key: keyOf(name)}))
  return keyed
    .toSorted((a, b) => compareKeys(a.key, b.key) || compare(a.name, b.name) || compare(a.path, b.path))
    .map(({path, name}) => ({path, name}))
}

function keyOf(name: string): readonly string[] {
  const [, version] = /^(?:[VB]|v|migration_)?(\d+(?:[._]\d+(?![\dA-Za-z]))*)/u.exec(name) ?? []
  return version === undefined ? [] : version.split(/[._]/u).map((part) => part.replace(/^0+(?=\d)/u, ''))
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left = '', right = ''] = [a[index], b[index]]
    // Without leading zeros the longer one is the greater one; numbers may be longer than is safe.
    const difference = left.length - right.length || compare(left, right)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
