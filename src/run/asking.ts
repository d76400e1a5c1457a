import {rules as builtinRules} from '../../rules/index.ts'
import {isWanted, type RunOptions} from './options.ts'
import type {Member} from './read.ts'

/** Rules that look at what became of SQL, and that nobody is asked for unless a configuration turns them on. */
const asked = builtinRules.filter(({scope, severity}) => scope === 'proof' && severity === 'off').map(({id}) => id)

/** The names of the documents whose configuration asks that their migrations are executed. */
export function asksForProof(
  members: readonly Pick<Member, 'name' | 'settings'>[],
  options: Pick<RunOptions, 'only' | 'skip'>,
): readonly string[] {
  const rules = asked.filter((id) => isWanted(id, options))
  return members
    .filter(({settings}) => rules.some((id) => (settings.rules.get(id)?.severity ?? 'off') !== 'off'))
    .map(({name}) => name)
}
