import {sameType} from '../sql/documented/types.ts'
import type {ColumnFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {CopyDifference, CopyPair, TableCopy} from './copies.ts'
import {columnForm, defaultsAgree, isNoDefault} from './creations.ts'
import {called, nameOf} from './schema.ts'
import {sameSqlType} from './written-types.ts'

/** How two columns are held against each other. */
interface Terms {
  /** The first is a description, and says nothing by what it lacks. */
  readonly silent: boolean
  /** One of the two is written in Python. */
  readonly script: boolean
  /** That one says nothing of NULL. */
  readonly openNull: boolean
}

const plainTerms: Terms = {silent: false, script: false, openNull: false}

/** What the columns of two copies of a table differ in, each by the first thing; `touched` ones change in between. */
export function differencesBetween(
  {early, late}: CopyPair,
  schema: SchemaFacts,
  touched: ReadonlySet<string>,
): readonly CopyDifference[] {
  const all = called(schema.tables, nameOf, early.table)
  const described = all.filter(({source}) => source !== 'mermaid')
  const drawn = all.filter(({source}) => source === 'mermaid')
  const script = early.script || late.script
  const terms = {...plainTerms, script, openNull: [early, late].some(isOpen)}
  const found = early.columns.flatMap((a) => {
    const [b] = called(late.columns, nameOf, a.name)
    if (!b || touched.has(`${early.table.key} ${columnForm(a.name)}`)) return []
    const difference = differenceOf(a, b, terms)
    if (difference === undefined) return []
    const ofColumn = (tables: typeof all): ColumnFact | undefined =>
      tables.flatMap(({columns}) => columns).find(({name}) => columnForm(name) === columnForm(a.name))
    const description = ofColumn(described) ?? (difference === 'type' ? ofColumn(drawn) : undefined)
    const fits = (one: ColumnFact): boolean =>
      description !== undefined && differenceOf(description, one, {...terms, silent: true}) === undefined
    const [copy, other] = fits(b) && !fits(a) ? [a, b] : [b, a]
    return [{table: early.table, copy, other, difference}]
  })
  // Where much differs, the one is a stage on the way to the other.
  return found.length <= 1 || found.length * 4 <= early.columns.length ? found : []
}

/** A script that never says `nullable` leaves it to the reader. */
function isOpen({script, columns, statement}: TableCopy): boolean {
  return script && columns.length > 0 && !/\bnullable\s*=/u.test(statement.text)
}

function differenceOf(a: ColumnFact, b: ColumnFact, terms: Terms): CopyDifference['difference'] | undefined {
  const {silent, script, openNull} = terms
  if (a.type && b.type && !(script ? sameType(a.type, b.type) : sameSqlType(a.type, b.type))) return 'type'
  if (a.nullable !== b.nullable && !openNull && !(silent && a.nullable === undefined)) return 'null'
  if (a.expression && b.expression && !script && !silent)
    return expressionForm(a) === expressionForm(b) ? undefined : 'expression'
  if (script && (a.generated || b.generated)) return undefined
  const [one, two] = [a.default?.text, b.default?.text].map((text) =>
    text === undefined || isNoDefault(text) ? undefined : text,
  )
  if (one === undefined && silent) return undefined
  if (one === undefined || two === undefined) return one === two ? undefined : 'default'
  return defaultsAgree(one, two) ? undefined : 'default'
}

/** Without what may be written either way: space, brackets around the whole, quotes of names, case outside of strings. */
function expressionForm({expression}: ColumnFact): string {
  let text = (expression?.text ?? '').replaceAll(/'[^']*'|[^']+/gu, (part) =>
    part.startsWith("'") ? part : part.toLowerCase().replaceAll(/["`\s]+/gu, ''),
  )
  while (isBracketed(text)) text = text.slice(1, -1)
  return text
}

function isBracketed(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length - 1; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth <= 0) return false
  }
  return text.endsWith(')') && depth === 1
}
