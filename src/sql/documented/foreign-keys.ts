import {expression} from '../../document/expressions.ts'
import type {Row, SpecDocument, Text} from '../../document/types.ts'
import {divided, foreignKey, notTables, onDelete} from './clauses.ts'
import {type Line, linesOf} from './lines.ts'
import type {DocumentedForeignKey, DocumentedRelation} from './model.ts'
import {namedKeys} from './named-keys.ts'
import type {Owners} from './owners.ts'
import {type Stretch, bare, bareAt, group, nameOf, namesIn, spanOf, toText, unquoted} from './stretch.ts'

const word = String.raw`(?:[\p{L}\p{N}_$]|\{\{[^{}]*\}\}|\[[^[\]\s]+\])+`
const path = String.raw`${word}(?:\.${word}){0,2}`
const quote = String.raw`[\x60"*]*`
/** "`orders_customer_fk`: ": what the key is called. */
const title = String.raw`${quote}(?:fk_${word}|${word}_fk(?:ey)?)${quote}\s*[:–—-]\s*`
/** `` `customer_id` → `customers`(id) ``, `Foreign key: a.b_id → b.id`, `FOREIGN KEY (a) REFERENCES b(id)`. */
const arrowed = expression(
  'diu',
)`^\s*(?:${title})?(?:${quote}(?:foreign\s+keys?|fk)${quote}\s*:?\s*${quote}\s*)?${quote}\(?${quote}(${path}(?:\s*,\s*${path})*)(?:\(${quote}(${word}(?:\s*,\s*${word})*)${quote}\))?${quote}\)?${quote}\s*(?:→|->|=>|REFERENCES|references|â†’)\s*${quote}(${path})${quote}\s*(?:\(${quote}(${word}(?:\s*,\s*${word})*)${quote}\))?`
/** What each arrow has: most lines have none. */
const arrow = /→|->|=>|references|â†’/i
const inWords = expression(
  'diu',
)`^\s*${quote}(?:(?:CONSTRAINT\s+)?${quote}${word}${quote}\s*:?\s+)?FOREIGN\s+KEY\s*\(([^()]*)\)`

/** "Each `Booking` belongs to a `Club` via `club_id`", "Match references Season through `season_id`" */
const belonging = expression(
  'diu',
)`^\s*(?:(?:each|every|an?|one)\s+)?${quote}(${word})${quote}\s+(?:belongs\s+to|references|refers\s+to|points\s+to)\s+(?:(?:an?|one|the|its|exactly\s+one)\s+)?${quote}(${word})${quote}\s*(?:,\s*)?(?:via|through|by|with|\()\s*\x60(${word})\x60`

/** Foreign keys in lists and tables. */
export function foreignKeysIn(document: SpecDocument, owners: Owners): readonly DocumentedForeignKey[] {
  const listed = linesOf(document).flatMap(
    (line) => fromArrow(line, owners) ?? fromWords(line, owners) ?? fromRelation(line) ?? [],
  )
  const found = [...listed, ...fromTables(document, owners)]
  const seen = new Set(found.map(({to}) => to.start))
  const byName = namedKeys(document).filter(({to}) => !seen.has(to.start))
  return [...found, ...byName].toSorted((a, b) => a.start - b.start)
}

/**
 * `| Foreign key | Column | References | On delete |`, the column with its table, or below one that says it; or
 * `| Key | From | To |`, each with its table.
 */
function fromTables(document: SpecDocument, owners: Owners): readonly DocumentedForeignKey[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap(({header, rows, start}) => {
      const find = (form: RegExp): number => header.findIndex(({text}) => form.test(text.trim()))
      const [column, to] = [find(/^(?:(?:from |child |local )?columns?|from)$/i), find(leading)]
      const table = find(/^(?:from |child )?tables?$/i)
      const action = header.findIndex(({text}, at) => /^on delete$/i.test(text.trim()) || areActions(rows, at))
      // A table of columns says of each that it may be a key.
      if (column < 0 || to < 0 || find(/^(?:data )?type$/i) >= 0) return []
      // From one state to the next: names of columns have their table in front.
      if (/^from$/i.test(header[column]?.text.trim() ?? '') && !areColumns(rows, [column, to])) return []
      const of = ({cells}: Row, at: number): Stretch | undefined => cells[at] && unquoted(bareAt(document, cells[at]))
      return rows.flatMap((row): readonly DocumentedForeignKey[] => {
        const [left, right] = [of(row, column), of(row, to)]
        const match = right && references.exec(right.text)
        const dotted = right && !match && dottedColumn.test(right.text) ? divided(right, true) : undefined
        const leads = match && right ? group(right, match, 1) : dotted?.table
        const listed = match && right ? group(right, match, 2) : dotted?.column
        if (!left || !leads || left.text === '' || left.text.includes(',')) return []
        const own = of(row, table)
        const from = own ? {table: own, column: left} : divided(left, true)
        const name = from.column ? nameOf(from.table) : owners.sureAt(section, start)
        if (!name) return []
        const said = of(row, action)
        return [
          {
            kind: 'documentedForeignKey',
            ...spanOf(right ?? left),
            table: name,
            columns: [nameOf(from.column ?? from.table)],
            to: nameOf(leads),
            target: listed ? namesIn(listed) : [],
            onDelete: said ? actionIn(said) : undefined,
            section,
          },
        ]
      })
    }),
  )
}

const leading = /^(?:references|refers to|parent|to|target|points to|leads to)$/i
const dottedColumn = expression('u')`^${word}(?:\.${word}){1,2}$`

function areColumns(rows: readonly Row[], places: readonly number[]): boolean {
  return rows.every(({cells}) =>
    places.every((at) => dottedColumn.test(cells[at]?.text.replaceAll(/[\s\x60"]/gu, '') ?? '')),
  )
}

function areActions(rows: readonly Row[], at: number): boolean {
  return rows.length > 1 && rows.every(({cells}) => deleting.test(cells[at]?.text.replaceAll('`', '').trim() ?? ''))
}

const references = expression('du')`^(${path})\s*\(\s*(${word}(?:\s*,\s*${word})*)\s*\)$`
const deleting = /^(?:cascade|restrict|set null|set default|no action)$/i

/** "RESTRICT, deferrable", "RESTRICT (staff are never deleted)" */
function actionIn(cell: Stretch): Text | undefined {
  const match = /^(cascade|restrict|set null|set default|no action)(?=\s*(?:$|[,;.(–—-]))/diu.exec(cell.text)
  const found = match ? group(cell, match, 1) : undefined
  return found ? toText(found) : undefined
}

/** "Belongs to one `supplier` (`lots.supplier_id` → `supplier.id`, ON DELETE RESTRICT)" */
const beside = /\(([^()]{0,200}(?:→|->|=>|\breferences\b)[^()]{0,200})\)/diu

function fromArrow(line: Line, owners: Owners): DocumentedForeignKey | undefined {
  if (!arrow.test(line.stretch.text)) return undefined
  const inside = beside.exec(line.stretch.text)
  const words = inside && group(line.stretch, inside, 1)
  // "One `club` has many `boats`: `boats.club_id` → `club.id`"
  const tail = /:\s+([^:]{0,200}(?:→|->|=>)[^:]{0,200})$/du.exec(line.stretch.text)
  const behind = tail && group(line.stretch, tail, 1)
  return (
    keyIn(line, line.stretch, owners) ??
    (words ? keyIn(line, words, owners, false) : undefined) ??
    (behind ? keyIn(line, behind, owners, false) : undefined)
  )
}

/** With `isAlone` the words speak of a key by themselves; else both sides have to say which column. */
function keyIn(line: Line, stretch: Stretch, owners: Owners, isAlone = true): DocumentedForeignKey | undefined {
  const match = arrowed.exec(stretch.text)
  const [left, own, right, listed] = match ? [1, 2, 3, 4].map((at) => group(stretch, match, at)) : []
  if (!left || !right || notTables.test(right.text)) return undefined
  const from = own ? {table: left, column: own} : left.text.includes(',') ? undefined : divided(left, true)
  const to = listed
    ? {table: right, column: undefined}
    : divided(right, from?.column !== undefined || /\.id$/i.test(right.text))
  // Without a word of keys, both sides have to say which column: `a.b_id → b.id`.
  if (!(isAlone && isAboutKeys(line, stretch)) && !(from?.column && to.column)) return undefined
  if (!listed && !to.column && !/_?id$|\{\{|\[/i.test((own ?? left).text)) return undefined
  return {
    kind: 'documentedForeignKey',
    ...spanOf(stretch),
    table: from?.column ? nameOf(from.table) : owners.sureAt(line.section, stretch.at(0)),
    columns: namesIn(own ?? from?.column ?? left),
    to: nameOf(to.table),
    target: listed ? namesIn(listed) : to.column ? [nameOf(to.column)] : [],
    onDelete: onDelete(stretch),
    section: line.section,
  }
}

function isAboutKeys({topic}: Line, {text}: Stretch): boolean {
  return (
    /foreign|relation|\bfks?\b|referen|constraint/i.test(topic) || /\bforeign key|\bFK\b|\bREFERENCES\b/i.test(text)
  )
}

function fromWords({stretch, section}: Line, owners: Owners): DocumentedForeignKey | undefined {
  const match = inWords.exec(stretch.text)
  const columns = match ? group(stretch, match, 1) : undefined
  const fact = columns ? foreignKey(referring(stretch), namesIn(columns)) : undefined
  if (!fact) return undefined
  const {table: to, target, onDelete: action} = fact
  return {
    kind: 'documentedForeignKey',
    ...spanOf(stretch),
    table: owners.sureAt(section, stretch.at(0)),
    columns: fact.columns,
    to,
    target,
    onDelete: action,
    section,
  }
}

function fromRelation({stretch, section}: Line): DocumentedForeignKey | undefined {
  const match = belonging.exec(stretch.text)
  const [table, to, column] = match ? [1, 2, 3].map((at) => group(stretch, match, at)) : []
  if (!table || !to || !column || notTables.test(to.text)) return undefined
  // "The author" says what a row is, not where it lies.
  if (!/^(?:\p{Lu}|\w+[\x60*])/u.test(stretch.text.slice(match?.indices?.[2]?.[0] ?? 0))) return undefined
  return {
    kind: 'documentedForeignKey',
    ...spanOf(stretch),
    table: nameOf(table),
    columns: [nameOf(column)],
    to: nameOf(to),
    target: [],
    onDelete: onDelete(stretch),
    section,
  }
}

function referring(stretch: Stretch): Stretch {
  const match = /((?:REFERENCES|→|->)[\s\S]*)$/di.exec(stretch.text)
  return (match && group(stretch, match, 1)) ?? bare(stretch)
}

const has = expression(
  'diu',
)`^\s*(?:each|one|a|an)\s+${quote}(${word})${quote}(?:\s+(?:row|record))?\s+(?:has|can have|may have|owns|contains)\s+(?:zero or more|one or more|(?:zero|0|one|1) to many|many|multiple|several|(one|exactly one|at most one))\s+${quote}(${word})${quote}`
const both = expression(
  'du',
)`^\s*${quote}(${word})${quote}\s*(?:↔|<->|⟷)\s*${quote}(${word})${quote}(?:\s*(?:↔|<->|⟷)\s*${quote}(${word})${quote})?`

/** Relations in lists: "One `a` has many `b`", `a ↔ c ↔ b`. */
export function relationsIn(document: SpecDocument): readonly DocumentedRelation[] {
  return linesOf(document).flatMap(({stretch, section}) => {
    const one = has.exec(stretch.text)
    const match = one ?? both.exec(stretch.text)
    const first = match ? group(stretch, match, 1) : undefined
    const second = match ? group(stretch, match, one ? 3 : 2) : undefined
    const third = match && !one ? group(stretch, match, 3) : undefined
    if (!first || !second) return []
    return [
      {
        kind: 'documentedRelation' as const,
        ...spanOf(stretch),
        cardinality: one
          ? one[2] === undefined
            ? ('one-to-many' as const)
            : ('one-to-one' as const)
          : ('many-to-many' as const),
        from: nameOf(first),
        to: nameOf(third ?? second),
        through: third ? nameOf(second) : undefined,
        section,
        source: 'list' as const,
      },
    ]
  })
}
