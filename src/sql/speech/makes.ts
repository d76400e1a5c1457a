/** What prose says is made, as the operations that do so, in the order in which it speaks of them. */
import type {Operation, StatementFact} from '../model.ts'
import {mentionsOf} from './match.ts'
import type {SpokenName, Speech} from './model.ts'

/** Makers that prose names: those of one step are one statement, since they have no order. */
export function spokenMakes(
  up: readonly Operation[],
  {names}: Speech,
  isStep: (name: SpokenName) => boolean,
): readonly Operation[] {
  const [first] = up
  if (!first) return []
  const statements = new Map<number, StatementFact>()
  const said = new Set<Operation>()
  return names
    .filter(({act, place, aside, marked, helper}) => act === 'make' && marked && !place && !aside && !helper)
    .filter(isStep)
    .flatMap((name) => {
      const {start, end, step} = name
      const one: Speech = {names: [name], kinds: [], formal: false, unordered: false}
      const meant = up.filter((operation) => isMaker(operation) && mentionsOf(operation, one).length > 0)
      const [operation, ...more] = meant
      // A name of several things, and one that is named twice, tells no order.
      if (!operation || more.length > 0 || said.has(operation)) return []
      said.add(operation)
      const {section} = first.statement
      const statement = statements.get(step) ?? {...operation.statement, start, end, section}
      statements.set(step, statement)
      return [{...operation, start, end, statement}]
    })
}

function isMaker({kind}: Operation): boolean {
  return /^(?:create-(?:table|index|enum|object)|add-(?:column|constraint))$/u.test(kind)
}
