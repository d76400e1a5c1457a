import type {SpecDocument, Span} from '../document/types.ts'
import {wordsIn} from '../rule/halves.ts'
import type {Proof, ProofChange, ProofFault} from '../rule/proof.ts'
import {tokensOf} from '../sql/tokens.ts'
import {isSlip} from './course/stubs.ts'
import type {Change, Entry, Fault, Outcome, Phase} from './model.ts'
import type {Piece} from './plan/pieces.ts'
import type {Plan} from './plan/plan.ts'

/** What a document's rules see of an outcome: everything at its place. */
export function proofOf(plan: Plan, outcome: Outcome, document: SpecDocument): Proof {
  const {faults, residue = [], losses, unenforced, queries, declared = [], engine} = outcome
  const down = plan.down ?? []
  const told = faults.filter((fault, index) => fault.phase !== 'before' && !isFollowing(faults, index))
  const unknown = told.filter((fault) => isUnknown(fault, plan))
  const lossWords = down.length > 0 && saysLoss(plan, document)
  const isModelled = plan.job.dialect === 'mysql'
  const [first] = plan.up
  return {
    engine,
    modelled: isModelled && first ? firstLine(first.at, document) : undefined,
    unverified: [
      ...unknown.map((fault) => ({
        ...spanOf(fault, plan, document),
        why:
          fault.code === '42P02' ? 'it takes a parameter' : `what is there before it isn’t known (${wordsOf(fault)})`,
      })),
      ...unmodelled(outcome, plan, document),
    ],
    faults: told.filter((fault) => !unknown.includes(fault)).map((fault) => faultAt(fault, plan, document)),
    differences: declared
      .filter((change) => isComparable(change))
      .map((change) => changeAt(change, change.how === 'added' ? plan.declared : plan.up, document)),
    residue: residue.map((change) =>
      changeAt(change, change.how === 'added' ? plan.up : [...down, ...plan.up], document),
    ),
    // A table or a column that is gone took its values along.
    losses: losses
      .filter(
        ({table}) =>
          !residue.some(
            ({how, entry}) =>
              how === 'removed' && (entry.name === table || (entry.kind === 'column' && entry.table === table)),
          ),
      )
      .map((loss) => ({
        ...loss,
        ...placeOf(loss.column === '' ? loss.table : loss.column, loss.table, [...plan.up, ...down], document),
        said: lossWords,
      })),
    lax: unenforced.map((one) => ({
      ...one,
      ...placeOf(one.constraint, one.table, [...plan.up, ...plan.declared], document),
    })),
    unused: queries.flatMap(({index, served, plan: lines}) => {
      const promise = plan.promises.get(index)
      const at = plan.queries[index]?.at
      return served === false && promise && at ? [{...promise, ...at, plan: lines.at(-1)?.trim() ?? ''}] : []
    }),
  }
}

/** What a model doesn't follow. Statements of the state before are in other files, and told once. */
function unmodelled({unknown = []}: Outcome, plan: Plan, document: SpecDocument): Proof['unverified'] {
  const own = unknown.filter(({phase}) => phase !== 'before')
  const [first] = plan.up
  if (own.length === 0 && unknown.length > 0 && first)
    return [{...firstLine(first.at, document), why: 'the model of MySQL doesn’t know what is there before it'}]
  // What the first of them leaves open is open for the others.
  const [statement] = own
  if (!statement) return []
  const others = own.length === 1 ? '' : `, nor ${own.length === 2 ? 'one more' : `${own.length - 1} more`}`
  return [
    {
      ...firstLine(piecesOf(statement.phase, plan)[statement.index]?.at ?? {start: 0, end: 0}, document),
      why: `the model of MySQL doesn’t know what this statement does${others}, and says nothing of what it may change`,
    },
  ]
}

/** Rows that lack those that failed before them. */
function isFollowing(faults: readonly Fault[], index: number): boolean {
  const fault = faults[index]
  return fault?.phase === 'rows' && fault.code === '23503' && faults.slice(0, index).some(({phase}) => phase === 'rows')
}

/** In a state that is only guessed, what a statement takes for granted may be there. */
function isUnknown({phase, code, message, index}: Fault, plan: Plan): boolean {
  // A batch that a program runs with values of its own.
  if (phase === 'migration' && code === '42P02') return true
  if (!plan.open || !/^(?:migration|query)$/u.test(phase)) return false
  const sql = (phase === 'migration' ? plan.up : plan.queries)[index]?.sql ?? ''
  const name = /"([^"]+)"/u.exec(message)?.[1]?.replace(/^.*\./u, '') ?? ''
  // What the document itself makes somewhere, it makes too late.
  const isMade = plan.up.some((piece) => piece.sql !== sql && isWord(name, piece.sql) && /^\W*CREATE/iu.test(piece.sql))
  if (isMade) return false
  if (message.startsWith('type ') && isSlip(name, commonTypes)) return false
  return code === '42704' && /^(?:constraint|index|type|trigger|policy|view|sequence|role)/u.test(message)
}

const commonTypes =
  'bigint bigserial boolean bytea character citext date decimal double float inet integer interval json jsonb numeric real serial smallint text time timestamp timestamptz uuid varchar'.split(
    ' ',
  )

function isWord(name: string, sql: string): boolean {
  return tokensOf(sql, 'postgresql').some(({text}) => text.replaceAll('"', '').toLowerCase() === name.toLowerCase())
}

const phases: Readonly<Record<Exclude<Phase, 'before'>, ProofFault['phase']>> = {
  rows: 'rows',
  migration: 'migration',
  declared: 'declared',
  others: 'declared',
  rollback: 'rollback',
  again: 'again',
  query: 'query',
}

function faultAt(fault: Fault, plan: Plan, document: SpecDocument): ProofFault {
  const {phase, code, hint} = fault
  return {
    ...spanOf(fault, plan, document),
    phase: phase === 'before' ? 'migration' : phases[phase],
    message: wordsOf(fault),
    code,
    hint,
  }
}

/** The engine's words, without what would be read as formatting, in one line. */
function wordsOf({message}: Fault): string {
  return message
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/"([^"`]*)"/gu, '`$1`')
    .slice(0, 300)
    .trim()
}

function piecesOf(phase: Phase, plan: Plan): readonly Piece[] {
  if (phase === 'rollback') return plan.down ?? []
  if (phase === 'declared') return plan.declared
  if (phase === 'others') return plan.others
  if (phase === 'rows') return plan.rows
  return phase === 'query' ? plan.queries : plan.up
}

function spanOf({phase, index, position}: Fault, plan: Plan, document: SpecDocument): Span {
  const piece = piecesOf(phase, plan)[index] ?? plan.up[0]
  if (!piece) return {start: 0, end: 0}
  const word = position === undefined ? undefined : piece.wordAt(position)
  return word && word.end > word.start ? word : firstLine(piece.at, document)
}

/** A statement's first line. */
function firstLine({start, end}: Span, {source}: SpecDocument): Span {
  const line = source.lineSpan(source.lineOf(start))
  return {start, end: Math.max(Math.min(end, line.end), Math.min(start + 1, end))}
}

/** Of functions, privileges and the like a declaration may be silent. */
function isComparable({how, entry, slight, now}: Change): boolean {
  if (slight || !/^(?:table|column|index|constraint|enum|view|materialized view|domain|sequence)$/u.test(entry.kind))
    return false
  // The same thing under another name, of which one is generated, is the same thing.
  return !(how === 'changed' && /^(?:constraint|index)$/u.test(entry.kind) && now.includes('.') && !now.includes(' '))
}

function changeAt(change: Change, pieces: readonly Piece[], document: SpecDocument): ProofChange {
  const {how, entry, now, slight} = change
  const place = placeOf(partOf(entry), entry.table, pieces, document)
  const short = (text: string): string => text.replaceAll(/\s+/gu, ' ').slice(0, 200)
  return {
    ...place,
    how,
    kind: entry.kind,
    name: entry.name,
    definition: short(entry.definition),
    now: short(now),
    slight,
  }
}

/** The last part of a name; of a function, its name. */
function partOf({name, table}: Entry): string {
  const bare = name.replace(/\(.*$/u, '').replaceAll('"', '')
  return table !== '' && bare.startsWith(`${table}.`) ? bare.slice(table.length + 1) : (bare.split('.').at(-1) ?? bare)
}

/** Where statements name something: in one that names its table as well, if there is one. */
function placeOf(name: string, table: string, pieces: readonly Piece[], document: SpecDocument): Span {
  const last = table.replaceAll('"', '').split('.').at(-1) ?? ''
  const words = [name, last].filter((word) => word !== '')
  const found =
    pieces.find(({sql}) => words.every((word) => isWord(word, sql))) ??
    pieces.find(({sql}) => isWord(name, sql)) ??
    pieces.find(({sql}) => last !== '' && isWord(last, sql)) ??
    pieces[0]
  if (!found) return {start: 0, end: 0}
  const wanted = isWord(name, found.sql) ? name : last
  const token = tokensOf(found.sql, 'postgresql').find(
    ({text}) => text.replaceAll('"', '').toLowerCase() === wanted.toLowerCase(),
  )
  if (!token) return firstLine(found.at, document)
  const word = found.wordAt(Array.from(found.sql.slice(0, token.start)).length)
  return word.end > word.start ? word : firstLine(found.at, document)
}

const lossWords =
  /\b(?:irreversibl|lost|loss|loses?|losing|back-?ups?|restor|dump|snapshot|archiv|one-way|no way back)/iu

function saysLoss({down = []}: Plan, document: SpecDocument): boolean {
  const [first] = down
  if (!first) return false
  const section = document.sections.findLast(({start, end}) => start <= first.at.start && first.at.start < end)
  return section !== undefined && lossWords.test(wordsIn(document, section))
}
