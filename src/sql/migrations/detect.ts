import type {MigrationToolName} from './tools.ts'

/** What shows which tool keeps a folder. */
export interface FolderSigns {
  /** Of the folder, from the root of the project, with `/`. */
  readonly folder: string
  /** Relative to the folder, with `/`. */
  readonly paths: readonly string[]
  /** The beginning of some file of it. */
  readonly sample: string
}

/** The tool that a folder of migrations shows; `undefined` where several would do as well. */
export function detectTool({folder, paths, sample}: FolderSigns): MigrationToolName | undefined {
  const bases = paths.map((path) => path.slice(path.lastIndexOf('/') + 1))
  const has = (pattern: RegExp): boolean => paths.some((path) => pattern.test(path))
  const most = (pattern: RegExp): boolean =>
    bases.length > 0 && bases.filter((base) => pattern.test(base)).length * 2 > bases.length
  if (has(/^migration_lock\.toml$/u)) return 'prisma'
  if (has(/^meta\/_journal\.json$/u)) return 'drizzle'
  if (has(/^atlas\.sum$/u)) return 'atlas'
  if (/(?:^|\/)supabase\/migrations$/u.test(folder)) return 'supabase'
  if (has(/(?:^|\/)[VURB]\d*(?:[._]\d+)*__[^/]+\.(?:sql|java|kt)$/u)) return 'flyway'
  if (/^--[ \t]*\+goose\b/im.test(sample)) return 'goose'
  if (/^--[ \t]*migrate:(?:up|down)\b/im.test(sample)) return 'dbmate'
  if (/^--[ \t]*(?:liquibase formatted sql|changeset[ \t])|databaseChangeLog/im.test(sample)) return 'liquibase'
  if (has(/(?:^|\/)\d{14}_[^/]+\/migration\.sql$/u))
    return /(?:^|\/)drizzle(?:\/|$)/u.test(folder) ? 'drizzle' : 'prisma'
  if (has(/(?:^|\/)\d+_[^/]+\.up\.sql$/u) && has(/\.down\.sql$/u)) return 'golang-migrate'
  if (most(/^\d{14}_\w+\.rb$/u)) return 'rails'
  if (/\bop\.\w+\(|\bdown_revision\b/u.test(sample)) return 'alembic'
  if (/\bmigrations\.Migration\b/u.test(sample) || (most(/\.py$/u) && has(/^\d{4}_\w+\.py$/u))) return 'django'
  if (most(/^\d{13}-\w[\w-]*\.[cm]?[jt]s$/u)) return 'typeorm'
  if (most(/^\d{14}-[\w-]+\.[cm]?[jt]s$/u)) return 'sequelize'
  if (most(/^\d{14}_\w+\.[cm]?[jt]s$/u)) return 'knex'
  return undefined
}
