import {expression} from '../../document/expressions.ts'
import type {Text} from '../../document/types.ts'
import type {TypeFact} from '../model.ts'
import {type Stretch, group, part} from './stretch.ts'
import {typeOf, valuesIn} from './types.ts'

const constraint = 'required|optional|nullable|unique|not|null|default|primary|foreign|references|pk|fk|indexed?'
/** `Enum redirect_state`, with the bracket behind it. */
const named = expression(
  'diu',
)`^[\s*]{0,9}\x60?enum(?:eration)?(?:\s+type)?\x60?\s{1,9}[\x60*]{0,3}((?!(?:${constraint}|of|with|one|values?|type|string|from|for|in)\b)[\p{L}_][\p{L}\p{N}_.]{0,62})[\x60*]{0,3}(?=\s*(?:$|[,;(]|\s[–—-]\s))(?:\s{0,9}\(([^()]{1,500})\))?`
const word = expression('iu')`^(?!(?:${constraint})\b)[\p{L}\p{N}_.-]{1,63}$`

/** A type of the database that is an enum by its name: `Enum redirect_state (open, done) (required)`, and the words behind it. */
export function namedEnum(rest: Stretch): {readonly type: TypeFact; readonly words: Stretch} | undefined {
  const match = named.exec(rest.text)
  const name = match ? group(rest, match, 1) : undefined
  const type = name ? typeOf(name) : undefined
  if (!match || !type) return undefined
  const list = group(rest, match, 2)
  const values = list ? valuesOf(list) : []
  const end = match[0].length - (list && values.length === 0 ? list.text.length + 2 : 0)
  return {type: {...type, values}, words: unwrapped(part(rest, end))}
}

/** `(required, default 'open')` without its brackets. */
function unwrapped(words: Stretch): Stretch {
  const match = /^\s{0,9}\((.{0,500})\)\s*$/du.exec(words.text)
  return (match && group(words, match, 1)) ?? words
}

/** Nothing but words, none of which says something of the column. */
function valuesOf(list: Stretch): readonly Text[] {
  const found = valuesIn(list)
  return found.length > 1 && found.every(({text}) => word.test(text)) ? found : []
}
