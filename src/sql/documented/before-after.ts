/** Columns as they were and as they will be: `| Field | Before | After |`. */
import type {Cell, Section, SpecDocument, Table} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {attributeIn, type ReadAttribute} from './attributes.ts'
import {columnsHeader} from './headers.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owners} from './owners.ts'
import {bareAt, joined, nameOf, type Stretch, stretchOf, trim, unquoted} from './stretch.ts'
import {isKnownType} from './types.ts'

const before = /^(?:before|today|current(?:ly)?|old|from|so far|was|existing)$/i
const tablesHeader = /^(?:tables?|entity|entities|models?)(?: name)?$/i
const after = /^(?:after(?:wards)?|new|to|then|target|will be|future)$/i
const nothing = /^(?:[–—-]*|none|n\/a|new|not there|does not exist|absent)$/i

export function tablesOfChanges(document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap((table) => tableOf(table, section, document, owners)),
  )
}

function tableOf(
  {header, rows, start, end}: Table,
  section: Section,
  document: SpecDocument,
  owners: Owners,
): readonly DocumentedTable[] {
  const at = (form: RegExp): number => header.findIndex(({text}) => form.test(text.trim()))
  const [own, name, was, will] = [at(tablesHeader), at(columnsHeader), at(before), at(after)]
  if (name !== (own < 0 ? 0 : 1) || own > 0 || was < 0 || will < 0) return []
  const owner = own < 0 ? owners.at(section, start)?.name : undefined
  const read = rows.flatMap(({cells, start: from, end: to}): readonly Read[] => {
    const [column, old, next] = [cells[name], cells[was], cells[will]]
    const table = own < 0 ? owner : nameIn(cells[own], document)
    const found =
      table && column && old && next
        ? changeIn(bareAt(document, column), cellOf(stretchOf(document, old)), cellOf(stretchOf(document, next)))
        : undefined
    return table && found ? [{table, found, from, to}] : []
  })
  const whole = own < 0 ? {from: start, to: end} : undefined
  return [...new Set(read.map(({table}) => table.key))].flatMap((key) => {
    const rowsOf = read.filter(({table}) => table.key === key)
    return [
      ...tablesWith(
        rowsOf.filter(({found}) => !found.change),
        'added',
      ),
      ...tablesWith(
        rowsOf.filter(({found}) => found.change),
        'modified',
      ),
    ]
  })

  function tablesWith(all: readonly Read[], part: 'added' | 'modified'): readonly DocumentedTable[] {
    const [first, last] = [all[0], all.at(-1)]
    if (!first || !last) return []
    return [
      {
        kind: 'documentedTable',
        start: whole?.from ?? first.from,
        end: whole?.to ?? last.to,
        name: first.table,
        ...heldBy(all.map(({found}) => found)),
        section,
        source: 'attributeList',
        state: 'existing',
        certain: true,
        part,
        asks: new Set(),
        changes: all.flatMap(({found}) => found.change ?? []),
      },
    ]
  }
}

interface Read {
  readonly table: Name
  readonly found: ReadAttribute
  /** The row. */
  readonly from: number
  readonly to: number
}

function nameIn(cell: Cell | undefined, document: SpecDocument): Name | undefined {
  const written = cell && bareAt(document, cell)
  return written && /^[\p{L}_][\p{L}\p{N}_.$]*$/u.test(written.text) ? nameOf(written) : undefined
}

function cellOf(cell: Stretch): Stretch {
  return unquoted(trim(cell))
}

/** A new column, or one whose type changes; nothing for one that stays. */
function changeIn(name: Stretch, old: Stretch, next: Stretch): ReadAttribute | undefined {
  const will = attributeIn(joined(name, ': ', next))
  if (!will || !isKnownType(will.column.type)) return undefined
  if (nothing.test(old.text)) return will
  const was = attributeIn(joined(name, ': ', old))
  const [from, to] = [was?.column.type, will.column.type]
  if (!was || !isKnownType(from) || from?.text === to?.text) return undefined
  return {...will, change: {start: will.column.start, end: will.column.end, column: will.column.name, from, to}}
}
