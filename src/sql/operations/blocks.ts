import {type Token, tokensOf} from '../tokens.ts'
import type {Draft} from './draft.ts'
import type {Reader, Source} from './reader.ts'

const changing = /^(?:CREATE|ALTER|DROP)$/u
/** Words behind which a statement of a block begins. */
const opening = /^(?:BEGIN|THEN|ELSE|LOOP)$/u

/**
 * What the statements of `DO $$ BEGIN … END $$` change in the schema, those below an IF too: a type or a constraint that is made
 * unless it is there. What EXECUTE runs isn't known.
 */
export function block({source}: Reader, read: (source: Source) => readonly Draft[]): readonly Draft[] {
  const body = source.tokens.find(({kind, text}) => kind === 'string' && text.startsWith('$'))
  const tag = body ? /^\$[^$]*\$/u.exec(body.text)?.[0] : undefined
  if (!body || tag === undefined || !body.text.endsWith(tag) || body.text.length < tag.length * 2) return []
  const from = body.start + tag.length
  const to = body.end - tag.length
  const text = source.text.slice(from, to)
  const tokens = tokensOf(text, source.dialect).filter(({kind}) => kind !== 'comment')
  return statementsIn(tokens).flatMap((own) =>
    read({
      ...source,
      text,
      written: source.written.slice(from, to),
      tokens: own,
      holes: source.holes.map(({start, end}) => ({start: start - from, end: end - from})),
      at: (offset) => source.at(from + offset),
    }),
  )
}

function statementsIn(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: (readonly Token[])[] = []
  let start: number | undefined
  for (const [index, {text, word}] of tokens.entries()) {
    const before = tokens[index - 1]
    if (text === ';') {
      if (start !== undefined) found.push(tokens.slice(start, index))
      start = undefined
    } else if (
      start === undefined &&
      changing.test(word) &&
      (!before || before.text === ';' || opening.test(before.word))
    )
      start = index
  }
  return found
}
