import {basisOf, capital, code, defineProofRule, type ProofChange} from 'spec-lint/rule'

export default defineProofRule({
  id: 'rollback-residue',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'After the rollback the schema is what it was before the migration.',
    why: 'What a rollback leaves behind or takes too much makes the next attempt fail, or a program that trusted the old schema.',
    remedy: 'Add the statement that takes it back, or that makes it again as it was.',
    exceptions:
      'A generated name and the order of columns are an information. So is an extension that the migration makes only if it isn’t there: others may use it.',
  },
  options: {},
  messages: {
    left: {reason: 'The rollback leaves {what} behind{basis}', note: 'Add {inverse} to the rollback.'},
    gone: {
      reason: '{what} was there before the migration and is gone after the rollback{basis}',
      note: 'Make it again in the rollback: {definition}.',
    },
    changed: {
      reason: '{what} is not what it was before the migration: {now}{basis}',
      note: 'Set it back in the rollback. Before, it was {definition}.',
    },
  },
  check({proof, report}) {
    const basis = basisOf(proof)
    for (const change of proof.residue) {
      const {how, slight, definition, now} = change
      const what = whatOf(change)
      const extra = slight || change.kind === 'extension' ? {severity: 'info' as const} : {}
      if (how === 'added')
        report.left(change, {what, basis, inverse: proof.modelled ? inverseInMysql(change) : inverseOf(change)}, extra)
      else if (how === 'removed')
        report.gone(
          change,
          {what: capital(what), basis, definition: definition === '' ? what : code(definition)},
          extra,
        )
      else report.changed(change, {what: capital(what), basis, now: code(now), definition: code(definition)}, extra)
    }
  },
})

function whatOf({kind, name}: ProofChange): string {
  return `${kind === 'generated name' ? 'the generated name' : kind} ${code(name)}`
}

function inverseOf({kind, name}: ProofChange): string {
  const [table = '', ...rest] = name.split('.')
  const part = rest.join('.')
  if (kind === 'column') return code(`ALTER TABLE ${table} DROP COLUMN ${part};`)
  if (kind === 'constraint') return code(`ALTER TABLE ${table} DROP CONSTRAINT ${part};`)
  if (kind === 'trigger' || kind === 'policy' || kind === 'rule')
    return code(`DROP ${kind.toUpperCase()} ${part} ON ${table};`)
  if (kind === 'enum') return code(`DROP TYPE ${name};`)
  if (kind === 'extension') return code(`DROP EXTENSION "${name}";`)
  if (/^(?:privileges|default privileges|comment|setting|column order|generated name)$/u.test(kind))
    return `what takes back the ${kind}`
  return code(`DROP ${kind.toUpperCase()} ${name};`)
}

function inverseInMysql(change: ProofChange): string {
  const {kind, name, definition} = change
  const [table = '', ...rest] = name.split('.')
  const part = rest.join('.')
  if (kind === 'index') return code(`DROP INDEX ${part} ON ${table};`)
  if (kind === 'trigger') return code(`DROP TRIGGER ${name};`)
  if (kind !== 'constraint') return inverseOf(change)
  const what = definition.startsWith('PRIMARY')
    ? 'PRIMARY KEY'
    : `${definition.startsWith('FOREIGN') ? 'FOREIGN KEY' : 'CONSTRAINT'} ${part}`
  return code(`ALTER TABLE ${table} DROP ${what};`)
}
