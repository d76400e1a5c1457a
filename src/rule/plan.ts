import {expression} from '../document/expressions.ts'
import {kept, once, remembered} from '../document/remembered.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {Name} from '../sql/model.ts'
import {wordsIn} from './halves.ts'

/** What a document says of a migration in words. */
export interface Plan {
  /** How it is to run; `undefined` where nothing is said. */
  readonly approach: 'online' | 'offline' | undefined
  /** Sentences of the sections that plan the migration. */
  readonly clauses: readonly Clause[]
  /** Sentences of the rest. */
  readonly others: readonly Clause[]
  readonly rows: (table: Name) => number | undefined
}

/** A sentence, or what stands between semicolons. */
export interface Clause {
  readonly text: string
  /** The paragraph or item that it belongs to. */
  readonly unit: string
}

const offline = expression(
  'i',
)`\bapproach\b\W{0,8}(?:off-?line|blue-?green)\b|(?<!\b(?:no|without|any|without an?|without any)[ -])\b(?:maintenance|change|service|deployment|downtime|sunday|night|weekend)[ -]window\b|(?<!\b(?:zero|no|without|any)[ -])\b(?:down-?time|outage)\b(?! (?:is )?not)|\b(?:service|application|app|shop|site|system|api|writers?|workers?) (?:is|are) (?:stopped|closed|down|off|paused|taken off-?line)|\bread-only\b|\bat night\b|\blow[- ]traffic\b|\boff-?peak\b|\bquiet hours\b|\bbefore opening\b|\bafter closing\b`
const online =
  /\bapproach\b\W{0,8}online\b|\bzero[ -]down-?time\b|\b(?:no|without(?: any)?) down-?time\b|\bonline (?:migration|schema change|ddl)\b/i

/** Reads what stands in the places of the migration, and around them. */
export function planOf(document: SpecDocument, places: readonly Span[]): Plan {
  const parts = places.map((place) => wordsIn(document, place))
  const clauses = parts.flatMap(clausesOf)
  const words = parts.join('\n')
  const isOnline = online.test(words)
  const isOffline = isOnline
    ? /\bmaintenance window\b/i.test(words) && !/\bno maintenance window\b/i.test(words)
    : offline.test(words)
  // Few migrations ask for it.
  const othersOf = once(() => clausesOf(wordsIn(document, {start: 0, end: document.text.length})))
  const counts = once(() => othersOf().flatMap(({text}) => countsIn(text)))
  return {
    approach: isOffline ? 'offline' : isOnline ? 'online' : undefined,
    clauses,
    get others() {
      return othersOf()
    },
    rows: (table) => {
      const form = nounOf(table.key)
      const found = counts()
        .filter(({noun}) => noun === form || noun === '')
        .map(({count}) => count)
      return found.length === 0 ? undefined : Math.max(...found)
    },
  }
}

function clausesOf(words: string): readonly Clause[] {
  return words
    .split(/\n[ \t>]*(?=[-*+] |\d+[.)] |#|\||--)|\n[ \t]*\n/u)
    .map((unit) => unit.replaceAll(/\s+/gu, ' ').trim())
    .filter((unit) => unit !== '')
    .flatMap((unit) => unit.split(/;|(?<=[.!?])\s/u).map((text) => ({text, unit})))
}

const count =
  /(?<![\w.])(\d[\d.,]*)(?:\s?(k|m|bn|thousand|million|billion))?\s+(?:(?:existing|live|old|active)\s+)?(rows?|records?|[a-z_]{3,})\b(?!\s*(?:\/|per\b|an? (?:day|hour|week|month|year|second)|each|every))/gi
const factors: Readonly<Record<string, number>> = {k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, bn: 1e9, billion: 1e9}

/** "84,000 products", "Current row count: 4.2 million": how many rows a table has. */
const countsIn = remembered((text): readonly {readonly noun: string; readonly count: number}[] => {
  if (/\b(?:local|staging|test(?:ed|s)?|sample|batch(?:es)?|rows? of a|at a time)\b|\bper\b/i.test(text)) return []
  const found = [...text.matchAll(count)].map(([, number = '', unit = '', noun = '']) => ({
    noun: /^(?:rows?|records?)$/i.test(noun) ? '' : nounOf(noun),
    count: Number(number.replaceAll(/[.,](?=\d{3}\b)/gu, '').replace(',', '.')) * (factors[unit.toLowerCase()] ?? 1),
  }))
  return found.filter(({count: value}) => Number.isFinite(value))
})

function nounOf(word: string): string {
  return word
    .slice(word.lastIndexOf('.') + 1)
    .toLowerCase()
    .replace(/^.*_/u, '')
    .replace(/ies$/u, 'y')
    .replace(/s$/u, '')
}

/** How a sentence stands to an object: about it, about its table, about none in particular; `undefined`: about others. */
export function relationOf(
  clause: Clause,
  {names, table, known}: {readonly names: readonly Name[]; readonly table: Name; readonly known: readonly Name[]},
): 'own' | 'table' | 'general' | undefined {
  const own = new Set([table, ...names].map(({key}) => last(key)))
  const speaksOfOthers = (text: string): boolean => spokenIn(text, known).some((name) => !own.has(name))
  if (names.some((name) => speaksOf(clause.text, name))) return 'own'
  if (speaksOfOthers(clause.text)) return undefined
  if (names.some((name) => speaksOf(clause.unit, name))) return 'own'
  if (speaksOf(clause.text, table)) return 'table'
  return speaksOfOthers(clause.unit) ? undefined : 'general'
}

interface Known {
  /** Names that are one word, in lower case, with what they are as written. */
  readonly words: ReadonlyMap<string, readonly Name[]>
  readonly rest: readonly Name[]
  readonly spoken: Map<string, readonly string[]>
}

const indexed = kept<Known>()

/** The last parts of those of many names of which a text speaks; many sentences are asked for many dangers. */
function spokenIn(text: string, names: readonly Name[]): readonly string[] {
  const known = indexed(names, () => knownIn(names))
  const before = known.spoken.get(text)
  if (before) return before
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu))
  const candidates = [...[...words].flatMap((word) => known.words.get(word) ?? []), ...known.rest]
  const found = candidates.filter((name) => speaksOf(text, name)).map(({key}) => last(key))
  known.spoken.set(text, found)
  return found
}

function knownIn(names: readonly Name[]): Known {
  const words = new Map<string, Name[]>()
  const rest: Name[] = []
  for (const name of names) {
    const word = last(name.key).toLowerCase()
    const list = words.get(word)
    if (!/^[\p{L}\p{N}_]+$/u.test(word)) rest.push(name)
    else if (list) list.push(name)
    else words.set(word, [name])
  }
  return {words, rest, spoken: new Map()}
}

function last(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1)
}

/** Whether a text names an object: in backquotes, by a name that is no plain word, or with a word for what it is. */
function speaksOf(text: string, {key}: Name): boolean {
  const name = last(key).toLowerCase()
  const low = text.toLowerCase()
  if (name === '') return false
  for (let at = low.indexOf(name); at >= 0; at = low.indexOf(name, at + 1)) {
    const before = low.slice(Math.max(0, at - 40), at)
    const after = low.slice(at + name.length, at + name.length + 12)
    if (/[\p{L}\p{N}_]$/u.test(before) || /^[\p{L}\p{N}_]/u.test(after)) continue
    const isMarked = /[`.]$|`[^`\s]*$/u.test(before) || /^[`.(]/u.test(after)
    const isTold = /\b(?:tables?|columns?|fields?|index|constraint|drop|rename|add|alter|of|on)\s+["“]?$/u.test(before)
    if (isMarked || name.includes('_') || isTold || /^["”]?\s+(?:table|column|field|index)\b/u.test(after)) return true
  }
  return false
}
