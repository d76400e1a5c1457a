/** Which SQL of a document takes a migration back: by its words, else by what it does. */
import {blockAbove} from '../document/places.ts'
import {kept} from '../document/remembered.ts'
import type {CodeBlock} from '../document/types.ts'
import type {Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {undoneBy} from '../sql/takers.ts'
import {isBack} from './back.ts'
import {isDdl} from './ddl.ts'
import {byFence} from './fences.ts'

const known = kept<ReadonlySet<StatementFact>>()

/**
 * The statements of a way back: what stands below words that say so or, where no words do, the fences that take back most of what
 * those before them do.
 */
export function backStatements(schema: SchemaFacts): ReadonlySet<StatementFact> {
  return known(schema, () => {
    const {statements} = schema.sql
    const said = statements.filter((one) => isBack(one, schema.document))
    return new Set(said.length > 0 ? said : undoingFences(schema))
  })
}

/** So large a part of a fence undoes what was done before. */
const share = 0.6
const comesBack = /\b(?:back|undo\w*|revert\w*|revers\w*|down\w*|restor\w*|remov\w*|backward\w*|opposite)\b/i

function undoingFences({document, sql}: SchemaFacts): readonly StatementFact[] {
  const all = sql.statements.flatMap((one) => one.operations).filter(isDdl)
  const back = new Set<CodeBlock>()
  for (const [code, statements] of byFence(sql.statements)) {
    const own = statements.flatMap((one) => one.operations)
    const taking = own.filter(isTaking)
    const isBefore = ({start, statement}: Operation): boolean => start < code.start && !back.has(statement.code)
    // What drops a thing to make it anew is shown a second time.
    const isAnew = (one: Operation): boolean => undoneBy(one, own).some(({start}) => start > one.start)
    const undoing = taking.filter((one) => undoneBy(one, all).some(isBefore) && !isAnew(one))
    const [first] = statements
    const above = first ? blockAbove(first.section, code.start) : undefined
    const isSaid =
      above !== undefined && comesBack.test(document.text.slice(above.start, Math.min(above.end, above.start + 400)))
    if (undoing.length >= share * taking.length && (undoing.length > 2 || (undoing.length > 0 && isSaid)))
      back.add(code)
  }
  return sql.statements.filter(({code}) => back.has(code))
}

/** What takes something away; to make a thing again is no sign. */
function isTaking({kind}: Operation): boolean {
  return /^drop-(?!not-null|default)/u.test(kind)
}

interface Ways {
  readonly forward: readonly Operation[]
  readonly back: readonly Operation[]
}

const waysKnown = kept<Ways>()

/** The operations of the SQL fences by whether they are a part of a way back; of one document always the same lists. */
function waysOf(schema: SchemaFacts): Ways {
  return waysKnown(schema, () => {
    const undoing = backStatements(schema)
    const operations = (isOfBack: boolean): readonly Operation[] =>
      schema.sql.statements.filter((one) => undoing.has(one) === isOfBack).flatMap((one) => one.operations)
    return {forward: operations(false), back: operations(true)}
  })
}

/** The operations that are no part of a way back. */
export function withoutBack(schema: SchemaFacts): readonly Operation[] {
  return waysOf(schema).forward
}

/** The other ones. */
export function onlyBack(schema: SchemaFacts): readonly Operation[] {
  return waysOf(schema).back
}
