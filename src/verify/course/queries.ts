import type {Engine, Plan} from '../engine/types.ts'
import {isFailure} from '../engine/types.ts'
import type {Entry, Fault, Job, QueryOutcome} from '../model.ts'
import {explained} from './statement.ts'
import {withNumbers} from './parameters.ts'

interface Asked {
  readonly outcomes: readonly QueryOutcome[]
  readonly faults: readonly Fault[]
}

/** Plans the queries on the migrated schema, and holds each promise against the index that it was made of. */
export async function askQueries(
  engine: Engine,
  job: Job,
  entries: readonly Entry[],
  tell: (index: number) => void,
): Promise<Asked> {
  const outcomes: QueryOutcome[] = []
  const faults: Fault[] = []
  for (const [index, {sql, index: promised}] of job.queries.entries()) {
    tell(index)
    const text = withNumbers(explained(sql), engine.dialect)
    const own = promised === undefined ? undefined : entryOf(promised, entries)
    if (promised !== undefined && !own) continue
    const plan = await engine.plan(text, own ? rivals(own, entries) : [])
    if (isFailure(plan)) {
      const {message, code, hint} = plan
      const before = [...text].slice(0, plan.position).join('')
      // Behind a parameter that was numbered, positions are others.
      const position = explained(sql).startsWith(before) ? plan.position : undefined
      faults.push({phase: 'query', index, message, code, hint, position, limit: undefined})
      continue
    }
    const time = job.fill > 0 ? await engine.time(text) : undefined
    outcomes.push({index, plan: plan.lines, served: own && serves(own, plan), time})
  }
  return {outcomes, faults}
}

function entryOf(name: string, entries: readonly Entry[]): Entry | undefined {
  const last = lastOf(name)
  return entries.find((entry) => isIndex(entry) && lastOf(entry.name) === last)
}

function lastOf(name: string): string {
  return (name.split('.').at(-1) ?? name).replaceAll('"', '')
}

function isIndex({kind, definition}: Entry): boolean {
  return kind === 'index' || (kind === 'constraint' && /^(?:PRIMARY KEY|UNIQUE)/u.test(definition))
}

/** Statements that put aside the other indexes that begin with the same column: the planner might take one of them instead. */
function rivals(own: Entry, entries: readonly Entry[]): readonly string[] {
  const first = leading(own)
  return entries
    .filter((entry) => isIndex(entry) && entry !== own && entry.table === own.table && leading(entry) === first)
    .map(({kind, name, table}) =>
      kind === 'index' ? `DROP INDEX ${name}` : `ALTER TABLE ${table} DROP CONSTRAINT "${lastOf(name)}" CASCADE`,
    )
}

/** The first key of an index, as the engine writes it. */
function leading({definition}: Entry): string {
  const open = definition.indexOf('(')
  let depth = 0
  for (let at = open; at < definition.length; at += 1) {
    const sign = definition[at]
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (depth === 0 || (depth === 1 && sign === ',')) return plainKey(definition.slice(open + 1, at))
  }
  return ''
}

function plainKey(key: string): string {
  return key
    .replace(/\s+(?:ASC|DESC|NULLS (?:FIRST|LAST)|[a-z]+_ops(?:\b.*)?)(?=\s|$)/giu, '')
    .replaceAll('"', '')
    .trim()
}

/** It is looked up by its first key, or read in its order so that nothing has to be sorted. */
function serves(own: Entry, {uses, sorts}: Plan): boolean {
  const used = uses.filter(({index}) => lastOf(index) === lastOf(own.name))
  const key = leading(own)
    .replaceAll(/[()\s]/gu, '')
    .toLowerCase()
  // A partial index that is read as a whole holds the rows that are asked for, and no others.
  const isPartial = /\) WHERE /u.test(own.definition)
  return used.some(({condition}) =>
    condition === ''
      ? isPartial || !sorts
      : condition
          .replaceAll(/["()\s]/gu, '')
          .replaceAll('::text', '')
          .toLowerCase()
          .includes(key.replaceAll('::text', '')),
  )
}
