/** What the SQL of a migration makes of a table and its script in Python doesn't, or the other way round. */
import type {Span} from '../document/types.ts'
import {type Lack, lacking} from '../sql/covers.ts'
import {isPythonFence} from '../sql/dialect.ts'
import type {Operation} from '../sql/model.ts'
import {constraintsOf} from '../sql/parts.ts'
import {tableOf} from '../sql/undoes.ts'
import {type Halves, hasName, isDdl, isOpen} from './halves.ts'
import {called, itself, ofKind, ofTable} from './schema.ts'

export interface HalfLack extends Span {
  readonly what: string
  /** What lacks it: `SQL`, `script`. */
  readonly other: 'SQL' | 'script'
}

/** A script that makes its statements, and may make what can't be read. */
export const loops = /^\s*for\s|\bf["']/mu

/** Indexes, keys and checks of tables that both make, which one of the two leaves out. */
export function lacksBetweenHalves({up}: Pick<Halves, 'up'>): readonly HalfLack[] {
  const own = up.filter((one) => isDdl(one) && !isOpen(one))
  const script = own.filter(isScript)
  const sql = own.filter((one) => !isScript(one))
  // One that shows a table or two is an excerpt.
  const tables = [script, sql].map((half) => ofKind(half, 'create-table').map(({table}) => table))
  const [first = [], second = []] = tables
  const areSame = first.length > 1 && first.length === second.length
  if (!areSame || !first.every((name) => called(second, itself, name).length > 0)) return []
  return [
    ...lacksOf(sql, script).map((one) => ({...one, other: 'script' as const})),
    ...lacksOf(script, sql).map((one) => ({...one, other: 'SQL' as const})),
  ]
}

export function isScript({statement}: Operation): boolean {
  return isPythonFence(statement.code)
}

function lacksOf(own: readonly Operation[], others: readonly Operation[]): readonly Omit<HalfLack, 'other'>[] {
  const code = [...new Set(others.map(({statement}) => statement.code.value))].join('\n')
  // A column that a table gets which is there before.
  const isOnOldTable = (one: Operation): boolean =>
    one.kind === 'add-column' &&
    [own, others].every((all) => ofTable(ofKind(all, 'create-table'), one.table).length === 0)
  const isMadeThere = (one: Operation): boolean => {
    const table = tableOf(one)
    return table !== undefined && [own, others].every((all) => ofTable(ofKind(all, 'create-table'), table).length > 0)
  }
  const shared = own.filter((one) => isMadeThere(one) || isOnOldTable(one))
  return lacking(shared, others)
    .filter((lack) => isPart(lack) && isUsual(lack, others) && !lack.names.some((name) => isSaid(name.text, lack)))
    .map(({start, end, what}) => ({start, end, what}))

  /** It is made in a way that isn't read. */
  function isSaid(text: string, {operation}: Lack): boolean {
    const name = {text, key: text, hole: false, start: 0, end: 0}
    if (operation.kind === 'create-index' ? operation.index.name : text.includes('_')) return hasName(code, name)
    return loops.test(code)
  }
}

/** The other one makes something of the kind: it doesn't leave all of them to somebody else. */
function isUsual({what, operation}: Lack, others: readonly Operation[]): boolean {
  if (operation.kind === 'add-column') return true
  if (operation.kind === 'create-index') return ofKind(others, 'create-index').length > 0
  const kind = what.startsWith('foreign') ? 'foreign' : what.startsWith('unique') ? 'unique' : 'check'
  return others.flatMap(constraintsOf).some((one) => one.kind === kind)
}

/** An index, a constraint, or a column of a table that is there: those of new tables are compared elsewhere. */
function isPart({what, operation}: Lack): boolean {
  return (
    /^(?:create-index|add-column)$/u.test(operation.kind) || /^(?:foreign key|unique constraint|check) /u.test(what)
  )
}
