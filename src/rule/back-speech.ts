import type {Span, SpecDocument} from '../document/types.ts'
import type {Operation} from '../sql/model.ts'
import type {Speech} from '../sql/speech/model.ts'

const ofChanges = /\bnull|optional|requir|mandatory|default|\btype|widen|narrow|loosen|relax|nullab|\bempty\b/i

/** That a column stays, or its values, says nothing of what it may hold: a change is spoken of in other words. */
export function aboutOf(operation: Operation, speech: Speech, {text}: SpecDocument): Speech {
  if (!isChangeOfColumn(operation)) return speech
  const isAbout = ({start, end, act}: Span & {readonly act: string}): boolean => {
    const from = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('. ', start))
    return act !== 'keep' || ofChanges.test(text.slice(from, end) + (/^[^\n.;]*/u.exec(text.slice(end))?.[0] ?? ''))
  }
  return {...speech, names: speech.names.filter(isAbout), kinds: speech.kinds.filter(isAbout)}
}

/** What a column may hold, and what it gets where nothing is said. */
export function isChangeOfColumn({kind}: Operation): boolean {
  return /^(?:alter-type|(?:set|drop)-(?:not-null|default))$/u.test(kind)
}
