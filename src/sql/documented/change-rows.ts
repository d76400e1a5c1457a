/** Changes of several tables, a row each: `| orders | add column | note | TEXT, NULL |`. */
import type {Row, Section, SpecDocument, Table} from '../../document/types.ts'
import {attributeIn, type ReadAttribute} from './attributes.ts'
import {placesOf} from './headers.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import {bareAt, joined, nameOf, stretchOf, unquoted} from './stretch.ts'

type Role = 'table' | 'change' | 'column' | 'words'

const roles: readonly (readonly [Role, RegExp])[] = [
  ['table', /^(?:tables?|entity|entities|models?)(?: name)?$/i],
  ['change', /^(?:changes?|actions?|operations?|kind of change|what)$/i],
  ['column', /^(?:columns?|fields?|attributes?|elements?|objects?)(?: name)?(?:\s*[/,&].{1,30})?$/i],
  ['words', /^(?:descriptions?|definitions?|details|notes?|specifications?|types?(?: .{1,30})?)$/i],
]
const adds = /^\W{0,3}(?:add(?:s|ed)?|new)(?:\s+(?:columns?|fields?|attributes?))?\W{0,3}$/i

export function tablesOfChangeRows(document: SpecDocument): readonly DocumentedTable[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap((table) => tablesIn(table, section, document)),
  )
}

interface Added {
  readonly row: Row
  readonly name: DocumentedTable['name']
  readonly read: ReadAttribute
}

function tablesIn({header, rows}: Table, section: Section, document: SpecDocument): readonly DocumentedTable[] {
  const places = placesOf(header, roles)
  if (places.size < roles.length) return []
  const cellsOf = ({cells}: Row): readonly (Row['cells'][number] | undefined)[] =>
    roles.map(([role]) => cells[places.get(role) ?? -1])
  const added = rows.flatMap((row): readonly Added[] => {
    const [table, change, column, words] = cellsOf(row)
    if (!table || !change || !column || !words || !adds.test(change.text)) return []
    const read = attributeIn(joined(bareAt(document, column), ': ', stretchOf(document, words)))
    const owner = unquoted(bareAt(document, table))
    return read?.column.type && /^[\p{L}_][\p{L}\p{N}_.$]*$/u.test(owner.text) ? [{row, name: nameOf(owner), read}] : []
  })
  return [...new Set(added.map(({name}) => name.key))].flatMap((key): readonly DocumentedTable[] => {
    const own = added.filter(({name}) => name.key === key)
    const [first] = own
    const last = own.at(-1)
    return first && last
      ? [
          {
            kind: 'documentedTable',
            start: first.row.start,
            end: last.row.end,
            name: first.name,
            ...heldBy(own.map(({read}) => read)),
            section,
            source: 'attributeList',
            state: 'existing',
            certain: true,
            part: 'added',
            asks: new Set(),
            changes: [],
          },
        ]
      : []
  })
}
