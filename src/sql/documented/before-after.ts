/** Columns as they were and as they will be: `| Field | Before | After |`. */
import type {Section, SpecDocument, Table} from '../../document/types.ts'
import {attributeIn, type ReadAttribute} from './attributes.ts'
import {columnsHeader} from './headers.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owners} from './owners.ts'
import {bareAt, joined, type Stretch, stretchOf, trim, unquoted} from './stretch.ts'
import {isKnownType} from './types.ts'

const before = /^(?:before|today|current(?:ly)?|old|from|so far|was|existing)$/i
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
  const [name, was, will] = [at(columnsHeader), at(before), at(after)]
  if (name !== 0 || was < 0 || will < 0) return []
  const owner = owners.at(section, start)
  if (!owner) return []
  const read = rows.map(({cells}) => {
    const [column, old, next] = [cells[name], cells[was], cells[will]]
    return column && old && next
      ? changeIn(bareAt(document, column), cellOf(stretchOf(document, old)), cellOf(stretchOf(document, next)))
      : undefined
  })
  const added = read.flatMap((one) => (one && !one.change ? [one] : []))
  const changed = read.flatMap((one) => (one?.change ? [one] : []))
  const table = (found: readonly ReadAttribute[], part: 'added' | 'modified'): readonly DocumentedTable[] =>
    found.length === 0
      ? []
      : [
          {
            kind: 'documentedTable',
            start,
            end,
            name: owner.name,
            ...heldBy(found),
            section,
            source: 'attributeList',
            state: 'existing',
            certain: true,
            part,
            asks: new Set(),
            changes: found.flatMap(({change}) => change ?? []),
          },
        ]
  return [...table(added, 'added'), ...table(changed, 'modified')]
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
