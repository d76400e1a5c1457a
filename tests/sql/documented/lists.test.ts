import {looseValues} from '../../../src/sql/documented/loose-values.ts'
import {describe, expect, test} from 'vitest'
import {
  documentedEnums,
  documentedForeignKeys,
  documentedIndexes,
  documentedRelations,
  exampleRows,
} from '../../../src/sql/documented/index.ts'
import {read, texts, wrongRanges} from './support.ts'

describe('indexes', () => {
  test.for([
    ['`PRIMARY KEY (id)`', 'primary  orders(id)'],
    ['`UNIQUE (a, b)`, from the constraint `uq`', 'unique  orders(a,b)'],
    ['PRIMARY KEY on `id`', 'primary  orders(id)'],
    ['UNIQUE INDEX on `email`', 'unique  orders(email)'],
    ['`CREATE INDEX idx_a ON x(b, c DESC)`', 'index idx_a x(b,c)'],
    [
      '`CREATE UNIQUE INDEX CONCURRENTLY ux ON x USING btree (lower(b)) WHERE c`',
      'index ux x(lower(b)) unique partial',
    ],
    ['`idx_a` on (a, b)', 'index idx_a orders(a,b)'],
    ['`idx_a`: Unique index on email column', 'index idx_a orders(email) unique'],
    ['`idx_a`: lookups', 'index idx_a orders()'],
    ['`CREATE INDEX idx_{{t}}_{{c}} ON {{t}}({{c}})`', 'index idx_{{t}}_{{c}} {{t}}({{c}})'],
    ['`idx_a` serves the board', undefined],
    ['Add indexes on foreign keys', undefined],
  ] as const)('%s', ([item, expected]) => {
    const document = read(`### orders Table\n\n**Indexes:**\n- ${item}\n`)
    const found = documentedIndexes(document)
    expect(
      found.map(
        ({what, name, table, columns, unique, partial}) =>
          `${what} ${name?.text ?? ''} ${table?.text ?? ''}(${texts(columns).join(',')})${unique && what === 'index' ? ' unique' : ''}${partial ? ' partial' : ''}`,
      ),
    ).toEqual(expected === undefined ? [] : [expected])
    expect(wrongRanges(found, document)).toEqual([])
  })

  test('a composite primary key and keys of several tables', () => {
    const document = read(
      '**a_b Table:**\n\n**Composite Primary Key:** `(a_id, b_id)`\n\n## Indexes\n- **Primary Keys**: `a(id)`, `b(id)`\n',
    )
    const found = documentedIndexes(document)
    expect(found.map(({table, columns}) => [table?.text, ...texts(columns)])).toEqual([
      ['a_b', 'a_id', 'b_id'],
      ['a', 'id'],
      ['b', 'id'],
    ])
    expect(wrongRanges(found, document)).toEqual([])
  })
})

describe('foreign keys', () => {
  test.for([
    ['`a_id` → `as(id)` ON DELETE CASCADE', 'orders(a_id) as(id) CASCADE'],
    ['`a_id` → `as`(id) ON DELETE SET NULL', 'orders(a_id) as(id) SET NULL'],
    ['a_id -> as.id', 'orders(a_id) as(id) '],
    ['`a_id` REFERENCES `as(id)`', 'orders(a_id) as(id) '],
    ['Foreign key: `b.a_id` → `a.id`', 'b(a_id) a(id) '],
    ['FOREIGN KEY (a, b) REFERENCES c(d, e)', 'orders(a,b) c(d,e) '],
    ['`{{FK}}` → `{{T}}(id)` ON DELETE {{X}}', 'orders({{FK}}) {{T}}(id) {{X}}'],
    ['Each Match belongs to a **Season** via `season_id`', 'Match(season_id) Season() '],
    ['`b` references `t` through `t_id`, ON DELETE CASCADE', 'b(t_id) t() CASCADE'],
    ['Each Match belongs to the author via `author_id`', undefined],
    ['draft → sent', undefined],
    ['b belongs to a', undefined],
    ['a_id references the users', undefined],
  ] as const)('%s', ([item, expected]) => {
    const document = read(`### orders Table\n\n**Foreign Keys:**\n- ${item}\n`)
    const found = documentedForeignKeys(document)
    expect(
      found.map(
        ({table, columns, to, target, onDelete}) =>
          `${table?.text}(${texts(columns).join(',')}) ${to.text}(${texts(target).join(',')}) ${onDelete?.text ?? ''}`,
      ),
    ).toEqual(expected === undefined ? [] : [expected])
    expect(wrongRanges(found, document)).toEqual([])
  })

  test.for([
    ['- One `a` has many `b`', ['one-to-many', 'a', 'b', undefined]],
    ['- One `a` row has many `b`', ['one-to-many', 'a', 'b', undefined]],
    ['- `a` ↔ `c` ↔ `b`', ['many-to-many', 'a', 'b', 'c']],
    ['```mermaid\nerDiagram\n  a ||--o{ b : has\n```', ['one-to-many', 'a', 'b', undefined]],
    ['```mermaid\nerDiagram\n  a }o--|| b : "in"\n```', ['many-to-one', 'a', 'b', undefined]],
  ] as const)('%s', ([text, expected]) => {
    const document = read(`## Relationships\n\n${text}\n`)
    const found = documentedRelations(document)
    expect(found.map(({cardinality, from, to, through}) => [cardinality, from.text, to.text, through?.text])).toEqual([
      expected,
    ])
    expect(wrongRanges(found, document)).toEqual([])
  })
})

describe('enums', () => {
  test.for([
    ['```python\nclass Status(str, Enum):\n    A = "a"  # x\n    B = \'b\'\n\nx = 1\n```', 'python Status a,b'],
    ['```python\nclass {{Name}}(str, Enum):\n    {{A}} = "{{a}}"\n```', 'python {{Name}} {{a}}'],
    ["```ts\nenum S { A = 'a', B = 'b' }\n```", 'typescript S a,b'],
    ["```ts\ntype S =\n  | 'a' // x\n  | 'b'\n```", 'typescript S a,b'],
    ['### Status Enum\n\n- `a`: first\n- **b** - second\n- c\n', 'list Status a,b,c'],
    ['### Status Enum\n\n| Value | Meaning |\n|---|---|\n| `a` | x |\n| b | y |\n', 'table Status a,b'],
    ['```php\nenum S: string {\n    case A = \'a\';\n    case B = "b";\n}\n```', 'program S a,b'],
    ["```php\nclass Order {\n    public const STATES = ['a', 'b'];\n}\n```", 'program STATES a,b'],
    ['```go\nconst (\n\tSA S = "a"\n\tSB S = "b"\n)\n```', 'program S a,b'],
    ['```java\nenum S { A("a"), B("b"); private final String key; }\n```', 'program S a,b'],
    ['```kotlin\nenum class S(val key: String) {\n  A("x y"), // first\n  B("Z")\n}\n```', 'program S A,B'],
    ['```csharp\npublic enum S { [Display] Open, Closed }\n```', 'program S Open,Closed'],
    ['```rust\nenum S {\n    #[serde(rename = "x")]\n    Open,\n    Closed,\n}\n```', 'program S Open,Closed'],
    ['```swift\nenum S: String {\n  case a = "a"\n  case b = "b"\n}\n```', 'program S a,b'],
    ['```graphql\nenum S {\n  A\n  B\n}\n```', 'program S A,B'],
    ['```ruby\nenum status: { a: 0, b: 1 }\n```', 'program status a,b'],
    ['```ruby\nenum :status, %w[a b]\n```', 'program status a,b'],
    ["```ruby\nKINDS = ['a', 'b'].freeze\n```", 'program KINDS a,b'],
    ['```python\nclass S(models.TextChoices):\n    A = "a", "First"\n    B = "b", "Second"\n```', 'python S a,b'],
    ['### Status Enum\n\n`a`, `b` and `c`\n', 'list Status a,b,c'],
    ["### Status Enum\n\n```sql\nCHECK (status IN ('a', 'b'))\n```\n", 'list Status a,b'],
    ['## orders\n\n- id: UUID\n- status: Enum (active, inactive)\n', 'column status active,inactive'],
    ['## orders\n\n- id: UUID\n- s: TEXT - One of `a`, `b` and `c`, required\n', 'column s a,b,c'],
    [
      "## orders\n\n| Column | Type | Constraints |\n|--|--|--|\n| s | TEXT | CHECK (s IN ('a', 'b')) |\n",
      'column s a,b',
    ],
  ] as const)('%s', ([text, expected]) => {
    const document = read(text)
    const found = documentedEnums(document)
    expect(found.map(({source, name, values}) => `${source} ${name.text} ${texts(values).join(',')}`)).toEqual([
      expected,
    ])
    expect(wrongRanges(found, document)).toEqual([])
  })
})

test.for([
  '```rust\nenum S { InTransit, Open }\n```',
  '```go\nconst MaxRows = 5\nconst Name = "a"\n```',
  '```java\nenum S { A("a", 1) { int x() { return 1; } } }\n```',
  `\`\`\`php\n${'enum A: string {'.repeat(20_000)}\n\`\`\``,
  `\`\`\`ruby\n${'enum a: { '.repeat(20_000)}\n\`\`\``,
])('no enum of which the values are known: %#', (text) => {
  expect(documentedEnums(read(text))).toEqual([])
})

test.for([
  ['| State | Meaning |\n|--|--|\n| `a` | x |\n| `b` | y |\n| c | z |\n', 'State a,b,c'],
  ['The states:\n\n- `a`: x\n- **`b`** – y\n- `c`\n', 'The states: a,b,c'],
  ['It goes `a` → `b` → `c`.\n', 'It goes  a,b,c'],
  ['```mermaid\nstateDiagram-v2\n  [*] --> a\n  a --> b : x\n  b --> c\n```\n', 'state a,b,c'],
] as const)('loose values: %s', ([text, expected]) => {
  const document = read(text)
  const found = looseValues(document)
  expect(found.map(({words, values}) => `${words} ${texts(values).join(',')}`)).toEqual([expected])
  expect(wrongRanges(found, document)).toEqual([])
})

describe('example rows', () => {
  test('keys and values with their types', () => {
    const json = '{\n  "id": "x\\n", // note\n  "n": 1, "f": 1.5, "b": true,\n  "z": null, "a": [1], "o": {"p": 1},\n}'
    const document = read(`> ### orders Table\n\n## orders\n\n**Example Row:**\n\`\`\`json\n${json}\n\`\`\`\n`)
    const [row] = exampleRows(document)
    expect(row?.table?.text).toBe('orders')
    expect(row?.entries.map(({key, value}) => `${key.text} ${value.type} ${value.text}`)).toEqual([
      'id string "x\\n"',
      'n integer 1',
      'f number 1.5',
      'b boolean true',
      'z null null',
      'a array [1]',
      'o object {"p": 1}',
    ])
    expect(row?.entries[0]?.value.scalar).toBe('x\n')
    expect(wrongRanges(row, document)).toEqual([])
  })

  test.for(['{"a": ', '[]', '', '[1, 2]', '{,,}', '['.repeat(100_000), '{"a":'.repeat(100_000)])(
    'broken or empty: %#',
    (json) => {
      const document = read(`## orders\n\n**Example Row:**\n\`\`\`json\n${json}\n\`\`\`\n`)
      expect(exampleRows(document).flatMap(({entries}) => entries)).toEqual([])
    },
  )

  test('an array holds several', () =>
    expect(exampleRows(read('## orders\n\n**Example Data:**\n```json\n[{"a": 1}, {"a": 2}]\n```\n'))).toHaveLength(2))
})
