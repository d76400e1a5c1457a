import {describe, expect, test} from 'vitest'
import type {TypeFact} from '../../../src/sql/model.ts'
import {sameType, typeOf} from '../../../src/sql/documented/index.ts'
import {texts} from './support.ts'

const type = (text: string): TypeFact | undefined => typeOf({text, at: (index) => index})

describe('written types', () => {
  test.for([
    ['UUID', 'uuid'],
    ['String', 'text'],
    ['VARCHAR(40)', 'varchar 40'],
    ['`nvarchar(120)`', 'varchar 120'],
    ['str (max_length=80)', 'varchar 80'],
    ['String(64)', 'varchar 64'],
    ['Timestamp', 'timestamp'],
    ['TIMESTAMP WITH TIME ZONE', 'timestamptz'],
    ['DateTime?', 'timestamp'],
    ['DECIMAL(10, 2)', 'numeric 10,2'],
    ['BIGINT UNSIGNED', 'bigint'],
    ['double precision', 'double'],
    ['jsonb', 'json'],
    ['sa.Integer()', 'integer'],
    ['Optional[int]', 'integer'],
    ['int | None', 'integer'],
    ['list[str]', 'text []'],
    ['TEXT[]', 'text []'],
    ['serial', 'integer'],
    ['ENUM("a", "b")', 'enum a/b'],
    ['Enum (active, inactive)', 'enum active/inactive'],
    ['OrderStatus', 'orderstatus'],
    ['{{TYPE}}', '{{type}}'],
    ['-', undefined],
    ['', undefined],
  ] as const)('%s', ([text, expected]) => {
    const found = type(text)
    const parts = [
      found?.base,
      found?.size.join(','),
      found?.array === true ? '[]' : '',
      texts(found?.values ?? []).join('/'),
    ]
    expect(found && parts.filter((one) => one !== '').join(' ')).toBe(expected)
  })
})

describe('can be the same', () => {
  test.for([
    ['String', 'VARCHAR(40)', true],
    ['String', 'TEXT', true],
    ['str', 'UUID', true],
    ['Timestamp', 'TIMESTAMPTZ', true],
    ['DateTime', 'timestamp', true],
    ['Enum (a, b)', 'VARCHAR(20)', true],
    ['BOOLEAN', 'TINYINT(1)', true],
    ['UUID', 'CHAR(36)', true],
    ['int', 'BIGINT', true],
    ['Whatever', 'INTEGER', true],
    ['{{TYPE}}', 'INTEGER', true],
    ['VARCHAR(40)', 'VARCHAR(60)', false],
    ['DECIMAL(10,2)', 'NUMERIC(12,2)', false],
    ['INTEGER', 'BIGINT', false],
    ['UUID', 'INTEGER', false],
    ['TEXT', 'INTEGER', false],
    ['DATE', 'TIMESTAMP', false],
    ['FLOAT', 'DECIMAL(10,2)', false],
    ['TEXT[]', 'TEXT', false],
  ] as const)('%s and %s: %s', ([a, b, expected]) => {
    expect(sameType(type(a), type(b))).toBe(expected)
    expect(sameType(type(b), type(a))).toBe(expected)
  })
})
