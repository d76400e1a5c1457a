import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import type {Dialect} from '../../src/sql/model.ts'
import {loadSqlFor} from '../../src/sql/load.ts'
import {readSql} from '../../src/sql/read.ts'
import {factsOf, inFence, show} from './show.ts'

describe('positions', () => {
  const sql = [
    '-- é😀漢: the tables',
    "CREATE TABLE \"Größe\" (id INT, name TEXT DEFAULT '😀' NOT NULL, CHECK (name IN ('漢', 'b')));",
    'CREATE INDEX i ON "Größe" (lower(name));',
  ].join('\n')

  test.for<readonly [string, string]>([
    ['plain', inFence(sql, 'postgresql')],
    ['CRLF', inFence(sql, 'postgresql').replaceAll('\n', '\r\n')],
    ['byte order mark', `\uFEFF${inFence(sql, 'postgresql')}`],
    [
      'in a list',
      `# D\n\n- x\n  - y\n\n${inFence(sql, 'postgresql')
        .replace('# D\n\n', '')
        .replaceAll(/^(?=.)/gmu, '    ')}`,
    ],
  ])('%s', async ([, text]) => {
    const {statements, problems} = await factsOf(text)
    const at = ({start, end}: {start: number; end: number}): string => text.slice(start, end)
    const [first, second] = statements.flatMap(({operations}) => operations)
    expect(problems).toEqual([])
    if (first?.kind !== 'create-table' || second?.kind !== 'create-index') throw new Error('not read')
    expect(at(first)).toBe(first.statement.text)
    expect(at(first.table)).toBe('"Größe"')
    expect(first.columns.map(at)).toEqual(['id INT', "name TEXT DEFAULT '😀' NOT NULL"])
    expect(first.columns.map(({type}) => type && at(type))).toEqual(['INT', 'TEXT'])
    expect(first.columns.map((one) => one.default && at(one.default))).toEqual([undefined, "'😀'"])
    expect(first.constraints.map(at)).toEqual(["CHECK (name IN ('漢', 'b'))"])
    expect(first.statement.comments.map(at)).toEqual(['-- é😀漢: the tables'])
    expect(at(second.index.table)).toBe('"Größe"')
    expect(second.index.columns.map(at)).toEqual(['lower(name)'])
  })
})

describe('placeholders', () => {
  test.for([
    [
      'CREATE TABLE [table_name] (id {{TYPE}} PRIMARY KEY [GENERATION]);',
      ['create-table _table_name_~ (id _type___!) pk(id)'],
    ],
    ['CREATE TABLE t (id INT,\n  -- ... more columns\n);', ['create-table t (id integer)']],
    ['CREATE TABLE t (...);', ['create-table t ()']],
    ['ALTER TABLE <table> ADD COLUMN ${name} TEXT;', ['add-column _table_~ _name__~ text']],
    ['CREATE INDEX idx_{{t}}_{{c}} ON {{t}}({{c}});', ['create-index idx__t_____c___~ on _t___~(_c___~)']],
    ['SELECT ... FROM t WHERE a = ? AND b = :name AND c = %s;', ['select from t where a, b, c']],
    [
      'ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c(d) ON DELETE [CASCADE/RESTRICT];',
      ['add-constraint a fk(b)→c(d) [CASCADE/RESTRICT]'],
    ],
    ['INSERT INTO t VALUES ({{x}}, …);', ['insert t']],
    ["SELECT a[1], ARRAY['x'] FROM t WHERE b = '{{x}}';", ['select from t where b']],
  ] as const)('%s', async ([sql, expected]) => {
    const {statements, problems} = await factsOf(inFence(sql, 'postgresql'))
    expect(problems).toEqual([])
    expect(statements.flatMap(({operations}) => operations.map(show))).toEqual(expected)
  })

  test('the text of a name is as written, and its range', async () => {
    const text = inFence('CREATE TABLE [table_name] (id INT);', 'postgresql')
    const [statement] = (await factsOf(text)).statements
    const [operation] = statement?.operations ?? []
    if (operation?.kind !== 'create-table') throw new Error('not read')
    expect(operation.table).toMatchObject({text: '[table_name]', hole: true})
    expect(text.slice(operation.table.start, operation.table.end)).toBe('[table_name]')
    expect(statement?.template).toBe(true)
  })
})

describe('dialect', () => {
  const table = inFence('CREATE TABLE t (id INT);')
  test.for([
    ['configuration', table, 'mysql', 'mysql', 'configuration'],
    ['front matter', `---\ndatabase: SQLite\n---\n${table}`, undefined, 'sqlite', 'metadata'],
    ['bold field', `# D\n\n**Database:** PostgreSQL 16+\n\n## S\n\n${table}`, undefined, 'postgresql', 'metadata'],
    [
      'two names decide nothing',
      `# D\n\n**Database:** PostgreSQL or MySQL\n\n${table}`,
      undefined,
      'postgresql',
      'parsed',
    ],
    ['fence', inFence('CREATE TABLE t (id INT);', 'mariadb'), undefined, 'mysql', 'fence'],
    ['signs', inFence('CREATE TABLE t (id INT AUTO_INCREMENT);'), undefined, 'mysql', 'signs'],
    ['batches', inFence('CREATE TABLE [dbo].[T] (Id INT)\nGO\nDROP TABLE T\nGO'), undefined, 'mssql', 'signs'],
    ['parsed', inFence('RENAME TABLE a TO b;'), undefined, 'mysql', 'parsed'],
    ['nothing to tell', '# D\n', undefined, undefined, undefined],
  ] as const)('%s', async ([, text, setting, dialect, decidedBy]) => {
    expect(await factsOf(text, setting)).toMatchObject({dialect, decidedBy})
  })

  test('a fence that names its dialect is read as that one', async () => {
    const text = `**Database:** PostgreSQL\n\n${inFence('ALTER TABLE t MODIFY COLUMN a INT;', 'mysql')}`
    expect((await factsOf(text)).problems).toEqual([])
  })

  test('an engine that no parser knows has no syntax errors', async () => {
    const text = `**Database:** Snowflake\n\n${inFence('CREATE TABLE t (a VARIANT) CLUSTER BY (a) x y;')}`
    expect((await factsOf(text)).problems).toEqual([])
  })
})

describe('splitting', () => {
  test.for([
    ['SELECT \';\'; SELECT $$;$$; SELECT 1 /* ; /* ; */ ; */; -- ;\nSELECT ";"', 'postgresql', 4],
    [
      'DELIMITER //\nCREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW BEGIN SET @x = 1; END//\nDELIMITER ;\nSELECT 1;',
      'mysql',
      2,
    ],
    [
      'CREATE TABLE t (a INT)\nGO\nINSERT INTO t VALUES (1)\nGO 5\nCREATE INDEX i ON t (a)\nDROP INDEX i ON t',
      'mssql',
      4,
    ],
    ['\\c db\nSELECT 1;\n\\d t\n', 'postgresql', 3],
    ["SELECT 'it\\'s; x'; SELECT 1 # ;\n", 'mysql', 2],
    [';;;', 'postgresql', 0],
    ['-- only a comment', 'postgresql', 0],
  ] as const)('%s', async ([sql, dialect, count]) => {
    const {statements, problems} = await factsOf(inFence(sql), dialect)
    expect(problems).toEqual([])
    expect(statements).toHaveLength(count)
  })

  test('comments belong to the statement they stand at', async () => {
    const sql = [
      '-- far away',
      '',
      'CREATE INDEX a ON t (x); -- beside a',
      '-- Supports: query 1',
      'CREATE INDEX b ON t (y);',
      '-- Supports: query 2',
      '',
      '-- before c',
      'CREATE INDEX c ON t (z /* inside c */);',
    ].join('\n')
    const {statements} = await factsOf(inFence(sql, 'postgresql'))
    expect(statements.map(({comments}) => comments.map(({text}) => text))).toEqual([
      ['beside a'],
      ['Supports: query 1', 'Supports: query 2'],
      ['before c', 'inside c'],
    ])
  })
})

describe('limits', () => {
  test.for<readonly [string, string, string]>([
    ['1 MB', `SELECT '${'x'.repeat(1_000_001)}';`, 'characters'],
    ['statements', 'SELECT 1;'.repeat(20_001), 'more than 20,000 statements'],
    ['parentheses', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};`, 'more than 1,000 deep'],
    ['open parentheses', `SELECT ${'('.repeat(5000)}`, 'more than 1,000 deep'],
  ])('%s', async ([, sql, message]) => {
    for (const dialect of ['postgresql', 'mysql'] as const) {
      const {problems} = await factsOf(inFence(sql), dialect)
      expect(problems.map((one) => one.message)).toEqual([expect.stringContaining(message)])
    }
  })

  test('many placeholders', async () => {
    const sql = `SELECT ${Array.from({length: 3000}, (_, index) => `[c${index} d] x y`).join(', ')} FROM;`
    await expect(factsOf(inFence(sql, 'postgresql'))).resolves.toBeDefined()
  })
})

test('a parser that is not loaded is a clear error', () => {
  const code = readDocument(inFence('SELECT 1;', 'sql'))
  expect(readSql(readDocument('# no SQL\n')).statements).toEqual([])
  expect(code.codes).toHaveLength(1)
})

const dialects: readonly Dialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql']
const word = fc.constantFrom(
  ...'CREATE TABLE ALTER ADD DROP COLUMN INDEX ON t ( ) , ; \' " ` $$ -- /* */ [x] {{y}} ... SELECT FROM WHERE a = 1 INSERT INTO VALUES é 😀 \n GO DELIMITER // \\d BEGIN END CHECK IN DEFAULT . :: PRIMARY KEY TYPE ENUM AS'.split(
    ' ',
  ),
)

test('no text makes it throw, and all ranges lie inside', async () => {
  await loadSqlFor(readDocument(inFence('x')))
  const texts = fc.array(word, {maxLength: 40}).map((words) => words.join(' '))
  fc.assert(
    fc.property(texts, fc.constantFrom(...dialects), (sql, dialect) => {
      const text = inFence(sql)
      const {statements, problems} = readSql(readDocument(text), dialect)
      for (const {start, end} of [...statements, ...problems, ...statements.flatMap(({operations}) => operations)]) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(start).toBeLessThanOrEqual(end)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
    {numRuns: 400},
  )
})
