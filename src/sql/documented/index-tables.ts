/** Indexes in tables with a row for each: `| ix_a | orders | status, id | partial |`. */
import {expression} from '../../document/expressions.ts'
import type {Row, Section, SpecDocument} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {placesOf} from './headers.ts'
import type {DocumentedIndex} from './model.ts'
import type {Owners} from './owners.ts'
import {type Stretch, bare, bareAt, closing, group, nameOf, namesIn, part, spanOf, stretchOf} from './stretch.ts'

type Role = 'name' | 'table' | 'columns' | 'on'

const roles: readonly (readonly [Role, RegExp])[] = [
  ['name', /^(?:index(?:es)?(?: name)?|name of (?:the )?index)$/i],
  ['table', /^(?:on )?tables?(?: name)?$/i],
  [
    'on',
    /^(?:on|(?:on )?tables?\s?(?:\(columns?\)|(?:and|&|\/) columns?)|(?:on )?columns?\s?\(tables?\)|target|definition)$/i,
  ],
  ['columns', /^(?:(?:indexed )?(?:columns?|fields?)(?:\(s\))?|keys?|column list)$/i],
]

const word = expression('u')`^[\p{L}_][\p{L}\p{N}_$]*$`
/** What stands behind the columns: `a, b INCLUDE (c)`, `a WHERE b IS NULL`. */
const behind = /\s*(?:\bINCLUDE\b|\bINCLUDING\b|\bWHERE\b|\bUSING\b)[\s\S]*$/i

export function indexesInTables(document: SpecDocument, owners: Owners): readonly DocumentedIndex[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap(({header, rows, start}) => {
      const places = placesOf(header, roles)
      const [name, on] = [places.get('name'), places.get('on')]
      // `On` holds the table, or the table with its columns.
      const columns = places.get('columns') ?? on
      if (name === undefined) return []
      const at = places.get('table') ?? (columns === on ? undefined : on)
      const owner = at === undefined ? owners.sureAt(section, start) : undefined
      if (columns === undefined)
        return rows.flatMap((row) => indexInCell(row, {name, table: at, owner, section, document}))
      return rows.flatMap(({cells}): readonly DocumentedIndex[] => {
        const [own, list, table] = [cells[name], cells[columns], at === undefined ? undefined : cells[at]]
        const index = own && nameAlone(bareAt(document, own))
        const cell = list && bareAt(document, list)
        const match = cell && at === undefined ? onTable.exec(cell.text) : null
        const named = cell && match ? group(cell, match, 1) : undefined
        const columnsOf = cell && columnNames(listIn(cell, match?.indices?.[0]?.[1] ?? 0))
        if (
          !own ||
          !index ||
          !columnsOf ||
          !isPlain(index) ||
          !looksNamed.test(stretchOf(document, own).text) ||
          (at !== undefined && !table)
        )
          return []
        const whole = cells.map(({text}) => text).join(' ')
        return [
          {
            kind: 'documentedIndex',
            what: 'index',
            start: index.at(0),
            end: index.at(index.text.length - 1) + 1,
            name: nameOf(index),
            table: table ? nameOf(bareAt(document, table)) : named ? nameOf(named) : owner,
            columns: columnsOf,
            unique: /\bunique\b/i.test(whole) && !/\b(?:non|not)[ -]?unique\b/i.test(whole),
            partial: /\b(?:partial|filtered|where)\b/i.test(whole),
            section,
          },
        ]
      })
    }),
  )
}

interface Place {
  readonly name: number
  readonly table: number | undefined
  readonly owner: Name | undefined
  readonly section: Section
  readonly document: SpecDocument
}

/** `` `ix_a` (`status`, `id`) ``, `ix_a ON orders (status)`: the columns behind the name. */
function indexInCell({cells}: Row, {name, table, owner, section, document}: Place): readonly DocumentedIndex[] {
  const own = cells[name]
  const whole = own && stretchOf(document, own)
  const match = whole && called.exec(whole.text)
  const [written, on, list] = [1, 2, 3].map((at) => (match ? group(whole, match, at) : undefined))
  const columns = list && columnNames(bare(list))
  const at = table === undefined ? undefined : cells[table]
  const target = on ? nameOf(on) : at ? nameOf(bareAt(document, at)) : owner
  if (!whole || !written || !columns || !target || !looksNamed.test(whole.text)) return []
  const said = cells.map(({text}) => text).join(' ')
  return [
    {
      kind: 'documentedIndex',
      what: 'index',
      ...spanOf(whole),
      name: nameOf(written),
      table: target,
      columns,
      unique: /\bunique\b/i.test(said) && !/\b(?:non|not)[ -]?unique\b/i.test(said),
      partial: /\b(?:partial|filtered|where)\b/i.test(said),
      section,
    },
  ]
}

const called = expression(
  'diu',
)`^\s*[\x60"]?([\p{L}_][\p{L}\p{N}_$]*)[\x60"]?\s*(?:\bON\s+[\x60"]?([\p{L}_][\p{L}\p{N}_$.]*)[\x60"]?\s*)?\(([^()]+)\)`

/** `ix_a`, `ordersByState`, or code: not a word such as "Primary". */
const looksNamed = /_|^\s*[`"]|\p{Ll}\p{Lu}/u

function isPlain({text}: Stretch): boolean {
  return word.test(text.replaceAll(/["`]/gu, ''))
}

/** `orders (status, id)`: the table in front of the columns. */
const onTable = expression('du')`^[\x60"]?([\p{L}_][\p{L}\p{N}_$.]*)[\x60"]?\s*(?=\(.*\))`

/** `uq_orders_code (unique)`: what it is called. */
function nameAlone(cell: Stretch): Stretch {
  const said = /[`"]?\s+\((?:unique|partial|composite|covering|new|existing)(?:[,;\s][^()]{0,40})?\)$/iu.exec(cell.text)
  return said ? bare(part(cell, 0, said.index)) : cell
}

/** `(status, id)` without the words behind it: "`orders (status, id)`, unique". */
function listIn(cell: Stretch, from: number): Stretch {
  const list = part(cell, from)
  const end = from > 0 ? closing(list.text, 0) : -1
  return end > 0 && /^[\s\x60"]*(?:[,;–—-]|$)/u.test(list.text.slice(end)) ? part(list, 0, end) : list
}

/** Nothing where a cell speaks in words. */
function columnNames(written: Stretch): DocumentedIndex['columns'] | undefined {
  // "unique (`patron_id`, `kind`) where `state = 'active'`"
  const cell = part(written, /^(?:unique|partial|btree|gin|gist)\s+(?=\()/i.exec(written.text)?.[0].length ?? 0)
  const list = part(cell, 0, cell.text.length - (behind.exec(cell.text)?.[0].length ?? 0))
  const inside = /^\(([^()]*)\)$/u.test(list.text) ? part(list, 1, list.text.length - 1) : list
  const names = namesIn(inside)
  const isList = inside.text.split(',').every((one) => /^[\s`"]*[\w$]+[`"]*(?:\s+(?:ASC|DESC))?[\s`"]*$/iu.test(one))
  return isList && names.length > 0 ? names : undefined
}
