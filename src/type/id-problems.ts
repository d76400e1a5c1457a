import type {Mention, SpecDocument} from '../document/types.ts'
import {canonicalId, formed, slotsOf} from './id-form.ts'
import type {BoundId, IdProblem, IdSpec} from './types.ts'

interface Input {
  readonly document: SpecDocument
  readonly spec: IdSpec
  readonly definitions: readonly BoundId[]
  /** Already known to be wrong. */
  readonly malformed: readonly IdProblem[]
}

/** Identifiers that are there twice, of another document's numbers, or left out. */
export function problemsOf(input: Input): readonly IdProblem[] {
  const {definitions, malformed} = input
  const wrong = new Set(malformed.map(({at}) => at.start))
  const right = definitions.filter(({item}) => !wrong.has(item.idSpan.start))
  const first = new Map<string, BoundId>()
  for (const one of right) if (!first.has(one.item.id)) first.set(one.item.id, one)
  const duplicates = right.filter((one) => first.get(one.item.id) !== one)
  const taken = new Set([...first.keys(), ...malformed.flatMap(({expected}) => expected ?? [])])
  const twice = duplicates.map((one): IdProblem => {
    const expected = ownNumber(one, right, taken, input)
    taken.add(expected)
    return {kind: 'duplicate', at: textOf(one), expected, first: first.get(one.item.id)?.item.idSpan}
  })
  const strangers = foreign([...first.values()], input)
  const rest = [...first.values()].filter((one) => !strangers.some(({at}) => at.start === one.item.idSpan.start))
  const known = [...malformed, ...twice, ...strangers]
  return [...known, ...gaps(rest, known, input)].toSorted((a, b) => a.at.start - b.at.start)
}

function textOf({item}: BoundId): IdProblem['at'] {
  return {...item.idSpan, text: item.id}
}

/** What a second one should be: the number that is left out behind the one before it, else the first that is free. */
function ownNumber(one: BoundId, all: readonly BoundId[], taken: ReadonlySet<string>, {spec}: Input): string {
  const slots = slotsOf(spec)
  const group = (one.parts ?? []).slice(0, slots - 1)
  const numbers = all
    .filter(({parts}) => group.every((part, index) => parts?.[index] === part))
    .map(({parts}) => parts?.[slots - 1] ?? 0)
  const used = new Set([...taken].map(canonicalId))
  const isFree = (number: number): boolean => !used.has(canonicalId(formed(spec, [...group, number])))
  const previous = all[all.indexOf(one) - 1]?.parts?.[slots - 1]
  const beside = previous === undefined ? undefined : previous + 1
  if (beside !== undefined && isFree(beside)) return formed(spec, [...group, beside], one.item.id)
  let next = Math.max(0, ...numbers) + 1
  while (!isFree(next)) next += 1
  return formed(spec, [...group, next], one.item.id)
}

/** Those whose first slots differ from what most have: `FR4.2` in a document of `FR3.…`. */
function foreign(definitions: readonly BoundId[], {spec}: Input): readonly IdProblem[] {
  const slots = slotsOf(spec)
  if (slots < 2) return []
  const lead = (one: BoundId): string => (one.parts ?? []).slice(0, slots - 1).join('.')
  const counts = new Map<string, number>()
  for (const one of definitions) counts.set(lead(one), (counts.get(lead(one)) ?? 0) + 1)
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  // With several that are used more than once, the first slot is no number of the document.
  if (most === undefined || [...counts.values()].filter((count) => count > 1).length !== 1) return []
  const usual = definitions.find((one) => lead(one) === most)?.parts?.slice(0, slots - 1) ?? []
  return definitions
    .filter((one) => lead(one) !== most)
    .map((one) => ({
      kind: 'foreign',
      at: textOf(one),
      expected: formed(spec, [...usual, ...(one.parts ?? []).slice(slots - 1, slots)], one.item.id),
      first: undefined,
    }))
}

const longestGap = 5
const highestStart = 3

/** The first number that is left out before each identifier. An outlier (`FR-100` after `FR-4`) begins a block of its own. */
function gaps(
  definitions: readonly BoundId[],
  known: readonly IdProblem[],
  {spec, document}: Input,
): readonly IdProblem[] {
  const whole = definitions.filter(({parts}) => parts?.length === slotsOf(spec))
  const have = new Set(
    [...whole.map(({item}) => item.id), ...known.flatMap(({expected}) => expected ?? [])].map(canonicalId),
  )
  const byLead = new Map<string, BoundId[]>()
  for (const one of whole.toSorted((a, b) => lastOf(a) - lastOf(b))) {
    const lead = (one.parts ?? []).slice(0, -1).join('.')
    byLead.set(lead, [...(byLead.get(lead) ?? []), one])
  }
  return [...byLead.values()].flatMap((group) =>
    group.flatMap((one, index): readonly IdProblem[] => {
      const previous = group[index - 1]
      const low = previous ? lastOf(previous) : lastOf(one) <= highestStart ? 0 : lastOf(one) - 1
      if (lastOf(one) - low > longestGap) return []
      const lead = (one.parts ?? []).slice(0, -1)
      const missing = Array.from({length: lastOf(one) - low - 1}, (_, at) =>
        formed(spec, [...lead, low + 1 + at], one.item.id),
      )
      const left = missing.find((id) => !have.has(canonicalId(id)) && !isAccountedFor(id, document))
      return left === undefined ? [] : [{kind: 'gap', at: textOf(one), expected: left, first: undefined}]
    }),
  )
}

function lastOf({parts}: BoundId): number {
  return parts?.at(-1) ?? 0
}

/** Some line says what became of it. */
function isAccountedFor(id: string, document: SpecDocument): boolean {
  const isEnded = (mention: Mention): boolean =>
    canonicalId(mention.id) === canonicalId(id) &&
    ended.test(document.source.slice(document.source.lineSpan(document.source.lineOf(mention.start))))
  return document.mentions.some(isEnded)
}

const ended =
  /\b(?:removed?|dropped|withdrawn|merged|obsolete|superseded|replaced|retired|reserved|deferred|moved|deleted|unused)\b|~~/i

/** The identifiers that a document means to define: those of `definitions`, and what each wrong one should be. */
export function meantIds(definitions: readonly BoundId[], problems: readonly IdProblem[]): ReadonlySet<string> {
  return new Set([
    ...definitions.map(({item}) => canonicalId(item.id)),
    ...problems.flatMap(({kind, expected}) => (expected === undefined || kind === 'gap' ? [] : canonicalId(expected))),
  ])
}
