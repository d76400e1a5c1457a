import {called, code, defineRule, forwardOperations, type Name, ofKind, ofTable} from 'spec-lint/rule'

export default defineRule({
  id: 'rls-policy',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A table with row-level security has a policy, and a policy stands on a table with row-level security.',
    why: 'Without a policy PostgreSQL shows no row to anyone but the owner; without ENABLE ROW LEVEL SECURITY it never asks the policy.',
    remedy: 'Add the statement that is missing, or say that the table is closed to all on purpose.',
    exceptions:
      'A policy on a table that the document does not create: the table may have row-level security already. A text that says that no policy is wanted.',
  },
  options: {},
  messages: {
    policy: {
      reason: 'Row-level security is enabled on {table}, and the document has no policy for it',
      note: 'Nobody but the owner sees a row then. Add {statement}, or say that it is closed on purpose.',
    },
    enabled: {
      reason: 'The policy stands on {table}, where row-level security is never enabled',
      note: 'PostgreSQL never asks it. Add {statement}.',
    },
  },
  check({document, type, schema, report}) {
    const operations = forwardOperations(schema, type)
    const made = ofKind(operations, 'create-object').filter(({statement}) => statement.dialect === 'postgresql')
    const enabled = made.filter(({what}) => what === 'rls')
    const policies = made.filter(({what}) => what === 'policy')
    const isMeant =
      /\b(?:no polic(?:y|ies)|without (?:a |any )?polic(?:y|ies)|deny[- ]all|default[- ]deny|denies all|closed to all|service[_ ]role|bypassrls)\b/i
    for (const {table, ...operation} of firstOf(enabled)) {
      if (called(policies, owner, table).length > 0 || isMeant.test(document.text)) continue
      const statement = code(`CREATE POLICY … ON ${table.text} USING (…);`)
      report.policy(operation, {table: code(table.text), statement})
    }
    const created = ofKind(operations, 'create-table')
    for (const {table, ...operation} of firstOf(policies)) {
      if (ofTable(created, table).length === 0) continue
      if (called(enabled, owner, table).length > 0) continue
      if (/\bEXECUTE\b[\s\S]*ROW LEVEL SECURITY/i.test(document.text)) continue
      const statement = code(`ALTER TABLE ${table.text} ENABLE ROW LEVEL SECURITY;`)
      report.enabled(operation, {table: code(table.text), statement})
    }
  },
})

interface OnTable {
  readonly start: number
  readonly end: number
  readonly table: Name
}

function owner({table}: {readonly table: Name | undefined}): Name | undefined {
  return table
}

/** The first of each table. */
function firstOf(
  objects: readonly {readonly start: number; readonly end: number; readonly table: Name | undefined}[],
): readonly OnTable[] {
  const named = objects.flatMap(({start, end, table}) => (table && !table.hole ? [{start, end, table}] : []))
  return named.filter((one) => called(named, owner, one.table)[0] === one)
}
