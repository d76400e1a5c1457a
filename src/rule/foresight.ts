import {kept} from '../document/remembered.ts'
import type {Name, Operation} from '../sql/model.ts'
import type {Danger, DangerKind} from '../sql/safety/danger.ts'
import {ofKind} from '../sql/named.ts'
import {tableOf} from '../sql/undoes.ts'
import {type Plan, relationOf} from './plan.ts'

const locks = String.raw`\block|scan|\bblock(?:s|ed|ing)?\b|re(?:written|writes?|wrote|build|builds|built)\b|in ?place|instant|metadata[- ]only|millisecond|\b\d+ ?(?:ms|s|sec|seconds?|min|minutes?|h|hours?)\b|\bcop(?:y|ies|ied)\b|algorithm|pt-online|gh-ost|pg_repack|pgroll|pg-osc|not valid|validat|concurrently|window|downtime|night|quiet hours|off-?peak|low[- ]traffic|before opening|after closing|read-only|\bempty\b|no rows|few rows|\bsmall\b|\btiny\b`
const steps = String.raw`releases?\b|deploy|unused|no longer|\bnot? (?:longer )?(?:used|read|written|code|reader|needed)|nobody|nothing (?:reads|uses)|obsolete|deprecat|compatib|\bviews?\b|synonym|alias|both (?:names|columns|tables)|expand|contract|two[- ](?:step|phase|release|deploy)`
const data = String.raw`back(?:ed)?[ -]?up|(?<!schema[ -])dump(?:ed|s)?\b(?! of the schema)|snapshot|archiv|\bexport|\bkept\b|\bkeeps?\b|retention|copied|moved|can be (?:recreated|rebuilt|derived|computed)|point-in-time|\bpitr\b|no (?:rows|data)|\bempty\b|stays? (?:readable|until)`

/** Words by which a sentence about an operation shows that its author knows what it does. */
const about: Readonly<Record<DangerKind, RegExp>> = {
  notNull: words(
    String.raw`nullable|\b(?:is|are|still) empty\b|no rows|temporary default|with (?:a|the) (?:\w+ )?default\b(?=.*\b(?:drop|remov|afterwards|then|until|later))|then .*\bnot null|\bnull (?:first|at first|for now)|empty string|implicit default`,
  ),
  setNotNull: words(locks, 'never null|no nulls?'),
  // What is said of the check was true until it was dropped.
  unproven: /(?!)/u,
  typeChange: words(locks, 'lengthen|widen|binary coercible|new column|shadow|expand'),
  rewrite: words(locks),
  index: words(locks),
  dropIndex: words(locks, 'unused'),
  constraint: words(locks),
  copied: words(locks),
  key: words(locks, 'using index'),
  loss: words(steps, data, String.raw`\b(?:is|are|be|goes|go) (?:then |thereby )?lost\b`),
  emptied: words(data, 'staging|scratch|derived|cache'),
  rename: words(steps, 'feature flag|stopped|window|downtime|off-?line'),
  backfill: words(locks, String.raw`batch|chunk|throttl|\bsmall`),
}

/** The same for a sentence that speaks of no object: it has to say what kind of change it means. */
const inGeneral: Readonly<Record<DangerKind, RegExp>> = {
  notNull: words(String.raw`new columns? (?:is|are) (?:added )?nullable|tables? (?:is|are) (?:still )?empty`),
  setNotNull: general(locks, String.raw`not null|constraints?|alter|ddl|statements?|migration|tables?`),
  unproven: /(?!)/u,
  typeChange: general(locks, String.raw`types?|alter|ddl|statements?|migration|tables?`),
  rewrite: general(locks, String.raw`alter|columns?|ddl|statements?|migration|tables?|defaults?`),
  index: general(locks, String.raw`index(?:es)?|indices|ddl|statements?|migration|tables?`),
  dropIndex: general(locks, String.raw`index(?:es)?|indices|ddl|statements?|migration|tables?`),
  constraint: general(locks, String.raw`constraints?|foreign keys?|checks?|alter|ddl|statements?|migration|tables?`),
  copied: general(locks, String.raw`constraints?|foreign keys?|checks?|alter|ddl|statements?|migration|tables?`),
  key: general(locks, String.raw`constraints?|unique|keys?|index(?:es)?|alter|ddl|statements?|migration|tables?`),
  loss: new RegExp(
    `${general(steps, 'drop(?:s|ped|ping)?|remov\\w+|old (?:columns?|tables?)|delet\\w+').source}|${data}`,
    'i',
  ),
  emptied: words(data),
  rename: general(`${steps}|window|downtime`, String.raw`renam\w+|old names?|new names?`),
  backfill: words(String.raw`batch|chunk|throttl`),
}

function words(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join('|'), 'i')
}

/** Both in one sentence, in whatever order. */
function general(calm: string, kind: string): RegExp {
  return new RegExp(String.raw`\b(?:${kind})\b.*?(?:${calm})|(?:${calm}).*?\b(?:${kind})\b`, 'i')
}

/** What a stopped service or a quiet hour makes harmless: it is others who wait. */
const waits: ReadonlySet<DangerKind> = new Set([
  'setNotNull',
  'unproven',
  'typeChange',
  'rewrite',
  'index',
  'dropIndex',
  'constraint',
  'copied',
  'key',
  'rename',
  'backfill',
])
/** Rows that a server reads or writes faster than anyone notices. */
const few = 100_000

type Foreseen = Pick<Danger, 'kind' | 'table' | 'names'> & {readonly operation?: Operation}

/** Whether the document shows that it knows of a danger, or that it is none here. */
export function isForeseen({kind, table, names, operation}: Foreseen, plan: Plan, all: readonly Operation[]): boolean {
  if (waits.has(kind) && plan.approach === 'offline') return true
  const rows = plan.rows(table)
  if (waits.has(kind) && kind !== 'rename' && rows !== undefined && rows < few) return true
  // One statement for all rows is a matter of how many they are.
  if (kind === 'backfill' && operation && plan.approach !== 'online' && rows === undefined) return true
  const comments = operation?.statement.comments ?? []
  const isAbout = contradicted(kind, all)
    ? (text: string) => about[kind].test(text.replaceAll(claim, ''))
    : (text: string) => about[kind].test(text)
  if (comments.some(({text}) => isAbout(text) && !/^supports\b/i.test(text))) return true
  const known = namesIn(all)
  const isPlanned = plan.clauses.some((clause) => {
    const relation = relationOf(clause, {names, table, known})
    return relation === 'general' ? inGeneral[kind].test(clause.text) : relation === 'own' && isAbout(clause.text)
  })
  if (isPlanned) return true
  const relations = plan.others.map((clause) => ({clause, relation: relationOf(clause, {names, table, known})}))
  const isNamed = relations.some(({relation}) => relation === 'own')
  return relations.some(
    ({clause, relation}) => (relation === 'own' || (relation === 'table' && !isNamed)) && isAbout(clause.text),
  )
}

/** That an index is built concurrently; that it isn't is a word of what it locks. */
const claim = /(?<!\b(?:no|not|without|needn['’]t be|instead of|rather than)\s[`"]?(?:\w+\s)?)\bconcurrently\b/gi

/** The plan may say how an index is built where no statement does; where others say it, this one doesn't do it. */
function contradicted(kind: DangerKind, all: readonly Operation[]): boolean {
  return kind === 'index' && ofKind(all, 'create-index').some(({index}) => index.concurrently)
}

const names = kept<readonly Name[]>()

/** The names of all objects that the operations speak of. */
function namesIn(all: readonly Operation[]): readonly Name[] {
  return names(all, () => [...new Map(all.flatMap(namesOf).map((name) => [name.key, name] as const)).values()])
}

function namesOf(operation: Operation): readonly Name[] {
  const own: readonly (Name | undefined)[] = [
    tableOf(operation),
    'name' in operation ? operation.name : undefined,
    operation.kind === 'add-column' ? operation.column.name : undefined,
    operation.kind === 'drop-column' || operation.kind === 'rename-column' ? operation.column : undefined,
    operation.kind === 'create-index' ? operation.index.name : undefined,
    operation.kind === 'add-constraint' ? operation.constraint.name : undefined,
  ]
  return own.flatMap((name) => (name && !name.hole ? [name] : []))
}
