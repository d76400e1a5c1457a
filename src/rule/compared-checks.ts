/** Checks that compare two columns, and do it otherwise where the document calls them by their name. */
import type {Span, SpecDocument} from '../document/types.ts'
import {constraintName, lastPart} from '../sql/implicit.ts'
import {constraintsOf} from '../sql/parts.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {forwardOperations} from './keys.ts'

export interface CheckFault {
  readonly name: string
  /** Of the condition in the description. */
  readonly at: Span
  readonly described: string
  readonly actual: Span & {readonly text: string}
}

/** The condition in code behind a name: `` `ck_a` (`b > c`) ``, `` `ck_a`: `CHECK (b > c)` ``. */
const condition = /^[`*]{0,4}\s*(?:\(|:|[–—-])?\s*(?:CHECK\s*)?`([^`\n]{3,200})`/diu
const comparison = /^([a-z_]\w{0,62})(<=|>=|<>|!=|<|>|=)([a-z_]\w{0,62})$/u

export function checksThatDiffer(facts: {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}): readonly CheckFault[] {
  const {document, schema, type} = facts
  const described = schema.checks.filter(({what, name}) => what === 'check' && !name.hole)
  if (described.length === 0) return []
  const made = forwardOperations(schema, type).flatMap((operation) => {
    const table = tableOf(operation)
    return constraintsOf(operation).flatMap((one) => {
      const name = one.kind === 'check' && table ? constraintName(one, table, operation.statement.dialect) : undefined
      return one.kind === 'check' && name !== undefined ? [{name, check: one}] : []
    })
  })
  return described.flatMap(({name}): readonly CheckFault[] => {
    const match = condition.exec(document.text.slice(name.end, name.end + 300))
    const range = match?.indices?.[1]
    const own = match?.[1]
    const same = made.filter((one) => one.name.toLowerCase() === lastPart(name).toLowerCase())
    const [first] = same
    if (!range || own === undefined || !first) return []
    if (!same.every(({check}) => areOpposed(plain(own), plain(check.text)))) return []
    const {start, end, text} = first.check
    const at = {start: name.end + range[0], end: name.end + range[1]}
    return [{name: name.text, at, described: own, actual: {start, end, text}}]
  })
}

/** Without white space, quotes, brackets around all, and the word CHECK. */
function plain(text: string): string {
  const bare = text
    .toLowerCase()
    .replaceAll(/[\s"`]+/gu, '')
    .replace(/^check(?=\()/u, '')
  return /^\([^()]*\)$/u.test(bare) ? bare.slice(1, -1) : bare
}

/** Both compare the same two columns, and not in the same way. */
function areOpposed(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => comparison.exec(text))
  if (!a || !b) return false
  const isSame = a[1] === b[1] && a[3] === b[3]
  const isTurned = a[1] === b[3] && a[3] === b[1]
  if (isSame) return a[2] !== b[2]
  return isTurned && a[2] !== turned[b[2] ?? '']
}

const turned: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '=': '=',
  '<>': '<>',
  '!=': '!=',
}
