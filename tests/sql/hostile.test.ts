import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {schemaChangesOf} from '../../src/sql/changes.ts'
import type {SchemaFacts} from '../../src/sql/schema.ts'
import {loadAllSchemaParsers} from '../../src/sql/load.ts'
import {schemaFacts} from '../../src/sql/schema.ts'

await loadAllSchemaParsers()

const times = (count: number, piece: (index: number) => string): string =>
  Array.from({length: count}, (_, at) => piece(at)).join('')
const inFence = (text: string, language = 'sql'): string => `# T\n\n## Schema\n\n\`\`\`${language}\n${text}\n\`\`\`\n`

/** Reads all of it; the next document still has its parsers. */
function readWhole(text: string): SchemaFacts {
  const document = readDocument(text)
  schemaChangesOf(document)
  const facts = schemaFacts(document)
  for (const part of [
    'sql',
    'tables',
    'indexes',
    'foreignKeys',
    'enums',
    'examples',
    'models',
    'prismaProblems',
  ] as const)
    expect(facts[part]).toBeDefined()
  return facts
}

const good = readDocument(inFence('CREATE TABLE a (id INT);'))
const nested = (count: number, open: string, close: string): string => open.repeat(count) + close.repeat(count)

describe('hostile SQL ends, and hides no other document', {timeout: 120_000}, () => {
  test.for([
    ['a long sum', inFence(`SELECT 1${times(30_000, () => ' + 12')};`)],
    ['nested parentheses', inFence(`SELECT ${nested(10_000, '(', ')')}`)],
    ['open parentheses', inFence(`CREATE TABLE a ${'('.repeat(20_000)}`)],
    ['nested queries', inFence(`SELECT * FROM ${nested(900, '(SELECT * FROM ', ') x')}`)],
    ['nested CASE', inFence(`SELECT ${times(2000, () => 'CASE WHEN a THEN ')}1${' END'.repeat(2000)}`)],
    ['an open string', inFence(`SELECT '${'x '.repeat(50_000)}`)],
    ['an open dollar quote', inFence(`SELECT $a$${'$b$ '.repeat(20_000)}`)],
    ['an open comment', inFence(`SELECT 1 ${'/* '.repeat(20_000)}`)],
    ['a comment of spaces', inFence(`-- ${' '.repeat(60_000)}x\nSELECT 1;`)],
    ['a comment of stars', inFence(`/*${'*'.repeat(60_000)}x*/ SELECT 1;`)],
    ['a comment of dashes behind a comma', inFence(`CREATE TABLE {{x}} (a int, ${'-'.repeat(5000)}\n b int);`)],
    ['empty lines', inFence(`SELECT 1${'\n'.repeat(50_000)}+ FORM FORM`)],
    ['placeholders', inFence(`CREATE TABLE t (${times(3000, (at) => `{{c${at}}} int, `)} id int);`)],
    ['open braces', inFence(`SELECT ${'{{'.repeat(20_000)}`)],
    ['parameters', inFence(`SELECT ${':a'.repeat(20_000)}`)],
    ['ON CONFLICT', inFence(`INSERT INTO a ${'ON CONFLICT '.repeat(10_000)}`)],
    ['white space in T-SQL', inFence(`CREATE TABLE a (b${' '.repeat(60_000)}int)`, 'tsql')],
    ['a long name', inFence(`CREATE TABLE ${'a.'.repeat(20_000)}b (id int)`)],
    ['Prisma', inFence(`model M {\n  a String @default(${'('.repeat(30_000)}\n}`, 'prisma')],
    ['a Prisma relation', inFence(`model M {\n  a A @relation(${'fields: ['.repeat(20_000)}\n}`, 'prisma')],
    ['Python', inFence(`op.execute("${'\\\\" '.repeat(20_000)}`, 'python')],
    ['a diagram', inFence('%% \n'.repeat(20_000), 'mermaid')],
    ['NUL', inFence('SELECT 1;\0\nCREATE TABLE a\0 (id int);')],
    ['lone surrogates', inFence("SELECT '\uD800'; CREATE TABLE \uDFFF (id int);")],
  ] as const)('%s', ([, text]) => {
    readWhole(text)
    expect(schemaFacts(good).sql.problems).toEqual([])
  })

  test.for([
    ['characters', inFence(`SELECT '${'x'.repeat(1_000_001)}'`), 'more than 1,000,000 characters'],
    ['statements', inFence('COMMIT;\n'.repeat(20_001)), 'more than 20,000 statements'],
    ['nesting', inFence(`SELECT ${nested(1001, '(', ')')}`), 'more than 1,000 deep'],
  ] as const)('a limit is told: %s', ([, text, words]) => {
    const {problems} = readWhole(text).sql
    expect(problems.map(({limit, message}) => [limit, message.includes(words)])).toEqual([[true, true]])
  })
})
