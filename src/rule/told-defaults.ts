import {expression} from '../document/expressions.ts'
import type {SpecDocument, Text} from '../document/types.ts'
import type {ColumnFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {columnForm, defaultsAgree, isDefault} from './creations.ts'
import {forwardOperations} from './keys.ts'
import {called, nameOf, ofKind, ofTable} from './schema.ts'

/** A default in a list of defaults, and what the table itself says of it. */
export interface ToldDefault {
  readonly column: string
  readonly told: Text
  readonly actual: Text
  /** The code that says otherwise, or the description. */
  readonly code: string
}

const inCode = expression(
  'dgu',
)`\x60([\p{L}_][\p{L}\p{N}_]*)\.([\p{L}_][\p{L}\p{N}_]*)\s+DEFAULT\s+([^\x60\n]{1,80})\x60`
const listed = /\bdefaults?\b/i

/** Defaults that a section of them gives (`` `orders.state DEFAULT 'new'` ``, SET DEFAULT), and no table has so. */
export function toldDefaults(document: SpecDocument, schema: SchemaFacts, type: BoundDocument): readonly ToldDefault[] {
  const operations = forwardOperations(schema, type)
  const sections = document.sections.filter(({heading}) => listed.test(heading?.title.text ?? ''))
  const said = sections.flatMap((section) =>
    [...document.text.slice(section.start, section.end).matchAll(inCode)].flatMap((match) => {
      const [, table = '', column = '', value = ''] = match
      const start = section.start + (match.indices?.[3]?.[0] ?? 0)
      return [
        {
          table: table.toLowerCase(),
          column: column.toLowerCase(),
          told: {start, end: start + value.length, text: value},
        },
      ]
    }),
  )
  const set = ofKind(operations, 'set-default').flatMap(({table, column, value, statement}) =>
    value && !table.hole && sections.includes(statement.section)
      ? [{table: table.key, column: column.key, told: value}]
      : [],
  )
  const seen = new Set<number>()
  return [...said, ...set].flatMap(({table, column, told}): readonly ToldDefault[] => {
    const made = madeColumns(table, column, schema, operations)
    const [first] = made
    if (!first || seen.has(told.start) || !isDefault(told.text)) return []
    seen.add(told.start)
    const isOther = ({column: {default: value}}: Made): boolean =>
      value !== undefined && isDefault(value.text) && !defaultsAgree(told.text, value.text)
    return first.column.default && made.every(isOther)
      ? [{column: `${table}.${column}`, told, actual: first.column.default, code: first.code}]
      : []
  })
}

interface Made {
  readonly column: ColumnFact
  readonly code: string
}

/** The columns of a name, where something says their default. */
function madeColumns(
  table: string,
  column: string,
  schema: SchemaFacts,
  operations: ReturnType<typeof forwardOperations>,
): readonly Made[] {
  const name = {kind: 'name', start: 0, end: 0, text: table, key: table, hole: false}
  const created = [
    ...ofTable(ofKind(operations, 'create-table'), name).map(({columns}) => ({columns, code: 'CREATE TABLE'})),
    ...ofTable(ofKind(operations, 'add-column'), name).map((one) => ({columns: [one.column], code: 'ALTER TABLE'})),
    ...called(schema.tables, nameOf, name)
      .filter(({source}) => source === 'columnTable')
      .map(({columns}) => ({columns, code: 'the description'})),
  ]
  return created.flatMap(({columns, code}) =>
    columns
      .filter((one) => columnForm(one.name) === columnForm({...name, key: column}) && one.default)
      .map((one) => ({column: one, code})),
  )
}
