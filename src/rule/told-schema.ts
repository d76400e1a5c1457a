import {code} from '../document/words.ts'
import {kept} from '../document/remembered.ts'
import type {Section, Span, SpecDocument} from '../document/types.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {Name, Operation} from '../sql/model.ts'
import {operationWords} from '../sql/operation-words.ts'
import {spokenNames} from '../sql/speech/index.ts'
import {tableOf, undoes} from '../sql/undoes.ts'
import {hasName, isOpen} from './halves.ts'
import {placesSpeech} from './plans.ts'
import {entityForm, ofKind, ofTable, sameName} from './schema.ts'

interface Told extends Span {
  readonly what: string
}

/** A word of a new table, in the line above it or in a heading. */
const isNew = /\b(?:new|add(?:s|ed)?|creat\w+|introduc\w+)\b/i

/** A line that names what is new: "- New models: `Order`, `OrderLine`". */
const listsNew =
  /^[ \t]*(?:[-*+][ \t]+)?[*_]{0,3}new (?:data )?(?:models?|tables?|entities)\b[^:\n`]{0,30}:[*_]{0,3}[ \t]*(`.{1,600})$/gim

const listedNew = kept<ReadonlySet<string>>()

function newIn(document: SpecDocument): ReadonlySet<string> {
  return listedNew(
    document,
    () =>
      new Set(
        [...document.text.matchAll(listsNew)].flatMap(([, names = '']) =>
          [...names.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name.toLowerCase()),
        ),
      ),
  )
}

/** Tables that the document calls new and describes, or that the way back drops, and that the migration doesn't make. */
export function toldTables(
  document: SpecDocument,
  documented: readonly DocumentedTable[],
  up: readonly Operation[],
  down: readonly Operation[],
): readonly DocumentedTable[] {
  const {text, source} = document
  const tables = ofKind(up, 'create-table')
  const made = [...tables.map(({table}) => table), ...ofKind(up, 'rename-table').map(({to}) => to)]
  // What else the migration makes says that the tables are made here.
  const dropped = tables.length > 0 ? ofKind(down, 'drop-table') : []
  return documented.filter(({name, state, section, start}) => {
    const line = source.lineSpan(Math.max(1, source.lineOf(start) - 2)).start
    const title = section.heading?.title.text ?? ''
    const isTold =
      state === 'new' ||
      [text.slice(line, start), title, name.text].some((words) => isNew.test(words)) ||
      newIn(document).has(name.key.toLowerCase()) ||
      ofTable(dropped, name).length > 0
    return isTold && !made.some((one) => sameName(one, name) || entityForm(one) === entityForm(name))
  })
}

const typed =
  /\b(?:add(?:s|ed)?|new|gets?|gains?)\b[^.;`\n]{0,40}`([A-Za-z_]\w*)`\s*(?:\(|:|as)\s*`?(?:bool|text|varchar|char|int|bigint|smallint|tinyint|decimal|numeric|date|time|uuid|json|float|double|serial|enum|string)/gi

/** `` `ix_orders_day` (`placed_on`, ``: what stands in the brackets are its columns. */
const inBrackets = /`\w{1,63}`\s?\([^()\n]*$/u

/** Columns that prose adds with their types, and indexes that it names, which the migration doesn't make or speak of. */
export function toldParts(
  document: SpecDocument,
  homes: readonly Section[],
  isThere: (name: Name) => boolean,
): readonly Told[] {
  const columns = homes.flatMap(({start, end}) =>
    [...document.text.slice(start, end).matchAll(typed)].map((match) => {
      const [whole, text = ''] = match
      const at = start + match.index + whole.indexOf(`\`${text}\``) + 1
      return {start: at, end: at + text.length, text, kind: 'column'}
    }),
  )
  const indexes = placesSpeech(document, homes)
    .names.filter(
      ({kind, act, marked, place, parts}) =>
        kind === 'index' && marked && !place && /^(?:make|none)$/u.test(act) && parts.length === 1,
    )
    .filter(
      ({text, start, end}) =>
        text.includes('_') &&
        document.text.slice(start - 1, end + 1) === `\`${text}\`` &&
        !inBrackets.test(document.text.slice(Math.max(0, start - 200), start - 1)),
    )
    .map(({start, end, text}) => ({start, end, text, kind: 'index'}))
  return [...columns, ...indexes]
    .filter(({start, end, text}) => !isThere({text, key: text.toLowerCase(), hole: false, start, end}))
    .map(({start, end, text, kind}) => ({start, end, what: `${kind} ${code(text)}`}))
}

/**
 * What the migration does and no sentence of the document names, where the schema section is in words and tables: asked for only
 * if the document names something else of it, so that names are its way to speak.
 */
export function untold(up: readonly Operation[], outside: string, isKnown: (name: Name) => boolean): readonly Told[] {
  const isRebuilt = up.some(({kind}) => kind === 'rename-table')
  const made = ofKind(up, 'create-table').map(({table}) => table)
  const asked = up.filter((one, index) => {
    const table = tableOf(one)
    // A key within CREATE TABLE comes with its table, as MySQL has them.
    const isOwn = one.kind === 'create-index' && one.statement.operations[0]?.kind !== 'create-table'
    const isPart = one.kind !== 'create-table' && !isOwn && made.some((name) => table && sameName(name, table))
    const isUndone = up.some((other, at) => (at > index ? undoes(one, other) : at < index && undoes(other, one)))
    return isNamed(one) && !isOpen(one) && !isPart && !isUndone && !(one.kind === 'create-table' && one.temporary)
  })
  const isTold = (one: Operation): boolean => {
    const names = spokenNames(one)
    return (
      names.length === 0 ||
      (one.kind === 'create-table' && isKnown(one.table)) ||
      names.some((text) => isSaid(text, outside))
    )
  }
  const kinds = new Set(asked.filter(isTold).map(({kind}) => kind))
  const isSpoken = asked.some(isTold) || made.some(isKnown)
  if (isRebuilt || !isSpoken) return []
  return asked
    .filter(
      (one) =>
        !isTold(one) && (one.kind !== 'create-index' || kinds.has(one.kind) || /(?<![\w-])index(?!ed)/i.test(outside)),
    )
    .map((one) => ({start: one.start, end: one.end, what: operationWords(one)}))
}

function isNamed({kind}: Operation): boolean {
  return /^(?:create-(?:table|index|enum)|add-column|drop-(?:table|column)|rename-column)$/u.test(kind)
}

function isSaid(text: string, outside: string): boolean {
  return hasName(outside, {text, key: text, hole: false, start: 0, end: 0})
}
