import type {SpecDocument, Text} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'

/**
 * The comments that speak of an index's statement: in it, on its last line, and, as its fence has them, on the lines
 * above or below. `saysWhy` tells a comment that gives a reason: one above the first index shows that they stand above.
 */
export function commentsBeside(
  statement: StatementFact,
  {source, text}: SpecDocument,
  schema: Pick<SchemaFacts, 'sql'>,
  saysWhy: (comment: string) => boolean,
): readonly Text[] {
  const {code, start, end} = statement
  const beside = schema.sql.statements.filter((one) => one.code === code)
  const at = beside.indexOf(statement)
  const before = beside[at - 1]
  const from = before ? source.lineSpan(source.lineOf(before.end)).end : code.content.start
  const until = beside[at + 1]?.start ?? code.content.end
  const lineEnd = Math.max(end, source.lineSpan(source.lineOf(end)).end)
  const first = Math.min(
    ...beside.flatMap((one) => (one.operations.some(({kind}) => kind === 'create-index') ? one.start : [])),
  )
  const isAbove = commentsIn(text, code.content.start, first).some((one) => saysWhy(one.text))
  return [
    ...commentsIn(text, start, lineEnd),
    ...(isAbove ? commentsIn(text, from, start) : commentsIn(text, lineEnd, until)),
  ]
}

/** `-- …` of a stretch of the file, without the dashes. */
export function commentsIn(text: string, from: number, until: number): readonly Text[] {
  return [...text.slice(from, Math.max(from, until)).matchAll(/--[ \t]*([^\r\n]*)/gu)].map((match) => {
    const words = (match[1] ?? '').trimEnd()
    const start = from + match.index + match[0].length - (match[1] ?? '').length
    return {text: words, start, end: start + words.length}
  })
}
