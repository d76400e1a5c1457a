/** Columns as they were and as they will be: `| Field | Before | After |`. */
import type {Cell, Section, SpecDocument, Table} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {attributeIn, type ReadAttribute} from './attributes.ts'
import {divided} from './clauses.ts'
import {columnsHeader} from './headers.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owners} from './owners.ts'
import {bare, bareAt, joined, nameOf, part, pieces, spanOf, type Stretch, stretchOf, trim, unquoted} from './stretch.ts'
import {isKnownType} from './types.ts'

const before = /^(?:before|today|current(?:ly)?|old|from|so far|was|existing)$/i
const tablesHeader = /^(?:tables?|entity|entities|models?)(?: name)?$/i
const after = /^(?:after(?:wards)?|new|to|then|target|(?:will )?becomes?|will be|is to be|future)$/i
const stays = /^(?:unchanged|as before|same|the same|no change|stays?|kept|keeps?)\b/i
const renames = /\s{0,9}(?:→|->|=>)\s{0,9}/u
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
    if (!column || !old || !next) return []
    const cell = {old: cellOf(stretchOf(document, old)), next: cellOf(stretchOf(document, next))}
    return namesIn(stretchOf(document, column)).flatMap((one) => {
      const [first, last] = [one.name, one.old].map((each) => divided(each, true))
      const dotted = own < 0 && first?.column && last?.column ? nameOf(first.table) : undefined
      const table = dotted ?? (own < 0 ? owner : nameIn(cells[own], document))
      const bareName = dotted && first?.column && last?.column ? {name: first.column, old: last.column} : one
      const found = table ? changeIn(bareName, cell.old, cell.next) : undefined
      return table && found ? [{table, found, from, to}] : []
    })
  })
  const isOne = new Set(read.map(({table}) => table.key)).size === 1
  const whole = own < 0 && isOne ? {from: start, to: end} : undefined
  return [...new Set(read.map(({table}) => table.key))].flatMap((key) => {
    const rowsOf = read.filter(({table}) => table.key === key)
    return [
      ...tablesWith(
        rowsOf.filter(({found}) => found.isNew),
        'added',
      ),
      ...tablesWith(
        rowsOf.filter(({found}) => !found.isNew),
        'modified',
      ),
    ]
  })

  function tablesWith(all: readonly Read[], kind: 'added' | 'modified'): readonly DocumentedTable[] {
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
        part: kind,
        asks: new Set(),
        changes: all.flatMap(({found}) => found.change ?? []),
      },
    ]
  }
}

interface Read {
  readonly table: Name
  readonly found: Changed
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

/** A column under the name that it will have, and the one that it had. */
interface Renamed {
  readonly name: Stretch
  readonly old: Stretch
}

/** `din → donation_no`, or several columns of which the same is said. */
function namesIn(cell: Stretch): readonly Renamed[] {
  const arrow = renames.exec(cell.text)
  if (arrow) {
    const [old, name] = [part(cell, 0, arrow.index), part(cell, arrow.index + arrow[0].length)].map((one) => bare(one))
    return old && name ? [{name, old}] : []
  }
  const all = pieces(cell, /^,/u).map((one) => bare(one))
  const isList = all.length > 1 && all.every(({text}) => /^\w+$/u.test(text))
  return (isList ? all : [bare(cell)]).map((name) => ({name, old: name}))
}

interface Changed extends ReadAttribute {
  readonly isNew: boolean
}

/** A new column, one whose type or null changes, or one that stays as it is. */
function changeIn({name, old: oldName}: Renamed, old: Stretch, next: Stretch): Changed | undefined {
  const was = nothing.test(old.text) ? undefined : attributeIn(joined(oldName, ': ', old))
  if (stays.test(next.text))
    return was && isKnownType(was.column.type) ? {...was, change: undefined, isNew: false} : undefined
  const read = attributeIn(joined(name, ': ', next))
  if (!read || !isKnownType(read.column.type)) return undefined
  // What stands in between is of before.
  const will = {...read, column: {...read.column, ...spanOf(next)}}
  if (nothing.test(old.text)) return {...will, isNew: true}
  const [from, to] = [was?.column.type, will.column.type]
  if (!was || !isKnownType(from)) return undefined
  const areSame =
    from?.text === to?.text &&
    was.column.nullable === will.column.nullable &&
    was.column.default?.text === will.column.default?.text
  if (areSame) return {...will, change: undefined, isNew: false}
  const {start, end} = will.column
  const change = {start, end, column: will.column.name, from, to, was: was.column, will: will.column}
  return {...will, change, isNew: false}
}
