import type {JsonSchema} from '../type/types.ts'
import {choiceOf, keyMenu, type Menu, menuOf} from './menus.ts'
import {keyForm} from '../type/normalize.ts'
import {tokensIn} from './tokens.ts'
import type {Certainty} from './types.ts'
import {says, saysOneOf, vocabulary} from './vocabulary.ts'

/** What the value of a template says of the values of documents. */
export interface ValueShape {
  readonly schema: JsonSchema
  /** In words; `undefined` when any text will do. */
  readonly says: string | undefined
  readonly certainty: Certainty
  readonly doubt?: string
  readonly menu?: Menu
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/u
const dateToken = /(?<![\p{L}\p{N}])YYYY-MM-DD(?![\p{L}\p{N}])/iu
const semver = '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$'

/** The schema of a labelled value. `hint` is what stands behind it: a comment, a remark. */
export function shapeOf(key: string, written: string, hint = '', inYaml = false): ValueShape {
  const value = unquoted(written)
  const any: JsonSchema = inYaml ? anyValue : anyText
  return (
    menuShape(
      menuOf(hint) ?? choiceOf(hint) ?? (inYaml && isChoiceKey(key) ? keyMenu(value) : menuOf(value)),
      inYaml,
    ) ??
    dateShape(key, value, hint) ??
    versionShape(key, value, hint, inYaml) ??
    handleShape(value) ??
    numberShape(value) ?? {schema: any, says: undefined, certainty: 'shown'}
  )
}

export const anyText: JsonSchema = {type: 'string', minLength: 1}
/** In YAML a number is no text, and several authors are a list. */
export const anyValue: JsonSchema = {type: ['string', 'number', 'boolean', 'array', 'object'], minLength: 1}

/** `category`, `Type`: a key whose value is one of a few. */
function isChoiceKey(key: string): boolean {
  return says(vocabulary.choiceKeys, keyForm(key))
}

function unquoted(written: string): string {
  return written
    .trim()
    .replace(/^(["'])([\s\S]*)\1$/u, '$2')
    .replaceAll(/^\*\*|\*\*$/gu, '')
    .trim()
}

function menuShape(menu: Menu | undefined, inYaml: boolean): ValueShape | undefined {
  if (!menu) return undefined
  const words = menu.values.map((value) => `\`${value}\``).join(', ')
  if (menu.open || !menu.sure)
    return examplesOf(
      menu,
      menu.open
        ? `${words} look like examples, since the list is open; if they are all, write an \`enum\`.`
        : `${words} may be all values there are, or words of a sentence; if they are all, write an \`enum\`.`,
    )
  if (menu.within.length > 0) return familyShape(menu, words)
  if (menu.patterns.length > 0)
    return {
      schema: {type: 'string', pattern: alternatives(menu)},
      says: `one of ${words}, or one that goes on`,
      certainty: 'shown',
      menu,
    }
  if (inYaml && menu.values.join('/').toLowerCase() === 'true/false')
    return {schema: {type: 'boolean'}, says: 'true or false', certainty: 'shown', menu}
  const numbers = menu.values.every((value) => /^\d{1,4}$/u.test(value))
  const [first = ''] = menu.values
  const schema: JsonSchema = numbers
    ? {type: 'integer', enum: menu.values.map(Number), 'x-remark': true}
    : {enum: [...menu.values], 'x-case-insensitive': true, ...((!inYaml || menu.remarks) && {'x-remark': true})}
  return {schema, says: `one of ${words}`, certainty: first === '' ? 'guessed' : 'shown', menu}
}

/** `Technical (Core, Interface) | Organizational`: a document may say `Technical (Core)`, `Technical Core` or `Core`. */
function familyShape(menu: Menu, words: string): ValueShape {
  const all = [...menu.values, ...menu.within]
  const schema = {type: 'string', pattern: `^(?i)(?:${all.map(escaped).join('|')})(?:[\\s(,/].*)?$`, examples: all}
  return {schema, says: `one of ${words}, or of what they hold`, certainty: 'shown', menu}
}

/** Values that the template names, among others perhaps. */
export function examplesOf(menu: Menu, doubt: string): ValueShape {
  const schema = {...anyText, examples: [...menu.values]}
  return {schema, says: undefined, certainty: 'guessed', doubt, menu: {...menu, sure: false}}
}

function alternatives({values, patterns}: Menu): string {
  const parts = [...values.map(escaped), ...patterns.map((pattern) => literal(pattern))]
  return `^(?i)(?:${parts.join('|')})`
}

/** The words before what is to be filled in. */
function literal(pattern: string): string {
  const cut = Math.min(
    tokensIn(pattern)[0]?.start ?? pattern.length,
    Math.max(0, pattern.search(/[#\w-]*\d{3,}/u)) || pattern.length,
  )
  return `${escaped(pattern.slice(0, cut).replace(/[#\s-]+$/u, ''))}\\s.+`
}

export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&').replaceAll(/\s+/gu, '\\s+')
}

export const dateSchema: JsonSchema = {title: 'date', type: 'string', format: 'date', examples: ['2026-03-31']}

function dateShape(key: string, value: string, hint: string): ValueShape | undefined {
  const [only, second] = tokensIn(value)
  const whole = only && !second && only.start === 0 && only.end === value.length ? only : undefined
  const word = whole && /(?:^|[\s_-])date$/i.test(whole.inner) ? whole : undefined
  if (/\b(?:YYYY|DD)[/.]MM|\bMM\/DD/i.test(value)) return undefined
  if (dateToken.test(value) && /HH:MM/i.test(value))
    return {
      schema: {
        title: 'date and time',
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}([T ].+)?$',
        examples: ['2026-03-31 14:00'],
      },
      says: 'a date and time',
      certainty: 'stated',
    }
  if (dateToken.test(value) || dateToken.test(hint))
    return {schema: dateSchema, says: 'a date as YYYY-MM-DD', certainty: 'stated'}
  if (isoDate.test(value)) return {schema: dateSchema, says: 'a date as YYYY-MM-DD', certainty: 'shown'}
  if (word && isDateKey(key))
    return {
      schema: dateSchema,
      says: 'a date as YYYY-MM-DD',
      certainty: 'guessed',
      doubt: 'The template asks for a date and does not say in which form; YYYY-MM-DD is taken.',
    }
  return undefined
}

function isDateKey(key: string): boolean {
  return /\b(?:date|created|updated|modified|started|approved|decided|due|deadline)\b/i.test(
    key.replaceAll(/[_-]/gu, ' '),
  )
}

export const versionSchema: JsonSchema = {
  title: 'semantic version',
  type: 'string',
  pattern: semver,
  examples: ['1.0.0'],
}

function versionShape(key: string, value: string, hint: string, inYaml: boolean): ValueShape | undefined {
  if (!/\bversion\b/i.test(key.replaceAll(/[_-]/gu, ' '))) return undefined
  const three =
    /^v?\d+\.\d+\.\d+$/u.test(value) ||
    /^\W*v?(?:x\.y\.z|major\.minor\.patch|semver)\W*$/i.test(value) ||
    /\bsemver\b|semantic version/i.test(hint)
  if (three)
    return {
      schema: inYaml ? versionSchema : {...versionSchema, pattern: semver.replace('^', '^v?')},
      says: 'a semantic version',
      certainty: 'shown',
    }
  if (!/^v?\d+\.\d+$/u.test(value)) return undefined
  return {
    schema: {
      title: inYaml ? 'version in quotes' : 'version',
      type: 'string',
      pattern: '^v?\\d+(\\.\\d+){1,2}$',
      examples: ['1.0'],
    },
    says: 'a version',
    certainty: 'shown',
  }
}

function handleShape(value: string): ValueShape | undefined {
  const inner =
    tokensIn(value).length === 1 && /^[[{<]/u.test(value) ? value.replaceAll(/^[[{<]+|[\]}>]+$/gu, '') : value
  if (!/^@[\w.-]+(?:\/[\w.-]+)?$/u.test(inner)) return undefined
  return {schema: handleSchema, says: 'a handle such as `@maria-lopez`', certainty: 'shown'}
}

export const handleSchema: JsonSchema = {
  title: 'handle',
  type: 'string',
  pattern: '^@[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)?$',
  examples: ['@maria-lopez'],
}

function numberShape(value: string): ValueShape | undefined {
  const [only, second] = tokensIn(value)
  if (!only || second || only.start > 0 || only.end < value.length) return undefined
  if (!/^(?:a |the )?(?:number|integer|count)(?: of .*)?$/i.test(only.inner)) return undefined
  return {schema: {type: 'number'}, says: 'a number', certainty: 'shown'}
}

/** Whether the template asks for an amount here, by its own words or by a label that is one: `Latency`. */
export function isMeasured(label: string, written: string): boolean {
  return (
    saysOneOf(vocabulary.measures, written.trim()) ||
    (tokensIn(written).length > 0 && saysOneOf(vocabulary.measuredLabels, label))
  )
}

/** Whether a value says of itself that it may be missing. */
export function isOptionalValue(text: string): boolean {
  return saysOneOf(vocabulary.optional.values, text)
}

/** A schema of the cells of a column, by its header and what the template has below it. */
export function cellShape(
  header: string,
  cells: readonly string[],
  choice: readonly string[] | undefined,
): ValueShape | undefined {
  if (choice) {
    const words = choice.map((value) => `\`${value}\``).join(', ')
    return {
      schema: {title: 'level', enum: [...choice], 'x-case-insensitive': true, 'x-remark': true},
      says: `one of ${words}`,
      certainty: 'stated',
    }
  }
  const shapes = cells.filter((cell) => cell.trim() !== '').map((cell) => shapeOf(header, cell))
  const [first] = shapes
  if (!first?.says || shapes.some((shape) => JSON.stringify(shape.schema) !== JSON.stringify(first.schema)))
    return undefined
  return says(
    '\\b(?:date|version|status|priority|severity|impact|probability|likelihood|owner|type|level|state)\\b',
    header,
  ) || first.menu
    ? first
    : undefined
}
