import {
  code,
  type DocumentedTable,
  defineRule,
  halvesOf,
  hasName,
  isDdl,
  isOpen,
  isWithin,
  lacksPart,
  type Lack,
  lacking,
  type Name,
  ofKind,
  type Operation,
  roleAt,
  sameName,
  type SchemaFacts,
  type Section,
  type SpecDocument,
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
    const {declared, up, down} = halvesOf({document, type, schema})
    const made = up.filter((operation) => isDdl(operation) && !isOpen(operation))
    const migration = type.withRole('migration')
    const [target] = migration
    if (made.length === 0 || !target?.heading) return
    const migrationWords = spoken(migration, document, schema)
    const related = [{...target.heading.title, message: 'the migration'}]
    const section = code(target.heading.title.text)
    const isWhole = !/\.\.\.|…|\b(?:same as|as above|as (?:declared|defined|shown) (?:in|above)|see above)\b/iu.test(
      migration.map(({start, end}) => document.text.slice(start, end)).join('\n'),
    )

    const declaring = declared.filter((operation) => isDdl(operation) && !isOpen(operation))
    if (declaring.length === 0) return tables()
    // What the rollback drops wasn't there before.
    const fresh = ofKind(down, 'drop-table').map(({table}) => table)
    if (isWhole)
      for (const lack of lacking(declaring, up, fresh).filter((one) => !isSpokenOf(one, migrationWords)))
        report.missing(lack, {what: capital(lack.what), section}, {related})
    // What a missing section would declare isn't known.
    if (lacksPart(type, ['schema', 'ddl'])) return
    const sections = [...type.withRole('schema'), ...type.withRole('ddl')]
    const schemaWords = spoken(sections, document, schema)
    for (const lack of lacking(
      up.filter((one) => !isOpen(one)),
      declared,
    )) {
      const home = sections.findLast(({start}) => start < lack.start) ?? sections[0]
      if (!home?.heading || isSpokenOf(lack, schemaWords)) continue
      report.undeclared(
        lack,
        {what: capital(lack.what), section: code(home.heading.title.text)},
        {related: [{...home.heading.title, message: 'the schema'}]},
      )
    }

    /** Tables that are documented column by column: their names alone. */
    function tables(): void {
      const [home] = type.withRole('tables')
      const documented = schema.tables.filter(
        ({start, name, source}) =>
          source === 'columnTable' && !name.hole && roleAt(start, type, ['tables']) !== undefined,
      )
      const created = ofKind(made, 'create-table').filter(({temporary}) => !temporary)
      const missing = documented.filter(({name}) => !isMade(name, up))
      if (!home?.heading || !isWhole || missing.length * 2 > documented.length) return
      for (const {name} of missing.filter((one) => !hasName(migrationWords, one.name)))
        report.missing(name, {what: `Table ${code(name.text)}`, section}, {related})
      const [before, after] = [target?.start ?? 0, target?.end ?? 0]
      const homeWords =
        wordsIn(document, {start: 0, end: before}) + wordsIn(document, {start: after, end: document.text.length})
      if (lacksPart(type, ['tables', 'relationships'])) return
      for (const {table} of created) {
        if (isDocumented(table, documented) || hasName(homeWords, table)) continue
        report.undeclared(
          table,
          {what: `Table ${code(table.text)}`, section: code(home.heading.title.text)},
          {related: [{...home.heading.title, message: 'the tables'}]},
        )
      }
    }
  },
})

/** Prose of sections, and SQL of which it isn't known what it does. */
function spoken(places: readonly Section[], document: SpecDocument, {sql}: SchemaFacts): string {
  const inside = (start: number): boolean => places.some((place) => isWithin(start, place))
  const unread = sql.statements.filter(
    ({start, operations}) =>
      inside(start) && operations.every(({kind}) => kind === 'other' || kind === 'create-object'),
  )
  const refused = sql.problems.filter(({start}) => inside(start)).map(({statement}) => statement)
  return [
    ...places.map((place) => wordsIn(document, place)),
    ...[...unread, ...refused].map(({start, end}) => document.text.slice(start, end)),
  ].join('\n')
}

function isSpokenOf({names}: Lack, words: string): boolean {
  return names.length > 0 && names.every((name) => hasName(words, name))
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
