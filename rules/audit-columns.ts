import {
  type ConstraintFact,
  defineRule,
  finalName,
  forwardOperations,
  isThere,
  list,
  type Name,
  ofKind,
  type Span,
} from 'spec-lint/rule'

const synonyms: Readonly<Record<string, RegExp>> = {
  created_at:
    /^(?:created|inserted|added|creation)_?(?:at|on|date|time|ts|timestamp)?$|^(?:date|time)_?created$|^(?:occurred|recorded|logged|event|received|sent|changed)_?(?:at|on|time)$|^timestamp$/u,
  updated_at:
    /^(?:updated|modified|changed|last_?(?:updated?|modified|changed?))_?(?:at|on|date|time|ts|timestamp)?$|^(?:date|time)_?(?:updated|modified)$/u,
}
/** Rows of these are written once. */
const journal =
  /(?:^|_)(?:logs?|history|histories|audits?|events?|journals?|archives?|snapshots?|movements?|versions?|outbox|ledger|backups?|staging|tmp|temp)(?:_|$)|_(?:old|new|bak|\d{4}(?:_\d{2})?)$/u

export default defineRule({
  id: 'audit-columns',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Every new table has the audit columns that the type asks for.',
    why: 'When a row was made and last changed is asked after the first incident, and cannot be filled in later.',
    remedy: 'Add `created_at` and `updated_at`, with defaults.',
    exceptions:
      'Other names of the same (`inserted_on`, `modified_at`) count. Tables of pairs of keys, and those whose rows are written once by their name (logs, history, events), need no column for changes. Partitions, temporary tables and tables that are built anew under another name need none.',
  },
  options: {
    columns: {
      type: 'array',
      items: {type: 'string'},
      default: ['created_at', 'updated_at'],
      description: 'Columns that each new table has.',
    },
  },
  messages: {
    missing: {
      reason: 'Table `{table}` has no {columns}',
      note: 'Add {columns}, with a default, or say why its rows need none.',
    },
  },
  check({type, schema, options, report}) {
    const operations = forwardOperations(schema, type)
    const added = ofKind(operations, 'add-column')
    const seen = new Set<string>()
    for (const creation of ofKind(operations, 'create-table')) {
      const {table, columns, constraints, temporary, statement} = creation
      if (
        temporary ||
        isThere(statement) ||
        table.hole ||
        seen.has(table.key) ||
        finalName(creation, operations) !== table ||
        columns.length === 0 ||
        columns.some(({name}) => name.hole)
      )
        continue
      seen.add(table.key)
      const names = [...columns, ...added.filter((one) => one.table.key === table.key).map(({column}) => column)].map(
        ({name}) => name.key,
      )
      check(table, names, isPairs(names.length, constraints) ? 'pairs' : journal.test(table.key) ? 'journal' : 'rows')
    }

    function check(table: Name & Span, names: readonly string[], kind: 'pairs' | 'journal' | 'rows'): void {
      if (kind === 'pairs') return
      const missing = options.columns.filter(
        (column) => !has(names, column) && !(kind === 'journal' && column === 'updated_at'),
      )
      if (missing.length > 0) report.missing(table, {table: table.text, columns: list(missing)})
    }
  },
})

function has(names: readonly string[], column: string): boolean {
  const pattern = synonyms[column]
  return names.some((name) => name === column || name === column.replaceAll('_', '') || pattern?.test(name) === true)
}

/** A table that holds hardly more than foreign keys: two of them, and at most two columns beside. */
function isPairs(columns: number, constraints: readonly ConstraintFact[]): boolean {
  const foreign = constraints.flatMap((one) => (one.kind === 'foreign' ? one.columns : []))
  return foreign.length >= 2 && columns - foreign.length <= 2
}
