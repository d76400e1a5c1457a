import {expect, test} from 'vitest'
import {inverseOf, undoes} from '../../src/sql/inverse.ts'
import {inverseLines} from '../../src/rule/half-fixes.ts'
import type {Dialect, Operation} from '../../src/sql/model.ts'
import {factsOf, inFence} from './show.ts'

async function operationsOf(sql: string, dialect: Dialect): Promise<readonly Operation[]> {
  const {statements, problems} = await factsOf(inFence(sql), dialect)
  expect(problems).toEqual([])
  return statements.flatMap(({operations}) => operations)
}

test.for<readonly [Dialect, string, string]>([
  ['postgresql', 'CREATE TABLE "Users" (id int)', 'DROP TABLE "Users";'],
  ['postgresql', 'CREATE TABLE app."order" (id int)', 'DROP TABLE app."order";'],
  ['postgresql', 'CREATE TABLE [table_name] (id int)', 'DROP TABLE [table_name];'],
  ['postgresql', 'ALTER TABLE t ADD COLUMN a int', 'ALTER TABLE t DROP COLUMN a;'],
  ['postgresql', 'ALTER TABLE s.t RENAME TO u', 'ALTER TABLE s.u RENAME TO t;'],
  ['postgresql', 'ALTER TABLE t RENAME a TO b', 'ALTER TABLE t RENAME COLUMN b TO a;'],
  ['postgresql', 'ALTER TABLE t ALTER a SET NOT NULL', 'ALTER TABLE t ALTER COLUMN a DROP NOT NULL;'],
  ['postgresql', 'ALTER TABLE t ALTER a SET DEFAULT 1', 'ALTER TABLE t ALTER COLUMN a DROP DEFAULT;'],
  ['postgresql', 'ALTER TABLE t ADD UNIQUE (a, b)', 'ALTER TABLE t DROP CONSTRAINT t_a_b_key;'],
  ['postgresql', 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u', 'ALTER TABLE t DROP CONSTRAINT t_a_fkey;'],
  ['postgresql', 'ALTER TABLE t ADD PRIMARY KEY (a)', 'ALTER TABLE t DROP CONSTRAINT t_pkey;'],
  ['postgresql', 'CREATE INDEX CONCURRENTLY i ON s.t (a)', 'DROP INDEX CONCURRENTLY s.i;'],
  ['postgresql', 'CREATE INDEX ON t (a, b)', 'DROP INDEX t_a_b_idx;'],
  ['postgresql', "CREATE TYPE mood AS ENUM ('a')", 'DROP TYPE mood;'],
  ['postgresql', 'CREATE EXTENSION "uuid-ossp"', 'DROP EXTENSION "uuid-ossp";'],
  ['postgresql', 'CREATE POLICY p ON t USING (true)', 'DROP POLICY p ON t;'],
  ['postgresql', 'CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION f()', 'DROP TRIGGER x ON t;'],
  ['postgresql', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY', 'ALTER TABLE t DISABLE ROW LEVEL SECURITY;'],
  ['mysql', 'CREATE INDEX i ON `order` (a)', 'DROP INDEX i ON `order`;'],
  ['mysql', 'ALTER TABLE t ADD PRIMARY KEY (a)', 'ALTER TABLE t DROP PRIMARY KEY;'],
  ['mysql', 'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b)', 'ALTER TABLE t DROP FOREIGN KEY f;'],
  ['mssql', 'CREATE TABLE [my table] (a INT)', 'DROP TABLE [my table];'],
  ['postgresql', 'DROP TABLE t', 'none'],
  ['postgresql', "ALTER TYPE mood ADD VALUE 'b'", 'none'],
  ['postgresql', 'ALTER TABLE t ALTER a TYPE text', 'none'],
  ['mysql', 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (b)', 'none'],
  ['postgresql', 'UPDATE t SET a = 1', 'none'],
])('%s: %s', async ([dialect, sql, expected]) => {
  const [operation] = await operationsOf(sql, dialect)
  if (operation === undefined) throw new Error('not read')
  const inverse = inverseOf(operation)
  expect(inverse.kind === 'sql' ? inverse.text : inverse.kind).toBe(expected)
  if (inverse.kind !== 'sql') return
  const [back] = await operationsOf(inverse.text, dialect)
  expect(back && undoes(operation, back)).toBe(true)
})

test.for<readonly [string, string, boolean]>([
  ['CREATE TABLE t (a int)', 'DROP TABLE IF EXISTS "t" CASCADE', true],
  ['CREATE TABLE public.t (a int)', 'DROP TABLE T', true],
  ['CREATE TABLE app.t (a int)', 'DROP TABLE other.t', false],
  ['CREATE TABLE "T" (a int)', 'DROP TABLE t', false],
  ['ALTER TABLE t ADD a int', 'DROP TABLE t', true],
  ['CREATE INDEX i ON t (a)', 'DROP TABLE t', true],
  ['CREATE INDEX i ON t (a)', 'ALTER TABLE t DROP COLUMN a', true],
  ['CREATE INDEX i ON t (a)', 'DROP INDEX j', false],
  ['CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION f()', 'DROP TABLE t', true],
  ['CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION f()', 'DROP TRIGGER x ON u', false],
  ['CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$', 'DROP TABLE t', false],
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)', 'ALTER TABLE t DROP CONSTRAINT c', true],
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)', 'ALTER TABLE u DROP CONSTRAINT c', false],
  ["ALTER TABLE t ADD CHECK (a IN ('x'))", 'ALTER TABLE t DROP CONSTRAINT t_a_check', true],
  ['ALTER TABLE t RENAME a TO b', 'ALTER TABLE t RENAME b TO a', true],
  ['ALTER TABLE t RENAME a TO b', 'ALTER TABLE t RENAME a TO b', false],
  ['ALTER TABLE t RENAME TO u', 'ALTER TABLE u RENAME TO t', true],
  ['ALTER TABLE t ALTER a SET NOT NULL', 'ALTER TABLE t ALTER a DROP NOT NULL', true],
  ['ALTER TABLE t ALTER a TYPE bigint', 'ALTER TABLE t ALTER a TYPE int', true],
  ['DROP TABLE t', 'CREATE TABLE t (a int)', true],
  ['DROP TABLE t', 'DROP TABLE t', false],
  ['ALTER TABLE t DROP COLUMN a', 'ALTER TABLE t ADD COLUMN a int', true],
  ['DROP INDEX i', 'CREATE INDEX i ON t (a)', true],
  ["CREATE TYPE m AS ENUM ('a')", 'DROP TYPE m', true],
  ["ALTER TYPE m ADD VALUE 'b'", 'DROP TYPE m', true],
  ['CREATE EXTENSION x', 'DROP EXTENSION IF EXISTS x', true],
  ['INSERT INTO t VALUES (1)', 'DELETE FROM t WHERE a = 1', true],
  ['CREATE TABLE app.t (a int)', 'DROP SCHEMA app CASCADE', true],
  ['CREATE UNIQUE INDEX i ON v (a)', 'DROP MATERIALIZED VIEW v', true],
  ['CREATE INDEX i ON t (lower(a))', 'ALTER TABLE t DROP COLUMN a', true],
  ['CREATE INDEX i ON t (b) WHERE a > 0', 'ALTER TABLE t DROP COLUMN a', true],
  ['CREATE INDEX i ON t (b) WHERE ab > 0', 'ALTER TABLE t DROP COLUMN a', false],
  ['ALTER TABLE t ADD CHECK (a < b)', 'ALTER TABLE t DROP COLUMN a', true],
  ['ALTER TABLE t ADD CHECK (a < b)', 'ALTER TABLE t DROP CONSTRAINT t_check', true],
  ['ALTER TABLE t ADD CHECK (a < b)', 'ALTER TABLE t DROP CONSTRAINT u_check', false],
])('%s ← %s: %s', async ([up, down, expected]) => {
  const [operation] = await operationsOf(up, 'postgresql')
  const [other] = await operationsOf(down, 'postgresql')
  expect(operation && other && undoes(operation, other)).toBe(expected)
})

test.for<readonly [string, string, readonly string[]]>([
  [
    'a key between two new tables goes with its table',
    'CREATE TABLE a (id int); CREATE TABLE b (id int); ALTER TABLE b ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES a (id)',
    ['DROP TABLE b;', 'DROP TABLE a;'],
  ],
  [
    'keys in a circle are dropped before the tables',
    'CREATE TABLE a (id int); CREATE TABLE b (id int REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES b (id)',
    ['ALTER TABLE a DROP CONSTRAINT k;', 'DROP TABLE b;', 'DROP TABLE a;'],
  ],
  [
    'what can’t be derived is left out',
    'ALTER TABLE a DROP COLUMN x; ALTER TABLE a ADD COLUMN y int; CREATE INDEX i ON a (z)',
    ['DROP INDEX i;', 'ALTER TABLE a DROP COLUMN y;'],
  ],
])('%s', async ([, sql, lines]) => {
  expect(inverseLines(await operationsOf(sql, 'postgresql'))).toEqual(lines)
})
