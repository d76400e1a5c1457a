/** One mistake in what is told: in the schema section, the migration or the way back. */
import type {Column, Op, Story} from './stories.ts'

export interface Told {
  readonly schema: readonly Op[]
  readonly up: readonly Op[]
  readonly down: readonly Op[]
}

export interface Fault {
  readonly name: string
  readonly told: Told
  /** Words of which one stands in the finding or on its line. */
  readonly words: readonly string[]
  /** The half that the fault stands in. */
  readonly half: 'schema' | 'up' | 'down' | 'both'
  readonly kind: string
}

export function cleanOf({ops}: Story): Told {
  return {schema: ops, up: ops, down: ops.toReversed()}
}

function wordOf(op: Op): string {
  switch (op.kind) {
    case 'column':
    case 'drop':
      return op.column.name
    case 'type':
    case 'rename':
      return op.column
    default:
      return op.name
  }
}

const without = (ops: readonly Op[], op: Op): readonly Op[] => ops.filter((one) => one !== op)
const replaced = (ops: readonly Op[], op: Op, by: Op): readonly Op[] => ops.map((one) => (one === op ? by : one))

/** Whether the way back has to name it: what goes with a dropped table doesn't. */
function isOwn(op: Op, ops: readonly Op[]): boolean {
  if (!('table' in op)) return true
  const isInNew = ops.some((one) => one.kind === 'table' && one.name === op.table)
  const isOnNew = 'columns' in op && ops.some((one) => one.kind === 'column' && op.columns.includes(one.column.name))
  const isOfNew = op.kind === 'check' && ops.some((one) => one.kind === 'column' && op.text.includes(one.column.name))
  return !isInNew && !isOnNew && !isOfNew
}

function needs(op: Op, other: Op): boolean {
  if (op === other) return false
  const columns = op.kind === 'table' ? op.columns : op.kind === 'column' ? [op.column] : []
  if (other.kind === 'enum') return columns.some(({type}) => type === other.name)
  if (other.kind === 'table')
    return (
      columns.some(({to}) => to === other.name) ||
      ('table' in op && op.table === other.name) ||
      (op.kind === 'foreign' && op.to === other.name)
    )
  if (other.kind !== 'column' || !('table' in op) || op.table !== other.table) return false
  if (op.kind === 'check') return op.text.includes(other.column.name)
  return 'columns' in op && op.columns.includes(other.column.name)
}

/** Moves the second in front of the first. */
function swapped(ops: readonly Op[], first: Op, second: Op): readonly Op[] {
  return ops.flatMap((one) => (one === second ? [] : one === first ? [second, first] : [one]))
}

export function faultsOf(story: Story): readonly Fault[] {
  const clean = cleanOf(story)
  const {ops} = story
  const left = ops.flatMap((op): readonly Fault[] => [
    {
      kind: 'lost-up',
      half: 'up',
      name: `migration without ${op.kind} ${wordOf(op)}`,
      words: [wordOf(op)],
      told: {...clean, up: without(clean.up, op)},
    },
    {
      kind: 'lost-schema',
      half: 'schema',
      name: `schema without ${op.kind} ${wordOf(op)}`,
      words: [wordOf(op)],
      told: {...clean, schema: without(clean.schema, op)},
    },
    ...(isOwn(op, ops)
      ? [
          {
            kind: 'lost-down',
            half: 'down' as const,
            name: `rollback without ${op.kind} ${wordOf(op)}`,
            words: [wordOf(op)],
            told: {...clean, down: without(clean.down, op)},
          },
        ]
      : []),
  ])
  const orders = ops.flatMap((op) =>
    ops
      .filter((other) => needs(op, other))
      .map((other): Fault => ({
        kind: 'order-up',
        half: 'up',
        name: `migration has ${op.kind} ${wordOf(op)} before ${other.kind} ${wordOf(other)}`,
        words: [wordOf(op), wordOf(other)],
        told: {...clean, up: swapped(clean.up, other, op)},
      })),
  )
  const ends = ops.flatMap((op) =>
    ops
      .filter(
        (other) =>
          needs(op, other) &&
          (op.kind === 'table' || op.kind === 'index' || (op.kind === 'foreign' && other.kind === 'table')),
      )
      .map((other): Fault => ({
        kind: 'order-down',
        half: 'down',
        name: `rollback drops ${other.kind} ${wordOf(other)} before ${op.kind} ${wordOf(op)}`,
        words: [wordOf(op), wordOf(other)],
        told: {...clean, down: swapped(clean.down, op, other)},
      })),
  )
  const changes = ops.flatMap((op) =>
    (['up', 'schema'] as const).flatMap((half) =>
      changed(op).map(([kind, by, words]): Fault => ({
        kind: `${kind}-${half}`,
        half,
        name: `${half} has another ${kind} of ${op.kind} ${wordOf(op)}`,
        words,
        told: {...clean, [half]: replaced(clean[half], op, by)},
      })),
    ),
  )
  const downs = ops.flatMap((op) =>
    misnamed(op).map(([kind, by, words]): Fault => ({
      kind: `${kind}-down`,
      half: 'down',
      name: `rollback has another ${kind} of ${op.kind} ${wordOf(op)}`,
      words,
      told: {...clean, down: replaced(clean.down, op, by)},
    })),
  )
  const keys = ops.flatMap((op): readonly Fault[] => {
    const by = astray(op)
    return by.map(([word, wrong]) => ({
      kind: 'astray',
      half: 'both',
      name: `${wordOf(op)} leads to ${word}`,
      words: [word],
      told: {schema: replaced(ops, op, wrong), up: replaced(ops, op, wrong), down: clean.down},
    }))
  })
  return [...left, ...orders, ...ends, ...changes, ...downs, ...keys]
}

type Change = readonly [kind: string, by: Op, words: readonly string[]]

const columnChanges = (column: Column): readonly (readonly [kind: string, by: Column])[] => [
  ...(column.primary || column.to ? [] : [['name', {...column, name: `${column.name}_x`}] as const]),
  ...(column.primary ? [] : [['null', {...column, nullable: !column.nullable}] as const]),
  ...(otherType[column.type] ? [['type', {...column, type: otherType[column.type] ?? ''}] as const] : []),
  ...(otherDefault[column.default ?? '']
    ? [['default', {...column, default: otherDefault[column.default ?? ''] ?? ''}] as const]
    : []),
  ...(column.default && !column.primary && !/now|CURRENT/u.test(column.default)
    ? [
        [
          'no default',
          {name: column.name, type: column.type, ...(column.nullable === undefined ? {} : {nullable: column.nullable})},
        ] as const,
      ]
    : []),
  ...(column.act ? [['act', {...column, act: column.act === 'CASCADE' ? 'SET NULL' : 'CASCADE'}] as const] : []),
  ...(column.check ? [['values', {...column, check: column.check.replace("'red'", "'blue'")}] as const] : []),
]

const otherType: Readonly<Record<string, string>> = {
  'VARCHAR(12)': 'VARCHAR(21)',
  'VARCHAR(30)': 'VARCHAR(20)',
  'VARCHAR(40)': 'VARCHAR(60)',
  'VARCHAR(16)': 'CHAR(16)',
  'NUMERIC(8,2)': 'NUMERIC(8,3)',
  'DECIMAL(10,2)': 'DOUBLE',
  TIMESTAMPTZ: 'DATE',
  DATE: 'DATETIME',
  INTEGER: 'BIGINT',
  SMALLINT: 'INTEGER',
}

const otherDefault: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  "'packed'": "'delivered'",
  "'open'": "'seen'",
  "'grey'": "'red'",
  '0': '1',
}

function changed(op: Op): readonly Change[] {
  switch (op.kind) {
    case 'enum':
      return [
        ['values', {...op, values: op.values.slice(0, -1)}, [op.name, op.values.at(-1) ?? '']],
        ['values', {...op, values: [...op.values, 'stolen']}, [op.name, 'stolen']],
        [
          'values',
          {...op, values: op.values.map((one, at) => (at === 1 ? `${one}x` : one))},
          [op.name, op.values[1] ?? ''],
        ],
      ]
    case 'table':
      return op.columns
        .filter(({name}) => name !== 'updated_at')
        .flatMap((column) => [
          ...columnChanges(column).map(([kind, by]): Change => [
            kind,
            {...op, columns: op.columns.map((one) => (one === column ? by : one))},
            [column.name],
          ]),
          ...(column.primary || column.to || column.name === 'created_at' || /^[a-z_]+$/u.test(column.type)
            ? []
            : [['column', {...op, columns: op.columns.filter((one) => one !== column)}, [column.name]] as Change]),
        ])
    case 'column':
      return columnChanges(op.column).map(([kind, by]): Change => [kind, {...op, column: by}, [op.column.name]])
    case 'type':
      return [['type', {...op, to: op.to.replace(/\d+/u, '64')}, [op.column]]]
    case 'rename':
      return [['name', {...op, to: `${op.to}_x`}, [op.to, op.column]]]
    case 'drop':
      return [['name', {...op, column: {...op.column, name: `${op.column.name}_x`}}, [op.column.name]]]
    case 'unique':
      return [
        ['name', {...op, name: `${op.name}_x`}, [op.name]],
        ['columns', {...op, columns: [...op.columns, 'created_at']}, [op.name]],
      ]
    case 'index':
      return [
        ['name', {...op, name: `${op.name}_x`}, [op.name]],
        ['columns', {...op, columns: [...op.columns, 'updated_at']}, [op.name]],
        ...(op.columns.length > 1 ? [['columns', {...op, columns: op.columns.toReversed()}, [op.name]] as Change] : []),
      ]
    case 'check':
      return [
        ['name', {...op, name: `${op.name}_x`}, [op.name]],
        [
          'text',
          {...op, text: op.text.includes('IN') ? op.text.replace("'seen'", "'soon'") : op.text.replace(/\d+/u, '7')},
          [op.name, 'seen', 'soon'],
        ],
      ]
    default:
      return [
        ['name', {...op, name: `${op.name}_x`}, [op.name]],
        ['act', {...op, act: op.act === 'CASCADE' ? 'RESTRICT' : 'CASCADE'}, [op.name]],
      ]
  }
}

function misnamed(op: Op): readonly Change[] {
  switch (op.kind) {
    case 'column':
      return [['name', {...op, column: {...op.column, name: `${op.column.name}_x`}}, [op.column.name]]]
    case 'rename':
      return [['name', {...op, to: `${op.to}_x`}, [op.to]]]
    case 'type':
      return []
    case 'drop':
      return [['name', {...op, column: {...op.column, name: `${op.column.name}_x`}}, [op.column.name]]]
    case 'table':
      return [['name', {...op, name: `${op.name}x`}, [op.name]]]
    default:
      return [['name', {...op, name: `${op.name}_x`}, [op.name]]]
  }
}

function astray(op: Op): readonly (readonly [word: string, by: Op])[] {
  if (op.kind === 'foreign') return [[`${op.to}x`, {...op, to: `${op.to}x`}]]
  if (op.kind !== 'table') return []
  return op.columns.flatMap((column) => {
    const {to} = column
    if (to === undefined) return []
    const wrong = (by: Column): Op => ({...op, columns: op.columns.map((one) => (one === column ? by : one))})
    return [[`${to}x`, wrong({...column, to: `${to}x`})] as const]
  })
}
