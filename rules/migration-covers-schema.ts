import {
  type BoundDocument,
  called,
  capital,
  code,
  defineRule,
  documentedExtras,
  documentedLacks,
  type Fix,
  type Halves,
  halvesOf,
  hasName,
  isDdl,
  isDeclarable,
  isMade,
  isOpen,
  isSaidOf,
  isSaidTable,
  isWithin,
  itself,
  lacking,
  lacksPart,
  leftUnspoken,
  migrationFix,
  migrationPlan,
  modelHalves,
  type Name,
  newNames,
  ofKind,
  ofTable,
  type Operation,
  operationWords,
  roleAt,
  sameName,
  type SchemaFacts,
  type Section,
  type Span,
  type SpecDocument,
  tableOf,
  tooSoon,
  userWords,
  withoutParts,
  wordsIn,
} from 'spec-lint/rule'

/** The migration points to statements that stand elsewhere. */
const elsewhere =
  /\.\.\.|…|\b(?:same (?:statements |ddl |sql )?as (?:above|in|section|the (?:schema|ddl|statements)\b)|as above|as (?:declared|defined|shown) (?:in|above)|see above)\b/iu

export default defineRule({
  id: 'migration-covers-schema',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary:
      'The SQL of the migration brings about what the schema section declares, and nothing else, in an order that can run.',
    why: 'Reviewers read the schema, the database runs the migration. What stands in only one of them is either never built or never reviewed.',
    remedy:
      'Add the statement to the section that lacks it, or take it out of the other one. Make a table, a column, a type or a function before the statement that uses it.',
    exceptions:
      'Objects are compared, not words: a constraint inside `CREATE TABLE` is the one that is added later, quotes and schema don’t count. Extensions, functions, triggers, temporary tables and changes of data aren’t asked for, nor is anything that the other section names in prose. A migration without DDL has nothing to compare.',
  },
  fixable: 'unsafe',
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
    order: {
      reason: '{user} needs {what}, which the migration makes only on line {line}',
      note: 'Move this statement behind that one.',
    },
  },
  check({document, type, schema, report}) {
    const facts = {document, type, schema}
    const migration = type.withRole('migration')
    const [target] = migration
    if (!target?.heading) return
    const isWhole = !elsewhere.test(migration.map(({start, end}) => document.text.slice(start, end)).join('\n'))
    const {homes, message, missing, undeclared} = differences(facts, target, isWhole)
    const section = code(target.heading.title.text)
    const related = [{...target.heading.title, message: 'the migration'}]
    for (const {at, what, fix} of isWhole ? missing : [])
      report.missing(at, {what: capital(what), section}, {related, ...(fix ? {fix} : {})})
    for (const {at, what} of undeclared) {
      const home = homes.findLast(({start}) => start < at.start) ?? homes[0]
      if (!home?.heading) continue
      const {title} = home.heading
      report.undeclared(at, {what: capital(what), section: code(title.text)}, {related: [{...title, message}]})
    }
    for (const {operation, later} of tooSoon(halvesOf(facts).up.filter((one) => !isOpen(one)))) {
      const line = document.source.lineOf(later.start)
      const made = {start: later.start, end: later.end, message: 'what it needs'}
      report.order(operation, {user: userWords(operation), what: operationWords(later), line}, {related: [made]})
    }
  },
})

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

interface Difference {
  readonly at: Span
  readonly what: string
  readonly fix?: Fix | undefined
}

interface Differences {
  /** Where the schema, or the tables, are declared. */
  readonly homes: readonly Section[]
  readonly message: string
  readonly missing: readonly Difference[]
  readonly undeclared: readonly Difference[]
}

function differences(facts: Facts, target: Section, isWhole: boolean): Differences {
  const {type} = facts
  const halves = halvesOf(facts)
  const isStatement = (one: Operation): boolean => isDdl(one) && !isOpen(one)
  const homes = [...type.withRole('schema'), ...type.withRole('ddl')]
  const declared = halves.declared.filter(isStatement)
  const isInSql = halves.up.some(isStatement)
  const models = isInSql ? modelHalves(facts) : undefined
  if (models) return {homes, message: 'the schema', ...compareModels(facts, models)}
  if (isInSql && declared.length === 0)
    return {
      homes: type.withRole('tables').slice(0, 1),
      message: 'the tables',
      ...compareTables(facts, halves, target, isWhole),
    }
  const found = isInSql ? compareSql(facts, halves, homes) : compareWords(facts, halves, homes)
  // What a missing section would declare isn't known.
  const isKnown = !lacksPart(type, ['schema', 'ddl'], {notApplicable: false}) && (isInSql || isWhole)
  return {homes, message: 'the schema', missing: found.missing, undeclared: isKnown ? found.undeclared : []}
}

type Found = Pick<Differences, 'missing' | 'undeclared'>

/** The statements of the schema and those of the migration. */
function compareSql({document, type, schema}: Facts, halves: Halves, homes: readonly Section[]): Found {
  const {declared, up, down} = halves
  const {speech} = migrationPlan(document, type, halves)
  const unread = unreadIn(type.withRole('migration'), document, schema)
  const said = [...homes.map((home) => wordsIn(document, home)), unreadIn(homes, document, schema)].join('\n')
  // What the rollback drops wasn't there before.
  const fresh = ofKind(down, 'drop-table').map(({table}) => table)
  const lacks = lacking(
    declared.filter((one) => isDdl(one) && !isOpen(one)),
    up,
    fresh,
  ).filter((one) => !isSaidOf(one, speech) && !one.names.some((name) => hasName(unread, name)))
  const extras = lacking(
    up.filter((one) => !isOpen(one)),
    declared,
  ).filter(({names}) => names.length === 0 || !names.every((name) => hasName(said, name)))
  return {
    missing: withoutParts(lacks).map((lack) => ({
      at: lack,
      what: lack.what,
      fix: migrationFix(document, halves, lack.operation),
    })),
    undeclared: extras.map((extra) => ({at: extra, what: extra.what})),
  }
}

/**
 * Models and the migration made of them. A model that nothing creates was there before, as Prisma shows the whole schema; what the
 * rollback takes away is new. Checks, partial indexes and join tables (`_AToB`) have no words in Prisma.
 */
function compareModels(
  {document, type, schema}: Facts,
  {declared, up, down}: Pick<Halves, 'declared' | 'up' | 'down'>,
): Found {
  const migration = type.withRole('migration')
  const unread = unreadIn(migration, document, schema)
  const isNew = (table: Name): boolean =>
    ofTable(ofKind(up, 'create-table'), table).length > 0 || ofTable(ofKind(down, 'drop-table'), table).length > 0
  const types = ofKind(down, 'drop-object').map(({name}) => name)
  const own = declared.flatMap((one): readonly Operation[] => {
    if (one.kind === 'create-enum') return called(types, itself, one.name).length > 0 ? [one] : []
    const table = tableOf(one)
    if (!table || isNew(table)) return [one]
    const dropped = ofTable(ofKind(down, 'drop-column'), table)
    const columns = one.kind === 'create-table' ? one.columns : []
    return columns
      .filter(({name}) => dropped.some(({column}) => sameName(column, name)))
      .map((column): Operation => ({
        kind: 'add-column',
        table,
        column,
        constraints: [],
        statement: one.statement,
        start: column.start,
        end: column.end,
      }))
  })
  const lacks = lacking(own, up).filter(({names}) => !names.some((name) => hasName(unread, name)))
  const isModelled = (table: Name | undefined): boolean =>
    table !== undefined && ofTable(ofKind(declared, 'create-table'), table).length > 0
  const outside = wordsIn(document, {start: 0, end: document.text.length})
  const extras = lacking(up.filter(isDeclarable), declared).filter(
    ({operation, names}) =>
      (/^(?:create-table|create-enum|drop-table)$/u.test(operation.kind) || isModelled(tableOf(operation))) &&
      !(operation.kind === 'drop-table' && isModelled(operation.table)) &&
      !(names.length > 0 && names.every((name) => hasName(outside, name) && !isModelled(tableOf(operation)))),
  )
  const found = (lack: {readonly what: string} & Span): Difference => ({at: lack, what: lack.what})
  return {missing: withoutParts(lacks).map(found), undeclared: extras.map(found)}
}

/** A migration in words: what its list leaves out, and what it has beyond the schema. */
function compareWords({document, type}: Facts, halves: Halves, homes: readonly Section[]): Found {
  const plan = migrationPlan(document, type, halves)
  const declared = halves.declared.filter((one) => isDdl(one) && !isOpen(one))
  if (declared.length === 0) return {missing: [], undeclared: []}
  const left = leftUnspoken(declared, plan).map((operation) => ({operation, what: operationWords(operation)}))
  const schemaText = homes.map(({start, end}) => document.text.slice(start, end)).join('\n')
  return {
    missing: withoutParts(left).map(({operation, what}) => ({at: operation, what})),
    undeclared: newNames(plan.speech)
      .filter(({name}) => !hasName(schemaText, {...name, key: name.text, hole: false}))
      .map(({name, kind}) => ({at: name, what: `${kind} ${code(name.text)}`})),
  }
}

/** Tables that are documented column by column. */
function compareTables({document, type, schema}: Facts, halves: Halves, target: Section, isWhole: boolean): Found {
  const {up} = halves
  const documented = schema.tables.filter(
    ({start, name, source}) =>
      source === 'columnTable' && !name.hole && roleAt(start, type, ['tables', 'relationships']) !== undefined,
  )
  const gone = documented.filter(({name}) => !isMade(name, up))
  if (!isWhole || gone.length * 2 > documented.length) return {missing: [], undeclared: []}
  const {speech} = migrationPlan(document, type, halves)
  const unread = unreadIn(type.withRole('migration'), document, schema)
  const left = gone.filter(({name}) => !isSaidTable(name, speech) && !hasName(unread, name))
  const lacks = documentedLacks({type, schema}, up, gone).filter(({name}) => !hasName(unread, name))
  const isMoved = type.sections.some(
    ({spec, state}) => /^(?:tables|relationships)$/u.test(spec.role ?? '') && state === 'depth',
  )
  const isKnown = !isMoved && !lacksPart(type, ['tables', 'relationships'])
  const outside = document.text.slice(0, target.start) + document.text.slice(target.end)
  const made = up.filter((one) => isDdl(one) && !isOpen(one))
  const extras = isKnown ? documentedExtras(made, documented, type, schema) : []
  return {
    missing: [
      ...left.map(({name}) => ({at: name, what: `table ${code(name.text)}`})),
      ...lacks.map((lack) => ({at: lack, what: lack.what})),
    ],
    undeclared: extras.filter(({name}) => !hasName(outside, name)),
  }
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
