/** One change of a schema as plain data, and the single mistakes that its SQL may make. */
export interface Column {
  readonly name: string
  readonly type: string
  readonly says: string
  readonly primary?: boolean
  readonly required?: boolean
  readonly default?: string
  readonly to?: string
  readonly act?: string
}

export interface Table {
  readonly name: string
  readonly purpose: string
  readonly columns: readonly Column[]
}

export interface Story {
  readonly type: {readonly name: string; readonly values: readonly string[]}
  readonly tables: readonly [Table, Table]
  readonly gains: Pick<Table, 'name' | 'columns'>
  readonly unique: {readonly name: string; readonly table: string; readonly column: string}
  readonly check: {readonly name: string; readonly text: string}
  readonly indexes: readonly {readonly name: string; readonly table: string; readonly columns: readonly string[]}[]
}

const id: Column = {name: 'id', type: 'UUID', says: 'Identifier', primary: true, default: 'gen_random_uuid()'}
const created: Column = {
  name: 'created_at',
  type: 'TIMESTAMPTZ',
  says: 'When it was made',
  required: true,
  default: 'now()',
}

export const story: Story = {
  type: {name: 'parcel_state', values: ['packed', 'handed_over', 'delivered', 'returned']},
  tables: [
    {
      name: 'carriers',
      purpose: 'a company that takes parcels',
      columns: [
        id,
        {name: 'code', type: 'VARCHAR(12)', says: 'Short code', required: true},
        {name: 'label', type: 'TEXT', says: 'Name for people', required: true},
        {name: 'is_active', type: 'BOOLEAN', says: 'Whether it is offered', required: true, default: 'true'},
        {name: 'max_kg', type: 'SMALLINT', says: 'Heaviest parcel'},
        created,
      ],
    },
    {
      name: 'parcels',
      purpose: 'what is sent for an order',
      columns: [
        id,
        {name: 'carrier_id', type: 'UUID', says: 'Who takes it', required: true, to: 'carriers', act: 'RESTRICT'},
        {name: 'order_id', type: 'UUID', says: 'What it is for', required: true, to: 'orders', act: 'CASCADE'},
        {name: 'state', type: 'parcel_state', says: 'Where it is', required: true, default: "'packed'"},
        {name: 'weight_kg', type: 'NUMERIC(8,2)', says: 'As weighed', required: true},
        {name: 'remark', type: 'VARCHAR(400)', says: 'For the driver'},
        created,
      ],
    },
  ],
  gains: {
    name: 'orders',
    columns: [
      {name: 'shipped_at', type: 'TIMESTAMPTZ', says: 'When the last parcel left'},
      {name: 'gift_wrap', type: 'BOOLEAN', says: 'Asked for at checkout', required: true, default: 'false'},
    ],
  },
  unique: {name: 'uq_carriers_code', table: 'carriers', column: 'code'},
  check: {name: 'chk_parcels_weight', text: 'weight_kg > 0'},
  indexes: [
    {name: 'idx_parcels_carrier_state', table: 'parcels', columns: ['carrier_id', 'state']},
    {name: 'idx_parcels_order', table: 'parcels', columns: ['order_id']},
    {name: 'idx_orders_shipped', table: 'orders', columns: ['shipped_at']},
  ],
}

export interface Halves {
  readonly up: readonly string[]
  readonly down: readonly string[]
}

export function sqlOf({name, type, primary, required, default: value, to, act}: Column): string {
  const parts = [
    name,
    type,
    primary ? 'PRIMARY KEY' : required ? 'NOT NULL' : '',
    value === undefined ? '' : `DEFAULT ${value}`,
    to === undefined ? '' : `REFERENCES ${to} (id) ON DELETE ${act ?? 'RESTRICT'}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

export function halvesOf({type, tables, gains, unique, check, indexes}: Story): Halves {
  const [first, second] = tables
  const table = ({name, columns}: Table, rule: string): string =>
    `CREATE TABLE ${name} (\n${[...columns.map(sqlOf), rule].map((line) => `  ${line}`).join(',\n')}\n);`
  return {
    up: [
      `CREATE TYPE ${type.name} AS ENUM (${type.values.map((value) => `'${value}'`).join(', ')});`,
      table(first, `CONSTRAINT ${unique.name} UNIQUE (${unique.column})`),
      table(second, `CONSTRAINT ${check.name} CHECK (${check.text})`),
      ...gains.columns.map((column) => `ALTER TABLE ${gains.name} ADD COLUMN ${sqlOf(column)};`),
      ...indexes.map(
        (one) =>
          `CREATE INDEX ${one.table === 'orders' ? 'CONCURRENTLY ' : ''}${one.name} ON ${one.table} (${one.columns.join(', ')});`,
      ),
    ],
    down: [
      'DROP INDEX CONCURRENTLY idx_orders_shipped;',
      'ALTER TABLE orders DROP COLUMN gift_wrap;',
      'ALTER TABLE orders DROP COLUMN shipped_at;',
      'DROP TABLE parcels;',
      'DROP TABLE carriers;',
      'DROP TYPE parcel_state;',
    ],
  }
}

export type Part = 'columns' | 'gains' | 'enums' | 'indexes' | 'constraints' | 'halves'

export interface Fault extends Halves {
  readonly name: string
  /** What a document has to tell well for it to be found. */
  readonly part: Part
  /** Stands in the finding, or on its line. */
  readonly word: string
}

type Change = Partial<Column>

/** The story with another column. */
function changed(name: string, change: Change): Story {
  const inColumns = (columns: readonly Column[]): readonly Column[] =>
    columns.map((one) => (one.name === name ? {...one, ...change} : one))
  const [first, second] = story.tables
  return {
    ...story,
    tables: [
      {...first, columns: inColumns(first.columns)},
      {...second, columns: inColumns(second.columns)},
    ],
    gains: {...story.gains, columns: inColumns(story.gains.columns)},
  }
}

const clean = halvesOf(story)
const at = (list: readonly string[], ...order: readonly number[]): readonly string[] =>
  order.map((index) => list[index] ?? '')

function ofColumn(part: Part, name: string, column: string, change: Change, word = column): Fault {
  return {part, name, word, ...halvesOf(changed(column, change))}
}

function without(half: 'up' | 'down', part: Part, word: string, form: string): Fault {
  const lines = clean[half].filter((line) => !line.includes(form))
  if (lines.length === clean[half].length) throw new Error(`nothing has ${form}`)
  return {...clean, [half]: lines, part, word, name: `${half} without ${word}`}
}

const [carriers, parcels] = story.tables
const [first, ...others] = story.indexes

export const faults: readonly Fault[] = [
  ofColumn('columns', 'another length', 'remark', {type: 'VARCHAR(200)'}),
  ofColumn('columns', 'a length that is longer', 'code', {type: 'VARCHAR(20)'}),
  ofColumn('columns', 'not null', 'max_kg', {required: true}),
  ofColumn('columns', 'null', 'weight_kg', {required: false}),
  ofColumn('columns', 'another default', 'is_active', {default: 'false'}),
  ofColumn('columns', 'another value by default', 'state', {default: "'delivered'"}),
  ofColumn('columns', 'another name', 'label', {name: 'display_name'}, 'label'),
  ofColumn('columns', 'a key elsewhere', 'carrier_id', {to: 'couriers'}, 'carrier'),
  ofColumn('columns', 'a key of another type', 'carrier_id', {type: 'BIGINT'}),
  {
    part: 'columns',
    name: 'a column less',
    word: 'max_kg',
    ...halvesOf({
      ...story,
      tables: [{...carriers, columns: carriers.columns.filter(({name}) => name !== 'max_kg')}, parcels],
    }),
  },
  {
    part: 'columns',
    name: 'a column more',
    word: 'weight_unit',
    ...halvesOf({
      ...story,
      tables: [
        carriers,
        {...parcels, columns: [...parcels.columns, {name: 'weight_unit', type: 'TEXT', says: 'kg or lb'}]},
      ],
    }),
  },
  without('up', 'gains', 'shipped_at', 'ADD COLUMN shipped_at'),
  without('up', 'gains', 'gift_wrap', 'ADD COLUMN gift_wrap'),
  ofColumn('gains', 'another default', 'gift_wrap', {default: 'true'}),
  ofColumn('gains', 'another type', 'shipped_at', {type: 'DATE'}),
  without('up', 'enums', 'parcel_state', 'CREATE TYPE'),
  {
    part: 'enums',
    name: 'a value less',
    word: 'returned',
    ...halvesOf({...story, type: {...story.type, values: story.type.values.slice(0, -1)}}),
  },
  {
    part: 'enums',
    name: 'another value',
    word: 'handed',
    ...halvesOf({...story, type: {...story.type, values: ['packed', 'handed', 'delivered', 'returned']}}),
  },
  without('up', 'indexes', 'parcels', 'idx_parcels_order'),
  {
    part: 'indexes',
    name: 'other columns',
    word: 'carrier_id',
    ...halvesOf({...story, indexes: first ? [{...first, columns: ['carrier_id', 'created_at']}, ...others] : []}),
  },
  {
    part: 'constraints',
    name: 'another bound',
    word: 'weight_kg',
    ...halvesOf({...story, check: {...story.check, text: 'weight_kg > 10'}}),
  },
  {
    part: 'constraints',
    name: 'another name of a check',
    word: 'chk_parcels_weight',
    ...halvesOf({...story, check: {...story.check, name: 'chk_parcels_mass'}}),
  },
  {
    part: 'constraints',
    name: 'another name of a unique constraint',
    word: 'uq_carriers_code',
    ...halvesOf({...story, unique: {...story.unique, name: 'uq_carriers_short'}}),
  },
  without('down', 'halves', 'gift_wrap', 'gift_wrap'),
  without('down', 'halves', 'parcels', 'DROP TABLE parcels'),
  without('down', 'halves', 'carriers', 'DROP TABLE carriers'),
  without('down', 'halves', 'parcel_state', 'DROP TYPE'),
  {
    ...clean,
    part: 'halves',
    name: 'tables in another order',
    word: 'carriers',
    up: at(clean.up, 0, 2, 1, 3, 4, 5, 6, 7),
  },
  {...clean, part: 'halves', name: 'drops in another order', word: 'carriers', down: at(clean.down, 0, 1, 2, 4, 3, 5)},
  {...clean, part: 'halves', name: 'the type first', word: 'parcel_state', down: at(clean.down, 0, 1, 2, 5, 3, 4)},
]
