import {describe, expect, test} from 'vitest'
import {documentedIndexes, documentedTables} from '../../../src/sql/documented/index.ts'
import {read, texts, wrongRanges} from './support.ts'

const table = (name: string): readonly string[] => [name, '', '| Column | Type |', '|---|---|', '| id | UUID |']
const list = (item: string): string => `#### Entity 1: Order\n\n**Attributes**:\n- ${item}\n`

describe('names of tables', () => {
  test.for([
    ['## orders', 'orders'],
    ['### orders Table', 'orders'],
    ['### Table 1: orders', 'orders'],
    ['### `shop.orders` table', 'shop.orders'],
    ['#### Entity 2: OrderLine', 'OrderLine'],
    ['#### Existing Entity: Part', 'Part'],
    ['### 3.1 Orders Table (core)', 'Orders'],
    ['### {{TABLE_NAME_1}} Table', '{{TABLE_NAME_1}}'],
    ['#### Entity 1: [ENTITY_NAME]', '[ENTITY_NAME]'],
    ['## Tables\n\n**order_lines Table:**', 'order_lines'],
    ['## orders\n\n### Columns', 'orders'],
  ] as const)('%s', ([heading, name]) => {
    const document = read(['# Shop', '', ...table(heading)])
    const [first] = documentedTables(document)
    expect(first?.name.text).toBe(name)
    expect(first?.name.hole).toBe(/[{[]/u.test(name))
    expect(wrongRanges(first, document)).toEqual([])
  })

  test.for(['## Tables', '## Database Schema', '# Shop'])('%s is none', (heading) =>
    expect(documentedTables(read(table(heading)))).toEqual([]),
  )
})

describe('a column that names the table of each row', () => {
  const rows = (header: string): readonly string[] => [
    '## Entities',
    '',
    `| ${header} | Attribute | Type | Required | Remark |`,
    '|---|---|---|---|---|',
    '| `orders` | `id` | UUID | yes | PK |',
    '| | `buyer_id` | UUID | yes | FK → `buyers.id` |',
    '| `buyers` | `id` | UUID | yes | PK |',
    '| `orders` | `note` | TEXT | no | |',
  ]
  test.for(['Entity', 'Table', 'Table name'])('%s', (header) => {
    const document = read(rows(header))
    const found = documentedTables(document)
    expect(found.map(({name, columns}) => [name.text, columns.map((one) => one.name.text)])).toEqual([
      ['orders', ['id', 'buyer_id', 'note']],
      ['buyers', ['id']],
    ])
    expect(found[0]?.columns.map(({nullable}) => nullable)).toEqual([false, false, true])
    expect(found[0]?.constraints.map(({kind}) => kind)).toEqual(['primary', 'foreign'])
    expect(wrongRanges(found[0], document)).toEqual([])
  })
})

test.for([
  ['**Changed table `orders`**', 'UUID | |', 'added'],
  ['**Modified table `orders`**', 'UUID | PK |', 'all'],
  ['**New table `orders`**', 'UUID | |', 'all'],
] as const)('%s with `id` as %s: %s', ([label, cells, part]) => {
  const [found] = documentedTables(
    read(['## S', '', label, '', '| Column | Type | Key |', '|---|---|---|', `| id | ${cells}`]),
  )
  expect([found?.name.text, found?.part]).toEqual(['orders', part])
})

describe('names of tables in the sentence above', () => {
  test.for([
    ['Table `orders`:', 'orders', 'all'],
    ['Table order_lines:', 'order_lines', 'all'],
    ['The table `shop.orders` has these columns:', 'shop.orders', 'all'],
    ['The new table `orders` gets the columns below.', 'orders', 'all'],
    ['The existing table `orders` gets:', 'orders', 'added'],
    ['The `orders` table holds one row an order. Its columns:', undefined, undefined],
    ['Nothing else changes. The `orders` table:', 'orders', 'all'],
    ['Columns of `orders` (9,000 rows):', 'orders', 'all'],
    ['The new columns of the table `orders` are:', 'orders', 'added'],
    ['The two columns in `orders`, both short:', 'orders', 'added'],
    ['`orders` consists of:', 'orders', 'all'],
    ['`orders`:', 'orders', 'all'],
    ['The columns of `orders` and `order_lines`:', undefined, undefined],
    ['The columns of `orders` that the page shows:', undefined, undefined],
    ['The table `orders` is left as it is.', undefined, undefined],
    ['The endpoint answers with:', undefined, undefined],
  ] as const)('%s', ([sentence, name, part]) => {
    const [, , ...rows] = table('')
    const document = read(['## Schema', '', sentence, '', ...rows, '', sentence, '', '- `id`: UUID', '- `day`: DATE'])
    const found = documentedTables(document)
    expect(found.map((one) => [one.name.text, one.part])).toEqual(
      name === undefined
        ? []
        : [
            [name, part],
            [name, part],
          ],
    )
    expect(wrongRanges(found, document)).toEqual([])
  })

  test('the sentence counts for what stands right below it, and the header for its own table', () => {
    const lines = ['## orders', '', 'Table `shelves`:', '', '| Column | Type |', '|---|---|', '| id | UUID |', '']
    const more = ['And then:', '', '| Column | Type |', '|---|---|', '| id | UUID |', '']
    const header = ['| Column of `boxes` | Type |', '|---|---|', '| id | UUID |']
    const found = documentedTables(read([...lines, ...more, 'Then:', '', ...header]))
    expect(found.map(({name}) => name.text)).toEqual(['shelves', 'orders', 'boxes'])
  })
})

describe('rows of columns', () => {
  const header = '| Column | Type | Constraints | Default |\n|---|---|---|---|\n'
  test.for([
    ['id | UUID | PRIMARY KEY | uuid_generate_v4()', undefined, 'uuid_generate_v4()', ['primary id']],
    ["status | VARCHAR(20) | NOT NULL, UNIQUE | 'new'", false, "'new'", ['unique status']],
    ['a_id | UUID | FK → users(id), nullable | -', true, undefined, ['foreign users(id)']],
    [
      'a_id | UUID | REFERENCES users (id) ON DELETE SET NULL | –',
      undefined,
      undefined,
      ['foreign users(id) SET NULL'],
    ],
    ['a_id | UUID | References auth.users | ', undefined, undefined, ['foreign auth.users()']],
    ["s | TEXT | NOT NULL, DEFAULT 'a, b', CHECK (s IN ('x', 'y')) | ", false, "'a, b'", ["check s IN ('x', 'y') x y"]],
    ['s | TEXT | UNIQUE per user | none', undefined, undefined, []],
    ['n | DateTime? | DEFAULT NULL | ', true, 'NULL', []],
  ] as const)('%s', ([row, nullable, value, constraints]) => {
    const document = read(`## orders\n\n${header}| ${row} |\n`)
    const [first] = documentedTables(document)
    expect(first?.columns[0]?.nullable).toBe(nullable)
    expect(first?.columns[0]?.default?.text).toBe(value)
    expect(
      first?.constraints.map((one) => {
        if (one.kind === 'check') return `check ${one.text} ${texts(one.allowed?.values ?? []).join(' ')}`
        if (one.kind !== 'foreign') return `${one.kind} ${texts(one.columns).join(',')}`
        return `foreign ${one.table.text}(${texts(one.target).join(',')}) ${one.onDelete?.text ?? ''}`.trim()
      }),
    ).toEqual(constraints)
    expect(wrongRanges(first, document)).toEqual([])
  })

  test('a foreign key that leads nowhere is told apart', () => {
    const [first] = documentedTables(read(`## orders\n\n${header}| a_id | UUID | FOREIGN KEY, NOT NULL | - |\n`))
    expect(texts(first?.foreign ?? [])).toEqual(['a_id'])
    expect(first?.constraints).toEqual([])
  })

  test.for([
    ['| Field | Type | Nullable |', '| a | INT | NO |', false],
    ['| Field | Type | Required |', '| a | INT | ✓ |', false],
    ['| Columna | Tipo SQL | Null |', '| a | int | YES |', true],
    ['| Name | Type | Key |', '| a | INT | PK |', undefined],
  ] as const)('%s', ([names, row, nullable]) => {
    const [first] = documentedTables(read(`## orders\n\n${names}\n|---|---|---|\n${row}\n`))
    expect(first?.columns[0]?.nullable).toBe(nullable)
  })

  test.for(['| Name | Type | Description |', '| Type | PostgreSQL | Python |', '| Version | Date | Changes |'])(
    '%s are no columns',
    (names) => expect(documentedTables(read(`## orders\n\n${names}\n|---|---|---|\n| a | b | c |\n`))).toEqual([]),
  )
})

describe('attributes', () => {
  test.for([
    ['`id`: UUID - Primary key, generated', 'id', 'UUID', undefined, undefined],
    ['`a_id`: UUID - NOT NULL, part of the composite primary key', 'a_id', 'UUID', false, undefined],
    ['`state`: VARCHAR(12) - One of `a` and `b`, required, default `a`', 'state', 'VARCHAR(12)', false, 'a'],
    ['**note** (Text?): remarks', 'note', 'Text?', true, undefined],
    ['`id: UUID` - the key', 'id', 'UUID', undefined, undefined],
    ['email: string, unique, optional', 'email', 'string', true, undefined],
    ['`price`: DECIMAL(10,2) NOT NULL', 'price', 'DECIMAL(10,2)', false, undefined],
    ['`[field]`: [Type] - [Description]', '[field]', '[Type]', undefined, undefined],
    ['`sort`: How it is sorted, required by law', 'sort', undefined, undefined, undefined],
    ['`row`: UUID (FK → rows.id, required)', 'row', 'UUID', false, undefined],
    ['`kind`: Enum (active, inactive) - x', 'kind', 'Enum (active, inactive)', undefined, undefined],
  ] as const)('%s', ([item, name, type, nullable, value]) => {
    const document = read(list(item))
    const [first] = documentedTables(document)
    const [column] = first?.columns ?? []
    expect([first?.name.text, first?.source]).toEqual(['Order', 'attributeList'])
    expect([column?.name.text, column?.type?.text, column?.nullable, column?.default?.text]).toEqual([
      name,
      type,
      nullable,
      value,
    ])
    expect(wrongRanges(first, document)).toEqual([])
  })

  test('new and modified fields of an existing entity', () => {
    const document = read([
      '### Modified Entities',
      '',
      '#### Existing Entity: Part',
      '**New Fields**:',
      '- `a`: INT - x, optional',
      '',
      '**Modified Fields**:',
      '- `b`: VARCHAR(20) → VARCHAR(40) - longer',
    ])
    const found = documentedTables(document)
    expect(found.map(({state, part}) => [state, part])).toEqual([
      ['existing', 'added'],
      ['existing', 'modified'],
    ])
    expect(found[1]?.changes.map(({from, to}) => [from?.text, to?.text])).toEqual([['VARCHAR(20)', 'VARCHAR(40)']])
    expect(wrongRanges(found, document)).toEqual([])
  })

  test.each([
    ['Order {  // table orders, exists already', '}', 'orders', 'existing'],
    ['Order {  # kept for a year', '}', 'Order', undefined],
    ['Order (orders) {', '}', 'orders', undefined],
    ['Order (table: lent) {', '}', 'lent', undefined],
    ['Order (existing) {', '}', 'Order', 'existing'],
    ['Order (of a reader) {', '}', 'Order', undefined],
    ['Order → orders {', '}', 'orders', undefined],
    ['Entity: Order {', '}', 'Order', undefined],
    ['Order\n{', '}', 'Order', undefined],
    ['Order:', '', 'Order', undefined],
    ['- Order (orders)', '', 'orders', undefined],
  ])('the head of an entity in pseudo code: %s', (head, end, name, state) => {
    const lines = [head, '  id: UUID (PK)', '  - fee: INT, default 3 // in cents', 'day: DATE'.padStart(11), end]
    const document = read(['## Data', '', '```', ...lines, '```'])
    const found = documentedTables(document)
    expect(found.map((one) => [one.name.text, one.state, ...texts(one.columns.map((column) => column.name))])).toEqual([
      [name, state, 'id', 'fee', 'day'],
    ])
    expect(found[0]?.columns.map((column) => column.default?.text)).toEqual([undefined, '3', undefined])
    expect(wrongRanges(found, document)).toEqual([])
  })

  test('lines of an entity that are of no column are its indexes', () => {
    const lines = [
      'Order {',
      '  id: UUID (PK)',
      '  day: DATE',
      '  index: (day, id)',
      '  unique index: (day) where id > 0',
    ]
    const document = read(['## Data', '', '```', ...lines, '  exclusion: no two on a day', '}', '```'])
    expect(documentedTables(document).map(({columns}) => texts(columns.map((one) => one.name)))).toEqual([
      ['id', 'day'],
    ])
    expect(
      documentedIndexes(document).map(({table: owner, columns, unique, partial}) => [
        owner?.text,
        texts(columns),
        unique,
        partial,
      ]),
    ).toEqual([
      ['Order', ['day', 'id'], false, false],
      ['Order', ['day'], true, true],
    ])
  })

  test('entities in pseudo code', () => {
    const lines = [
      '  id: UUID (PK)',
      '',
      '  // of one row',
      '  row_id: UUID (FK → rows.id, required),',
      '  fee: DECIMAL(6,2)',
    ]
    const lists = ['Seat {', ...lines, '}', '', 'entity Row {', 'id: UUID (PK)', 'day: DATE (PK, FK → days(id))', '}']
    const others = [
      'Board {',
      '  title: the words above it',
      '  day: number of days',
      '}',
      'Half {',
      '  id: UUID',
      '  n: INT',
    ]
    const document = read(['## Data', '', '```', ...lists, ...others, '```'])
    const found = documentedTables(document)
    expect(found.map(({name, columns}) => [name.text, ...texts(columns.map((one) => one.name))])).toEqual([
      ['Seat', 'id', 'row_id', 'fee'],
      ['Row', 'id', 'day'],
    ])
    expect(found[0]?.columns.map(({type, nullable}) => [type?.text, nullable])).toEqual([
      ['UUID', undefined],
      ['UUID', false],
      ['DECIMAL(6,2)', undefined],
    ])
    expect(
      found.map(({constraints}) => constraints.map((one) => [one.kind, one.kind === 'foreign' && one.table.text])),
    ).toEqual([
      [
        ['primary', false],
        ['foreign', 'rows'],
      ],
      [
        ['primary', false],
        ['primary', false],
        ['foreign', 'days'],
      ],
    ])
    expect(wrongRanges(found, document)).toEqual([])
    expect(documentedTables(read(['## Data', '', '```ts', ...lists, '```']))).toEqual([])
  })

  test('other lists are none', () =>
    expect(documentedTables(read('#### Order\n\n**Business Rules**:\n- state: String\n- id: UUID\n'))).toEqual([]))
})

test('an entity-relationship diagram', () => {
  const document = read([
    '## Diagram',
    '```mermaid',
    'erDiagram',
    '  users ||--o{ tasks : owns',
    '  users {',
    '    varchar(36) id PK',
    '    varchar email UK "address"',
    '  }',
    '```',
  ])
  const [users] = documentedTables(document)
  expect(users?.columns.map(({name, type}) => [name.text, type?.base])).toEqual([
    ['id', 'varchar'],
    ['email', 'varchar'],
  ])
  expect(users?.constraints.map(({kind}) => kind)).toEqual(['primary', 'unique'])
  expect(wrongRanges(users, document)).toEqual([])
})
