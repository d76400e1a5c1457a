import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {listMigrations, readSource} from '../../src/lint/database-files.ts'
import {databaseOf} from '../../src/lint/database.ts'
import type {DatabaseConfig} from '../../src/config/database.ts'
import {forwardText} from '../../src/sql/migrations/forward.ts'
import {forwardFiles, migrationName} from '../../src/sql/migrations/names.ts'
import {type MigrationToolName, migrationToolNames, migrationTools} from '../../src/sql/migrations/tools.ts'
import {loadAllSchemaParsers} from '../../src/sql/load.ts'

const root = join(import.meta.dirname, '../../fixtures/migrations')
await loadAllSchemaParsers()

function configFor(folder: string): DatabaseConfig {
  return {root, schema: [], migrations: {folder: join(root, folder), tool: undefined}, dialect: 'postgresql'}
}

/** Folder, names of the migrations, and the tables after all of them; `undefined` for migrations in code. */
const tools: readonly (readonly [MigrationToolName, string, readonly string[], readonly string[] | undefined])[] = [
  ['prisma', 'prisma', ['20260301090000_add_orders', '20260302090000_add_parcels'], ['orders', 'parcels']],
  ['rails', 'rails', ['20260301090000_create_orders', '20260302090000_create_parcels'], undefined],
  ['django', 'django', ['0001_initial', '0002_order_note'], undefined],
  ['alembic', 'alembic', ['ae1027a6acf0_create_orders'], undefined],
  [
    'flyway',
    'flyway',
    ['R__views', 'U2__create_orders', 'V10__create_parcels', 'V2__create_orders'],
    ['orders', 'parcels'],
  ],
  ['liquibase', 'liquibase', ['changelog-1.0'], ['orders', 'parcels']],
  ['golang-migrate', 'golang-migrate', ['000001_create_orders', '000002_create_parcels'], ['orders', 'parcels']],
  ['goose', 'goose', ['20260301090000_create_orders', '20260302090000_create_parcels'], ['orders', 'parcels']],
  ['dbmate', 'dbmate', ['20260301090000_create_orders', '20260302090000_create_parcels'], ['orders', 'parcels']],
  ['knex', 'knex', ['20260301090000_create_orders'], undefined],
  ['typeorm', 'typeorm', ['1772355600000-CreateOrders'], undefined],
  ['sequelize', 'sequelize', ['20260301090000-create-orders'], undefined],
  ['drizzle', 'drizzle', ['0000_create_orders', '0001_create_parcels'], ['orders', 'parcels']],
  [
    'supabase',
    'supabase/migrations',
    ['20260301090000_create_orders', '20260302090000_create_parcels'],
    ['orders', 'parcels'],
  ],
  ['atlas', 'atlas', ['20260301090000_create_orders', '20260302090000'], ['orders', 'parcels']],
]

describe.for(tools)('%s', ([tool, folder, names, tables]) => {
  test('is told by its folder', () => expect(listMigrations(configFor(folder))?.tool).toBe(tool))

  test('has migrations of its form', () => {
    const listed = listMigrations(configFor(folder))?.names ?? []
    expect(listed.toSorted()).toEqual([...names])
    for (const name of listed) expect(name).toMatch(migrationTools[tool].pattern)
  })

  test('leads to the tables of what runs forward', () => {
    const moments = databaseOf(configFor(folder))?.schemaAround([])
    expect(moments && [...moments.now.tables.keys()].toSorted()).toEqual(tables)
    if (moments) expect(moments.now.complete).toBe(true)
  })
})

test('sqlx looks like others, and is taken when it is named', () => {
  const config = configFor('sqlx')
  expect(listMigrations(config)?.tool).toBeUndefined()
  const folder = join(root, 'sqlx')
  expect(listMigrations({...config, migrations: {folder, tool: 'sqlx'}})?.tool).toBe('sqlx')
  expect([...(databaseOf(config)?.schemaAround([])?.now.tables.keys() ?? [])]).toEqual(['orders', 'parcels'])
})

test.for(migrationToolNames)('the example of %s has its form', (name) => {
  const {pattern, example} = migrationTools[name]
  expect(migrationName(example)).toMatch(pattern)
})

test.for([
  ['golang-migrate', '000002_create_parcels', ['orders']],
  ['golang-migrate', 'db/000002_create_parcels.up.sql', ['orders']],
  ['prisma', 'prisma/migrations/20260301090000_add_orders/', []],
  ['flyway', 'V10__create_parcels.sql', ['orders']],
  ['goose', '20260401090000_create_parcels', ['orders']],
] as const)('%s: before %s', ([folder, name, tables]) => {
  const moments = databaseOf(configFor(folder))?.schemaAround([name])
  expect([...(moments?.before?.tables.keys() ?? [])]).toEqual([...tables])
  expect(moments?.own).toBeDefined()
})

test('the order is that of numbers, and the way back and other dialects are left out', () => {
  const files = [
    'V10__a.sql',
    'V9__b.sql',
    'U9__b.sql',
    'V9.1__c.sql',
    'R__v.sql',
    'notes.txt',
    'x/down.sql',
    'x/up.sql',
  ]
  expect(forwardFiles(files, undefined).files.map(({path}) => path)).toEqual([
    'V9__b.sql',
    'V9.1__c.sql',
    'V10__a.sql',
    'R__v.sql',
    'x/up.sql',
  ])
  const variants = ['1_a.up.sql', '1_a.mysql.up.sql', '1_a.mysql.down.sql', '2_b.postgres.up.sql', '3_c.sqlite3.up.sql']
  expect(forwardFiles(variants, 'mysql').files.map(({path}) => path)).toEqual(['1_a.mysql.up.sql'])
  expect(forwardFiles(variants, undefined)).toEqual({
    dialect: 'postgresql',
    files: [
      {path: '1_a.up.sql', name: '1_a'},
      {path: '2_b.postgres.up.sql', name: '2_b'},
    ],
  })
})

test.for([
  ['-- +goose Up\nA;\n-- +goose Down\nB;\n', 'A;'],
  ['-- migrate:up transaction:false\r\nA;\r\n-- migrate:down\r\nB;\r\n', 'A;'],
  ['-- +migrate Up\nA;\n-- +migrate Down\nB;\n-- +migrate Up\nC;\n', 'A; C;'],
  ['A;\n--- Down ---\nB;\n', 'A;'],
  ['A;\n-- Down below is the rest\nC;\n', 'A; C;'],
  ['A;\nCOPY t (a) FROM stdin;\n1\tB\n\\.\nC;\n', 'A; C;'],
] as const)('%j runs %s', ([text, left]) => {
  const forward = forwardText(text)
  expect(forward.replaceAll(/--.*/gu, '').replaceAll(/\s+/gu, ' ').trim()).toBe(left)
  expect(forward).toHaveLength(text.length)
})

test('any text keeps its length and its lines', () => {
  const part = fc.constantFrom(
    '-- +goose Up\n',
    '-- migrate:down\r\n',
    'CREATE TABLE a (b int);',
    '\n',
    'COPY x FROM stdin;\n',
    '\\.\n',
    '-- down\n',
    '—',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
      const text = parts.join('')
      const forward = forwardText(text)
      expect(forward.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length))
    }),
  )
})

test('code is no SQL: it is said, and nothing is known', () => {
  expect(readSource(join(root, 'rails'), configFor('rails'))).toMatchObject({
    files: [],
    complete: false,
    warnings: ['rails: it holds no SQL that could be applied'],
  })
})
