import {
  madeAt,
  capital,
  code,
  defineRule,
  declaredInWords,
  differing,
  documentedOperations,
  isDeclaring,
  lacksBetweenHalves,
  listedOnly,
  freeOperations,
  halvesOf,
  modelHalves,
  rowsTooSoon,
  soonAt,
  soonWords,
  schemaDifferences,
  type Section,
  type SpecDocument,
  type Text,
  triggersTold,
  uncalledFunctions,
  unlisted,
  usedTooSoon,
} from 'spec-lint/rule'

/** The migration points to statements that stand elsewhere: "same as above", "see above". */
const same = String.raw`\bsame (?:statements |ddl |sql )?as (?:above|in|section|the (?:schema|ddl|statements))\b`
const above = String.raw`\b(?:as above|as (?:declared|defined|shown) (?:in|above)|see above)\b`
const elsewhere = new RegExp(`${same}|${above}`, 'i')
/** In prose, "see above" may be about anything: a word of what the migration makes stands before it. */
const subject = String.raw`\b(?:creat\w*|tables?|columns?|index\w*|constraints?|ddl|schema|statements?|sql|scripts?)\b[^.;\n]{0,120}`
const elsewhereInProse = new RegExp(`${same}|${subject}${above}`, 'i')
/** Something is left out: in code wherever the dots stand, in prose where they end a line; `SELECT … FOR UPDATE` names a statement. */
const leftOut = /(?<![A-Z]{2}\s)(?:\.\.\.|…)|(?:\.\.\.|…)(?!\s[A-Z]{2})/u
const leftOutInProse = /(?:\.\.\.|…)[\s`"'”)\]*_.;]*$/mu

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
      'Objects are compared, not words: a constraint inside `CREATE TABLE` is the one that is added later, quotes and schema don’t count. Extensions, functions, triggers, temporary tables and changes of data aren’t asked for, nor is anything that the other section names in prose. Several fences of the schema section of which the migration repeats nothing, and which the rollback undoes, run where they stand. Checks and indexes of a table that is there before, and of which the schema section has no statement, are left to its words. A migration without DDL has nothing to compare.',
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
    listed: {
      reason: '{what} is listed here, and the SQL of the migration lacks it',
      note: 'Add the statement to the SQL, or take it out of the list.',
    },
    unlisted: {
      reason: '{what} is made here, and the list of the migration’s contents on line {line} lacks it',
      note: 'Add it to the list, or take the statement out.',
    },
    half: {
      reason: '{what} is made here, and the {other} of the same migration lacks it',
      note: 'Add it there, or take it out here.',
    },
    differs: {
      reason: '{what} {here} here, and {there} on line {line}',
      note: 'Write the same in both places.',
    },
    uncalled: {
      reason: 'Function {what} is made for triggers, and no trigger of the document calls it',
      note: 'Add the `CREATE TRIGGER` that executes it, or take the function out.',
    },
    trigger: {
      reason: 'A trigger is said to keep {column}, and no statement makes one on {table}',
      note: 'Add the `CREATE TRIGGER`, or say what keeps the column.',
    },
    order: {
      reason: '{user} needs {what}, which the migration makes only on line {line}',
      note: 'Move this statement behind that one.',
    },
    row: {
      reason:
        'The new row of {table} needs the row of {parent} whose {column} is {value}, which is inserted only on line {line}',
      note: 'Move this statement behind that one.',
    },
  },
  check({document, type, schema, report}) {
    const facts = {document, type, schema}
    const {declared, up} = halvesOf(facts)
    const described = type.withRole('tables').length > 0 ? documentedOperations(facts) : declared
    const migration = type.withRole('migration')
    const isDescribed = schema.tables.some(({source, start}) => source !== 'mermaid' && isDeclaring(start, type))
    // One section may have both: then only its SQL is told apart.
    const shared =
      migration.length === 0 && (declared.length > 0 || isDescribed || modelHalves(facts))
        ? up.slice(0, 1).map(({statement}) => statement.section)
        : []
    const [target] = [...migration, ...shared]
    if (target?.heading) compare(target, target.heading.title)
    else
      for (const {start, end, what, other} of lacksBetweenHalves({up: freeOperations(facts)}))
        report.half({start, end}, {what: capital(what), other})
    const uncalled = uncalledFunctions(schema)
    for (const {name} of uncalled) report.uncalled(name, {what: code(name.text)})
    // The trigger that a function waits for is the one that is told of.
    for (const {column, table, at} of uncalled.length > 0 ? [] : triggersTold(schema))
      report.trigger(at, {column: code(column.text), table: code(table.text)})
    for (const one of usedTooSoon(facts)) report.order(soonAt(one), soonWords(one, document), madeAt(one))
    for (const {value, table, parent, column, later} of rowsTooSoon(schema, type)) {
      const line = document.source.lineOf(later.start)
      const words = {
        table: code(table.text),
        parent: code(parent.text),
        column: code(column.text),
        value: value.text,
        line,
      }
      const related = [{start: later.start, end: later.end, message: 'the row that it needs'}]
      report.row(value, words, {related})
    }

    function compare(home: Section, heading: Text): void {
      const sections = migration.length > 0 ? migration : [home]
      const isWhole = !sections.some((section) => isCutShort(section, document))
      const {homes, message, missing, undeclared} = schemaDifferences(facts, home, isWhole)
      const section = code(heading.text)
      const related = [{...heading, message: 'the migration'}]
      const differences = differing(up, [...described, ...declaredInWords(facts)])
      for (const {at, what, fix} of isWhole ? missing.filter((one) => !isOther(one.at, differences)) : [])
        report.missing(at, {what: capital(what), section}, {related, ...(fix ? {fix} : {})})
      for (const {start, end, what, other} of lacksBetweenHalves({up}))
        if (!missing.some((one) => one.what === what)) report.half({start, end}, {what: capital(what), other})
      for (const {at, what} of undeclared.filter((one) => !isOther(one.at, differences))) {
        const title = (homes.findLast(({start}) => start < at.start) ?? homes[0])?.heading?.title
        if (title)
          report.undeclared(at, {what: capital(what), section: code(title.text)}, {related: [{...title, message}]})
      }
      for (const {at, what} of isWhole ? listedOnly(facts) : [])
        if (!missing.some((one) => nameIn(one.what) === nameIn(what))) report.listed(at, {what: capital(what)})
      for (const {at, what, list} of isWhole ? unlisted(facts) : [])
        if (!undeclared.some((one) => one.what === what))
          report.unlisted(at, {what: capital(what), line: document.source.lineOf(list.start)})
      for (const {what, here, there, other, start, end} of differences) {
        const line = document.source.lineOf(other.start)
        const also = [{...other, message: 'the other place'}]
        report.differs({start, end}, {what: capital(what), here, there, line}, {related: also})
      }
    }
  },
})

/** What the migration does otherwise isn't lacking. */
function isOther({start}: {readonly start: number}, differences: ReturnType<typeof differing>): boolean {
  return differences.some((one) => one.other.start === start || one.start === start)
}

/** The last part of the name that the words of a thing end in. */
function nameIn(what: string): string {
  return what.replace(/^.*[`.]([^`.]*)`$/u, '$1').toLowerCase()
}

function isCutShort({start, end}: Section, {text, codes}: SpecDocument): boolean {
  const inside = codes.filter((one) => one.start >= start && one.end <= end)
  if (inside.some(({value}) => leftOut.test(value) || elsewhere.test(value))) return true
  const prose = inside.reduceRight(
    (all, one) => all.slice(0, one.start - start) + all.slice(one.end - start),
    text.slice(start, end),
  )
  return elsewhereInProse.test(prose) || leftOutInProse.test(prose)
}
