import type {Name} from '../../sql/model.ts'
import type {Reader} from '../../sql/operations/reader.ts'
import {readType} from '../../sql/operations/types.ts'
import type {Column} from './catalog.ts'
import type {Element} from './changes.ts'
import {checkOf, referenceOf} from './elements.ts'
import {textOf, wordOf} from './text.ts'
import {typeOf} from './types.ts'

export interface DefinedColumn {
  readonly kind: 'column'
  readonly name: Name
  readonly column: Column
  /** Keys and checks that stand in the column. */
  readonly elements: readonly Element[]
  /** `FIRST`, or the column that it goes after; `undefined` for where it is, or the end. */
  readonly place: 'first' | Name | undefined
  readonly ifNotExists: boolean
}

type Open = {-readonly [K in keyof Column]: Column[K]}

interface Found {
  readonly column: Open
  readonly elements: Element[]
  place: DefinedColumn['place']
  isNull: boolean
}

/** `name type attributes`, up to the reader's end; `undefined` where one of the attributes isn't known. */
export function columnOf(reader: Reader, ifNotExists = false): DefinedColumn | undefined {
  const name = reader.name()
  const fact = name && readType(reader)
  if (!name || !fact) return undefined
  const {type, serial} = typeOf(fact)
  const column: Open = {
    name: name.key,
    type,
    nullable: !serial,
    value: '',
    auto: serial,
    onUpdate: '',
    generated: '',
    charset: '',
    collation: '',
    guessed: false,
    values: 'new',
  }
  const found: Found = {column, elements: [], place: undefined, isNull: false}
  if (serial) found.elements.push(ownKey('unique', name))
  while (!reader.done) if (!attribute(reader, name, found)) return undefined
  // MySQL makes no difference between a default of NULL and none.
  if (column.value === 'null' || column.generated !== '') column.value = ''
  if (!isText(type)) [column.charset, column.collation] = ['', '']
  return {kind: 'column', name, column, elements: found.elements, place: found.place, ifNotExists}
}

export function isText(type: string): boolean {
  return /^(?:var)?char\b|text$|^(?:enum|set)\b/u.test(type)
}

function ownKey(kind: 'primary' | 'unique', name: Name): Element {
  return {
    kind: 'key',
    what: kind,
    name: undefined,
    parts: [{column: name.key, text: name.key, at: name}],
    ifNotExists: false,
  }
}

/** Reads one attribute; `false` for a word that means nothing here. */
function attribute(reader: Reader, name: Name, found: Found): boolean {
  const {column, elements} = found
  if (reader.take('NOT', 'NULL')) column.nullable = false
  else if (reader.take('NULL')) found.isNull = true
  else if (reader.take('DEFAULT')) column.value = valueOf(reader, column.type)
  else if (reader.take('AUTO_INCREMENT')) {
    column.auto = true
    column.nullable = false
  } else if (reader.take('PRIMARY', 'KEY') || reader.take('KEY')) {
    column.nullable = false
    elements.push(ownKey('primary', name))
  } else if (reader.take('UNIQUE')) {
    reader.take('KEY')
    elements.push(ownKey('unique', name))
  } else if (reader.take('ON', 'UPDATE')) column.onUpdate = valueOf(reader, column.type)
  else if (reader.take('CHARACTER', 'SET') || reader.take('CHARSET')) column.charset = wordOf(reader)
  else if (reader.take('COLLATE')) column.collation = wordOf(reader)
  else if (reader.take('COMMENT') || reader.take('COLUMN_FORMAT') || reader.take('STORAGE')) reader.skip()
  else if (reader.take('FIRST')) found.place = 'first'
  else if (reader.take('AFTER')) found.place = reader.name()
  else return constrained(reader, name, found)
  return true
}

function constrained(reader: Reader, name: Name, {column, elements}: Found): boolean {
  if (reader.is('GENERATED|AS')) {
    if (reader.take('GENERATED')) reader.take('ALWAYS')
    if (!reader.take('AS') || !reader.is('(')) return false
    const from = reader.index
    reader.skipParentheses()
    const isStored = reader.take('STORED|PERSISTENT')
    if (!isStored) reader.take('VIRTUAL')
    column.generated = `${textOf(reader, from, reader.index)} ${isStored ? 'STORED' : 'VIRTUAL'}`
    return true
  }
  const constraint = reader.take('CONSTRAINT') && !reader.is('CHECK') ? reader.name() : undefined
  if (reader.is('CHECK', '(')) {
    elements.push(checkOf(reader, constraint))
    return true
  }
  if (!reader.is('REFERENCES')) return reader.take('VISIBLE') || reader.take('INVISIBLE')
  const reference = referenceOf(reader, constraint, [name], true)
  if (reference) elements.push(reference)
  return reference !== undefined
}

/** A default, or what `ON UPDATE` sets, in one form for all spellings. */
export function valueOf(reader: Reader, type: string): string {
  const from = reader.index
  if (reader.is('-|+')) reader.skip()
  const isWord = reader.token().kind === 'word'
  reader.skipOne()
  if (isWord && reader.is('(')) reader.skipParentheses()
  const text = textOf(reader, from, reader.index)
  const time = /^(?:current_timestamp|now|localtime(?:stamp)?)(?:\((\d*)\))?$/u.exec(text)
  if (time) return `current_timestamp(${time[1] === '0' ? '' : (time[1] ?? '')})`
  if (/^(?:true|false)$/u.test(text)) return text === 'true' ? '1' : '0'
  const number = /^'(-?\d+(?:\.\d+)?)'$/u.exec(text)?.[1]
  const isNumeric = /^(?:(?:tiny|small|medium|big)?int|decimal|float|double|bit|year)\b/u.test(type)
  const plain = (number !== undefined && isNumeric ? number : text).replace(/^([+-]) /u, '$1')
  return isNumeric && /^-?\d+\.\d+$/u.test(plain) ? String(Number(plain)) : plain
}
