import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {createSource} from '../../src/document/source.ts'
import {fixPaths} from '../../src/run/fix.ts'
import {type ChangeOptions, type RunOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import type {RunResult} from '../../src/run/types.ts'
import {root} from '../support/cli.ts'
import {clean as prd} from '../support/place.ts'
import {repository, type Repository} from '../support/repository.ts'

const spec = readFileSync(join(root, 'fixtures/types/database-schema/clean.md'), 'utf8')
const change = (text: string, words: string): string => text.replace('\n## Tables\n', `\n${words}\n\n## Tables\n`)
const model = 'model Order {\n  id String @id\n}\n'
const table = 'CREATE TABLE invoices (id uuid PRIMARY KEY, total numeric(12, 2));\n'

function open(files: Readonly<Record<string, string>>): Repository {
  const made = repository({'docs/schema.md': spec, ...files})
  onTestFinished(made.remove)
  return made
}

function options({path}: Repository, changes: Partial<ChangeOptions> = {}, more: Partial<RunOptions> = {}): RunOptions {
  return runOptions({
    cwd: path,
    only: ['schema-drift'],
    changes: {base: 'main', staged: false, report: 'changed-files', ...changes},
    ...more,
  })
}

const seen = ({files}: RunResult): readonly string[] =>
  files.flatMap(({path, text, result}) =>
    result.findings.map(({start, end, reason, severity}) => {
      const {line, column} = createSource(text).pointOf(start)
      return `${path}:${line}:${column} ${severity} ${reason} | ${text.slice(start, end)}`
    }),
  )

const drift = async (repo: Repository, paths: readonly string[] = ['.']): Promise<readonly string[]> =>
  seen(await lintPaths(paths, options(repo)))

const migration = 'migrations/0007_add_invoices.sql'
const alarm = `${migration}:1:1 warning Migration \`0007_add_invoices\` changes \`invoices\`, and no specification says so | ${table.trim()}`

describe('schema-drift', () => {
  test('a migration that no document names, in every form of a change', async () => {
    const repo = open({})
    repo.write({[migration]: table})
    expect(await drift(repo)).toEqual([alarm])
    expect(seen(await lintPaths(['.'], options(repo, {staged: true})))).toEqual([])
    repo.git('add', '-A')
    repo.write({[migration]: 'SELECT 1;\n'})
    expect(seen(await lintPaths(['.'], options(repo, {staged: true, report: 'changed-lines'})))).toEqual([alarm])
    repo.write({[migration]: table})
    const fixed = await fixPaths(['.'], options(repo), {unsafe: false, write: true})
    expect(seen(fixed)).toEqual([alarm])
    repo.commit()
    expect(seen(await lintPaths(['.'], options(repo, {base: 'HEAD'})))).toEqual([])
    expect(seen(await lintPaths(['.'], options(repo, {base: 'HEAD~1'})))).toEqual([alarm])
    expect(seen(await lintPaths(['.'], runOptions({cwd: repo.path, only: ['schema-drift']})))).toEqual([])
  })

  test('one finding a change, at the first migration that no document speaks of', async () => {
    const repo = open({'prisma/schema.prisma': model})
    repo.write({
      'prisma/migrations/20260331093000_b/migration.sql': 'ALTER TABLE orders ADD COLUMN a int;\n',
      'prisma/migrations/20260331093001_c/migration.sql': 'ALTER TABLE mechanics DROP COLUMN email;\n',
      'prisma/schema.prisma': model.replace('}', '  a Int\n}'),
      'db/migrate/20260331093000_create_bills.rb': 'create_table :bills do |t|\nend\n',
    })
    expect(await drift(repo)).toEqual([
      'db/migrate/20260331093000_create_bills.rb:1:1 warning Migration `20260331093000_create_bills` changes `bills`, and no specification says so | create_table :bills do |t|',
    ])
    repo.write({'docs/schema.md': change(spec, 'Bills and orders are kept for ten years.')})
    // Of the documents of the change, naming the table is enough; the other migration is told by the column it drops.
    expect(await drift(repo)).toEqual([])
  })

  test.for<readonly [string, string, readonly string[]]>([
    ['names the migration', 'Migration: `0007_add_invoices.sql`.', []],
    ['names it without its number', 'The migration `add_invoices` makes the table.', []],
    ['names the table', 'There is a table for each invoice.', []],
    ['names something else', 'There is a table for each voice.', [alarm]],
  ])('a document of the same change that %s', async ([, words, expected]) => {
    const repo = open({})
    repo.write({[migration]: table, 'docs/schema.md': change(spec, words)})
    expect(await drift(repo)).toEqual(expected)
  })

  test('files that are deleted, renamed or moved say nothing; a renamed one that changed does', async () => {
    const long = `${model}model Item {\n  id String @id\n  name String\n  sum Int\n}\n`
    const repo = open({'prisma/schema.prisma': long, [migration]: table})
    repo.write({[migration]: undefined})
    repo.git('mv', 'prisma/schema.prisma', 'prisma/models.prisma')
    expect(await drift(repo)).toEqual([])
    repo.write({'prisma/models.prisma': long.replace('sum Int', 'sum Int\n  tax Int')})
    expect(await drift(repo)).toEqual([
      'prisma/models.prisma:8:3 warning The schema of `Item` changes here, and no specification says so | tax Int',
    ])
  })

  test('what the configuration names, and nothing else', async () => {
    const files = {
      'spec-lint.yaml': 'schema: sql/tables.sql\nmigrations: sql/steps\n',
      'sql/tables.sql': 'CREATE TABLE bills (id int);\n',
      'sql/steps/1_a.sql': 'CREATE TABLE bills (id int);\n',
    }
    const repo = open(files)
    repo.write({[migration]: table, 'sql/other.sql': table})
    expect(await drift(repo)).toEqual([])
    repo.write({'sql/tables.sql': `CREATE TABLE bills (id int);\n${table}`})
    expect(await drift(repo)).toEqual([
      `sql/tables.sql:2:1 warning The schema of \`invoices\` changes here, and no specification says so | ${table.trim()}`,
    ])
    repo.write({'sql/steps/2_b.sql': table})
    expect(await drift(repo)).toHaveLength(1)
    expect((await drift(repo))[0]).toContain('sql/steps/2_b.sql:1:1')
    repo.write({
      'spec-lint.yaml': `${files['spec-lint.yaml']}overrides: [{files: [sql/steps/*], rules: {schema-drift: error}}]\n`,
    })
    expect((await drift(repo))[0]).toContain('sql/steps/2_b.sql:1:1 error')
    repo.write({'spec-lint.yaml': `${files['spec-lint.yaml']}ignore: [sql]\n`})
    expect(await drift(repo)).toEqual([])
  })

  test('projects without documents on a schema, and files outside of the paths, are left alone', async () => {
    const repo = repository({'docs/a.md': prd.replace(/^## 3[\s\S]*?(?=^## 4)/mu, '')})
    onTestFinished(repo.remove)
    repo.write({[migration]: table})
    expect(await drift(repo)).toEqual([])
    const other = open({})
    other.write({[migration]: table})
    expect(await drift(other, ['docs'])).toEqual([])
    expect(await drift(other, ['docs', 'migrations'])).toEqual([alarm])
  })
})
