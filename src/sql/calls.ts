/** What operations of PostgreSQL call, so that it has to be there as long as they are: functions and sequences. */
import {remembered} from '../document/remembered.ts'
import {lastPart} from './implicit.ts'
import type {ColumnFact, Name, Operation} from './model.ts'
import {constraintsOf} from './parts.ts'

/** Whether an operation calls a function, or takes its values from a sequence. */
export function isCalledBy(operation: Operation, name: Name): boolean {
  return calledBy(operation).includes(calledName(name))
}

/**
 * The names of the functions that a trigger, a policy, a view, a check, a default or an index calls, and of the sequences of
 * defaults; with a schema, either may be meant. What stands in bodies is looked up when they run.
 */
export function calledBy(operation: Operation): readonly string[] {
  if (operation.kind === 'create-object' && operation.what === 'trigger') {
    return executedIn(operation.statement.text)
  }
  if (operation.statement.dialect !== 'postgresql') return []
  const text = expressionsOf(operation).join('\n')
  if (!text.includes('(')) return []
  return [
    ...text.replaceAll(/'[^']*'/gu, "''").matchAll(/(\w+)"?\s*\(/gu),
    ...text.matchAll(/\bnextval\s*\(\s*'(?:"?\w+"?\.)?"?(\w+)"?'/giu),
  ].map(([, name = '']) => name.toLowerCase())
}

const executedIn = remembered((text) =>
  [...text.matchAll(/\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\s+"?(\w+)"?(?:\."?(\w+)"?)?/gi)].flatMap(([, ...names]) =>
    names.filter((name) => name !== undefined).map((name) => name.toLowerCase()),
  ),
)

/** The procedure that `CALL` runs. */
export function calledProcedure({statement}: Operation): Name | undefined {
  const match = /^\s*CALL\s+((?:[`"]?\w{1,64}[`"]?\.)?[`"]?\w{1,64}[`"]?)/di.exec(statement.text)
  const range = match?.indices?.[1]
  if (!range) return undefined
  const text = statement.text.slice(...range)
  const [start, end] = [statement.start + range[0], statement.start + range[1]]
  return {text, key: text.replaceAll(/[`"]/gu, '').toLowerCase(), hole: statement.template, start, end}
}

export function calledName(name: Name): string {
  return lastPart(name).replaceAll(/\W/gu, '').toLowerCase()
}

function expressionsOf(operation: Operation): readonly string[] {
  const inColumn = ({default: value, expression}: ColumnFact): readonly string[] =>
    [value, expression].flatMap((one) => one?.text ?? [])
  const checks = constraintsOf(operation).flatMap((one) => (one.kind === 'check' ? [one.text] : []))
  switch (operation.kind) {
    case 'create-table':
      return [...operation.columns.flatMap(inColumn), ...checks]
    case 'add-column':
      return [...inColumn(operation.column), ...checks]
    case 'set-default':
      return operation.value ? [operation.value.text] : []
    case 'create-index': {
      const {columns, partial} = operation.index
      const where = partial ? (/\bWHERE\b(.*)$/is.exec(operation.statement.text)?.[1] ?? '') : ''
      return [...columns.filter(({key}) => key === '').map(({text}) => text), where]
    }
    case 'create-object':
      return operation.what === 'policy' || operation.what.endsWith('view') ? [operation.statement.text] : []
    default:
      return checks
  }
}
