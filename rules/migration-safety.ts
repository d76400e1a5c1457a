import {code, defineRule, halvesOf, hazardsOf, lacksPart} from 'spec-lint/rule'

const ways = {note: '{effect} {way}'} as const

export default defineRule({
  id: 'migration-safety',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A plan that locks a table, breaks the running release or loses data says so.',
    why: 'A statement that is harmless on an empty table stops the service on a full one. Whoever reviews the plan has to see that its author knows.',
    remedy: 'Take the safe way that the finding names, or say of this statement why it is safe here.',
    exceptions:
      'Tables that the document creates, and indexes and constraints of columns that it adds: they are empty. Locks in a plan that is offline, has a maintenance window or names a small number of rows. What a sentence of the plan says of this very column, index or table is believed: locks, seconds, batches, backups, a second release. Values that a rollback shuts out where its words say what becomes of them.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    notNull: {
      reason: 'Column {what} is added as NOT NULL without a default to {table}, which is there already',
      ...ways,
    },
    setNotNull: {reason: 'NOT NULL is set on {what} of {table} with no word about the lock', ...ways},
    unproven: {reason: 'NOT NULL is set on {what} of {table} when the check that proves it is gone', ...ways},
    typeChange: {reason: 'The type of {what} of {table} is changed with no word about the lock', ...ways},
    rewrite: {reason: '{what} writes all of {table} anew with no word about the lock', ...ways},
    index: {reason: 'Index {what} on {table} is built without CONCURRENTLY', ...ways},
    dropIndex: {reason: 'Index {what} of {table} is dropped without CONCURRENTLY', ...ways},
    constraint: {reason: 'The {what} on {table} is added without NOT VALID', ...ways},
    copied: {reason: 'The {what} on {table} is added with no word about the copy of the table', ...ways},
    key: {reason: 'The {what} on {table} is added without USING INDEX', ...ways},
    loss: {reason: '{what} is dropped with no word about its data or the release that is running', ...ways},
    emptied: {reason: '{what} deletes every row with no word about the data', ...ways},
    rename: {reason: '{what} is renamed with no word about the release that is running', ...ways},
    backfill: {reason: 'Every row of {table} is updated in one statement with no word about the lock', ...ways},
    mixed: {
      reason: 'Rows of {table} are written in the transaction that changes the table',
      note: 'The lock of {before} is held until the last row is written. Put COMMIT before it, and write the rows in batches.',
    },
    concurrently: {
      reason: '{what} can’t run inside a transaction',
      note: 'PostgreSQL refuses it after BEGIN. Put it behind COMMIT, or into a migration without a transaction.',
    },
    wrapped: {
      reason: '{what} can’t run inside a transaction, and {tool} opens one',
      note: 'PostgreSQL refuses it after BEGIN. Put it into a migration of its own with {off}.',
    },
    enumValue: {
      reason: 'Value {value} is added to {type} inside a transaction',
      note: '{effect} Add it in a migration of its own.',
    },
    unfinished: {
      reason: 'This transaction is never committed',
      note: 'Nothing of it stays when the connection is closed. Write COMMIT behind its last statement.',
    },
    nested: {
      reason: 'A transaction begins inside of another',
      note: '{effect} Remove it, or write SAVEPOINT.',
    },
    implicit: {
      reason: 'MySQL commits at {what}, so that this transaction undoes nothing',
      note: 'Each DDL statement commits by itself, with the rows that were written before it. Write the rows in a transaction of their own, and say how a migration that stops half-way is taken back.',
    },
    unvalidated: {
      reason: 'Constraint {what} is added NOT VALID, and no statement validates it',
      note: 'Add {statement} once all rows hold to it.',
    },
    shut: {
      reason:
        'The rollback does not allow {values} in {column} any more, and nothing gives the rows that have it another value',
      note: 'Add an UPDATE or a DELETE of these rows before this statement, which fails as long as there is one.',
    },
    inPlace: {
      reason: 'MySQL adds a foreign key with {way} only while `foreign_key_checks` is off',
      note: 'Write `SET SESSION foreign_key_checks = 0;` before it and `= 1` behind it, or leave the algorithm out.',
    },
    ignored: {
      reason: 'MySQL before 9.0 ignores REFERENCES behind a column',
      note: 'No foreign key on {table} comes of it. Write {line} as a line of its own.',
    },
  },
  check(context) {
    const {type, report} = context
    // An empty migration is the fault then.
    const isThere = type.withRole('migration').length > 0 || halvesOf(context).up.length > 0
    if (!isThere || lacksPart(type, ['migration'])) return
    for (const hazard of hazardsOf(context)) {
      if (hazard.kind === 'danger') {
        const {kind, operation, table, what, effect, way, fix} = hazard.danger
        report[kind](
          operation,
          {what, table: code(table.text), effect, way},
          fix ? {fix: {...fix, safety: 'unsafe'}} : {},
        )
        continue
      }
      switch (hazard.kind) {
        case 'unfinished':
          report.unfinished(hazard.at)
          break
        case 'nested':
          report.nested(hazard.at, hazard)
          break
        case 'concurrently':
          report.concurrently(hazard.at, hazard)
          break
        case 'wrapped':
          report.wrapped(hazard.at, hazard)
          break
        case 'enumValue':
          report.enumValue(hazard.at, hazard)
          break
        case 'mixed':
          report.mixed(hazard.at, hazard)
          break
        case 'implicit':
          report.implicit(hazard.at, hazard)
          break
        case 'unvalidated':
          report.unvalidated(hazard.at, hazard)
          break
        case 'shut':
          report.shut(hazard.at, hazard)
          break
        case 'inPlace':
          report.inPlace(hazard.at, hazard)
          break
        case 'ignored':
          report.ignored(hazard.at, hazard)
          break
      }
    }
  },
})
