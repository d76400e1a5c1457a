/** Foreign keys that words call by their names, one behind the other: `` `fk_unit_site` site_id → sites.id; `fk_unit_kind` kind → kinds.code ``. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import {divided, notTables, onDelete} from './clauses.ts'
import {linesOf} from './lines.ts'
import type {DocumentedForeignKey} from './model.ts'
import {type Stretch, bareAt, group, joined, nameOf, part, spanOf, stretchOf} from './stretch.ts'

const word = String.raw`[\p{L}_][\p{L}\p{N}_$]{0,62}`
const path = String.raw`[\x60"]?(${word}(?:\.${word}){0,2})[\x60"]?`
const key = expression(
  'dgiu',
)`[\x60*]{1,3}(fk_\w{1,60}|\w{1,60}_fk(?:ey)?)[\x60*]{1,3}\s{0,9}[:,(–—-]?\s{0,9}(?:on\s{1,9})?${path}(?:\s{0,9}(?:→|->|=>)\s{0,9}|\s{1,9}(?:references|to)\s{1,9})${path}(?:\s?\([\x60"]?(${word})[\x60"]?\))?`
/** ``a required BIGINT `voucher_id` that references `vouchers(id)` ``, to a column that stands between the same back quotes. */
const saidKey = expression(
  'dgiu',
)`\x60(${word})\x60,?\s+(?:(?:which|that)\s+)?(?:also\s+)?(?:references|points\s+(?:at|to)|refers\s+to|leads\s+to)\s+\x60(${word}(?:\.${word})?)\s?\(\s?(${word})\s?\)\x60`
const marked = expression('dgu')`\x60(${word})\x60`
const longest = 2000

export function namedKeys(document: SpecDocument): readonly DocumentedForeignKey[] {
  const paragraphs = [document.root, ...document.sections].flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < longest)
      .map((block) => ({stretch: stretchOf(document, block), section})),
  )
  return [...linesOf(document), ...paragraphs, ...rowsOf(document)].flatMap(({stretch, section}) =>
    stretch.text.length < longest && stretch.text.includes('`')
      ? [...keysIn(stretch, section), ...keysSaid(stretch, section)]
      : [],
  )
}

/** `| fk_seats_map | seats.map_id → maps.id, ON DELETE CASCADE |` as a line. */
function rowsOf(document: SpecDocument): readonly Words[] {
  return document.sections.flatMap((section) =>
    section.tables.flatMap(({rows}) =>
      rows.flatMap(({cells: [name, rule]}): readonly Words[] => {
        const own = name ? bareAt(document, name) : undefined
        return own && rule && /^(?:fk_\w{1,60}|\w{1,60}_fk(?:ey)?)$/iu.test(own.text)
          ? [{stretch: joined(inQuotes(own), ': ', stretchOf(document, rule)), section}]
          : []
      }),
    ),
  )
}

interface Words {
  readonly stretch: Stretch
  readonly section: Section
}

function inQuotes({text, at}: Stretch): Stretch {
  return {text: `\`${text}\``, at: (index) => at(Math.min(Math.max(0, index - 1), text.length - 1))}
}

/** The table of such a key is one of those that are named before it. */
function keysSaid(whole: Stretch, section: Section): readonly DocumentedForeignKey[] {
  return [...whole.text.matchAll(saidKey)].flatMap((match) => {
    const [own, table, column] = [1, 2, 3].map((at) => group(whole, match, at))
    if (!own || !table || !column) return []
    const before = [...whole.text.slice(0, match.index).matchAll(marked)]
    return [
      {
        kind: 'documentedForeignKey',
        start: spanOf(own).start,
        end: spanOf(column).end,
        near: before.flatMap((one) => {
          const name = group(whole, one, 1)
          return name ? [nameOf(name)] : []
        }),
        table: undefined,
        columns: [nameOf(own)],
        to: nameOf(table),
        target: [nameOf(column)],
        onDelete: undefined,
        section,
      },
    ]
  })
}

function keysIn(whole: Stretch, section: Section): readonly DocumentedForeignKey[] {
  if (!/\bfk_|_fk(?:ey)?\b/i.test(whole.text)) return []
  const head = /\ball\s+ON\s+DELETE\s+[A-Z ]{4,12}(?=:)/iu.exec(whole.text)
  const ofAll = head ? onDelete(part(whole, head.index, head.index + head[0].length)) : undefined
  return [...whole.text.matchAll(key)].flatMap((match) => {
    const [name, own, right, column] = [1, 2, 3, 4].map((at) => group(whole, match, at))
    if (!name || !own || !right || notTables.test(right.text) || notTables.test(own.text)) return []
    const from = divided(own, true)
    const to = column ? {table: right, column} : divided(right, true)
    if (!to.column) return []
    const behind = part(whole, match.index + match[0].length)
    const rest = part(behind, 0, /[;|]|\.(?:\s|$)|`(?:fk_|\w+_fk)/u.exec(behind.text)?.index)
    return [
      {
        kind: 'documentedForeignKey',
        start: spanOf(name).start,
        end: spanOf(column ?? right).end,
        name: nameOf(name),
        table: from.column ? nameOf(from.table) : undefined,
        columns: [nameOf(from.column ?? from.table)],
        to: nameOf(to.table),
        target: [nameOf(to.column)],
        onDelete: onDelete(rest) ?? ofAll,
        section,
      },
    ]
  })
}
