import {basisOf, code, defineProofRule} from 'spec-lint/rule'

export default defineProofRule({
  id: 'data-loss',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'After the migration and its rollback every row has the values that it had before.',
    why: 'A schema that comes back without its data is no way back.',
    remedy:
      'Keep the old values until the rollback is no longer needed: copy them aside in the migration, and back in the rollback. Else say in the rollback what is lost.',
    exceptions:
      'A time that a trigger or a default sets anew is no loss. What the rollback says is lost is an information.',
  },
  options: {},
  messages: {
    rows: {
      reason: 'The rollback doesn’t bring back {count} of table {table}, such as {before}',
      note: 'Copy the rows aside before they are dropped, and back in the rollback; else say there that they are lost.',
    },
    values: {
      reason: 'The rollback brings back column {column} of table {table} without its values: {before} became {after}',
      note: 'Copy the values aside before they are dropped, and back in the rollback; else say there that they are lost.',
    },
    emptied: {
      reason: 'The rollback brings back table {table} without the rows that it had{basis}',
      note: 'Copy the rows aside before they are dropped, and back in the rollback; else say there that they are lost.',
    },
    anew: {
      reason: 'The rollback brings back column {column} of table {table} without its values{basis}',
      note: 'Copy the values aside before they are dropped, and back in the rollback; else say there that they are lost.',
    },
  },
  check({proof, report}) {
    const basis = basisOf(proof)
    for (const loss of proof.losses) {
      const extra = loss.said ? {severity: 'info' as const} : {}
      const table = code(loss.table)
      const count = loss.rows === 1 ? 'a row' : `${loss.rows} rows`
      if (proof.modelled && loss.column === '') report.emptied(loss, {table, basis}, extra)
      else if (proof.modelled) report.anew(loss, {column: code(loss.column), table, basis}, extra)
      else if (loss.column === '') report.rows(loss, {count, table, before: code(loss.before)}, extra)
      else {
        const column = code(loss.column)
        report.values(loss, {column, table, before: code(loss.before), after: code(loss.after)}, extra)
      }
    }
  },
})
