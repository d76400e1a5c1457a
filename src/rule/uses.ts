import {expression} from '../document/expressions.ts'
import type {Span, SpecDocument, Text} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'
import {parserOf} from '../sql/parsers/loaded.ts'
import {postgresFunctions} from '../sql/postgres-functions.ts'

/** A column or function that an expression of a statement names, at its place in the document. */
export interface UseFact extends Text {
  readonly kind: 'column' | 'function'
  readonly names: readonly string[]
  readonly inQuery: boolean
}

const writtenName = expression(
  'u',
)`^(?:"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*))*`

/** What the expressions of a PostgreSQL statement name; nothing of templates and of other dialects. */
export function usesOf(
  {text, start, end, dialect, template}: StatementFact,
  document: SpecDocument,
): readonly UseFact[] {
  if (template || dialect !== 'postgresql' || text.length > 100_000) return []
  const uses = parserOf(dialect).uses?.(text) ?? []
  return uses.flatMap(({kind, names, offset, inQuery}) => {
    const written = writtenName.exec(text.slice(offset))?.[0]
    // Where the fence is indented, the document is longer than the code.
    const at = written === undefined ? -1 : document.text.indexOf(written, start + offset)
    if (written === undefined || at < 0 || at >= end) return []
    const span: Span = {start: at, end: at + written.length}
    return [{kind, names, inQuery, text: written, ...span}]
  })
}

const executed = expression('iu')`\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\s+([\p{L}_][\p{L}\p{N}_$.]*)\s*\(`

/** The name of the function that a trigger calls. */
export function triggerFunction({text, start, dialect}: StatementFact, document: SpecDocument): UseFact | undefined {
  if (dialect !== 'postgresql') return undefined
  const found = executed.exec(text)
  const [, name = ''] = found ?? []
  const at = found ? document.text.indexOf(name, start + found.index + 'EXECUTE '.length) : -1
  if (at < 0) return undefined
  return {
    kind: 'function',
    names: name.toLowerCase().split('.'),
    inQuery: false,
    text: name,
    start: at,
    end: at + name.length,
  }
}

/** Whether PostgreSQL has a function of this name. */
export function isBuiltinFunction(name: string): boolean {
  return postgresFunctions.has(name)
}
