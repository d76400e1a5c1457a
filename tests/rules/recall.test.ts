import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {builtinType, findingsOf} from '../support/lint.ts'

const watched = new Set([
  'columns-match-sql',
  'enum-matches-check',
  'foreign-key-target',
  'foreign-key-on-delete',
  'foreign-key-index',
  'audit-columns',
  'example-row',
  'json-syntax',
  'sql-syntax',
])
const own = rules.filter(({id}) => watched.has(id))

/** A rule, what stands in the document, and what is written instead. */
type Fault = readonly [rule: string, from: string, to: string]

const postgresql: readonly Fault[] = [
  ['columns-match-sql', '| code | VARCHAR(12) |', '| code | VARCHAR(21) |'],
  ['columns-match-sql', '| code | VARCHAR(12) |', '| code | TEXT |'],
  ['columns-match-sql', '| city | TEXT | No', '| city | TEXT | Yes'],
  ['columns-match-sql', '| city | TEXT |', '| city | VARCHAR(80) |'],
  ['columns-match-sql', '| slots | INTEGER | No | 24 |', '| slots | INTEGER | No | 42 |'],
  ['columns-match-sql', '| slots | INTEGER | No | 24 |', '| slots | INTEGER | No | - |'],
  ['columns-match-sql', '| slots | INTEGER |', '| slots | SMALLINT |'],
  ['columns-match-sql', '| fee | NUMERIC(10,2) |', '| fee | NUMERIC(12,2) |'],
  ['columns-match-sql', '| fee | NUMERIC(10,2) |', '| fee | DOUBLE PRECISION |'],
  ['columns-match-sql', '| fee | NUMERIC(10,2) | Yes | - |', '| fee | NUMERIC(10,2) | Yes | 0 |'],
  ['columns-match-sql', '| fee | NUMERIC(10,2) | Yes', '| fee | NUMERIC(10,2) | No'],
  ['columns-match-sql', '| settings | JSONB | No', '| settings | JSONB | Yes'],
  ['columns-match-sql', '| opened_at | TIMESTAMPTZ |', '| opened_at | TIMESTAMP |'],
  ['columns-match-sql', '| opened_at | TIMESTAMPTZ |', '| opened_at | DATE |'],
  ['columns-match-sql', '    slots INTEGER NOT NULL DEFAULT 24,', '    slots INTEGER NOT NULL,'],
  ['columns-match-sql', '    city TEXT NOT NULL,', '    city TEXT,'],
  ['columns-match-sql', '    fee NUMERIC(10,2),', '    fee NUMERIC(10,2) NOT NULL,'],
  ['columns-match-sql', '    weight_g INTEGER,', '    weight_g INTEGER DEFAULT 100,'],
  ['columns-match-sql', '    weight_g INTEGER,', '    weight_grams INTEGER,'],
  ['columns-match-sql', '    weight_g INTEGER,\n', ''],
  ['columns-match-sql', '    weight_g INTEGER,', '    weight_g INTEGER,\n    colour TEXT,'],
  ['columns-match-sql', '    barcode VARCHAR(40)', '    barcode VARCHAR(14)'],
  ['columns-match-sql', '    barcode VARCHAR(40)', '    barcode CHAR(40)'],
  ['columns-match-sql', '    fragile BOOLEAN NOT NULL DEFAULT false', '    fragile BOOLEAN NOT NULL DEFAULT true'],
  ['columns-match-sql', '    settings JSONB', '    settings JSON'],
  ['columns-match-sql', '    opened_at TIMESTAMPTZ', '    opened_at TIMESTAMP'],
  ['enum-matches-check', 'of `depot_kind`: street, shop, station', 'of `depot_kind`: street, shop, airport'],
  ['enum-matches-check', 'of `depot_kind`: street, shop, station', 'of `depot_kind`: street, shop'],
  ['enum-matches-check', "('street', 'shop', 'station')", "('street', 'shop', 'staion')"],
  ['enum-matches-check', "('street', 'shop', 'station')", "('street', 'shop', 'station', 'harbour')"],
  ['enum-matches-check', "DEFAULT 'street'", "DEFAULT 'road'"],
  ['enum-matches-check', '`stored`, `collected`', '`stored`, `colected`'],
  ['enum-matches-check', '`collected`, `returned` |', '`collected` |'],
  ['enum-matches-check', "| 'collected' | 'returned'", "| 'collected' | 'returned' | 'lost'"],
  ['enum-matches-check', "| 'collected' | 'returned'", "| 'collected'"],
  ['enum-matches-check', "ARRAY['announced', 'stored',", "ARRAY['announced',"],
  ['enum-matches-check', "ARRAY['announced',", "ARRAY['anounced',"],
  ['enum-matches-check', "state VARCHAR(16) NOT NULL DEFAULT 'announced'", "state VARCHAR(16) NOT NULL DEFAULT 'new'"],
  ['enum-matches-check', "'Berlin', 'station'", "'Berlin', 'stations'"],
  ['example-row', '"kind": "shop"', '"kind": "shp"'],
  ['example-row', '"slots": 36', '"slots": "36"'],
  ['example-row', '"slots": 36', '"slot": 36'],
  ['example-row', '  "city": "Berlin",\n', ''],
  ['example-row', '"city": "Berlin"', '"city": null'],
  ['example-row', 'BER-014', 'BER-014-LONGER-THAN'],
  ['example-row', '"2026-05-04T08:00:00Z"', '"2026-13-04T08:00:00Z"'],
  ['json-syntax', '"lit": true},', '"lit": true,},'],
  ['json-syntax', '08:00:00Z"\n}', '08:00:00Z",\n}'],
  ['json-syntax', '"slots": 36,', '"slots": 36'],
  ['json-syntax', '"slots": 36', 'slots: 36'],
  ['foreign-key-target', 'REFERENCES depots (id)', 'REFERENCES depot (id)'],
  ['foreign-key-target', 'REFERENCES depots (id)', 'REFERENCES depots (uuid)'],
  ['foreign-key-target', 'REFERENCES depots (id)', 'REFERENCES depots (city)'],
  ['foreign-key-target', 'REFERENCES depots (id)', 'REFERENCES dpeots (id)'],
  ['foreign-key-target', '→ `depots(id)`', '→ `depots(key)`'],
  ['foreign-key-target', '→ `depots(id)`', '→ `deopts(id)`'],
  ['foreign-key-target', '- `depot_id` →', '- `depo_id` →'],
  ['foreign-key-target', 'FK → depots(id)', 'FK → depots(ident)'],
  ['foreign-key-on-delete', '`depots(id)` ON DELETE RESTRICT', '`depots(id)` ON DELETE CASCADE'],
  ['foreign-key-on-delete', 'depots (id) ON DELETE RESTRICT', 'depots (id) ON DELETE SET NULL'],
  ['foreign-key-on-delete', 'depots (id) ON DELETE RESTRICT', 'depots (id)'],
  ['foreign-key-on-delete', '`depots(id)` ON DELETE RESTRICT', '`depots(id)`'],
  ['foreign-key-index', 'CREATE INDEX parcels_depot ON parcels (depot_id);\n', ''],
  ['sql-syntax', '    IF NEW.state', '    FI NEW.state'],
  ['sql-syntax', '        NEW.updated_at := now();', '        NEW.updated_at := now()'],
  ['sql-syntax', '    END IF;\n', ''],
  ['sql-syntax', "'collected' THEN", "'collected'"],
  ['sql-syntax', '    RETURN NEW;', '    RETRUN NEW;'],
  ['sql-syntax', 'CREATE TABLE depots (', 'CREATE TABLE depots'],
  ['sql-syntax', '    slots INTEGER NOT NULL', '    slots INTEGER NOT NUL'],
  ['sql-syntax', '    slots INTEGER NOT NULL DEFAULT 24,', '    slots INTEGER NOT NULL DEFAULT 24'],
  ['sql-syntax', 'CREATE INDEX parcels_depot ON parcels (depot_id)', 'CREATE INDEX parcels_depot parcels (depot_id)'],
  ['sql-syntax', 'CREATE TYPE depot_kind AS ENUM (', 'CREATE TYPE depot_kind ENUM ('],
  ['sql-syntax', 'ON DELETE RESTRICT,', 'ON DELET RESTRICT,'],
  ['sql-syntax', "'Berlin', 'station'),", "'Berlin', 'station')"],
]

const mysql: readonly Fault[] = [
  ['columns-match-sql', '| login | VARCHAR(30) |', '| login | VARCHAR(50) |'],
  ['columns-match-sql', '| id | INT UNSIGNED |', '| id | BIGINT UNSIGNED |'],
  ['columns-match-sql', '| agent_id | INT UNSIGNED |', '| agent_id | INT |'],
  ['columns-match-sql', '| rating | DECIMAL(4,2) |', '| rating | DECIMAL(5,2) |'],
  ['columns-match-sql', '| rating | DECIMAL(4,2) | - |', '| rating | DECIMAL(4,2) | NOT NULL |'],
  ['columns-match-sql', '| subject | VARCHAR(160) | NOT NULL |', '| subject | VARCHAR(160) | - |'],
  ['columns-match-sql', '| active | BOOLEAN | NOT NULL | 1 |', '| active | BOOLEAN | NOT NULL | 0 |'],
  ['columns-match-sql', "NOT NULL | 'normal' |", 'NOT NULL | - |'],
  ['columns-match-sql', '`subject` VARCHAR(160) NOT NULL', '`subject` VARCHAR(160) NULL'],
  ['columns-match-sql', '`body` TEXT', '`body` VARCHAR(500)'],
  ['columns-match-sql', "DEFAULT 'normal'", "DEFAULT 'low'"],
  ['columns-match-sql', '`body` TEXT NULL,\n', ''],
  ['enum-matches-check', "ENUM('day','night')", "ENUM('day','late')"],
  ['enum-matches-check', "ENUM('day', 'night')", "ENUM('day', 'night', 'late')"],
  ['enum-matches-check', '- `urgent` - now', '- `urgnet` - now'],
  ['enum-matches-check', '- `normal` - today\n', ''],
  ['enum-matches-check', "('low', 'normal', 'urgent')", "('low', 'normal')"],
  ['enum-matches-check', "'It isn''t on', 'low'", "'It isn''t on', 'lowest'"],
  ['foreign-key-target', 'REFERENCES `agents`', 'REFERENCES `agent`'],
  ['foreign-key-target', 'REFERENCES `agents` (`id`)', 'REFERENCES `agents` (`agent_id`)'],
  ['foreign-key-target', 'REFERENCES `agents` (`id`)', 'REFERENCES `agents` (`rating`)'],
  ['foreign-key-target', 'FOREIGN KEY (`agent_id`)', 'FOREIGN KEY (`agents_id`)'],
  ['foreign-key-on-delete', '(`id`) ON DELETE RESTRICT', '(`id`) ON DELETE CASCADE'],
  ['foreign-key-on-delete', '(`id`) ON DELETE RESTRICT', '(`id`)'],
  ['sql-syntax', 'KEY `tickets_agent` (', 'KEY `tickets_agent ('],
  ['sql-syntax', "'It isn''t on'", "'It isn't on'"],
  ['sql-syntax', '`body` TEXT NULL,', '`body` TEXT NUL,'],
  ['sql-syntax', 'CREATE TABLE `tickets` (', 'CREATE TABEL `tickets` ('],
  ['sql-syntax', 'PRIMARY KEY (`id`),\n    KEY', 'PRIMARY KEY (`id`)\n    KEY'],
  ['sql-syntax', 'INSERT INTO `tickets`', 'INSERT INT `tickets`'],
]

describe.for([
  ['postgresql', postgresql],
  ['mysql', mysql],
] as const)('a document of %s', ([name, faults]) => {
  const text = readFileSync(join(import.meta.dirname, 'recall', `${name}.md`), 'utf8')
  const type = builtinType('database-schema')

  test('as it stands has no finding', () => {
    expect(findingsOf(text, own, type).map(({ruleId, reason}) => `${ruleId}: ${reason}`)).toEqual([])
  })

  test.for(faults)('%s: `%s` → `%s`', ([rule, from, to]) => {
    const at = text.indexOf(from)
    expect(at).toBeGreaterThanOrEqual(0)
    const mutant = text.slice(0, at) + to + text.slice(at + from.length)
    const lineOf = (offset: number): number => mutant.slice(0, offset).split('\n').length
    const found = findingsOf(mutant, own, type).filter(({ruleId}) => ruleId === rule)
    expect(found).not.toEqual([])
    // What stands in two places may be reported at either; what stands in one, there.
    const edited = [lineOf(at) - 2, lineOf(at + to.length) + 2] as const
    const isThere = found.some(({start, end, related}) =>
      [{start, end}, ...related].some((one) => lineOf(one.start) <= edited[1] && lineOf(one.end) >= edited[0]),
    )
    const isOnSide = ['sql-syntax', 'json-syntax', 'example-row'].includes(rule)
    // What a row lacks is reported at its beginning.
    if ((isOnSide && !(rule === 'example-row' && to === '')) || rule === 'foreign-key-target')
      expect(isThere).toBe(true)
    expect(found.length).toBeLessThanOrEqual(2)
  })
})
