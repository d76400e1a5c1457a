import {
  type BoundDocument,
  code,
  type DocumentedIndex,
  documentedLacks,
  type DocumentedTable,
  defineRule,
  halvesOf,
  hasName,
  type IndexFact,
  isDdl,
  isOpen,
  isWithin,
  lacksPart,
  type Lack,
  lacking,
  leftUnspoken,
  migrationPlan,
  type Name,
  type ObjectKind,
  ofKind,
  type Operation,
  operationWords,
  roleAt,
  sameName,
  type SchemaFacts,
  type Section,
  type Span,
  type SpecDocument,
  type Speech,
  type SpokenName,
  tableOf,
  wordsIn,
} from 'spec-lint/rule'

export default defineRule({
  id: 'migration-covers-schema',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The SQL of the migration brings about what the schema section declares, and nothing else.',
    why: 'Reviewers read the schema, the database runs the migration. What stands in only one of them is either never built or never reviewed.',
    remedy: 'Add the statement to the section that lacks it, or take it out of the other one.',
    exceptions:
      'Objects are compared, not words: a constraint inside `CREATE TABLE` is the one that is added later, quotes and schema don’t count. Extensions, functions, triggers, temporary tables and changes of data aren’t asked for, nor is anything that the other section names in prose. A migration without DDL has nothing to compare.',
  },
  options: {},
  messages: {
    missing: {
      reason: '{what} is declared here, and the migration in section {section} lacks it',
      note: 'Add the statement to the migration, or take it out of the schema.',
    },
    undeclared: {
      reason: '{what} is in the migration, and section {section} doesn’t declare it',
      note: 'Declare it there, or take it out of the migration.',
    },
  },
  check({document, type, schema, report}) {
    const halves = halvesOf({document, type, schema})
    const {up, down} = halves
    const migration = type.withRole('migration')
    const [target] = migration
    if (!target?.heading) return
    const made = up.filter((operation) => isDdl(operation) && !isOpen(operation))
    const declared = halves.declared.filter((operation) => isDdl(operation) && !isOpen(operation))
    const plan = migrationPlan(document, type, halves)
    const related = [{...target.heading.title, message: 'the migration'}]
    const section = code(target.heading.title.text)
    const isWhole =
      !/\.\.\.|…|\b(?:same (?:statements |ddl |sql )?as (?:above|in|section|the (?:schema|ddl|statements)\b)|as above|as (?:declared|defined|shown) (?:in|above)|see above)\b/iu.test(
        migration.map(({start, end}) => document.text.slice(start, end)).join('\n'),
      )
    const sections = [...type.withRole('schema'), ...type.withRole('ddl')]
    // What a missing section would declare isn't known.
    const isDeclared = !lacksPart(type, ['schema', 'ddl'], {notApplicable: false})
    if (made.length === 0) return words()
    if (declared.length === 0) return tables()
    // What the rollback drops wasn't there before.
    const fresh = ofKind(down, 'drop-table').map(({table}) => table)
    const unread = unreadIn(migration, document, schema)
    const lacks = lacking(declared, up, fresh).filter(
      (one) => !isSpokenOf(one, plan.speech) && !one.names.some((name) => hasName(unread, name)),
    )
    if (isWhole) for (const lack of withoutParts(lacks)) missing(lack, lack.what)
    if (!isDeclared) return
    const schemaWords = spoken(sections, document, schema)
    for (const lack of lacking(
      up.filter((one) => !isOpen(one)),
      halves.declared,
    ))
      if (lack.names.length === 0 || !lack.names.every((name) => hasName(schemaWords, name)))
        undeclared(lack, lack.what)

    function missing(at: Span, what: string): void {
      report.missing(at, {what: capital(what), section}, {related})
    }

    function undeclared(at: Span, what: string): void {
      const home = sections.findLast(({start}) => start < at.start) ?? sections[0]
      if (!home?.heading) return
      report.undeclared(
        at,
        {what: capital(what), section: code(home.heading.title.text)},
        {related: [{...home.heading.title, message: 'the schema'}]},
      )
    }

    /** A migration in words: what its list leaves out, and what it has beyond the schema. */
    function words(): void {
      if (!isWhole || declared.length === 0) return
      for (const lack of withoutParts(
        leftUnspoken(declared, plan).map((operation) => ({...operation, what: operationWords(operation), operation})),
      ))
        missing(lack, lack.what)
      if (!isDeclared) return
      const schemaText = sections.map(({start, end}) => document.text.slice(start, end)).join('\n')
      for (const {name, kind} of newNames(plan.speech)) {
        if (!hasName(schemaText, {...name, key: name.text, hole: false})) undeclared(name, `${kind} ${code(name.text)}`)
      }
    }

    /** Tables that are documented column by column: their names alone. */
    function tables(): void {
      const [home] = type.withRole('tables')
      const documented = schema.tables.filter(
        ({start, name, source}) =>
          source === 'columnTable' && !name.hole && roleAt(start, type, ['tables', 'relationships']) !== undefined,
      )
      const gone = documented.filter(({name}) => !isMade(name, up))
      if (!home?.heading || !isWhole || gone.length * 2 > documented.length) return
      const notRead = unreadIn(migration, document, schema)
      const left = gone.filter(({name}) => !isNamedTable(name, plan.speech) && !hasName(notRead, name))
      for (const {name} of left) missing(name, `table ${code(name.text)}`)
      for (const lack of documentedLacks({type, schema}, up, gone))
        if (!hasName(notRead, lack.name)) missing(lack, lack.what)
      const isMoved = type.sections.some(
        ({spec, state}) => /^(?:tables|relationships)$/u.test(spec.role ?? '') && state === 'depth',
      )
      if (isMoved || lacksPart(type, ['tables', 'relationships'])) return
      const outside = document.text.slice(0, target?.start) + document.text.slice(target?.end)
      for (const {at, what} of undescribed(made, documented, {type, schema}).filter(
        ({name}) => !hasName(outside, name),
      ))
        report.undeclared(
          at,
          {what: capital(what), section: code(home.heading.title.text)},
          {related: [{...home.heading.title, message: 'the tables'}]},
        )
    }
  },
})

interface Undescribed {
  readonly at: Span
  readonly name: Name
  readonly what: string
}

/** Tables and indexes that the migration makes and no description of tables has. */
function undescribed(
  made: readonly Operation[],
  documented: readonly DocumentedTable[],
  {type, schema}: {readonly type: BoundDocument; readonly schema: SchemaFacts},
): readonly Undescribed[] {
  const tables = ofKind(made, 'create-table')
    .filter(({table, temporary}) => !temporary && !isDocumented(table, documented))
    .map(({table}) => ({at: table, name: table, what: `table ${code(table.text)}`}))
  const indexes = ofKind(made, 'create-index').flatMap(({index, start, end}) =>
    index.name && isListed(index.table, type, schema) && !isSameIndex(index, schema.indexes)
      ? [{at: {start, end}, name: index.name, what: `index ${code(index.name.text)}`}]
      : [],
  )
  return [...tables, ...indexes]
}

/** SQL of which it isn't known what it does. */
function unreadIn(places: readonly Section[], document: SpecDocument, {sql}: SchemaFacts): string {
  const inside = (start: number): boolean => places.some((place) => isWithin(start, place))
  const unread = sql.statements.filter(
    ({start, operations}) =>
      inside(start) && operations.every(({kind}) => kind === 'other' || kind === 'create-object'),
  )
  const refused = sql.problems.filter(({start}) => inside(start)).map(({statement}) => statement)
  return [...unread, ...refused].map(({start, end}) => document.text.slice(start, end)).join('\n')
}

/** Prose of sections, and the SQL that isn't understood. */
function spoken(places: readonly Section[], document: SpecDocument, schema: SchemaFacts): string {
  return [...places.map((place) => wordsIn(document, place)), unreadIn(places, document, schema)].join('\n')
}

/** Whether the words of the migration say of the object that it is made, or changed, and not only that it is there. */
function isSpokenOf({names, operation}: Lack, {names: said}: Speech): boolean {
  const acts = operation.kind.startsWith('drop') ? ['take', 'none'] : ['make', 'change', 'none']
  return (
    names.length > 0 &&
    names.every((name) =>
      said.some(
        ({act, place, aside, parts}) =>
          !place && !aside && acts.includes(act) && parts.at(-1) === name.text.toLowerCase().replace(/^.*\./u, ''),
      ),
    )
  )
}

function isNamedTable({text}: Name, {names}: Speech): boolean {
  return names.some(
    ({act, place, parts}) => !place && (act === 'make' || act === 'none') && parts.at(-1) === text.toLowerCase(),
  )
}

const kindWords: Readonly<Partial<Record<ObjectKind, string>>> = {
  table: 'table',
  column: 'column',
  index: 'index',
  constraint: 'constraint',
  foreign: 'foreign key',
  unique: 'unique constraint',
  check: 'check',
  type: 'type',
}

/** What the words make for good: by its kind, under a name that is no plain English, and not dropped again. */
function newNames({names}: Speech): readonly {readonly name: SpokenName; readonly kind: string}[] {
  return names.flatMap((name) => {
    const kind = name.kind && kindWords[name.kind]
    const isDrop = name.act === 'take' && name.kind === 'column'
    if (
      kind === undefined ||
      !name.marked ||
      name.place ||
      (name.helper && !isDrop) ||
      (name.act !== 'make' && !isDrop)
    )
      return []
    const isGone = names.some(({act, parts}) => act === 'take' && parts.at(-1) === name.parts.at(-1))
    return isGone && !isDrop ? [] : [{name, kind: isDrop ? 'the drop of column' : kind}]
  })
}

/** A table with a list of its indexes. */
function isListed(table: Name, type: BoundDocument, {indexes}: SchemaFacts): boolean {
  return indexes.some(
    ({table: of, start}) => of !== undefined && sameName(of, table) && roleAt(start, type, ['tables']) !== undefined,
  )
}

/** What belongs to a table that is missing itself isn't missed as well; a column is missed once. */
function withoutParts<T extends {readonly operation: Operation; readonly what: string}>(
  lacks: readonly T[],
): readonly T[] {
  // A column of a new table comes with the table's operation.
  const tables = lacks.flatMap(({operation, what}) =>
    operation.kind === 'create-table' && what.startsWith('table') ? [operation.table] : [],
  )
  return lacks.filter(({operation}, index) => {
    const table = operation.kind === 'create-table' ? undefined : tableOf(operation)
    const isPart = table !== undefined && tables.some((one) => sameName(one, table))
    const isSecond =
      'column' in operation &&
      operation.kind !== 'add-column' &&
      lacks.findIndex((one) => one.operation.statement === operation.statement && 'column' in one.operation) < index
    return !isPart && !isSecond
  })
}

function isSameIndex(index: IndexFact, indexes: readonly DocumentedIndex[]): boolean {
  const columns = index.columns.map(({key}) => key).join()
  return indexes.some(
    (one) =>
      one.table !== undefined && sameName(one.table, index.table) && one.columns.map(({key}) => key).join() === columns,
  )
}

function isMade(name: Name, operations: readonly Operation[]): boolean {
  return operations.some(
    (one) =>
      (one.kind === 'create-table' && sameName(one.table, name)) ||
      (one.kind === 'rename-table' && sameName(one.to, name)),
  )
}

function isDocumented(table: Name, documented: readonly DocumentedTable[]): boolean {
  return documented.some(({name}) => sameName(name, table))
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
