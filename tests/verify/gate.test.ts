import {describe, expect, test} from 'vitest'
import {isIdle, loadGate, refusals} from '../../src/verify/gate.ts'

const parser = await loadGate()
const why = (sql: string, dialect: 'postgresql' | 'sqlite' = 'postgresql'): string | undefined =>
  refusals([sql], dialect, parser)[0]?.why

describe('what is never executed', () => {
  test.for([
    ["COPY t FROM PROGRAM 'id'", '`COPY`'],
    ["COPY t TO '/tmp/x'", '`COPY`'],
    ["COPY t FROM '/etc/passwd'", '`COPY`'],
    ["LOAD 'libc.so'", '`LOAD`'],
    ["ALTER SYSTEM SET work_mem = '1GB'", '`ALTER SYSTEM`'],
    ['CREATE DATABASE x', '`CREATE DATABASE`'],
    ['CREATE SERVER s FOREIGN DATA WRAPPER file_fdw', '`CREATE SERVER`'],
    ["SELECT pg_read_file('/etc/passwd')", '`pg_read_file`'],
    ["SELECT pg_catalog.pg_read_file('/etc/passwd')", '`pg_read_file`'],
    ["SELECT lo_import('/etc/passwd')", '`lo_import`'],
    ['SELECT 1 FROM t WHERE x = (SELECT pg_sleep(100))', '`pg_sleep`'],
    ["INSERT INTO t SELECT * FROM dblink('x', 'y') AS d(a int)", '`dblink`'],
    ['CREATE FUNCTION f() RETURNS int AS $$ return 1 $$ LANGUAGE plpython3u', 'language `plpython3u`'],
    ["CREATE FUNCTION f() RETURNS int AS 'libc.so', 'system' LANGUAGE c", 'language `c`'],
    ['DO LANGUAGE plperlu $$ x $$', 'language `plperlu`'],
    ["DO $$ BEGIN EXECUTE 'COPY t FROM PROGRAM ''id'''; END $$", '`COPY`'],
    ["DO $$ BEGIN PERFORM pg_read_file('x'); END $$", '`pg_read_file`'],
    ["CREATE FUNCTION f() RETURNS text AS $$ SELECT pg_read_file('x') $$ LANGUAGE sql", '`pg_read_file`'],
    ['CREATE EXTENSION postgis', 'extension `postgis`'],
    ['CREATE EXTENSION IF NOT EXISTS dblink', 'extension `dblink`'],
    ['DELETE FROM pg_class', 'writing to `pg_class`'],
    ["SELECT set_config('role', 'x', false)", '`set_config`'],
  ])('%s', ([sql = '', words = '']) => {
    expect(why(sql)).toContain(words)
  })

  test.for([
    ["ATTACH '/tmp/x' AS y", '`ATTACH`'],
    ["VACUUM INTO '/tmp/x'", '`VACUUM`'],
    ["SELECT load_extension('x')", '`load_extension`'],
    ['PRAGMA writable_schema = 1', '`PRAGMA writable_schema`'],
    ['PRAGMA main.temp_store_directory = 1', '`PRAGMA temp_store_directory`'],
  ])('%s in SQLite', ([sql = '', words = '']) => {
    expect(why(sql, 'sqlite')).toContain(words)
  })
})

describe('what is executed', () => {
  test.for([
    'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"',
    'CREATE TABLE copy (load text)',
    'CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN NEW.x = now(); RETURN NEW; END $$ LANGUAGE plpgsql',
    "COMMENT ON TABLE t IS 'COPY of pg_read_file'",
    'WITH RECURSIVE r AS (SELECT 1) SELECT * FROM r',
    'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE',
    'ALTER TABLE t ADD COLUMN x int, DROP COLUMN y',
    'CREATE TABL t (id int)',
  ])('%s', (sql) => expect(why(sql)).toBeUndefined())

  test.for(['PRAGMA foreign_keys = off', 'CREATE TABLE t (id INTEGER)'])('%s in SQLite', (sql) =>
    expect(why(sql, 'sqlite')).toBeUndefined(),
  )
})

test('settings of a session that hold nothing here are left out', () => {
  expect(["SET lock_timeout = '2s'", 'SET LOCAL statement_timeout = 0', 'RESET ROLE'].map(isIdle)).toEqual([
    true,
    true,
    true,
  ])
  expect(['SET search_path = app', 'UPDATE t SET role = 1'].map(isIdle)).toEqual([false, false])
})
