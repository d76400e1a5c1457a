import {expect, test} from 'vitest'
import type {Dialect} from '../../src/sql/model.ts'
import {factsOf, inFence} from './show.ts'

/** `‸` stands where the problem begins. */
const broken: readonly (readonly [Dialect, string, string])[] = [
  ['postgresql', 'CREATE TABLE t (id INT PRIMARY ‸KEE);', 'syntax error at `KEE`'],
  ['postgresql', 'CREATE ‸TABEL t (id INT);', 'syntax error at `TABEL`'],
  ['postgresql', '‸SELEC 1;', 'syntax error at `SELEC`'],
  ['postgresql', '‸DORP TABLE t;', 'syntax error at `DORP`'],
  ['postgresql', 'DROP ‸kites;', 'syntax error at `kites`'],
  ['postgresql', 'CREATE ‸kites (id INT);', 'syntax error at `kites`'],
  ['postgresql', '‸DRP TABLE kites;', 'syntax error at `DRP`'],
  ['postgresql', 'CREATE TABLE t (id INT‸, );', 'a comma stands before `)`'],
  ['postgresql', 'CREATE TABLE t (\n  id INT,\n  CHECK ‸(id > 0\n);', 'no `)` closes this `(`'],
  ['postgresql', 'CREATE TABLE t (\n  a INT CHECK ‸(a IN (1, 2),\n  b TEXT\n);', 'no `)` closes this `(`'],
  ['postgresql', 'CREATE INDEX i ON t ‸(a, b;', 'no `)` closes this `(`'],
  ['postgresql', 'CREATE TABLE t ‸(\n  id INT;', 'no `)` closes this `(`'],
  ['postgresql', 'CREATE TABLE t (\n  a VARCHAR(20 ‸NOT NULL,\n  b TEXT\n);', 'syntax error at `NOT`'],
  ['mysql', 'CREATE TABLE t (\n  id INT,\n  KEY k ‸(id\n);', 'no `)` closes this `(`'],
  ['mysql', 'CREATE TABLE t (\n  id INT‸,\n);', 'a comma stands before `)`'],
  ['postgresql', 'CREATE TABLE t (\n  id INT\n  ‸name TEXT\n);', 'syntax error at `name`'],
  ['postgresql', "INSERT INTO t VALUES ('é😀漢'‸, FROM);", 'syntax error at `FROM`'],
  ['postgresql', '-- 😀\nALTER TABLE t ADD COLUMN‸ ;', 'syntax error at end of input'],
  ['postgresql', 'SELECT * ‸FORM t;', 'syntax error at `FORM`'],
  ['postgresql', 'CREATE INDEX i ‸t;', 'syntax error at `t`'],
  ['postgresql', 'CREATE INDEX i ON‸;', 'syntax error at end of input'],
  ['postgresql', "SELECT ‸'open", "unterminated quoted string at `'open`"],
  ['postgresql', 'SELECT 1; DROP ‸TABL x; SELECT 2;', 'syntax error at `TABL`'],
  ['postgresql', 'CREATE TABLE t (u TIMESTAMP ‸ON UPDATE CURRENT_TIMESTAMP);', 'syntax error at `ON`'],
  ['postgresql', 'CREATE TABLE [name] (id UUID PRIMARY KEY ‸DEFUALT 1);', 'syntax error at `DEFUALT`'],
  ['postgresql', 'ALTER ‸TABEL {{table}} ADD COLUMN a INT;', 'syntax error at `TABEL`'],
  ['mysql', 'CREATE ‸TABEL t (id INT);', 'expected an object type after CREATE, found `TABEL`'],
  ['mysql', 'CREATE TABLE t (id INT ‸PRIMRY KEY);', "expected ',' or ')' after column definition, found `PRIMRY`"],
  ['mysql', "INSERT INTO t VALUES ('é😀漢'‸, );", 'a comma stands before `)`'],
  ['mysql', 'ALTER ‸members DROP COLUMN a;', 'expected an object type after ALTER, found `members`'],
  ['mysql', 'CREATE TABLE t (a INT, b INT, UNIQUE KEY u (a ‸b));', 'expected `,` or `)`, found `b`'],
  ['mysql', 'CREATE INDEX i ON t (a, b ‸c);', 'expected `,` or `)`, found `c`'],
  ['mysql', 'CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW ‸NEW.a = 1;', 'expected a statement, found `NEW`'],
  ['sqlite', 'ALTER TABLE t ‸ADDD COLUMN a;', 'found `ADDD`'],
  ['mssql', 'CREATE TABLE [dbo].[T] ([Id] INT, ‸, [B] INT)', 'found `,`'],
]

test.for(broken)('%s: %s', async ([dialect, marked, message]) => {
  const text = inFence(marked.replace('‸', ''))
  const {problems} = await factsOf(text, dialect)
  expect(problems.map(({start}) => start - text.indexOf('sql\n') - 4)).toEqual([marked.indexOf('‸')])
  expect(problems[0]?.message).toContain(message)
  expect(problems[0]?.dialect).toBe(dialect)
})

test.for([
  'INSERT INTO ... VALUES ... ON CONFLICT ... DO UPDATE ...;',
  'orders (id, customer_id, total)',
  'PRIMARY KEY (a, b)',
  'DROP ...;',
  'RUN TABLE t;',
  'CREATE SINK s FROM t;',
  'id | name\n---+-----\n 1 | a',
  'SELECT [columns] FROM [table] [clauses];',
])('no problem: %s', async (sql) => {
  expect((await factsOf(inFence(sql))).problems).toEqual([])
})

test('one statement that fails hides no other', async () => {
  const {statements, problems} = await factsOf(inFence('CREATE TABLE a (b c d e);\nDROP TABLE x;', 'postgresql'))
  expect(statements.map(({operations}) => operations.map(({kind}) => kind))).toEqual([[], ['drop-table']])
  expect(problems).toHaveLength(1)
})
