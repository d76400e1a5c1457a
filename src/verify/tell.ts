import type {Change, Entry} from './model.ts'
import type {Target} from './plan/targets.ts'
import type {Verified} from './verify.ts'

/** What was done with a document, step by step with its time, what the migration makes, and the plans of the queries. */
export function explanationOf({path, plan, outcome}: Verified): string {
  if (!outcome || plan.kind !== 'plan') return ''
  const {steps, made, queries, engine, sampled, unsampled, residue} = outcome
  const isModelled = plan.job.dialect === 'mysql'
  const before = plan.open ? 'as the document lets guess' : 'from the files of the configuration'
  const lines = [
    `${path}: ${engine}${isModelled ? '; nothing was executed' : ''}`,
    `  state before: ${before}${isModelled ? '' : `; ${count(sampled, 'sample row')}${unsampled.length > 0 ? `, none in ${unsampled.join(', ')}` : ''}`}`,
    ...steps
      .filter(({name}) => !isModelled || !/rows|constraints|queries|sections/u.test(name))
      .map(
        ({name, milliseconds, note}) =>
          `  ${`${milliseconds.toFixed(1)} ms`.padStart(10)}  ${name}${note === '' ? '' : `: ${note}`}`,
      ),
    '  the migration:',
    ...changeLines(made),
    ...(residue && residue.length > 0 ? ['  left after the rollback:', ...changeLines(residue)] : []),
    ...queries.flatMap(({index, plan: lines_, time, served}) => [
      `  ${plan.promises.get(index)?.index ?? 'query'}${served === undefined ? '' : served ? ', which serves' : ', which does not serve'}: ${shortened(plan.job.queries[index]?.sql ?? '')}`,
      ...lines_.map((line) => `    ${line}`),
      ...(time === undefined
        ? []
        : [
            `    ${time.toFixed(1)} ms with ${count(plan.job.fill, 'row')} a table, on this machine, in WebAssembly${sizeWords(plan.job.fill)}${targetWords(plan.targets.get(index))}`,
          ]),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

/** Beside the time stands what the document itself wants; a small machine's time neither meets nor misses it. */
function targetWords(target: Target | undefined): string {
  return target ? `; the document's ${target.label} is ${target.text}` : ''
}

function sizeWords(fill: number): string {
  return fill < 100_000 ? ': a small database, not yours' : ''
}

const signs: Readonly<Record<Change['how'], string>> = {added: '+', removed: '-', changed: '~'}

/** A difference of two schemas as a person reads it. */
function changeLines(changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return ['    nothing']
  return changes.map(({how, entry, now}) => {
    const said =
      how === 'changed'
        ? `: ${shortened(entry.definition)} → ${shortened(now)}`
        : entry.definition === ''
          ? ''
          : `: ${shortened(entry.definition)}`
    return `    ${signs[how]} ${entry.kind} ${entry.name}${said}`
  })
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** All that is known of an execution, for programs. */
export function evidenceOf({path, plan, outcome, proof}: Verified): object {
  const isModelled = plan.kind === 'plan' && plan.job.dialect === 'mysql'
  return {
    path,
    engine: outcome?.engine,
    basis: outcome && (isModelled ? 'modelled' : 'executed'),
    before: plan.kind === 'plan' && plan.open ? 'derived' : 'files',
    verdict: verdictOf({proof, outcome, plan, path}),
    ...(outcome && {
      steps: outcome.steps,
      faults: outcome.faults,
      made: outcome.made,
      residue: outcome.residue,
      losses: outcome.losses,
      queries: outcome.queries.map((query) => ({
        ...query,
        ...(plan.kind === 'plan' && plan.targets.has(query.index) && {target: plan.targets.get(query.index)}),
      })),
    }),
  }
}

/** One word for what became of a document. */
export function verdictOf(verified: Verified): string {
  const verdict = wordOf(verified)
  return verified.proof.modelled && verdict !== 'not verified' ? `modelled: ${verdict}` : verdict
}

function wordOf({plan, outcome, proof}: Verified): string {
  if (plan.kind !== 'plan' || !outcome || proof.unverified.length > 0) return 'not verified'
  const phases = new Set(proof.faults.map(({phase}) => phase))
  if (phases.has('migration') || phases.has('declared')) return 'migration fails'
  if (phases.has('rollback')) return 'rollback fails'
  if (outcome.residue === undefined) return 'no rollback'
  if (proof.residue.length > 0) return 'residue'
  return proof.losses.length > 0 ? 'data lost' : 'reversible'
}

/** The migrated schema as a diagram of Mermaid. */
export function diagramOf({path, outcome}: Verified): string {
  const schema = outcome?.schema ?? []
  const tables = schema.filter(({kind}) => kind === 'table')
  const lines = tables.flatMap(({name}) => [
    `    ${word(name)} {`,
    ...schema
      .filter((entry) => entry.kind === 'column' && entry.table === name)
      .map((entry) => `        ${columnOf(entry, schema)}`),
    '    }',
  ])
  const keys = schema.flatMap(({kind, table, definition}) => {
    const [, columns = '', target = ''] = /^FOREIGN KEY \(([^)]*)\) REFERENCES ([^\s(]+)/u.exec(definition) ?? []
    return kind === 'constraint' && target !== ''
      ? [`    ${word(target)} ||--o{ ${word(table)} : "${columns.replaceAll('"', '')}"`]
      : []
  })
  return `%% ${path}\nerDiagram\n${[...lines, ...keys].join('\n')}\n`
}

function columnOf({name, table, definition}: Entry, schema: readonly Entry[]): string {
  const column = name.slice(table.length + 1)
  const type = definition
    .replace(/ (?:NOT NULL|DEFAULT|identity|generated|COLLATE)\b[\s\S]*$/u, '')
    .replaceAll(/[^\w]+/gu, '_')
    .replace(/_$/u, '')
  const keys = schema.filter((entry) => entry.kind === 'constraint' && entry.table === table)
  const isIn = (start: string): boolean =>
    keys.some(
      (entry) =>
        entry.definition.startsWith(start) &&
        (/\(([^)]*)\)/u.exec(entry.definition)?.[1] ?? '').split(', ').includes(column),
    )
  const marks = [isIn('PRIMARY KEY') ? 'PK' : '', isIn('FOREIGN KEY') ? 'FK' : '', isIn('UNIQUE') ? 'UK' : ''].filter(
    Boolean,
  )
  return `${type === '' ? 'text' : type} ${word(column)}${marks.length > 0 ? ` ${marks.join(', ')}` : ''}`
}

function word(name: string): string {
  return name.replaceAll('"', '').replaceAll(/[^\p{L}\p{N}_-]/gu, '_')
}
