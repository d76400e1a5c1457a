import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {findingsOf, typeFrom} from '../support/lint.ts'

// One statement, one plan, one dialect: which danger is told of, and which words of a plan are enough.

const type = typeFrom({
  name: 'note',
  title: 'Schema note',
  description: 'A small type.',
  outline: {
    sections: [
      {heading: 'Migration', role: 'migration', required: false},
      {heading: 'Rollback', role: 'rollback', required: false},
    ],
  },
})
const safety = rules.filter(({id}) => id === 'migration-safety')

function told(sql: string, plan: string, dialect: string): readonly string[] {
  const text = `# Note: A\n\n## Migration\n\n${plan}\n\n\`\`\`${dialect}\n${sql}\n\`\`\`\n`
  return findingsOf(text, safety, type).map(({reason}) => words.find(([, start]) => start.test(reason))?.[0] ?? reason)
}

const words: readonly (readonly [string, RegExp])[] = [
  ['notNull', /is added as NOT NULL without/u],
  ['setNotNull', /^NOT NULL is set/u],
  ['typeChange', /^The type of/u],
  ['rewrite', /writes all of/u],
  ['index', /is built without CONCURRENTLY/u],
  ['dropIndex', /is dropped without CONCURRENTLY/u],
  ['constraint', /is added without NOT VALID/u],
  ['copied', /no word about the copy/u],
  ['key', /without USING INDEX/u],
  ['loss', /is dropped with no word/u],
  ['emptied', /deletes every row/u],
  ['rename', /is renamed/u],
  ['backfill', /is updated in one statement/u],
  ['mixed', /are written in the transaction/u],
  ['wrapped', /, and \S+ opens one$/u],
  ['refused', /can’t run inside a transaction$/u],
  ['enumValue', /^Value/u],
  ['unfinished', /never committed/u],
  ['nested', /begins inside/u],
  ['implicit', /^MySQL commits at/u],
  ['ignored', /ignores REFERENCES/u],
]

const plain = 'Run the script.'
const onlinePlan = '- **Approach**: Online'
type Row = readonly [sql: string, plan: string, expected: readonly string[]]

const notNull = 'ALTER TABLE a ADD COLUMN b_id INT NOT NULL;'
const setNotNull = 'ALTER TABLE a ALTER COLUMN b_id SET NOT NULL;'
const typeChange = 'ALTER TABLE a ALTER COLUMN b_id TYPE BIGINT;'
const index = 'CREATE INDEX idx_a ON a (b_id);'
const key = 'ALTER TABLE a ADD CONSTRAINT fk_a FOREIGN KEY (b_id) REFERENCES b (id);'
const check = 'ALTER TABLE a ADD CONSTRAINT ck_a CHECK (b_id > 0);'
const unique = 'ALTER TABLE a ADD CONSTRAINT uq_a UNIQUE (b_id);'
const dropColumn = 'ALTER TABLE a DROP COLUMN b_id;'
const dropTable = 'DROP TABLE a_old;'
const renameColumn = 'ALTER TABLE a RENAME COLUMN b_id TO c_id;'
const renameTable = 'ALTER TABLE a_old RENAME TO a_new;'
const update = 'UPDATE a SET b_id = 0;'
const create = 'CREATE TABLE a (id INT PRIMARY KEY, b_id INT);\n'

const statements: readonly Row[] = [
  [notNull, plain, ['notNull']],
  ['ALTER TABLE a ADD COLUMN b_id INT;', plain, []],
  ['ALTER TABLE a ADD COLUMN b_id INT NOT NULL DEFAULT 0;', plain, []],
  ['ALTER TABLE a ADD COLUMN b_at TIMESTAMPTZ NOT NULL DEFAULT now();', plain, []],
  ['ALTER TABLE a ADD COLUMN b_id UUID DEFAULT gen_random_uuid();', plain, ['rewrite']],
  ['ALTER TABLE a ADD COLUMN b_at TIMESTAMPTZ DEFAULT clock_timestamp();', plain, ['rewrite']],
  ['ALTER TABLE a ADD COLUMN b_id BIGSERIAL;', plain, ['rewrite']],
  ['ALTER TABLE a ADD COLUMN b_id INT GENERATED ALWAYS AS (c + 1) STORED;', plain, ['rewrite']],
  ['ALTER TABLE a ADD COLUMN b_id INT GENERATED ALWAYS AS IDENTITY;', plain, ['rewrite']],
  ['ALTER TABLE a SET TABLESPACE fast;', plain, ['rewrite']],
  ['ALTER TABLE a SET LOGGED;', plain, ['rewrite']],
  ['ALTER TABLE a SET (fillfactor = 70);', plain, []],
  [setNotNull, plain, ['setNotNull']],
  [
    `ALTER TABLE a ADD CONSTRAINT c CHECK (b_id IS NOT NULL) NOT VALID;\nALTER TABLE a VALIDATE CONSTRAINT c;\n${setNotNull}`,
    plain,
    [],
  ],
  [`ALTER TABLE a ADD CONSTRAINT c CHECK (b_id IS NOT NULL) NOT VALID;\n${setNotNull}`, plain, ['setNotNull']],
  [
    `ALTER TABLE a ADD CONSTRAINT c CHECK (d IS NOT NULL) NOT VALID;\nALTER TABLE a VALIDATE CONSTRAINT c;\n${setNotNull}`,
    plain,
    ['setNotNull'],
  ],
  ['ALTER TABLE a ALTER COLUMN b_id DROP NOT NULL;', plain, []],
  [typeChange, plain, ['typeChange']],
  ['ALTER TABLE a ALTER COLUMN b_id TYPE TEXT;', plain, []],
  ['ALTER TABLE a ALTER COLUMN b_id TYPE VARCHAR(40);', plain, ['typeChange']],
  [index, plain, ['index']],
  ['CREATE UNIQUE INDEX idx_a ON a (b_id);', plain, ['index']],
  ['CREATE INDEX CONCURRENTLY idx_a ON a (b_id);', plain, []],
  ['DROP INDEX CONCURRENTLY idx_a;', plain, []],
  [key, plain, ['constraint']],
  [check, plain, ['constraint']],
  ['ALTER TABLE a ADD CONSTRAINT ck_a CHECK (b_id > 0) NOT VALID;', plain, []],
  [
    'ALTER TABLE a ADD CONSTRAINT fk_a FOREIGN KEY (b_id) REFERENCES b (id) NOT VALID;\nALTER TABLE a VALIDATE CONSTRAINT fk_a;',
    plain,
    [],
  ],
  [unique, plain, ['key']],
  ['ALTER TABLE a ADD PRIMARY KEY (b_id);', plain, ['key']],
  ['ALTER TABLE a ADD CONSTRAINT uq_a UNIQUE USING INDEX uq_a;', plain, []],
  [dropColumn, plain, ['loss']],
  [dropTable, plain, ['loss']],
  ['DROP TABLE a_old, b_old;', plain, ['loss']],
  [`INSERT INTO c (a_id, v) SELECT id, b_id FROM a;\n${dropColumn}`, plain, []],
  [`INSERT INTO c (a_id, b_id) SELECT id, v FROM a WHERE b_id > 0;\n${dropColumn}`, plain, ['loss']],
  [`UPDATE c SET v = a.b_id FROM a WHERE a.id = c.a_id;\n${dropColumn}`, plain, []],
  [`UPDATE a SET b_id = NULL WHERE b_id < 0;\n${dropColumn}`, plain, ['loss']],
  [`INSERT INTO c (b_id) VALUES (1);\n${dropColumn}`, plain, ['loss']],
  [`INSERT INTO c SELECT * FROM a_old;\n${dropTable}`, plain, []],
  [`INSERT INTO c SELECT * FROM a;\n${dropTable}`, plain, ['loss']],
  ['TRUNCATE a_old;', plain, ['emptied']],
  ['DELETE FROM a_old;', plain, ['emptied']],
  ['DELETE FROM a_old WHERE id < 9;', plain, []],
  [renameColumn, plain, ['rename']],
  [renameTable, plain, ['rename']],
  ['ALTER TABLE a_old RENAME TO a_new;\nCREATE VIEW a_old AS SELECT * FROM a_new;', plain, []],
  [update, plain, []],
  [update, onlinePlan, ['backfill']],
  ['UPDATE a SET b_id = 0 WHERE id BETWEEN 1 AND 900;', onlinePlan, []],
  ['ALTER TABLE a ADD COLUMN b_id INT NOT NULL, ADD COLUMN c_id INT NOT NULL;', plain, ['notNull']],
  ['ALTER TABLE a ADD COLUMN b_id INT;\nCREATE INDEX idx_a ON a (b_id);', plain, []],
  [`ALTER TABLE a ADD COLUMN b_id INT;\n${key}`, plain, []],
  [create + notNull.replace('b_id', 'c_id'), plain, []],
  [create + setNotNull + typeChange, plain, []],
  [create + index + unique + check + dropColumn, plain, []],
]

const plans: readonly Row[] = [
  [notNull, 'In the maintenance window on Sunday.', ['notNull']],
  [notNull, 'The table `a` is empty.', []],
  [notNull, '`b_id` is added as nullable, filled, and then set.', []],
  [notNull, 'Backfill `b_id` in batches.', ['notNull']],
  [setNotNull, 'The lock on `b_id` is held for 200 ms.', []],
  [setNotNull, 'In the maintenance window on Sunday.', []],
  [setNotNull, 'Set `b_id` and fill `c_id` in batches of 5,000.', ['setNotNull']],
  [setNotNull, 'There is no maintenance window.', ['setNotNull']],
  [typeChange, '- **Approach**: Offline', []],
  [typeChange, '- **Approach**: Blue-green', []],
  [typeChange, onlinePlan, ['typeChange']],
  [typeChange, 'Without downtime.', ['typeChange']],
  [typeChange, 'The service is stopped for it.', []],
  [typeChange, 'It rewrites `a`, whose lock lasts a minute.', []],
  [typeChange, 'It runs at night.', []],
  [index, 'Table `a` has 4,000 rows.', []],
  [index, '- **Current row count**: 11 million rows', ['index']],
  [index, 'On the staging system it has 4,000 rows.', ['index']],
  [index, 'The index blocks writes for 3 seconds.', []],
  [index, 'The index `idx_other` blocks writes for 3 seconds.', []],
  [key, 'Adding `fk_a` scans the table.', []],
  [key, 'Constraints are added under a short lock.', []],
  [check, 'Few people write at that time.', ['constraint']],
  [unique, '`uq_a` locks the table for a second.', []],
  [dropColumn, 'In the maintenance window on Sunday.', ['loss']],
  [dropColumn, 'A backup is taken before.', []],
  [dropColumn, 'The release of May no longer reads `b_id`.', []],
  [dropColumn, 'Columns are dropped one release later.', []],
  [dropColumn, 'The schema dump is compared.', ['loss']],
  [dropColumn, 'The feature flag is switched.', ['loss']],
  [dropTable, '`a_old` is archived in the warehouse.', []],
  [dropTable, 'Drop `a_old` and backfill the rest in batches.', ['loss']],
  ['TRUNCATE a_old;', '`a_old` is exported first.', []],
  ['TRUNCATE a_old;', 'In the maintenance window.', ['emptied']],
  [renameColumn, 'Both releases read a view.', ['rename']],
  [renameColumn, 'The renamed column is served by a view for one release.', []],
  [renameColumn, 'In the maintenance window.', []],
  [renameTable, '`a_old` stays as a synonym.', []],
  [update, `${onlinePlan}\n- Rows are written in batches`, []],
  [update, `${onlinePlan}\n- Table \`a\` has 900 rows`, []],
  [update, '- **Approach**: Offline', []],
]

const transactions: readonly Row[] = [
  ['BEGIN;\nCREATE INDEX CONCURRENTLY i ON a (b);\nCOMMIT;', plain, ['refused']],
  ['CREATE INDEX CONCURRENTLY i ON a (b);', 'Run `alembic upgrade head`.', ['wrapped']],
  ['CREATE INDEX CONCURRENTLY i ON a (b);', 'Run `alembic upgrade head`, the index in an autocommit block.', []],
  ['CREATE INDEX CONCURRENTLY i ON a (b);', 'Run it with dbmate.', ['wrapped']],
  ['DROP INDEX CONCURRENTLY i;', 'Run it with Django.', ['wrapped']],
  ['BEGIN;\nDROP INDEX CONCURRENTLY i;\nCOMMIT;', plain, ['refused']],
  ['BEGIN;\nVACUUM a;\nCOMMIT;', plain, ['refused']],
  ['BEGIN;\nCREATE DATABASE b;\nCOMMIT;', plain, ['refused']],
  ['BEGIN;\nREINDEX INDEX CONCURRENTLY i;\nCOMMIT;', plain, ['refused']],
  ['VACUUM a;', plain, []],
  ["BEGIN;\nALTER TYPE m ADD VALUE 'x';\nCOMMIT;", plain, []],
  ["BEGIN;\nALTER TYPE m ADD VALUE 'x';\nCOMMIT;", 'PostgreSQL 11.', ['enumValue']],
  ["BEGIN;\nALTER TYPE m ADD VALUE 'x';\nUPDATE a SET m = 'x' WHERE id = 1;\nCOMMIT;", plain, ['enumValue']],
  ["ALTER TYPE m ADD VALUE 'x';\nUPDATE a SET m = 'x' WHERE id = 1;", plain, []],
  ['BEGIN;\nALTER TABLE a ADD COLUMN b_id INT;', plain, ['unfinished']],
  ['BEGIN;\nALTER TABLE a ADD COLUMN b_id INT;\nROLLBACK;', plain, []],
  ['BEGIN;\nBEGIN;\nALTER TABLE a ADD COLUMN b_id INT;\nCOMMIT;', plain, ['nested']],
  ['BEGIN;\nALTER TABLE a ADD COLUMN b_id INT;\nUPDATE a SET b_id = 1;\nCOMMIT;', plain, ['mixed']],
  ['BEGIN;\nALTER TABLE a ADD COLUMN b_id INT;\nUPDATE a SET b_id = 1;\nCOMMIT;', '- **Approach**: Offline', []],
  ['BEGIN;\nALTER TABLE a ADD COLUMN b_id INT;\nUPDATE b SET b_id = 1 WHERE id = 2;\nCOMMIT;', plain, []],
  ['BEGIN;\nALTER TABLE a ADD COLUMN b_id INT;\nCOMMIT;\nUPDATE a SET b_id = 1 WHERE id < 9;', plain, []],
]

const mysql: readonly Row[] = [
  [notNull, plain, ['notNull']],
  ['ALTER TABLE a MODIFY COLUMN b_id BIGINT NOT NULL;', plain, ['typeChange']],
  ['ALTER TABLE a MODIFY COLUMN b_id BIGINT, ALGORITHM=INPLACE, LOCK=NONE;', plain, []],
  ['ALTER TABLE a MODIFY COLUMN b_id BIGINT;', 'Run it with gh-ost: `b_id` is copied.', []],
  ['CREATE INDEX i ON a (b_id);', onlinePlan, []],
  [key, plain, ['copied']],
  [check, plain, ['copied']],
  [key, '- **Approach**: Offline', []],
  [unique, plain, []],
  [dropColumn, plain, ['loss']],
  ['RENAME TABLE a_old TO a_new;', plain, ['rename']],
  ['ALTER TABLE a CHANGE b_id c_id INT;', '- **Approach**: Offline', []],
  ['CREATE TABLE a (id INT PRIMARY KEY, b_id INT REFERENCES b (id));', plain, ['ignored']],
  ['CREATE TABLE a (id INT PRIMARY KEY, b_id INT REFERENCES b (id));', 'The server is MariaDB.', []],
  ['CREATE TABLE a (id INT PRIMARY KEY, b_id INT, FOREIGN KEY (b_id) REFERENCES b (id));', plain, []],
  ['START TRANSACTION;\nCREATE TABLE a (id INT PRIMARY KEY);\nINSERT INTO a VALUES (1);\nCOMMIT;', plain, ['implicit']],
  ['START TRANSACTION;\nCREATE TABLE a (id INT PRIMARY KEY);\nCOMMIT;', plain, []],
  [
    'START TRANSACTION;\nCREATE TABLE a (id INT PRIMARY KEY);\nINSERT INTO a VALUES (1);\nCOMMIT;',
    'MySQL commits each DDL statement by itself.',
    [],
  ],
]

const plainSql: readonly Row[] = [
  [index, plain, []],
  [key, plain, []],
  [unique, plain, []],
  [notNull, plain, ['notNull']],
  [dropTable, plain, ['loss']],
]

const tables = {postgresql: [...statements, ...plans, ...transactions], mysql, sql: plainSql}

test('there are rows enough', () => expect(Object.values(tables).flat().length).toBeGreaterThan(120))

describe.for(Object.entries(tables))('%s', ([dialect, rows]) => {
  test.for(rows)('%s with "%s" gives %j', ([sql, plan, expected]) => {
    expect(told(sql, plan, dialect)).toEqual(expected)
  })
})

test('a plan that says of a statement what it is not excuses nothing', () => {
  const first = 'CREATE INDEX CONCURRENTLY idx_b ON a (b);'
  const plan = 'Build the indexes `idx_a` and `idx_b` concurrently.'
  expect(told(`${first}\n${index}`, plan, 'postgresql')).toEqual(['index'])
  expect(told(index, plan, 'postgresql')).toEqual([])
  expect(told(`${first}\n${index}`, '`idx_a` needs no CONCURRENTLY.', 'postgresql')).toEqual([])
  expect(told(notNull, 'Add `b_id` with a constant default.', 'postgresql')).toEqual(['notNull'])
  expect(told(notNull, 'Add `b_id` with a default, which is dropped later.', 'postgresql')).toEqual([])
})

test('a table that an earlier version made has rows', () => {
  const fence = (sql: string): string => `\`\`\`postgresql\n${sql}\n\`\`\`\n`
  const made = fence('CREATE TABLE a (id INT PRIMARY KEY, b_id INT);')
  const found = (title: string): number =>
    findingsOf(`# Note: A\n\n## Migration\n\n${made}\n### ${title}\n\n${fence(dropColumn)}`, safety, type).length
  expect(found('Version 1.2: fewer columns')).toBe(1)
  expect(found('Then')).toBe(0)
})
