import {describe, expect, test} from 'vitest'
import {type DocumentedTable, documentedTables} from '../../../src/sql/documented/index.ts'
import {read, texts, wrongRanges} from './support.ts'

const shown = ({name, columns, constraints}: DocumentedTable): string =>
  [
    `${name.text}:`,
    ...columns.map((one) =>
      [one.name.text, one.type?.text ?? '', one.nullable ?? '', texts(one.type?.values ?? []).join('/')].join('|'),
    ),
    ...constraints.map((one) => (one.kind === 'foreign' ? `foreign ${one.table.text}` : one.kind)),
  ].join(' ')

describe('models on one line', () => {
  test.for([
    [
      '**Booking**: id (uuid, PK), club_id (FK → Club), at (timestamptz, not null), state (enum: held, paid)',
      'Booking: id|uuid|| club_id||| at|timestamptz|false| state|enum: held, paid||held/paid primary foreign Club',
    ],
    [
      '`Booking` – `id` UUID PK, `club_id` UUID FK → `Club`, `state` VARCHAR(20) NOT NULL',
      'Booking: id|UUID|| club_id|UUID|| state|VARCHAR(20)|false| primary foreign Club',
    ],
    [
      '**Booking** (id: uuid, club_id: uuid, at: timestamptz) <!-- later -->',
      'Booking: id|uuid|| club_id|uuid|| at|timestamptz||',
    ],
    [
      '`Booking` (`id` UUID, `club_id` UUID, primary key, `name` TEXT)',
      'Booking: id|UUID|| club_id|UUID|| name|TEXT|| primary',
    ],
    [
      'Booking: id uuid primary key, club_id uuid not null references club.',
      'Booking: id|uuid|| club_id|uuid|false| primary foreign club',
    ],
    [
      '**`Booking`** has the fields `price` NUMERIC(8,2), `note` TEXT and `paid` BOOLEAN. It holds a court.',
      'Booking: price|NUMERIC(8,2)|| note|TEXT|| paid|BOOLEAN||',
    ],
    ['**Booking** (table `bookings`): id (uuid), club_id (uuid)', 'bookings: id|uuid|| club_id|uuid||'],
    ['**Booking**: a reservation of a court, held for ten minutes', undefined],
    ['**Booking**: id, club, start and end', undefined],
    ['**Booking**: id (uuid), club_id (uuid), timestamps', undefined],
    ['**Booking**: id (uuid), id (uuid)', undefined],
    ['[ ] **Booking**: id (uuid), club_id (uuid)', undefined],
  ] as const)('%s', ([line, expected]) => {
    const document = read(`## S\n\nNew models:\n\n- ${line}\n`)
    const found = documentedTables(document)
    expect(found.map(shown)).toEqual(expected === undefined ? [] : [expected])
    expect(wrongRanges(found, document)).toEqual([])
  })

  test.for([
    ['## Data model\n\n`Booking` has `id` UUID and `state` TEXT.\n', 1],
    ['## Requests\n\n- **Booking**: id (uuid), club_id (uuid)\n', 0],
    ['## Schema\n\nModels to modify:\n\n- **Booking**: id (uuid), club_id (uuid)\n', 0],
  ] as const)('%s', ([text, count]) => {
    expect(documentedTables(read(text))).toHaveLength(count)
  })
})

describe('tables that sentences say to be there', () => {
  test.for([
    ['`public.staff` (`id` BIGINT, `email` TEXT) exists already.', ['public.staff: id|BIGINT|| email|TEXT||']],
    [
      'The existing tables `a` (`id` UUID, `n` TEXT) and `b` (id: int, n: text) stay.',
      ['a: id|UUID|| n|TEXT||', 'b: id|int|| n|text||'],
    ],
    ['`a` (`id` UUID, `n` TEXT) exists already; `b` (`id` UUID, `n` TEXT) is new.', ['a: id|UUID|| n|TEXT||']],
    ['The new `a` (`id` UUID, `n` TEXT) refers to the existing `b`.', []],
    ['`a` (`id`, `n`) exists already.', []],
    ['`a` (`id` UUID, `n` TEXT) holds what is sold.', []],
  ] as const)('%s', ([text, expected]) => {
    const document = read(`## S\n\n${text}\n`)
    const found = documentedTables(document)
    expect(found.map(shown)).toEqual(expected)
    expect(found.map(({state}) => state)).toEqual(expected.map(() => 'existing'))
    expect(wrongRanges(found, document)).toEqual([])
  })
})
