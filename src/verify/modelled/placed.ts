import type {Column, Table} from './catalog.ts'
import {type DefinedColumn, isText} from './columns.ts'

/** A column of text has the character set of its table where it says none. */
export function withCharset(column: Column, {charset, collation}: Pick<Table, 'charset' | 'collation'>): Column {
  if (!isText(column.type) || column.charset !== '' || column.collation !== '') return column
  return {...column, charset, collation}
}

/** The columns with one of them where the statement puts it. */
export function placed(columns: readonly Column[], column: Column, place: DefinedColumn['place']): readonly Column[] {
  if (place === undefined) return columns
  const others = columns.filter((one) => one !== column)
  const index = place === 'first' ? 0 : others.findIndex(({name}) => name === place.key) + 1
  return place !== 'first' && index === 0 ? columns : [...others.slice(0, index), column, ...others.slice(index)]
}
