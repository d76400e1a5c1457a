import {kept, remembered} from '../document/remembered.ts'
import type {CodeBlock, SpecDocument, Text} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
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
  const {statements, places, first, reasons} = fenceOf(statement, schema.sql)
  const at = places.get(statement) ?? -1
  const before = statements[at - 1]
  const from = before ? source.lineSpan(source.lineOf(before.end)).end : code.content.start
  const until = statements[at + 1]?.start ?? code.content.end
  const lineEnd = Math.max(end, source.lineSpan(source.lineOf(end)).end)
  const isAbove = reasons.get(saysWhy) ?? standAbove(statements, text, first, saysWhy)
  reasons.set(saysWhy, isAbove)
  return [
    ...commentsIn(text, start, lineEnd),
    ...(isAbove ? commentsIn(text, from, start) : commentsIn(text, lineEnd, until)),
  ]
}

/**
 * Whether the reasons of a fence stand above its indexes: by one above the first. Where that one has none, and the last has
 * none below, each may belong to either neighbour; then the table that it names decides.
 */
function standAbove(
  statements: readonly StatementFact[],
  text: string,
  first: number,
  saysWhy: (comment: string) => boolean,
): boolean {
  const [head] = statements
  const last = statements.at(-1)
  if (!head || !last) return false
  const {content} = head.code
  if (commentsIn(text, content.start, first).some((one) => saysWhy(one.text))) return true
  if (commentsIn(text, last.end, content.end).some((one) => saysWhy(one.text))) return false
  const named = statements.flatMap((one, at) => {
    const next = statements[at + 1]
    const words = next ? commentsIn(text, one.end, next.start).filter((comment) => saysWhy(comment.text)) : []
    return words.map((comment) => [isOn(one, comment.text), isOn(next, comment.text)] as const)
  })
  return named.length > 0 && named.every(([own, other]) => other || !own) && named.some(([own, other]) => other && !own)
}

/** Whether a text names the table of the index that a statement makes. */
function isOn(statement: StatementFact | undefined, text: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}_$]+/u)
  return (
    statement?.operations.some((one) => one.kind === 'create-index' && words.includes(lastPart(one.index.table))) ===
    true
  )
}

interface FenceStatements {
  readonly statements: readonly StatementFact[]
  readonly places: ReadonlyMap<StatementFact, number>
  /** Where its first index begins, or the fence ends. */
  readonly first: number
  /** Whether a comment above the first index gives a reason. */
  readonly reasons: Map<(comment: string) => boolean, boolean>
}

const fences = kept<Map<CodeBlock, FenceStatements>>()

/** The statements of the fence that a statement stands in, read once a fence. */
function fenceOf({code}: StatementFact, sql: SchemaFacts['sql']): FenceStatements {
  const known = fences(sql, () => byFence(sql))
  return known.get(code) ?? {statements: [], places: new Map(), first: Number.POSITIVE_INFINITY, reasons: new Map()}
}

function byFence({statements}: SchemaFacts['sql']): Map<CodeBlock, FenceStatements> {
  const groups = new Map<CodeBlock, StatementFact[]>()
  for (const one of statements) {
    const group = groups.get(one.code)
    if (group) group.push(one)
    else groups.set(one.code, [one])
  }
  return new Map(
    [...groups].map(([code, group]) => [
      code,
      {
        statements: group,
        places: new Map(group.map((one, place) => [one, place])),
        first:
          group.find(({operations}) => operations.some(({kind}) => kind === 'create-index'))?.start ?? code.content.end,
        reasons: new Map(),
      },
    ]),
  )
}

/** `-- …` of a stretch of the file, without the dashes. */
export function commentsIn(text: string, from: number, until: number): readonly Text[] {
  const part = text.slice(from, Math.max(from, until))
  if (!part.includes('--')) return []
  return commentsOf(part).map(({at, words}) => ({text: words, start: from + at, end: from + at + words.length}))
}

const commentsOf = remembered((part) =>
  [...part.matchAll(/--[ \t]*([^\r\n]*)/gu)].map(({index, 0: {length}, 1: words = ''}) => ({
    at: index + length - words.length,
    words: words.trimEnd(),
  })),
)
