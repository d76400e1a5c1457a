/** Changes of a schema as plain data, told by the renderers next door in every way that documents tell them. */
export type Dialect = 'postgresql' | 'mysql'

export interface Column {
  readonly name: string
  readonly type: string
  readonly nullable?: boolean
  readonly default?: string
  readonly primary?: boolean
  /** The table that it leads to, by its `id` unless said otherwise, and what happens on delete. */
  readonly to?: string
  readonly target?: string
  readonly act?: string
  readonly check?: string
}

export type Op =
  | {readonly kind: 'enum'; readonly name: string; readonly values: readonly string[]}
  | {readonly kind: 'table'; readonly name: string; readonly columns: readonly Column[]}
  | {readonly kind: 'column'; readonly table: string; readonly column: Column}
  | {readonly kind: 'type'; readonly table: string; readonly column: string; readonly from: string; readonly to: string}
  | {readonly kind: 'rename'; readonly table: string; readonly column: string; readonly to: string}
  | {readonly kind: 'drop'; readonly table: string; readonly column: Column}
  | {readonly kind: 'unique'; readonly table: string; readonly name: string; readonly columns: readonly string[]}
  | {readonly kind: 'check'; readonly table: string; readonly name: string; readonly text: string}
  | {
      readonly kind: 'foreign'
      readonly table: string
      readonly name: string
      readonly column: string
      readonly to: string
      readonly act: string
    }
  | {readonly kind: 'index'; readonly table: string; readonly name: string; readonly columns: readonly string[]}

export interface Story {
  readonly name: string
  readonly dialect: Dialect
  readonly ops: readonly Op[]
}

const stamps = (type: string, now: string): readonly Column[] => [
  {name: 'created_at', type, default: now},
  {name: 'updated_at', type, default: now},
]

const shipping: Story = {
  name: 'shipping',
  dialect: 'postgresql',
  ops: [
    {kind: 'enum', name: 'parcel_state', values: ['packed', 'handed_over', 'delivered', 'returned']},
    {
      kind: 'table',
      name: 'carriers',
      columns: [
        {name: 'id', type: 'UUID', primary: true, default: 'gen_random_uuid()'},
        {name: 'code', type: 'VARCHAR(12)'},
        {name: 'label', type: 'TEXT'},
        {name: 'is_active', type: 'BOOLEAN', default: 'true'},
        ...stamps('TIMESTAMPTZ', 'now()'),
      ],
    },
    {
      kind: 'table',
      name: 'parcels',
      columns: [
        {name: 'id', type: 'UUID', primary: true, default: 'gen_random_uuid()'},
        {name: 'carrier_id', type: 'UUID', to: 'carriers', act: 'RESTRICT'},
        {name: 'order_id', type: 'UUID', to: 'orders', act: 'CASCADE'},
        {name: 'state', type: 'parcel_state', default: "'packed'"},
        {name: 'weight_kg', type: 'NUMERIC(8,2)'},
        {name: 'remark', type: 'TEXT', nullable: true},
        ...stamps('TIMESTAMPTZ', 'now()'),
      ],
    },
    {kind: 'column', table: 'orders', column: {name: 'shipped_at', type: 'TIMESTAMPTZ', nullable: true}},
    {kind: 'column', table: 'orders', column: {name: 'gift_wrap', type: 'BOOLEAN', default: 'false'}},
    {kind: 'type', table: 'orders', column: 'reference', from: 'VARCHAR(20)', to: 'VARCHAR(40)'},
    {kind: 'rename', table: 'orders', column: 'memo', to: 'buyer_note'},
    {kind: 'drop', table: 'orders', column: {name: 'legacy_code', type: 'VARCHAR(8)', nullable: true}},
    {kind: 'unique', table: 'carriers', name: 'uq_carriers_code', columns: ['code']},
    {kind: 'check', table: 'parcels', name: 'ck_parcels_weight', text: 'weight_kg > 0'},
    {kind: 'index', table: 'parcels', name: 'idx_parcels_carrier', columns: ['carrier_id', 'state']},
    {kind: 'index', table: 'parcels', name: 'idx_parcels_order', columns: ['order_id']},
    {kind: 'index', table: 'orders', name: 'idx_orders_shipped', columns: ['shipped_at']},
  ],
}

const clinic: Story = {
  name: 'clinic',
  dialect: 'mysql',
  ops: [
    {
      kind: 'table',
      name: 'rooms',
      columns: [
        {name: 'id', type: 'BIGINT UNSIGNED', primary: true},
        {name: 'floor_no', type: 'SMALLINT', default: '0'},
        {name: 'label', type: 'VARCHAR(40)'},
        ...stamps('DATETIME', 'CURRENT_TIMESTAMP'),
      ],
    },
    {
      kind: 'table',
      name: 'visits',
      columns: [
        {name: 'id', type: 'BIGINT UNSIGNED', primary: true},
        {name: 'room_id', type: 'BIGINT UNSIGNED'},
        {name: 'patient_id', type: 'BIGINT UNSIGNED'},
        {name: 'outcome', type: 'VARCHAR(16)', default: "'open'"},
        {name: 'fee', type: 'DECIMAL(10,2)', default: '0'},
        {name: 'closed_on', type: 'DATE', nullable: true},
        ...stamps('DATETIME', 'CURRENT_TIMESTAMP'),
      ],
    },
    {kind: 'column', table: 'patients', column: {name: 'last_visit_on', type: 'DATE', nullable: true}},
    {kind: 'type', table: 'patients', column: 'phone', from: 'VARCHAR(20)', to: 'VARCHAR(32)'},
    {kind: 'drop', table: 'patients', column: {name: 'fax_no', type: 'VARCHAR(20)', nullable: true}},
    // Of MySQL a key needs its index as long as it is there.
    {kind: 'index', table: 'visits', name: 'idx_visits_room', columns: ['room_id', 'outcome']},
    {kind: 'index', table: 'visits', name: 'idx_visits_patient', columns: ['patient_id']},
    {kind: 'foreign', table: 'visits', name: 'fk_visits_room', column: 'room_id', to: 'rooms', act: 'RESTRICT'},
    {kind: 'foreign', table: 'visits', name: 'fk_visits_patient', column: 'patient_id', to: 'patients', act: 'CASCADE'},
    {kind: 'check', table: 'visits', name: 'ck_visits_outcome', text: "outcome IN ('open', 'seen', 'missed')"},
    {kind: 'unique', table: 'rooms', name: 'uq_rooms_label', columns: ['label']},
    {kind: 'index', table: 'patients', name: 'idx_patients_last', columns: ['last_visit_on']},
  ],
}

const tickets: Story = {
  name: 'tickets',
  dialect: 'postgresql',
  ops: [
    {
      kind: 'table',
      name: 'ticket_labels',
      columns: [
        {name: 'id', type: 'BIGINT', primary: true},
        {name: 'ticket_id', type: 'BIGINT', to: 'tickets', act: 'CASCADE'},
        {name: 'word', type: 'VARCHAR(30)'},
        {name: 'colour', type: 'TEXT', default: "'grey'", check: "colour IN ('grey', 'red', 'green')"},
        ...stamps('TIMESTAMPTZ', 'now()'),
      ],
    },
    {kind: 'column', table: 'tickets', column: {name: 'label_count', type: 'INTEGER', default: '0'}},
    {kind: 'check', table: 'tickets', name: 'ck_tickets_label_count', text: 'label_count >= 0'},
    {kind: 'index', table: 'ticket_labels', name: 'idx_ticket_labels_ticket', columns: ['ticket_id']},
    {kind: 'index', table: 'ticket_labels', name: 'idx_ticket_labels_word', columns: ['word']},
  ],
}

export const stories: readonly Story[] = [shipping, clinic, tickets]
