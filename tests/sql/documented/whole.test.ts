import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {
  documentedEnums,
  documentedForeignKeys,
  documentedIndexes,
  documentedRelations,
  documentedTables,
  exampleRows,
  loadPython,
  modelFacts,
} from '../../../src/sql/documented/index.ts'
import type {SpecDocument} from '../../../src/document/types.ts'
import {read, texts, wrongRanges} from './support.ts'

const root = join(import.meta.dirname, '../../..')
const paths = [
  'fixtures/types/database-schema',
  'fixtures/types/data-model-design',
  'examples/schema',
  'examples/design',
].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => /^(?!bad).*\.md$/u.test(name))
    .map((name) => `${folder}/${name}`),
)

async function everything(document: SpecDocument) {
  return {
    tables: documentedTables(document),
    indexes: documentedIndexes(document),
    foreignKeys: documentedForeignKeys(document),
    relations: documentedRelations(document),
    enums: documentedEnums(document),
    rows: exampleRows(document),
    models: modelFacts(document, await loadPython(document)),
  }
}

describe.for(paths)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8')

  test('each range holds its text, with all line endings', async () => {
    for (const one of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      const document = read(one)
      const facts = await everything(document)
      expect(facts.tables.length).toBeGreaterThan(0)
      expect(wrongRanges(facts, document)).toEqual([])
    }
  })

  test('a truncated document is read', async () => {
    for (let end = 0; end < text.length; end += 997) {
      const document = read(text.slice(0, end))
      expect(wrongRanges(await everything(document), document)).toEqual([])
    }
  })
})

test('the workshop', async () => {
  const facts = await everything(read(readFileSync(join(root, 'fixtures/types/database-schema/clean.md'), 'utf8')))
  expect(
    facts.tables.map(({name, columns}) => `${name.text} ${texts(columns.map((one) => one.name)).join(' ')}`),
  ).toEqual([
    'mechanics id email full_name is_active created_at updated_at',
    'tickets id mechanic_id bike status price_cents created_at updated_at',
    'skills id name created_at updated_at',
    'mechanic_skills mechanic_id skill_id created_at updated_at',
  ])
  expect(facts.indexes.map(({table, what, columns}) => `${table?.text} ${what} ${texts(columns).join(',')}`)).toEqual([
    'mechanics primary id',
    'mechanics unique email',
    'tickets primary id',
    'tickets index mechanic_id',
    'tickets index status,created_at',
    'skills primary id',
    'skills unique name',
    'mechanic_skills primary mechanic_id,skill_id',
  ])
  expect(facts.foreignKeys.map(({table, to, onDelete}) => [table?.text, to.text, onDelete?.text])).toEqual([
    ['tickets', 'mechanics', 'SET NULL'],
    ['tickets', 'mechanics', undefined],
  ])
  expect(facts.enums.map(({name, values}) => `${name.text} ${texts(values).join(',')}`)).toEqual([
    'TicketStatus booked,on_stand,ready,collected',
    'status booked,on_stand,ready,collected',
  ])
  expect(facts.rows.map(({table, entries}) => [table?.text, entries.length])).toEqual([
    ['mechanics', 6],
    ['tickets', 7],
    ['skills', 4],
  ])
  expect(facts.models.tables.map(({table}) => table?.text)).toEqual(['mechanics', 'tickets'])
  expect(facts.models.migrations).toHaveLength(1)
})

const long = 20_000
const cell = (text: string): string => `## a\n\n| Column | Type | Constraints |\n|--|--|--|\n| id | INT | ${text} |\n`
const item = (text: string): string =>
  `## a Table\n\n**Attributes:**\n- ${text}\n\n**Indexes:**\n- ${text}\n\n**Foreign Keys:**\n- ${text}\n`

test.for([
  ['brackets', cell('CHECK ('.repeat(long))],
  ['words', cell('NOT '.repeat(long))],
  ['quotes', cell("'a ".repeat(long))],
  ['defaults', cell('DEFAULT f('.repeat(long))],
  ['targets', cell('FK → a'.repeat(long))],
  ['a name', item(`${'a'.repeat(long)}!`)],
  ['holes', item('{{a}}'.repeat(long))],
  ['open holes', item('{{'.repeat(long))],
  ['square holes', item('[a'.repeat(long))],
  ['arrows', item('a → '.repeat(long))],
  ['commas', item('a, '.repeat(long))],
  ['a type', item(`a: ${'b '.repeat(long)}`)],
  ['unions', item(`a: ${"'b' | ".repeat(long)}`)],
  ['labels', `## a\n\n${'**a_b Table:** x\n\n'.repeat(2000)}`],
  ['attribute lists', `## a\n\n${'**Attributes:**\n- `a`: INT\n\n'.repeat(1000)}`],
  ['headings', '## a\n\n- a: INT\n'.repeat(2000)],
  ['python', `\`\`\`python\n${'class A(str, Enum):\n  A = "a"\n'.repeat(2000)}\n\`\`\`\n`],
  ['nested calls', `\`\`\`python\ndef upgrade():\n  op.f(${'f('.repeat(long)}\n\`\`\`\n`],
  ['unions in code', `\`\`\`ts\n${"type A = 'a' | ".repeat(long)}\n\`\`\`\n`],
  ['prisma', `\`\`\`prisma\nmodel A {\n${'a String @default(('.repeat(long)}\n\`\`\`\n`],
  ['mermaid', `\`\`\`mermaid\nerDiagram\n${'a ||--o{ '.repeat(long)}\n\`\`\`\n`],
  ['comments in a diagram', `\`\`\`mermaid\n${'%% a\n'.repeat(long)}\n\`\`\`\n`],
] as const)('hostile: %s', {timeout: 20_000}, async ([, text]) => {
  const document = read(text)
  // That it ends is what is held.
  expect(Object.keys(await everything(document))).toHaveLength(7)
})
