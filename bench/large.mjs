/** Large documents of every built-in type, by what there is much of. */

/** The headings under which each type has its schema, its migration and the way back. */
const outlines = {
  prd: [
    '# 12 – Large\n\n## 3. Technical Implementation\n\n### 3.2 Database Schema',
    '### 3.3 Database Migration',
    '**Rollback**:',
  ],
  'data-migration': [
    '# Specification: DM-001 Large\n\n## 2. Schema Changes',
    '## 3. Data Migration\n\n### Migration Steps',
    '### Migration Strategy\n\n**Rollback Plan**:',
  ],
  'prd-iosm': [
    '# PRD: Large\n\n## 6. UX / API / Data\n\n### Data Model',
    '## 9. Rollout / Migration Plan\n\n### Deployment Strategy',
    '### Rollback Plan',
  ],
  'database-schema': ['# Large - Database Schema\n\n## Tables', '## Migrations\n\n### Initial Schema', '### Rollback'],
  'data-model-design': [
    '# Data Model Design: Large\n\n## Proposed Data Model\n\n## Database Schema',
    '## Migration Strategy\n\n### Database Migration',
    '### Rollback Plan',
  ],
}

/** A document of a type with what stands under its schema, its migration and its way back. */
export function documentOf(type, [schema = '', up = '', down = '']) {
  const [first, second, third] = outlines[type]
  return [first, schema, second, up, third, down, ''].join('\n\n')
}

const times = (count, piece, between = '\n') => Array.from({length: count}, (_, at) => piece(at)).join(between)
const fence = (text, language = 'sql') => `\`\`\`${language}\n${text}\n\`\`\``
const both = (up, down = '') => [fence(up), fence(up), fence(down)]

const table = (at) =>
  `CREATE TABLE table_${at} (\n  id BIGINT PRIMARY KEY,\n  before_id BIGINT NOT NULL REFERENCES table_${Math.max(0, at - 1)} (id) ON DELETE CASCADE,\n  status VARCHAR(20) NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'done')),\n  created_at TIMESTAMPTZ NOT NULL DEFAULT now()\n);\nCREATE INDEX idx_table_${at}_before ON table_${at} (before_id);`
const described = (at) =>
  `#### table_${at}\n\n| Column | Type | Null | Default |\n| --- | --- | --- | --- |\n| id | BIGINT | No | - |\n| owner_id | BIGINT | No | - |`

/** The smallest size of each case, and what a document of a size holds. */
export const cases = {
  tables: {
    size: 250,
    parts: (n) =>
      both(
        times(n, table),
        times(n, (at) => `DROP TABLE table_${n - 1 - at};`),
      ),
  },
  schemas: {
    size: 250,
    parts: (n) =>
      both(
        times(n, (at) => `CREATE TABLE s${at}."Users" (id BIGINT PRIMARY KEY, name TEXT);`),
        times(n, (at) => `DROP TABLE s${n - 1 - at}."Users";`),
      ),
  },
  'one half': {size: 250, parts: (n) => [fence(times(n, table)), fence('SELECT 1;'), '']},
  altered: {
    size: 500,
    parts: (n) =>
      both(
        times(
          n,
          (at) =>
            `ALTER TABLE users_${at} ADD COLUMN note TEXT NOT NULL;\nALTER TABLE users_${at} ALTER COLUMN old TYPE BIGINT;`,
        ),
        times(n, (at) => `ALTER TABLE users_${n - 1 - at} DROP COLUMN note;`),
      ),
  },
  'one altered': {
    size: 500,
    parts: (n) =>
      both(
        times(n, (at) => `ALTER TABLE users ADD COLUMN note_${at} TEXT;`),
        times(n, (at) => `ALTER TABLE users DROP COLUMN note_${n - 1 - at};`),
      ),
  },
  dropped: {
    size: 500,
    parts: (n) =>
      both(
        times(n, (at) => `DROP TABLE old_${at};`),
        times(n, table),
      ),
  },
  columns: {
    size: 2500,
    parts: (n) =>
      both(
        `CREATE TABLE wide (\n  id INT PRIMARY KEY,\n${times(n, (at) => `  c${at} INT NOT NULL DEFAULT 0`, ',\n')}\n);`,
        'DROP TABLE wide;',
      ),
  },
  indexes: {
    size: 2500,
    parts: (n) =>
      both(
        `CREATE TABLE wide (id INT PRIMARY KEY, c INT, d TEXT);\n${times(n, (at) => `CREATE INDEX i${at} ON wide (c, d, (c + ${at}));`)}`,
        `${times(n, (at) => `DROP INDEX i${at};`)}\nDROP TABLE wide;`,
      ),
  },
  keys: {
    size: 1000,
    parts: (n) =>
      both(
        times(n, (at) => `ALTER TABLE wide ADD CONSTRAINT fk_${at} FOREIGN KEY (c${at}) REFERENCES other (id);`),
        times(n, (at) => `ALTER TABLE wide DROP CONSTRAINT fk_${at};`),
      ),
  },
  rows: {
    size: 2500,
    parts: (n) => [
      `#### wide\n\n| Column | Type | Null | Default |\n| --- | --- | --- | --- |\n${times(n, (at) => `| c${at} | BIGINT | No | 0 |`)}`,
      fence(`CREATE TABLE wide (\n${times(n, (at) => `  c${at} BIGINT NOT NULL DEFAULT 0`, ',\n')}\n);`),
      fence('DROP TABLE wide;'),
    ],
  },
  described: {
    size: 250,
    parts: (n) => [
      times(n, described, '\n\n'),
      fence(times(n, table)),
      fence(times(n, (at) => `DROP TABLE table_${n - 1 - at};`)),
    ],
  },
  statement: {
    size: 250_000,
    parts: (n) => {
      const row = "('some words of a row', 12345, true)"
      const all = `INSERT INTO notes (text, size, done) VALUES\n${times(Math.floor(n / (row.length + 2)) - 3, () => row, ',\n')};`
      return [fence('CREATE TABLE notes (text TEXT, size INT, done BOOLEAN);'), fence(all), fence('DELETE FROM notes;')]
    },
  },
  statements: {
    size: 5000,
    parts: (n) => ['', fence(times(n, (at) => `UPDATE notes SET size = ${at} WHERE id = ${at};`)), fence('SELECT 1;')],
  },
  fences: {
    size: 500,
    parts: (n) => [times(n, (at) => fence(table(at)), '\n\n'), times(n, (at) => fence(table(at)), '\n\n'), ''],
  },
  queries: {
    size: 500,
    parts: (n) => [
      fence(times(n, table)),
      fence(times(n, (at) => `SELECT id FROM table_${at} WHERE before_id = 1 AND status = 'new' ORDER BY created_at;`)),
      '',
    ],
  },
  values: {
    size: 2500,
    parts: (n) =>
      both(
        `CREATE TYPE mood AS ENUM (${times(n, (at) => `'v${at}'`, ', ')});\nCREATE TABLE t (id INT PRIMARY KEY, mood mood CHECK (mood IN (${times(n, (at) => `'v${at}'`, ', ')})));`,
        'DROP TABLE t;\nDROP TYPE mood;',
      ),
  },
  types: {
    size: 500,
    parts: (n) =>
      both(
        times(n, (at) => `CREATE TYPE mood_${at} AS ENUM ('good', 'bad');\nALTER TYPE mood_${at} ADD VALUE 'so';`),
        times(n, (at) => `DROP TYPE mood_${n - 1 - at};`),
      ),
  },
  parentheses: {size: 2500, parts: (n) => both(`CREATE VIEW v AS SELECT ${'('.repeat(n)}1${')'.repeat(n)};`)},
  nested: {size: 200, parts: (n) => both(`CREATE VIEW v AS SELECT ${'('.repeat(n)}1${')'.repeat(n)};`)},
  broken: {size: 500, parts: (n) => both(times(n, (at) => `CREATE TABEL table_${at} (id INT, name TEXT,);`))},
  alembic: {
    size: 500,
    parts: (n) => [
      fence(times(n, (at) => `CREATE TABLE t${at} (id BIGINT PRIMARY KEY, name TEXT);`)),
      fence(
        `def upgrade():\n${times(n, (at) => `    op.create_table('t${at}', sa.Column('id', sa.BigInteger(), primary_key=True), sa.Column('name', sa.Text()))`)}\n\ndef downgrade():\n${times(n, (at) => `    op.drop_table('t${n - 1 - at}')`)}`,
        'python',
      ),
      '',
    ],
  },
  prisma: {
    size: 250,
    parts: (n) => [
      fence(
        times(n, (at) => `model Table${at} {\n  id BigInt @id\n  name String\n  @@map("table_${at}")\n}`),
        'prisma',
      ),
      fence(times(n, (at) => `CREATE TABLE table_${at} (id BIGINT PRIMARY KEY, name TEXT NOT NULL);`)),
      fence(times(n, (at) => `DROP TABLE table_${n - 1 - at};`)),
    ],
  },
}
