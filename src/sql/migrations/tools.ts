/** The migration tools that are known: how they name migrations, where they keep them, how the way back is told apart. */

/**
 * Where the way back of a migration stands: in a file of its own (`x.down.sql`, `U1__x.sql`), below a mark in the same file
 * (`-- migrate:down`), in the same file as code (`def downgrade`), in lines of comment (`--rollback DROP …`), or nowhere.
 */
type WayBack = 'files' | 'marks' | 'code' | 'comments' | 'none'

export interface MigrationTool {
  readonly title: string
  /** The whole name, without directory, direction and ending. A first group is the moment. */
  readonly pattern: RegExp
  readonly example: string
  /** A word in a document that shows that the tool is used. */
  readonly word: RegExp
  /** Where it keeps migrations by default, from the root of a project. */
  readonly folders: readonly string[]
  /** A migration is a directory with a `migration.sql`, not a file. */
  readonly directories: boolean
  /** Of files, with the dot; the direction comes before it. */
  readonly endings: readonly string[]
  readonly back: WayBack
  /** Its own tables: they exist without being made by a migration. */
  readonly own: RegExp
}

const snake = '[a-z0-9]+(?:_[a-z0-9]+)*'
const stamped = new RegExp(`^(\\d{14})_${snake}$`, 'u')
const sql = {directories: false, endings: ['.sql']}

export const migrationTools = {
  // `prisma migrate dev` makes `{timestamp}_{name}/migration.sql`; down migrations are SQL that one generates on demand.
  prisma: {
    title: 'Prisma',
    pattern: stamped,
    example: '20260331093000_add_orders',
    word: /\bprisma\b/i,
    folders: ['prisma/migrations'],
    directories: true,
    endings: ['.sql'],
    back: 'none',
    own: /^_prisma_migrations$/u,
  },
  // Active Record's MigrationFilenameRegexp; `rails generate migration` writes fourteen digits.
  rails: {
    title: 'Rails',
    pattern: stamped,
    example: '20260331093000_create_orders.rb',
    word: /\brails\b|\bactiverecord\b/i,
    folders: ['db/migrate'],
    directories: false,
    endings: ['.rb'],
    back: 'code',
    own: /^(?:schema_migrations|ar_internal_metadata)$/u,
  },
  django: {
    title: 'Django',
    pattern: /^\d{4}_\w+$/u,
    example: '0012_create_orders.py',
    word: /\bdjango\b|\bmanage\.py\b|\bmakemigrations\b/i,
    folders: ['migrations'],
    directories: false,
    endings: ['.py'],
    back: 'code',
    own: /^django_migrations$/u,
  },
  // The default of `file_template` is `%(rev)s_%(slug)s`; dates before it are common.
  alembic: {
    title: 'Alembic',
    pattern: /^(?:[0-9a-f]{8,16}|\d{4}(?:_\d{2}_\d{2}_\d{4})?|\d{14})[_-]\w+$/u,
    example: 'ae1027a6acf0_create_orders.py',
    word: /\balembic\b/i,
    folders: ['alembic/versions', 'migrations/versions'],
    directories: false,
    endings: ['.py'],
    back: 'code',
    own: /^alembic_version$/u,
  },
  // Versioned `V`, undo `U`, baseline `B`, repeatable `R`; two underscores before the description.
  flyway: {
    title: 'Flyway',
    pattern: /^(?:[VUB]\d+(?:[._]\d+)*|R)__\w+$/u,
    example: 'V12__create_orders.sql',
    word: /\bflyway\b/i,
    folders: ['src/main/resources/db/migration', 'db/migration'],
    ...sql,
    back: 'files',
    own: /^flyway_schema_history$/u,
  },
  // Any name is legal; formatted SQL has `--changeset author:id` and `--rollback` lines.
  liquibase: {
    title: 'Liquibase',
    pattern: /^[\w.-]+$/u,
    example: 'changelog-1.2.xml',
    word: /\bliquibase\b/i,
    folders: ['src/main/resources/db/changelog', 'db/changelog'],
    directories: false,
    endings: ['.sql', '.xml', '.yaml', '.yml', '.json'],
    back: 'comments',
    own: /^databasechangelog(?:lock)?$/u,
  },
  // `{version}_{title}.up.{extension}` and `.down.`; the version is any unsigned integer.
  'golang-migrate': {
    title: 'golang-migrate',
    pattern: /^\d+_\w+$/u,
    example: '000012_create_orders.up.sql',
    word: /\bgolang-migrate\b|\bmigrate create\b/i,
    folders: ['db/migrations', 'migrations'],
    ...sql,
    back: 'files',
    own: /^schema_migrations$/u,
  },
  goose: {
    title: 'goose',
    pattern: /^(?:\d{14}|\d{3,5})_\w+$/u,
    example: '20260331093000_create_orders.sql',
    word: /\bgoose\b/i,
    folders: ['migrations', 'db/migrations'],
    directories: false,
    endings: ['.sql', '.go'],
    back: 'marks',
    own: /^goose_db_version$/u,
  },
  dbmate: {
    title: 'dbmate',
    pattern: stamped,
    example: '20260331093000_create_orders.sql',
    word: /\bdbmate\b/i,
    folders: ['db/migrations'],
    ...sql,
    back: 'marks',
    own: /^schema_migrations$/u,
  },
  // Simple `.sql`, or a pair of `.up.sql` and `.down.sql`; a moment, or a number in sequence.
  sqlx: {
    title: 'sqlx',
    pattern: /^(?:\d{14}|\d{4})_\w+$/u,
    example: '20260331093000_create_orders.sql',
    word: /\bsqlx\b/i,
    folders: ['migrations'],
    ...sql,
    back: 'files',
    own: /^_sqlx_migrations$/u,
  },
  knex: {
    title: 'Knex',
    pattern: /^(\d{14})_\w+$/u,
    example: '20260331093000_create_orders.js',
    word: /\bknex\b/i,
    folders: ['migrations', 'db/migrations'],
    directories: false,
    endings: ['.js', '.ts', '.mjs', '.cjs'],
    back: 'code',
    own: /^knex_migrations(?:_lock)?$/u,
  },
  // `{TIMESTAMP}-post-refactoring.ts`, of milliseconds.
  typeorm: {
    title: 'TypeORM',
    pattern: /^\d{13}-[\w-]+$/u,
    example: '1774949400000-CreateOrders.ts',
    word: /\btypeorm\b/i,
    folders: ['src/migrations', 'src/migration', 'migrations'],
    directories: false,
    endings: ['.ts', '.js', '.mjs', '.cjs'],
    back: 'code',
    own: /^(?:typeorm_metadata|migrations)$/u,
  },
  sequelize: {
    title: 'Sequelize',
    pattern: /^(\d{14})-[\w-]+$/u,
    example: '20260331093000-create-orders.js',
    word: /\bsequelize\b/i,
    folders: ['migrations', 'db/migrations'],
    directories: false,
    endings: ['.js', '.cjs', '.mjs', '.ts'],
    back: 'code',
    own: /^sequelizemeta$/u,
  },
  // `--prefix index` (the default), `timestamp`, `supabase` and `unix`; since 1.0 a directory with a `migration.sql`.
  drizzle: {
    title: 'Drizzle',
    pattern: /^(?:\d{4}|\d{10}|(\d{14}))_\w+$/u,
    example: '0012_create_orders.sql',
    word: /\bdrizzle(?:-kit)?\b/i,
    folders: ['drizzle'],
    ...sql,
    back: 'none',
    own: /^__drizzle_migrations$/u,
  },
  supabase: {
    title: 'Supabase',
    pattern: stamped,
    example: '20260331093000_create_orders.sql',
    word: /\bsupabase migration\b/i,
    folders: ['supabase/migrations'],
    ...sql,
    back: 'none',
    own: /^schema_migrations$/u,
  },
  // `<version>_<label>.sql`; the label may be absent. The way back is computed, not written.
  atlas: {
    title: 'Atlas',
    pattern: /^(\d{14})(?:_\w+)?$/u,
    example: '20260331093000_create_orders.sql',
    word: /\batlas migrate\b/i,
    folders: ['migrations'],
    ...sql,
    back: 'none',
    own: /^atlas_schema_revisions$/u,
  },
} as const satisfies Readonly<Record<string, MigrationTool>>

export type MigrationToolName = keyof typeof migrationTools

export const migrationToolNames = Object.keys(migrationTools) as readonly MigrationToolName[]

/** The tool of a name; `undefined` for none and an unknown one. */
export function migrationTool(name: string | undefined): MigrationTool | undefined {
  return migrationToolNames.some((one) => one === name) ? migrationTools[name as MigrationToolName] : undefined
}

/** The default folders of all tools, and other usual ones, each once. */
export const migrationFolders: readonly string[] = [
  ...new Set([
    'migrations',
    'db/migrations',
    'db/migrate',
    'database/migrations',
    'sql/migrations',
    ...Object.values(migrationTools).flatMap(({folders}) => folders),
  ]),
]
