import {
  code,
  defineRule,
  type Dialect,
  halvesOf,
  isDdl,
  isOpen,
  isWithin,
  lacksPart,
  type Name,
  type Operation,
  sameName,
  type Section,
  tableOf,
  wordsIn,
} from 'spec-lint/rule'

type Kind = 'notNull' | 'setNotNull' | 'typeChange' | 'loss' | 'rename' | 'constraint' | 'index'

const calm = String.raw`lock|batch|back-?fill|maintenance|off-?line|(?<!\bzero[ -])(?<!\bno )(?<!\bwithout )(?<!\bany )downtime|at night|low traffic|off-?peak|quiet hours|before opening|after closing|closed|read-only|blue-?green|expand|contract|two (?:deploy|release|step|phase)|in ?place|instant|rewrit|not valid|validat|concurrently|algorithm|pt-online|gh-ost|empty|no rows|small table|few rows`
const old = String.raw`back(?:ed)?[ -]?up|dump|snapshot|archiv|export|deploy|release|unused|no longer|not? (?:used|read|written|code|reader)|nobody|nothing reads|copied|moved|obsolete|deprecat|compatib|\bviews?\b|synonym|feature flag`

/** Words by which a plan shows that it knows. */
const known: Readonly<Record<Kind, RegExp>> = {
  notNull: oneOf(calm, 'default|nullable'),
  setNotNull: oneOf(calm, 'scan|never null|no nulls?'),
  typeChange: oneOf(calm, 'lengthen|widen|copies|cast'),
  loss: oneOf(calm, old),
  rename: oneOf(calm, old),
  constraint: oneOf(calm, 'scan'),
  index: oneOf(calm),
}

const online =
  /\bapproach\b\W{0,8}online\b|\bzero[ -]downtime\b|\b(?:no|without(?: any)?) downtime\b|\bonline (?:migration|schema change|ddl)\b/iu

export default defineRule({
  id: 'migration-safety',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A plan that locks a table, breaks the running release or loses data says so.',
    why: 'A statement that is harmless on an empty table stops the service on a full one. Whoever reviews the plan has to see that its author knows.',
    remedy: 'Take the safe way that the finding names, or say in the migration why this way is safe here.',
    exceptions:
      'Tables that the document creates are empty. A plan that speaks of locks, batches, a maintenance window, backups or a second release is believed. `CREATE INDEX` counts only where the plan promises to stay online.',
  },
  options: {},
  messages: {
    notNull: {
      reason: 'Column {column} is added as NOT NULL without a default to {table}, which is there already',
      note: '{effect} Add it nullable, fill it in batches, then set NOT NULL.',
    },
    setNotNull: {
      reason: 'NOT NULL is set on {column} of {table} with no word about the lock',
      note: '{effect}',
    },
    typeChange: {
      reason: 'The type of {column} of {table} is changed with no word about the lock',
      note: '{effect} Add a new column, fill it in batches and switch over, or say why this is safe here.',
    },
    loss: {
      reason: '{what} is dropped with no word about its data or the release that is running',
      note: 'What it holds is lost, and code that still uses it fails. Say where the data is kept, and that the release before no longer uses it.',
    },
    rename: {
      reason: '{what} is renamed with no word about the release that is running',
      note: 'Code that uses the old name fails from this statement on. Add the new one beside it and drop the old one with a later release, or say when the service is stopped.',
    },
    constraint: {
      reason: 'The {kind} on {table} is added without NOT VALID',
      note: 'PostgreSQL reads the whole table under {lock}. Add it NOT VALID, then run VALIDATE CONSTRAINT in a transaction of its own.',
    },
    index: {
      reason: 'The plan promises to stay online, and this CREATE INDEX on {table} is not CONCURRENTLY',
      note: 'It holds a SHARE lock until it is built: nobody can write to the table. Write CREATE INDEX CONCURRENTLY, outside a transaction.',
    },
    concurrently: {
      reason: '{what} can’t run inside a transaction',
      note: 'PostgreSQL refuses it after BEGIN. Put it behind COMMIT, or into a migration without a transaction.',
    },
    enumValue: {
      reason: 'Value {value} is added to {type} inside a transaction',
      note: 'PostgreSQL can’t use it before COMMIT, and before version 12 refuses it. Add it in a migration of its own.',
    },
  },
  check({document, type, schema, report}) {
    const {declared, up, down} = halvesOf({document, type, schema})
    const migrations = type.withRole('migration')
    // An empty migration is the fault then.
    if (migrations.length === 0 || lacksPart(type, ['migration'])) return
    const operations = (up.some(isDdl) ? up : [...declared, ...up]).filter((one) => !isOpen(one))
    const all = [...declared, ...up, ...schema.sql.statements.flatMap((one) => one.operations)]
    const isCertain = schema.sql.decidedBy !== 'parsed'
    const plan = migrations.map(outermost)
    for (const operation of operations) {
      const table = tableOf(operation)
      const kind = dangerOf(operation, isCertain, operations)
      if (kind === undefined || table === undefined || isOwn(table, all)) continue
      if (schema.tables.some(({name, state}) => sameName(name, table) && state !== 'existing')) continue
      const places = [...new Set([...plan, outermost(operation.statement.section)])]
      const words = places.map((place) => wordsIn(document, place)).join('\n')
      if (known[kind].test(words) || (kind === 'index' && !online.test(words))) continue
      tell(kind, operation, table)
    }
    for (const operation of inTransaction([...operations, ...down])) {
      if (operation.kind === 'add-enum-value') {
        const {name, value} = operation
        if (all.some((one) => one.kind === 'create-enum' && sameName(one.name, name))) continue
        report.enumValue(operation, {value: code(value.text), type: code(name.text)})
      } else report.concurrently(operation, {what: code(operation.statement.text.slice(0, 40))})
    }

    function tell(kind: Kind, operation: Operation, name: Name): void {
      const table = code(name.text)
      const dialect = isCertain ? operation.statement.dialect : undefined
      const column = 'column' in operation ? code(columnOf(operation.column).text) : ''
      if (kind === 'notNull' || kind === 'setNotNull' || kind === 'typeChange')
        report[kind](operation, {column, table, effect: effects[kind](dialect)})
      else if (kind === 'loss' || kind === 'rename')
        report[kind](operation, {what: column === '' ? `Table ${table}` : `Column ${column} of ${table}`})
      else if (kind === 'index') report.index(operation, {table})
      else if (operation.kind === 'add-constraint') {
        const isKey = operation.constraint.kind === 'foreign'
        report.constraint(operation, {
          kind: isKey ? 'foreign key' : 'check',
          table,
          lock: isKey
            ? 'a SHARE ROW EXCLUSIVE lock on both tables: nobody can write to them'
            : 'an ACCESS EXCLUSIVE lock: nobody can read or write',
        })
      }
    }
  },
})

function oneOf(...words: readonly string[]): RegExp {
  return new RegExp(String.raw`\b(?:${words.join('|')})`, 'iu')
}

const effects = {
  notNull: (dialect: Dialect | undefined): string =>
    dialect === 'mysql'
      ? 'MySQL silently writes an empty string or 0 into the rows that are there.'
      : 'The statement fails if the table has a row.',
  setNotNull: (dialect: Dialect | undefined): string =>
    dialect === 'postgresql'
      ? 'PostgreSQL reads the whole table under an ACCESS EXCLUSIVE lock: nobody can read or write. Add CHECK (… IS NOT NULL) NOT VALID, validate it, then set NOT NULL.'
      : 'The whole table is read or copied while others wait, and a NULL in it stops the migration. Fill the column first, and say how long it takes.',
  typeChange: (dialect: Dialect | undefined): string =>
    dialect === 'postgresql'
      ? 'PostgreSQL writes the whole table anew under an ACCESS EXCLUSIVE lock: nobody can read or write.'
      : dialect === 'mysql'
        ? 'MySQL copies the whole table for most changes of a type: nobody can write meanwhile.'
        : 'The whole table may be written anew while others wait.',
}

function dangerOf(operation: Operation, isCertain: boolean, all: readonly Operation[]): Kind | undefined {
  const {dialect} = operation.statement
  const isPostgres = isCertain && dialect === 'postgresql'
  switch (operation.kind) {
    case 'add-column': {
      const {nullable, default: given, generated} = operation.column
      return nullable === false && given === undefined && !generated ? 'notNull' : undefined
    }
    case 'set-not-null':
      return all.some((one) => one.kind === 'alter-type' && one.start === operation.start) ? undefined : 'setNotNull'
    case 'alter-type':
      return isPostgres && operation.type?.base === 'text' ? undefined : 'typeChange'
    case 'drop-table':
    case 'drop-column':
      return 'loss'
    case 'rename-table':
    case 'rename-column':
      return 'rename'
    case 'add-constraint': {
      const isRead = operation.constraint.kind === 'foreign' || operation.constraint.kind === 'check'
      return isPostgres && isRead && !operation.notValid ? 'constraint' : undefined
    }
    case 'create-index':
      return isPostgres && !operation.index.concurrently ? 'index' : undefined
    default:
      return undefined
  }
}

/** A table that the document makes, or that some statement made under another name. */
function isOwn(table: Name, all: readonly Operation[]): boolean {
  return all.some(
    (one) =>
      (one.kind === 'create-table' && sameName(one.table, table)) ||
      (one.kind === 'rename-table' && sameName(one.to, table)),
  )
}

/** The part of the document that a section belongs to. */
function outermost(section: Section): Section {
  let top = section
  while (top.parent?.heading && top.parent.depth > 1) top = top.parent
  return top
}

/** What PostgreSQL refuses between BEGIN and COMMIT of one fence. */
function inTransaction(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter((operation, index) => {
    const {statement, kind} = operation
    const isConcurrent =
      (kind === 'create-index' && operation.index.concurrently) || (kind === 'drop-index' && operation.concurrently)
    if (statement.dialect !== 'postgresql' || !(isConcurrent || kind === 'add-enum-value')) return false
    const frame = operations
      .slice(0, index)
      .findLast((one) => /^(?:begin|commit|rollback)$/u.test(one.kind) && isWithin(one.start, statement.code))
    return frame?.kind === 'begin'
  })
}

function columnOf(column: Name | {readonly name: Name}): Name {
  return 'name' in column ? column.name : column
}
