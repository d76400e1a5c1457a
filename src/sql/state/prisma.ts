import type {CodeBlock} from '../../document/types.ts'
import {isKnownType} from '../documented/types.ts'
import type {ModelTable} from '../documented/model.ts'
import type {PrismaFacts} from '../documented/prisma.ts'
import type {ColumnFact, Operation, StatementFact} from '../model.ts'

/** What `prisma db push` would do: tables, indexes and enums; the tables between many and many; views. */
export function prismaOperations(
  {tables, enums}: PrismaFacts,
  code: CodeBlock,
): {readonly operations: readonly Operation[]; readonly others: readonly string[]} {
  const text = code.value
  const views = [...text.matchAll(/^[ \t]*view[ \t]+(\w+)/gmu)].flatMap(([, name]) => name?.toLowerCase() ?? [])
  const relations = [...text.matchAll(/@relation\(\s*(?:name:\s*)?"([^"\n]*)"/gu)].flatMap(([, name]) =>
    name === undefined ? [] : `_${name.toLowerCase()}`,
  )
  const mapped = [...text.matchAll(/@@map\(\s*(?:name:\s*)?"([^"\n]*)"/gu)].flatMap(
    ([, name]) => name?.toLowerCase() ?? [],
  )
  const joins = tables.flatMap((table) =>
    table.relations.filter(({many}) => many).map(({to}) => `_${[table.name.text, to.text].toSorted().join('To')}`),
  )
  const own = new Set(tables.map(({name, table}) => (table ?? name).key.toLowerCase()))
  return {
    operations: [...enums.map((one) => enumOperation(one, code)), ...tables.flatMap(tableOperations)],
    others: [
      ...views,
      ...relations,
      ...joins.map((name) => name.toLowerCase()),
      ...(views.length > 0 ? mapped.filter((name) => !own.has(name)) : []),
    ],
  }
}

function statementOf({
  start,
  end,
  code,
  section,
}: Pick<ModelTable, 'start' | 'end' | 'code' | 'section'>): StatementFact {
  return {start, end, code, section, dialect: 'postgresql', text: '', template: false, comments: [], operations: []}
}

function enumOperation(one: PrismaFacts['enums'][number], code: CodeBlock): Operation {
  const {start, end, name, values} = one
  return {kind: 'create-enum', name, values, statement: statementOf({...one, code}), start, end}
}

function tableOperations(model: ModelTable): readonly Operation[] {
  const statement = statementOf(model)
  const table = model.table ?? model.name
  const {start, end, constraints, indexes} = model
  return [
    {
      kind: 'create-table',
      table,
      columns: model.columns.map(withoutGuess),
      constraints,
      ifNotExists: false,
      temporary: false,
      statement,
      start,
      end,
    },
    ...indexes.map((index): Operation => ({
      kind: 'create-index',
      index: {...index, table},
      statement,
      start: index.start,
      end: index.end,
    })),
  ]
}

/** `String` is `text` in one database and `varchar(191)` in another: only `@db.…` and numbers tell the type of the column. */
function withoutGuess(column: ColumnFact): ColumnFact {
  const {type} = column
  const isExact = type !== undefined && isKnownType(type) && /^(?:integer|bigint|boolean|enum|uuid)$/u.test(type.base)
  return isExact ? column : {...column, type: undefined}
}
