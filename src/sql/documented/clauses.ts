import {expression} from '../../document/expressions.ts'
import type {Text} from '../../document/types.ts'
import type {CheckFact, ConstraintFact, ForeignKeyFact, KeyFact, Name} from '../model.ts'
import {type Stretch, bare, closing, group, nameOf, namesIn, part, pieces, spanOf, toText, trim} from './stretch.ts'
import {valuesIn} from './types.ts'

/** What a cell of constraints or the words behind an attribute say of a column. */
export interface Clauses {
  readonly nullable: boolean | undefined
  readonly default: Text | undefined
  readonly generated: boolean
  readonly constraints: readonly ConstraintFact[]
  /** It is called a foreign key, without a word of where it leads. */
  readonly foreign: boolean
  /** It is said to be indexed, without a word of by what. */
  readonly indexed: boolean
}

const nothing: Clauses = {
  nullable: undefined,
  default: undefined,
  generated: false,
  constraints: [],
  foreign: false,
  indexed: false,
}

/** Words of constraints: `NOT NULL, DEFAULT NOW()`, `PK`, `FK → users(id), nullable`. `prose`: only whole phrases count. */
export function clausesIn(whole: Stretch, column: Name, prose: boolean): Clauses {
  const phrases = pieces(whole, prose ? /^(?:[,;]|\.(?:\s|$))/u : /^[,;]/u)
  const read = phrases.filter(({text}) => !prose || isClause(text)).map((phrase) => clause(phrase, column))
  const merged = merge(read.length === 0 ? [nothing] : read)
  // "FK → users.id, ON DELETE CASCADE": the comma parts what belongs together.
  const isKey = merged.constraints.some(({kind}) => kind === 'foreign')
  const told = onDelete(whole) ?? (isKey ? phrases.flatMap((one) => shortAction(one) ?? [])[0] : undefined)
  return told
    ? {
        ...merged,
        constraints: merged.constraints.map((one) =>
          one.kind === 'foreign' ? {...one, onDelete: one.onDelete ?? told} : one,
        ),
      }
    : merged
}

export function merge(all: readonly Clauses[]): Clauses {
  const seen = new Set<string>()
  const constraints = all
    .flatMap((one) => one.constraints)
    .filter((one) => {
      const key = one.kind === 'check' ? `check ${one.text}` : one.kind
      return seen.size < seen.add(key).size
    })
  return {
    nullable: all.find((one) => one.nullable !== undefined)?.nullable,
    default: all.find((one) => one.default !== undefined)?.default,
    generated: all.some((one) => one.generated),
    constraints,
    foreign: all.some((one) => one.foreign) && !constraints.some(({kind}) => kind === 'foreign'),
    indexed: all.some((one) => one.indexed),
  }
}

const phrase =
  /^[\s(`*]*(?:the\s+)?(?:(?:→|->)\s{0,9}[`"]{0,2}\w{1,63}[`"]{0,2}\.[`"]{0,2}\w|(?:part of (?:the\s+|a\s+)?)?(?:composite\s+)?primary key|pk\b|foreign key|fk\b|references\s|reference\s+to\s+`|(?:points?|refers?|leads?|links?) to (?:the )?`|not null|non-null|nullable|null\b|(?:can(?:not)?|may|must) (?:not |never )?be null\b|never null\b|required|mandatory|optional|unique|default|defaults to|auto[- _]?increment|auto[- _]?generated|identity|indexed|check\s*\()/i

/** The phrase says of a column what a clause would say: "required", "default `draft`"; not "required by law". */
function isClause(text: string): boolean {
  if (!phrase.test(text)) return false
  return !/^[\s(`*]*(?:required|mandatory|optional|nullable|unique|null)[`*]*\s+(?!not\b|null\b|allowed\b|permitted\b|and\b|unique\b|constraint\b|key\b|index|field|default|foreign|[→(-])\w/i.test(
    text,
  )
}

/** A description that says where a column leads, by a name between back quotes; a cell of constraints says all else. */
export function keyInWords(whole: Stretch, column: Name): Clauses {
  const keys = pieces(whole, /^(?:[,;]|\.(?:\s|$))/u)
    .filter(({text}) => leading.test(text))
    .flatMap((one) => foreignKey(one, [column]) ?? [])
  const told = onDelete(whole)
  return {...nothing, constraints: keys.slice(0, 1).map((one) => ({...one, onDelete: one.onDelete ?? told}))}
}

const leading =
  /^[\s(*]*(?:(?:references?\s+(?:to\s+)?|(?:points?|refers?|leads?|links?)\s+to\s+|(?:fk|foreign key)\s+to\s+)(?:the\s+)?`|(?:→|->)\s{0,9}["`]{0,2}\w{1,63}["`]{0,2}\.["`]{0,2}\w)/iu

/** "unique (`uq_orders_code`)": what the key is called, and no list of columns. */
const named = /\bUNIQUE\s*\(\s*`?(?:(?:uq|uk|ux|unique)_\w{1,62}|\w{1,62}_(?:key|uq|uk|unique))`?\s*\)/i

function clause(whole: Stretch, column: Name): Clauses {
  const words = masked(whole.text)
  const key = (kind: KeyFact['kind']): KeyFact => ({kind, ...spanOf(trim(whole)), name: undefined, columns: [column]})
  const constraints: ConstraintFact[] = []
  const primary = /\bPRIMARY[ _]KEY\b|\bPK\b/i.test(words)
  if (primary) constraints.push(key('primary'))
  const isNamed = named.test(whole.text)
  if (
    /\bUNIQUE\b|\bUK\b/i.test(words) &&
    !/\bUNIQUE\s+(?:per|with|within|across|together|for|in|identifier|id|when|among)\b/i.test(words) &&
    (isNamed || !/\bUNIQUE\s*\(/i.test(words))
  )
    constraints.push(key('unique'))
  const composite = primary ? undefined : compositeKey(whole)
  if (composite) constraints.push(composite)
  const foreign = foreignKey(whole, [column])
  if (foreign) constraints.push(foreign)
  const check = checkIn(whole)
  if (check) constraints.push(check)
  const isNull = /(?<!\b(?:NOT|SET|IS|DEFAULTS?|OR|TO)[ _]|-)\bNULL\b|\bnullable\b|\boptional\b/i.test(words)
  return {
    nullable:
      /\bNOT[ _]NULL\b|\bnon-?null(?:able)?\b|\bnot nullable\b|\brequired\b|\bmandatory\b|\b(?:never|(?:can|may|must) ?not be|(?:can|may|must) never be) null\b/i.test(
        words,
      ) &&
      !/\bnot required\b|\b(?:required|mandatory) (?:(?:only|and only) )?(?:if|when|unless|once|as soon as|after|until|from)\b/i.test(
        words,
      )
        ? false
        : isNull || /\bnot required\b/i.test(words)
          ? true
          : undefined,
    default: defaultIn(whole),
    generated: /\bAUTO[ _-]?INCREMENT|\bIDENTITY\b|\bGENERATED\s+(?:ALWAYS|BY DEFAULT)|\bauto-incrementing\b/i.test(
      words,
    ),
    constraints,
    foreign: /\bFOREIGN[ _]KEY\b|\bFK\b/i.test(words),
    indexed: /^[\s(`*]*(?:(?:with (?:an )?)?index|indexed|MUL)[\s)`*.]*$/i.test(whole.text),
  }
}

/** The text with the insides of round brackets and of quotes blanked. */
function masked(text: string): string {
  let depth = 0
  return [...text.replaceAll(/'[^']{0,80}'/gu, (quoted) => ' '.repeat(quoted.length))]
    .map((mark) => {
      if (mark === ')') depth = Math.max(0, depth - 1)
      const shown = depth === 0 ? mark : ' '
      if (mark === '(') depth += 1
      return shown
    })
    .join('')
}

function compositeKey(whole: Stretch): KeyFact | undefined {
  const match = /\bUNIQUE\s*\(([^()]{1,200})\)/di.exec(whole.text)
  const list = match ? group(whole, match, 1) : undefined
  return list ? {kind: 'unique', ...spanOf(trim(whole)), name: undefined, columns: namesIn(list)} : undefined
}

function defaultIn(whole: Stretch): Text | undefined {
  const match =
    /\bDEFAULTS?\b(?:\s+(?:to|is|value))?\s*[:=]?\s*`?('(?:[^']|'')*'|"[^"]*"|[^\s,;`'"()|]+(?:\([^()]*\))?(?:::\w+)?)/di.exec(
      whole.text,
    )
  const found = match ? group(whole, match, 1) : undefined
  return found ? toText(found) : undefined
}

const name = String.raw`(?:[\p{L}\p{N}_$]|\{\{[^{}]*\}\}|\[[^[\]\s]+\])+`
const target = expression(
  'diu',
)`(?:FOREIGN[ _]KEY|\bFK\b|\bREFERENCES?\b|\b(?:points?|refers?|leads?|links?)\s+to(?=\s+(?:the\s+)?\x60)|(?:→|->|=>))(?:\s|[→>:\x60*"=-]|\bREFERENCES\b|\bFK\b|\bto\b|\breferencing\b|\()*(${name}(?:\.${name}){0,2})(?:[\x60"]|\s)*(?:\((?:[\x60"]|\s)*(${name}(?:\s*,\s*${name})*)(?:[\x60"]|\s)*\))?`
export const notTables =
  /^(?:on|not|null|nullable|unique|constraint|constraints|the|a|an|index|indexed|optional|required|cascade|to|is|for|in|of|and|by|pk|fk|primary|key|keys|template|default|or|with|together|via|through|from|composite|see|when|where|which|that|this|both|yes|no)$/i

/** `FOREIGN KEY → users(id)`, `FK → users.id`, `REFERENCES users (id) ON DELETE CASCADE`, `references auth.users`. */
export function foreignKey(whole: Stretch, columns: readonly Name[]): ForeignKeyFact | undefined {
  const match = target.exec(whole.text)
  const path = match ? group(whole, match, 1) : undefined
  if (!match || !path || notTables.test(path.text)) return undefined
  const behind = group(whole, match, 2)
  // `users (restrict)`: what becomes of the row, not a column.
  const listed = behind && actionAlone.test(behind.text) ? undefined : behind
  const {table, column} = listed ? {table: path, column: undefined} : divided(path)
  return {
    kind: 'foreign',
    ...spanOf(trim(whole)),
    name: undefined,
    columns,
    table: nameOf(table),
    target: listed ? namesIn(listed) : column ? [nameOf(column)] : [],
    onDelete: onDelete(whole),
  }
}

/** `users.id` is a column, `auth.users` a table. `always`: the last part is a column. */
export function divided(
  path: Stretch,
  always = false,
): {readonly table: Stretch; readonly column: Stretch | undefined} {
  const dot = path.text.lastIndexOf('.')
  const last = path.text.slice(dot + 1)
  const isColumn =
    always || path.text.indexOf('.') < dot || /^id$|_?(?:id|uuid|code|key|slug|email|guid)$|\{\{/i.test(last)
  if (dot < 0 || !isColumn) return {table: path, column: undefined}
  return {table: part(path, 0, dot), column: part(path, dot + 1)}
}

export function onDelete(whole: Stretch): Text | undefined {
  const match = /\bON\s+DELETE[:\s`(*]+(CASCADE|SET\s+NULL|SET\s+DEFAULT|RESTRICT|NO\s+ACTION|\{\{[^{}]*\}\})/di.exec(
    whole.text,
  )
  const found = match ? group(whole, match, 1) : undefined
  return found ? toText(found) : undefined
}

const action = String.raw`CASCADE|SET\s+NULL|SET\s+DEFAULT|RESTRICT|NO\s+ACTION`
const actionAlone = new RegExp(`^(?:${action})$`, 'iu')
const shortly = new RegExp(
  String.raw`(?:^|\()[\s*\x60]{0,9}(${action})(?:s|d|ed)?[\s*\x60]{0,9}(?:(?:on\s+)?delete)?\s{0,9}(?:\)[\s).\x60]{0,9})?$`,
  'diu',
)

/** `users (restrict)`, "references users, cascades on delete". */
function shortAction(piece: Stretch): Text | undefined {
  const along =
    /\b(?:deleted|removed|goes|go|gone|dies)\s+(?:along\s+|away\s+)?with\s+(?:it|them|the|its|their)\b/i.exec(
      piece.text,
    )
  if (along) return {...toText(part(piece, along.index, along.index + along[0].length)), text: 'CASCADE'}
  const match = shortly.exec(piece.text)
  const found = match ? group(piece, match, 1) : undefined
  return found ? toText(found) : undefined
}

/** `CHECK (status IN ('a', 'b'))` */
export function checkIn(whole: Stretch): CheckFact | undefined {
  const match = /\bCHECK\s*\(/i.exec(whole.text)
  if (!match) return undefined
  const opening = match.index + match[0].length - 1
  const end = closing(whole.text, opening)
  if (end < 0) return undefined
  const inside = trim(part(whole, opening + 1, end - 1))
  return {
    kind: 'check',
    ...spanOf(part(whole, match.index, end)),
    name: undefined,
    text: inside.text,
    allowed: allowedIn(inside),
  }
}

const membership = expression('diu')`^[\s("\x60]*([\p{L}\p{N}_.]+)["\x60\s]*\sIN\s*\(([^()]*)\)[\s)]*$`

function allowedIn(inside: Stretch): CheckFact['allowed'] {
  const match = membership.exec(inside.text)
  const column = match ? group(inside, match, 1) : undefined
  const list = match ? group(inside, match, 2) : undefined
  return column && list ? {column: nameOf(column), values: valuesIn(list)} : undefined
}

/** The value of a cell of defaults; `-`, `none` and the like say that there is none. */
export function defaultCell(cell: Stretch): Text | undefined {
  const value = trim(cell)
  const marked = /^`([^`]+)`$/du.exec(value.text)
  const plain = (marked && group(value, marked, 1)) ?? value
  // In quotes `none` is a value.
  const words = /^'.*'$/u.test(plain.text) ? plain.text : bare(plain).text
  return plain.text === '' || /^(?:[-–—]+|none|n\/a|no|\(none\))$/i.test(words) ? undefined : toText(plain)
}
