import {vocabulary} from './vocabulary.ts'
import {isAllTokens, tokensIn} from './tokens.ts'

/** A choice that a template offers. */
export interface Menu {
  /** As written, without brackets. */
  readonly text: string
  readonly values: readonly string[]
  /** It says itself that there are more (`…`, `etc.`, `e.g.`). */
  readonly open: boolean
  /** Some of the values go on with words of the author's: `superseded by #NNNN`. */
  readonly patterns: readonly string[]
  /** The separator leaves no doubt. */
  readonly sure: boolean
  /** Some of the values stand with a remark: `Draft (for Standards) | Final`. */
  readonly remarks: boolean
  /** Values below one of the values: `Technical (Core, Interface) | Organizational`. */
  readonly within: readonly string[]
}

const more = /^(?:…|\.{2,}|etc\.?|other|others|\[?others?\]?)$/i
const yesNo = new Set(['yes/no', 'y/n', 'true/false', 'pass/fail', 'on/off'])
/** A remark behind a value. */
const behind = /(?<=\S)\s*\([^()]*\)$/u
const longestValue = 48
const mostValues = 40

/** The menu that a value of a template is: in brackets, or bare. */
export function menuOf(written: string): Menu | undefined {
  const text = written
    .trim()
    .replaceAll(/\*\*|__|`/gu, '')
    .replace(/^(["'])([\s\S]*)\1$/u, '$2')
    .trim()
  if (text === '' || text.length > 600) return undefined
  const inner = bare(text)
  const bracketed = inner !== text
  return (
    divided(inner, inner.split('|'), true) ??
    (/\s\/\s/u.test(inner)
      ? divided(inner, inner.split(/\s\/\s/u), bracketed || isNames(inner), bracketed ? 2 : 3)
      : undefined) ??
    (bracketed ? slashed(inner) : undefined) ??
    (bracketed ? listed(inner) : undefined)
  )
}

/** `Must / Should / Could`: one word each, each with a capital. */
function isNames(text: string): boolean {
  return text.split(/\s\/\s/u).every((part) => /^\p{Lu}[\p{L}-]{0,20}$/u.test(part.trim()))
}

/** Without the brackets around all of it. An opening brace alone is a slip that templates have. */
function bare(text: string): string {
  if (isAllTokens(text)) {
    const [token, second] = tokensIn(text)
    if (token && !second && token.start === 0 && token.end === text.length) return token.inner
  }
  const one = /^[[{(<](?![\s\S]*[\]})>])/u.test(text) ? text.slice(1) : text
  return /^\(.*\)$/u.test(one) ? one.slice(1, -1).trim() : one
}

function divided(text: string, parts: readonly string[], sure: boolean, least = 2): Menu | undefined {
  const cleaned = parts.map(clean)
  const all = cleaned.map((part) => part.replace(behind, ''))
  const open = all.some((part) => more.test(part)) || /\be\.g\.|\betc\b/i.test(text)
  const values = all.filter((part) => part !== '' && !more.test(part))
  if (
    values.length < least ||
    values.length > mostValues ||
    all.length !== values.length + all.filter((part) => more.test(part)).length
  )
    return undefined
  if (
    values.some((value) => value.length > longestValue || value.split(/\s+/u).length > 6 || /[?!:;]$|\. /u.test(value))
  )
    return undefined
  return menu(
    text,
    values,
    open,
    sure,
    cleaned.flatMap((part) => behind.exec(part)?.[0].trim().slice(1, -1) ?? []),
  )
}

function clean(part: string): string {
  return part
    .trim()
    .replaceAll(/^(["'“]|\(or\s)|(["'”])$/gu, '')
    .replace(/^or\s+/i, '')
    .trim()
}

/** `Draft/In Review/Approved`, `1/2/3`, `Y/N`; not `name/team`, `RTO/RPO targets`, `GDPR/SOC2/etc`. */
function slashed(text: string): Menu | undefined {
  const parts = text.split('/').map((part) => part.trim())
  const values = parts.filter((part) => !more.test(part))
  if (values.length < parts.length || parts.length < 2) return undefined
  const pair = yesNo.has(text.toLowerCase().replaceAll(/\s/gu, ''))
  const capital = values.every((value) => /^(?:\p{Lu}[\p{L}\p{N}-]*(?: [\p{L}\p{N}-]+){0,2}|\d+)$/u.test(value))
  const acronyms =
    values.every((value) => /^[\p{Lu}\d]{2,}$/u.test(value)) &&
    values.some((value) => /\d/u.test(value) && /\p{L}/u.test(value))
  return pair || (values.length >= 3 && capital && !acronyms)
    ? menu(text, values, false, pair || values.length > 2)
    : undefined
}

/** `Standards Track, Meta, or Informational`; a remark may follow: `; remove the field if …`. */
function listed(text: string): Menu | undefined {
  const list = (/^[^;]+/u.exec(text)?.[0] ?? '').replace(/^one of:?\s+/i, '').trim()
  if (yesNo.has(list.replace(/\s+or\s+/iu, '/').toLowerCase())) return menu(text, list.split(/\s+or\s+/iu), false, true)
  const at = list.search(/,?\s+or\s+(?=[^,]+$)/iu)
  if (at < 0) return undefined
  const values = namesIn(`${list.slice(0, at)},${list.slice(at).replace(/^,?\s+or\s+/iu, '')}`)
  if (values === undefined) return undefined
  const pair =
    values.length === 2 && values.every((value) => /^\p{Lu}[\p{L}\p{N}-]*(?: \p{Lu}[\p{L}\p{N}-]*)?$/u.test(value))
  return values.length >= 3 || pair ? menu(text, values, false, values.length >= 3) : undefined
}

/** Names divided by commas: each begins with a capital. */
function namesIn(list: string): readonly string[] | undefined {
  const values = list.split(',').map((part) => part.trim())
  const named = values.every(
    (value) => value.length <= longestValue && /^\p{Lu}[\p{L}\p{N}-]*(?: \p{Lu}?[\p{L}\p{N}-]+){0,2}$/u.test(value),
  )
  return named && values.length > 1 && values.length <= mostValues ? values : undefined
}

/** The value of a key that is known to hold a choice: bare, divided by strokes or commas, and two values are enough. */
export function keyMenu(written: string): Menu | undefined {
  const known = menuOf(written)
  if (known) return known.sure || known.open ? known : {...known, sure: true}
  const text = written.trim().replace(behind, '').trim()
  if (text === '' || text.length > 600) return undefined
  const parts = text.split('/').map((part) => part.trim())
  const strokes = parts.length > 1 ? namesIn(parts.join(',')) : undefined
  const found = strokes ?? (text.includes(',') ? namesOf(text, 3) : undefined)
  return found && menu(text, found, false, true)
}

function namesOf(text: string, least: number): readonly string[] | undefined {
  const last = listed(text)
  if (last) return last.values
  const values = namesIn(text)
  return values && values.length >= least ? values : undefined
}

/** A remark that says what may stand there: `Acceptable values: Draft, Approved, On Hold`. */
export function choiceOf(remark: string): Menu | undefined {
  const [lead] =
    /^(?:(?:acceptable|accepted|allowed|permitted|possible|valid) (?:values?|options?)(?: are)?:?|one of:?)\s+/iu.exec(
      remark,
    ) ?? []
  if (lead === undefined || remark.length > 600) return undefined
  const text = remark.slice(lead.length).replace(/[.\s]+$/u, '')
  const values = namesOf(text, 2)
  return menuOf(text) ?? (values && menu(text, values, false, true))
}

function menu(
  text: string,
  values: readonly string[],
  open: boolean,
  sure: boolean,
  remarks: readonly string[] = [],
): Menu | undefined {
  const patterns = values.filter((value) => tokensIn(value).length > 0 || /\d{3,}/u.test(value))
  if (patterns.length === values.length) return undefined
  const within = remarks.flatMap((remark) => namesIn(remark) ?? [])
  return {
    text,
    values: values.filter((value) => !patterns.includes(value)),
    open,
    sure,
    patterns,
    remarks: remarks.length > 0,
    within,
  }
}

/** `Impact (H/M/L)`: the letters, and the words that they stand for. */
export function headerMenu(header: string): readonly string[] | undefined {
  const inner = /\(([^()]{3,80})\)\s*$/u.exec(header)?.[1] ?? ''
  const parts = inner.split(/\s*[/|]\s*/u).filter((part) => part !== '' && !more.test(part))
  if (parts.length < 2 || parts.some((part) => !/^\p{Lu}[\p{L}-]{0,20}$|^\d{1,3}$/u.test(part))) return undefined
  const levels: {readonly [letter: string]: string | undefined} = vocabulary.levels
  const known = parts.map((part) => levels[part])
  if (known.every((word) => word !== undefined)) return [...parts, ...known]
  return parts.length >= 3 ? parts : undefined
}
