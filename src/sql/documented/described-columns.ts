/** Tables of columns whose types stand among the words: `| id | UUID, primary key |` below `Field` and `Description`. */
import type {Section, SpecDocument, Table} from '../../document/types.ts'
import {areAttributes, attributeIn} from './attributes.ts'
import {columnsHeader} from './headers.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owners} from './owners.ts'
import {stateOf} from './states.ts'
import {bareAt, joined, stretchOf} from './stretch.ts'

const words = /^(?:descriptions?|definitions?|details|notes?|specifications?|type (?:and|&|\/|\+) .{1,30}|meaning)$/i
const types = /\btypes?\b/i

export function tablesOfDescriptions(document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
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
  const [first, second] = header.map(({text}) => text.trim())
  if (first === undefined || second === undefined || !columnsHeader.test(first) || !words.test(second)) return []
  if (header.slice(2).some(({text}) => types.test(text))) return []
  const read = rows.map(({cells: [name, said]}) =>
    name && said ? attributeIn(joined(bareAt(document, name), ': ', stretchOf(document, said))) : undefined,
  )
  const owner = areAttributes(read) ? owners.at(section, start) : undefined
  if (!owner) return []
  const found = read.flatMap((one) => one ?? [])
  return [
    {
      kind: 'documentedTable',
      start,
      end,
      name: owner.name,
      ...heldBy(found),
      section,
      source: 'attributeList',
      state: stateOf(section),
      certain: false,
      part:
        owner.changed === true && !found.some(({clauses}) => clauses.constraints.some(({kind}) => kind === 'primary'))
          ? 'added'
          : 'all',
      asks: new Set(),
      changes: found.flatMap(({change}) => change ?? []),
    },
  ]
}
