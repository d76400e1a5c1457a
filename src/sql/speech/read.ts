/**
 * Reads what prose says of tables, columns, indexes and the like: which verb governs which name. A scanner of words, no grammar:
 * a verb governs what follows until the next one or the end of the sentence; a passive one what stands before it, too.
 */
import {expression} from '../../document/expressions.ts'
import {remembered} from '../../document/remembered.ts'
import type {Span} from '../../document/types.ts'
import type {Act, ObjectKind, SpokenKind, SpokenName, Speech} from './model.ts'
import {isListed, isReference, isSpelled} from './kinds.ts'
import {asSpoken} from './as-spoken.ts'
import {endSentence, isNoun, noteProperty, passive, setAct, settle, type State} from './state.ts'
import {
  actOf,
  auxiliaries,
  belonging,
  fillers,
  helpers,
  isParticiple,
  kindOf,
  prepositions,
  sequels,
  types,
} from './words.ts'

type Mutable<T> = {-readonly [K in keyof T]: T[K]}

const unordered = /\b(?:reverse|opposite) order\b/i
/** In a line that speaks of a drop: its turn is said, not shown. */
const turn = /\b(?:after|once|before)\b/i
const drop = /\b(?:drop|delet|remov)/i

const token = expression(
  'gu',
)`\x60|\n[ \t]*(?:\n|[-*+•][ \t]|\d+[.)][ \t]|\||#)|[;:()!?]|\.(?=\s|$)|--|(?:[\p{L}_](?:['’](?=t\b)|[\p{L}\p{N}_$])*)(?:[.:][\p{L}_"][\p{L}\p{N}_$]*"?)*|\d+`

/** Reads a text that begins at an offset of the document. */
export function readSpeech(written: string, offset: number): Speech {
  const {names, kinds, ...rest} = known(written)
  const moved = <T extends Span>(one: T): T => ({...one, start: one.start + offset, end: one.end + offset})
  return {...rest, names: names.map(moved), kinds: kinds.map(moved)}
}

const known = remembered(read)

function read(written: string): Speech {
  const text = asSpoken(written)
  const names: Mutable<SpokenName>[] = []
  const kinds: Mutable<SpokenKind>[] = []
  const state: State = {
    act: 'none',
    intro: 'none',
    kind: undefined,
    before: 'start',
    belongs: false,
    property: false,
    inside: 0,
    aside: false,
    helper: false,
    step: 0,
    sentence: [0, 0],
  }
  let quoted = false
  const outer: Act[] = []
  for (const match of text.matchAll(token)) {
    const [word] = match
    const start = match.index
    if (word === '`') {
      quoted = !quoted
      state.inside = 0
    } else if (quoted && isLiteral(text, match.index, word)) continue
    else if (quoted && isWhole(text, match.index, word)) readName(word, start, true, state, names)
    else if (/^[\p{L}_\d]/u.test(word)) readWord(word, start, quoted, state, names, kinds)
    else if (word === '(') {
      outer.push(state.act)
      if (quoted) state.inside += 1
      state.before = 'other'
    } else if (word === ')') {
      if (state.inside > 0) state.inside -= 1
      state.act = outer.pop() ?? state.act
    } else if (word === ':') {
      if (/^:[ \t]*\n/u.test(text.slice(match.index, match.index + 80))) state.intro = state.act
      state.before = 'start'
    } else if (!quoted || word.startsWith('\n')) {
      if (/^\n\s*\n/u.test(word)) state.intro = 'none'
      endSentence(state, names, kinds, word.startsWith('\n') ? state.intro : 'none')
      if (word.startsWith('\n')) quoted = false
    }
  }
  return {
    names,
    kinds: kinds.filter(
      (one) =>
        !isListed(one, names) &&
        !isSpelled(text.slice(one.end, one.end + 80)) &&
        !isReference(one, names, text.slice(Math.max(0, one.start - 40), one.start)),
    ),
    formal: /\b(?:CREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)|ADD\s+COLUMN|DROP\s+(?:TABLE|INDEX|COLUMN))\b/u.test(text),
    unordered: text.split('\n').some((line) => unordered.test(line) || (turn.test(line) && drop.test(line))),
  }
}

/** A value in SQL between back quotes; one that a type gets is a name. */
function isLiteral(text: string, index: number, word: string): boolean {
  if (/^(?:true|false)$/i.test(word)) return true
  return (
    text.charAt(index - 1) === "'" &&
    text.charAt(index + word.length) === "'" &&
    !/\bADD VALUE (?:IF NOT EXISTS )?'$/iu.test(text.slice(Math.max(0, index - 40), index))
  )
}

/** A name alone between back quotes; a keyword in capitals is none. */
function isWhole(text: string, index: number, word: string): boolean {
  return (
    text.charAt(index - 1) === '`' &&
    /^(?:\(\))?`/u.test(text.slice(index + word.length, index + word.length + 3)) &&
    !/^[A-Z]+$/u.test(word)
  )
}

function readWord(
  written: string,
  start: number,
  quoted: boolean,
  state: State,
  names: Mutable<SpokenName>[],
  kinds: Mutable<SpokenKind>[],
): void {
  const word = written.toLowerCase()
  const isName = quoted ? false : /[_.]/u.test(word)
  noteProperty(word, state)
  const script =
    /^(?:op\.|t\.)?(create|add|drop|remove|rename|alter|change)_(table|column|index|constraint|foreign_key|reference|enum)s?$/u.exec(
      word,
    )
  if (script) {
    setAct(actOf(script[1] ?? '') ?? 'other', state)
    state.kind = kindOf((script[2] ?? '').replace(/_.*$/u, ''))
    return
  }
  const act = isName ? undefined : actOf(word)
  const isAdjective = state.before === 'article' && /(?:ed|new|existing)$/u.test(word)
  if (act && !(quoted && state.before === 'kind') && !isNoun(word, state)) {
    if (word === 'new' && (state.act !== 'none' || state.before === 'article')) return
    if (isAdjective && state.act !== 'none') return
    if (isParticiple(word) && state.before === 'aux') return passive(act, state, names, kinds)
    // "Do not drop `a`": what is denied stays.
    setAct(state.before === 'denial' ? 'keep' : act, state)
    state.aside = word.endsWith('ing')
    if (act === 'keep') settle(act, state, names, kinds)
    if (/^(?:never|cannot|can['’]t)$/u.test(word)) state.before = 'denial'
    return
  }
  if (isName) return readName(written, start, false, state, names)
  const kind = kindOf(word)
  if (kind && !(quoted && state.before === 'kind')) return readKind(kind, written, start, state, names, kinds)
  if (sequels.test(word)) {
    state.step += 1
    state.before = 'article'
    return
  }
  readLink(written, start, quoted, state, names, kinds)
}

/** A word that is neither a verb nor a kind: it links, denies or names. */
function readLink(
  written: string,
  start: number,
  quoted: boolean,
  state: State,
  names: Mutable<SpokenName>[],
  kinds: Mutable<SpokenKind>[],
): void {
  const word = written.toLowerCase()
  if (/^(?:temporary|temp|backup|copy|copies|snapshot|staging|scratch|helper)$/u.test(word)) state.helper = true
  if (auxiliaries.test(word)) {
    state.before = 'aux'
    return
  }
  if (belonging.test(word)) state.belongs = true
  if (word === 'of' && state.property && state.act !== 'make') state.before = 'verb'
  else if (prepositions.test(word) && !(word === 'of' && state.before === 'verb')) state.before = 'place'
  else if (
    /^(?:not|don|doesn|isn|aren|don['’]t|doesn['’]t|isn['’]t|aren['’]t)$/u.test(word) &&
    !quoted &&
    state.before !== 'kind'
  ) {
    if (/^(?:not)$/u.test(word) && state.before !== 'aux') return
    setAct('keep', state)
    settle('keep', state, names, kinds)
    state.before = 'denial'
  } else if (/^(?:the|a|an|both|all|its|their|newly)$/u.test(word)) {
    if (state.before !== 'place') state.before = 'article'
  } else if (/^exists?$/u.test(written) && !quoted && state.before === 'name') {
    // "… on (`placed_on`); `placed_on` exists already"
    const last = names.at(-1)
    if (last) last.act = 'keep'
  } else if (fillers.test(word) || /^\d+$/u.test(word)) return
  else if (quoted && state.before === 'name' && (/^[A-Z]{3,}$/u.test(written) || types.test(word))) return
  else readName(written, start, quoted, state, names)
}

function readName(written: string, start: number, quoted: boolean, state: State, names: Mutable<SpokenName>[]): void {
  const text = written.replaceAll('"', '')
  const marked = quoted || /[_.]/u.test(text)
  if (!marked && state.before === 'other' && state.kind === undefined) return
  names.push({
    text,
    start,
    end: start + written.length,
    parts: text.toLowerCase().split(/[.:]/u),
    act: state.act,
    kind: state.kind,
    place: state.before === 'place' || state.inside > 0,
    marked,
    step: state.step,
    aside: state.aside,
    helper: state.helper || helpers.test(text.toLowerCase()),
  })
  if (marked) {
    state.before = 'name'
    state.belongs = false
  } else if (state.before !== 'kind') state.before = 'other'
}

function readKind(
  kind: ObjectKind,
  written: string,
  start: number,
  state: State,
  names: Mutable<SpokenName>[],
  kinds: Mutable<SpokenKind>[],
): void {
  const last = names.at(-1)
  const isBehind = state.before === 'name' && last !== undefined && last.kind === undefined && !last.place
  if (isBehind) last.kind = kind
  const previous = kinds.at(-1)
  const isCompound = state.before === 'kind' && previous !== undefined && start - previous.end < 3
  const whole: ObjectKind =
    isCompound && /^(?:foreign|unique|check|primary)$/u.test(previous.kind) ? previous.kind : kind
  if (isCompound) {
    previous.kind = whole
    previous.end = start + written.length
  } else if (!isBehind)
    kinds.push({
      kind,
      act: state.before === 'place' ? 'other' : state.act,
      of: state.belongs ? owners(state, names) : isOne(written, last, start) ? [last.text.toLowerCase()] : [],
      start,
      end: start + written.length,
    })
  state.kind = isBehind ? undefined : whole
  state.before = state.before === 'place' ? 'place' : 'kind'
}

/** "the JSON column": a certain one, by a name that isn't marked. */
function isOne(written: string, last: SpokenName | undefined, start: number): last is SpokenName {
  return (
    last !== undefined &&
    !last.marked &&
    start - last.end === 1 &&
    !written.endsWith('s') &&
    last.text === last.text.toUpperCase()
  )
}

/** The names of the step so far that parts may belong to. */
function owners({step}: State, names: readonly SpokenName[]): readonly string[] {
  return names.filter((one) => one.marked && one.step === step).map(({parts}) => parts.at(-1) ?? '')
}
