import type {Json, Section, SpecDocument, Table} from '../document/types.ts'
import {headerMenu} from './menus.ts'
import {isFilledSometimes} from './modality.ts'
import {claim, list, object, plain, seen, told, under} from './told.ts'
import {holdsToken} from './tokens.ts'
import type {Claim, Map, Told} from './types.ts'
import {cellShape} from './values.ts'
import {says, vocabulary} from './vocabulary.ts'

const mostColumns = 40
const mostTables = 8

/** The tables of a section: columns in order, and the menus of their cells. */
export function tablesOf(section: Section, document: SpecDocument): Told<Json | undefined> {
  const own = section.tables
    .filter((table) => table.header.length > 1 && !isNamedByToken(table, section))
    .slice(0, mostTables)
  return list(
    own.map((table) => tableOf(table, own.length > 1 ? labelAbove(table, section) : undefined, section, document)),
  )
}

function labelAbove(table: Table, {fields}: Section): string | undefined {
  return fields.find(({blocks}) => blocks.includes(table))?.label.text
}

/** `**{{NAME}} Table:**`: there may be any number of them, or none. */
function isNamedByToken(table: Table, section: Section): boolean {
  const label = labelAbove(table, section)
  return label !== undefined && holdsToken(label)
}

function tableOf(table: Table, name: string | undefined, section: Section, document: SpecDocument): Told<Map> {
  const columns = table.header.slice(0, mostColumns).map((cell, index) => columnOf(cell.text, index, table, document))
  const known = columns.filter(({value}) => value !== '')
  return object({
    columns: {
      value: known.map(({value}) => value),
      claims: [
        claim('a table with these columns', 'shown', seen(document, table)),
        ...known.flatMap(({claims}, index) => under(claims, index)),
      ],
    },
    required: plain(isFilledSometimes(section) ? false : undefined),
    minRows: plain(table.rows.length > 0 ? 1 : 0),
    name: plain(name !== undefined && !holdsToken(name) ? name : undefined),
  })
}

function columnOf(header: string, index: number, table: Table, document: SpecDocument): Told<Json> {
  const remark = /\(([^()]{2,80})\)\s*$/u.exec(header)?.[1] ?? ''
  const optional = remark !== '' && says(vocabulary.optional.remark, remark)
  const shape = cellShape(
    header,
    table.rows.map(({cells}) => cells[index]?.text ?? ''),
    headerMenu(header),
  )
  const bare = header.replace(/\s*\([^()]*\)\s*$/u, '')
  const name = holdsToken(header) ? '' : header
  if (!optional && !shape) return told(name)
  const claims: readonly Claim[] = [
    ...(optional ? [claim(`column \`${bare}\`, optional`, 'stated', seen(document, table))] : []),
    ...(shape?.says === undefined
      ? []
      : [
          claim(
            `column \`${bare}\`: ${shape.says}`,
            shape.certainty,
            seen(document, table),
            shape.doubt === undefined ? {} : {doubt: shape.doubt},
          ),
        ]),
  ]
  return told(
    name === ''
      ? ''
      : {name, ...(optional && {required: false}), ...(shape?.says !== undefined && {cell: shape.schema})},
    ...claims,
  )
}
