import type {Text} from '../../document/types.ts'
import type {CheckFact, ColumnFact, ConstraintFact, ForeignKeyFact, Name} from '../model.ts'
import type {Reader} from './reader.ts'
import {readType} from './types.ts'

export interface Defined {
  readonly column: ColumnFact
  readonly constraints: readonly ConstraintFact[]
}

/** `name type options`, up to the reader's end. */
export function readColumn(reader: Reader): Defined | undefined {
  const from = reader.index
  const name = columnName(reader)
  if (name === undefined) return undefined
  const type = readType(reader)
  const found: Options = {
    nullable: undefined,
    default: undefined,
    generated: /^(?:big|small)?serial\d?\b/i.test(type?.text ?? ''),
    expression: undefined,
    constraints: [],
  }
  while (!reader.done) readOption(reader, name, found)
  const {nullable, generated, constraints} = found
  const column: ColumnFact = {
    kind: 'column',
    name,
    type,
    nullable,
    default: found.default,
    generated,
    ...(found.expression ? {expression: found.expression} : {}),
    ...reader.span(from, reader.end),
  }
  return {column, constraints}
}

/** One name without a schema. */
function columnName(reader: Reader): Name | undefined {
  if (!reader.isName) return undefined
  reader.skip()
  return reader.nameOf(reader.index - 1, reader.index)
}

interface Options {
  nullable: boolean | undefined
  default: Text | undefined
  generated: boolean
  expression: Text | undefined
  readonly constraints: ConstraintFact[]
}

function readOption(reader: Reader, column: Name, found: Options): void {
  const from = reader.index
  const name = reader.take('CONSTRAINT') ? columnName(reader) : undefined
  if (reader.take('NOT', 'NULL')) found.nullable = false
  else if (reader.take('NULL')) found.nullable = true
  else if (reader.take('DEFAULT')) found.default = expression(reader)
  else if (reader.is('PRIMARY|UNIQUE|KEY')) {
    const primary = reader.is('PRIMARY') || reader.is('KEY')
    reader.skip()
    reader.take('KEY')
    reader.take('CLUSTERED|NONCLUSTERED')
    if (primary) found.nullable = false
    const kind = primary ? 'primary' : 'unique'
    found.constraints.push({kind, name, columns: [column], ...reader.span(from, reader.index)})
  } else if (reader.is('REFERENCES')) found.constraints.push(reference(reader, from, name, [column]))
  else if (reader.is('CHECK', '(')) found.constraints.push(check(reader, from, name))
  else if (reader.take('GENERATED') || reader.is('AS', '(')) {
    found.generated = true
    reader.take('ALWAYS')
    reader.take('BY', 'DEFAULT')
    reader.take('ON', 'NULL')
    reader.take('AS')
    const isIdentity = reader.take('IDENTITY')
    const start = reader.index
    if (!isIdentity && reader.is('(')) found.expression = reader.textOf(start + 1, reader.closing(start) - 1)
    reader.skipParentheses()
  } else if (reader.take('AUTO_INCREMENT|AUTOINCREMENT|IDENTITY')) {
    found.generated = true
    reader.skipParentheses()
  } else if (reader.take('ON', 'UPDATE')) reader.skipOne()
  else if (reader.take('COMMENT|COLLATE')) reader.skip()
  else reader.skipOne()
}

/** Words after which no default goes on. */
const ends =
  'CONSTRAINT|PRIMARY|UNIQUE|REFERENCES|CHECK|GENERATED|COLLATE|COMMENT|AUTO_INCREMENT|IDENTITY|AFTER|FIRST|KEY'

function expression(reader: Reader): Text {
  const from = reader.index
  reader.skipOne()
  while (!reader.done && !reader.is(ends) && !reader.is('NOT', 'NULL|DEFERRABLE') && !reader.is('ON', 'UPDATE')) {
    if (reader.is('NULL') && !reader.is('NULL', '::')) break
    reader.skipOne()
  }
  return reader.textOf(from, reader.index)
}

const actions = 'CASCADE|RESTRICT'

function reference(reader: Reader, from: number, name: Name | undefined, columns: readonly Name[]): ForeignKeyFact {
  reader.take('REFERENCES')
  const table = reader.name() ?? reader.nameOf(reader.index, reader.index)
  const target = reader.is('(') ? columnNames(reader) : []
  let onDelete: Text | undefined
  let end = reader.index
  for (;;) {
    if (reader.is('ON', 'DELETE|UPDATE')) {
      const isDelete = reader.is('ON', 'DELETE')
      reader.skip(2)
      const start = reader.index
      if (!reader.take(actions) && !reader.take('NO', 'ACTION')) reader.take('SET', 'NULL|DEFAULT')
      reader.skipParentheses()
      if (isDelete) onDelete = upper(reader.textOf(start, reader.index))
    } else if (reader.take('MATCH')) reader.skip()
    else if (!reader.take('NOT', 'DEFERRABLE') && !reader.take('DEFERRABLE') && !takeInitially(reader)) break
    end = reader.index
  }
  return {kind: 'foreign', name, columns, table, target, onDelete, ...reader.span(from, end)}
}

function takeInitially(reader: Reader): boolean {
  return reader.take('INITIALLY', 'DEFERRED|IMMEDIATE')
}

function upper(text: Text): Text {
  return {...text, text: text.text.toUpperCase().replaceAll(/\s+/gu, ' ')}
}

function check(reader: Reader, from: number, name: Name | undefined): CheckFact {
  reader.take('CHECK')
  const start = reader.index
  const end = reader.closing(start)
  const text = reader.textOf(start + 1, end - 1).text
  const allowed = allowedValues(reader.part(start + 1, end - 1))
  reader.index = end
  reader.take('NO', 'INHERIT')
  return {kind: 'check', name, text, allowed, ...reader.span(from, reader.index)}
}

/** `status IN ('a', 'b')`, `status = ANY (ARRAY['a', 'b'])`. */
function allowedValues(reader: Reader): CheckFact['allowed'] {
  while (reader.is('(')) reader.skip()
  const column = columnName(reader)
  if (column === undefined) return undefined
  while (reader.take('::')) reader.skip()
  const isList = reader.take('IN', '(') || (reader.is('=', 'ANY', '(') && isArray(reader))
  if (!isList) return undefined
  const values: Text[] = []
  for (; !reader.done && !reader.is(')|]'); reader.skip()) {
    const value = reader.token().kind === 'string' ? reader.string() : undefined
    if (value === undefined) return undefined
    values.push(value)
    while (reader.take('::')) reader.skip()
    if (!reader.is(',')) break
  }
  while (reader.take(')|]|::') || reader.token().kind === 'word')
    if (reader.is('AND|OR')) return undefined
    else if (reader.token().kind === 'word') reader.skip()
  // `(state IN ('a', 'b')) = (closed IS NULL)` says of two columns how they go together.
  return values.length > 0 && reader.done ? {column, values} : undefined
}

function isArray(reader: Reader): boolean {
  reader.skip(3)
  while (reader.is('(')) reader.skip()
  return reader.take('ARRAY', '[')
}

/** Names in parentheses; an expression has an empty key. */
export function columnNames(reader: Reader): readonly Name[] {
  return reader.list().map((part) => {
    const from = part.index
    const isPlain = part.isName && part.token(1).text !== '.' && !isCall(part)
    if (!isPlain) return {...part.textOf(from, part.end), key: '', hole: part.isHole(from, part.end)}
    return part.nameOf(from, from + 1)
  })
}

/** `lower(name)`, not the prefix length of `name(20)`. */
function isCall(reader: Reader): boolean {
  const {kind, text} = reader.token(1)
  if (kind === 'symbol' && text !== '' && text !== '(') return true
  return (
    text === '(' && !(reader.dialect === 'mysql' && reader.token(2).kind === 'number' && reader.token(3).text === ')')
  )
}

/** Whether a table constraint begins here. */
export function isConstraint(reader: Reader): boolean {
  return reader.is('CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK') || reader.is('EXCLUDE', 'USING|(')
}

/** `CONSTRAINT name FOREIGN KEY …`; `undefined` for kinds that the model has no word for. */
export function readConstraint(reader: Reader): ConstraintFact | undefined {
  const from = reader.index
  let name: Name | undefined
  if (reader.take('CONSTRAINT') && !reader.is('PRIMARY|UNIQUE|FOREIGN|CHECK|EXCLUDE')) name = columnName(reader)
  if (reader.is('CHECK', '(')) return check(reader, from, name)
  if (reader.take('EXCLUDE')) {
    const {text} = reader.textOf(reader.index, reader.end)
    return {kind: 'check', name, text, allowed: undefined, exclusion: true, ...reader.span(from, reader.end)}
  }
  if (reader.take('FOREIGN', 'KEY')) {
    if (!reader.is('(')) name ??= columnName(reader)
    return reference(reader, from, name, columnNames(reader))
  }
  if (!reader.is('PRIMARY|UNIQUE')) return undefined
  const kind = reader.is('PRIMARY') ? 'primary' : 'unique'
  reader.skip()
  reader.take('KEY|INDEX')
  reader.take('CLUSTERED|NONCLUSTERED')
  reader.take('NULLS', 'NOT', 'DISTINCT')
  if (reader.isName && !reader.is('USING')) name ??= columnName(reader)
  if (reader.take('USING')) {
    if (reader.take('INDEX')) {
      name ??= columnName(reader)
      return {kind, name, columns: [], ...reader.span(from, reader.end)}
    }
    reader.skip()
  }
  const columns = reader.is('(') ? columnNames(reader) : []
  return {kind, name, columns, ...reader.span(from, reader.index)}
}
