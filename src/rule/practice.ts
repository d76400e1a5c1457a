import {keptIn} from '../document/remembered.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {ColumnFact} from '../sql/model.ts'
import type {Creation} from './creations.ts'
import {columnForm, columnOf, isNullIn, primaryForms} from './creations.ts'

/** What the empty cells of a description say, by the way in which the others are filled. */
export interface Silence {
  /** What a row without a word of NULL means; `undefined` where that can't be told. */
  readonly nullable: boolean | undefined
  /** A row without a default means that there is none. */
  readonly noDefault: boolean
}

/** One in four may be forgotten; where more are, the author does not write it down. */
const isHabit = (kept: number, broken: number): boolean => kept >= 2 && (broken <= 1 || broken * 4 <= kept)

const known = keptIn<Silence>()

export function silenceOf(table: DocumentedTable, code: Creation): Silence {
  return known(table, code, () => readSilence(table, code))
}

function readSilence(table: DocumentedTable, code: Creation): Silence {
  const pairs = table.columns.flatMap((column) => {
    const other = columnOf(column, code.columns)
    return other && !code.touched.has(`drop ${columnForm(column.name)}`) ? [{column, other}] : []
  })
  return {nullable: nullableOf(table, pairs, code), noDefault: saysDefaults(table, pairs)}
}

interface Pair {
  readonly column: ColumnFact
  readonly other: ColumnFact
}

function nullableOf(table: DocumentedTable, pairs: readonly Pair[], code: Creation): boolean | undefined {
  const isKey = ({column}: Pair): boolean =>
    [table, code].some(({constraints}) => primaryForms(constraints).has(columnForm(column.name)))
  const isOpen = ({other}: Pair): boolean => table.source === 'attributeList' && other.default !== undefined
  const judged = pairs
    .filter((pair) => !isKey(pair) && !isOpen(pair))
    .map(({column, other}) => ({said: column.nullable, is: isNullIn(other, code, false)}))
    .filter(({is}) => is !== undefined)
  const said = new Set(judged.flatMap((one) => one.said ?? []))
  if (said.size !== 1 || (table.source === 'columnTable' && !table.asks.has('nullable'))) return undefined
  if (code.what.startsWith('model ')) return undefined
  const [spoken] = said
  const silent = !spoken
  const spokenRows = judged.filter((one) => one.said === spoken && one.is === spoken).length
  const kept = judged.filter((one) => one.said === undefined && one.is === silent).length
  const broken = judged.filter((one) => one.said === undefined && one.is !== silent).length
  return isHabit(spokenRows + kept, broken) && spokenRows > 0 ? silent : undefined
}

function saysDefaults(table: DocumentedTable, pairs: readonly Pair[]): boolean {
  const kept = pairs.filter(({column, other}) => column.default && other.default).length
  const broken = pairs.filter(({column, other}) => !column.default && other.default && !isNull(other)).length
  const asks = table.asks.has('default')
  // Notes in words name the default that somebody thought of.
  if (table.source === 'columnTable' && !asks && kept < 4) return false
  return isHabit(kept + (asks ? 1 : 0), broken)
}

function isNull({default: value}: ColumnFact): boolean {
  return value !== undefined && /^null(?:::.*)?$/i.test(value.text.trim())
}
