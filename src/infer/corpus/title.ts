import {problemOf} from '../../type/regex.ts'
import {object, plain, told} from '../told.ts'
import type {Map as JsonMap, Told} from '../types.ts'
import {escaped} from '../values.ts'
import type {Facts, TextFact} from './facts.ts'
import type {CorpusKey} from './metadata.ts'
import {counted, share, type Support, tally} from './support.ts'
import {textOf} from './values.ts'

export interface CorpusTitle {
  readonly told: Told<JsonMap | undefined>
  /** RE2 over the H1, if its fixed part tells documents of the type. */
  readonly signal: string | undefined
  readonly identity: Told<JsonMap | undefined>
}

interface Form {
  readonly pattern: string
  readonly signal: string | undefined
  /** Its first group is the number. */
  readonly number: string | undefined
}

const dash = '\\s*[–—:.-]\\s*'
const numbered = /^((?:\p{L}[\p{L} ]{0,20}?[\s-]?)?#?)(\d+)\s*[–—:.-]\s+\S/u
const labelled = /^(\p{L}[\p{L} -]{0,40}?)\s*[–—:]\s+\S/u
const ended = /\s[–—-]\s+(\p{L}[\p{L} ]{2,40})$/u

/** What the titles have in common: `ADR 12: Name`, `Proposal: Name`, `Name - Database Schema`. */
export function titleFrom(documents: readonly Facts[], keys: readonly CorpusKey[], threshold: number): CorpusTitle {
  const titles = documents.flatMap(({title}) => title ?? [])
  const none: CorpusTitle = {told: told(undefined), signal: undefined, identity: told(undefined)}
  if (titles.length < documents.length * threshold || titles.length === 0) return none
  const sameAs = keys.find((key) => isTitle(key, documents, threshold))?.name
  const form = formOf(titles, threshold)
  const [first] = titles
  if (!first) return none
  const example = `# ${first.text}`
  if (!form || problemOf(form.pattern) !== undefined)
    return sameAs === undefined ? none : {...none, told: object({example: plain(example), sameAs: plain(sameAs)})}
  const expression = new RegExp(form.pattern, 'iu')
  const fits = titles.filter(({text}) => expression.test(text))
  const support: Support = {
    shows: fits.map(({at}) => at),
    lacks: documents.flatMap(({title, first: line}) =>
      title && expression.test(title.text) ? [] : [title?.at ?? line],
    ),
  }
  const shown = `# ${fits[0]?.text ?? first.text}`
  return {
    told: object({
      pattern: told(`(?i)${form.pattern}`, counted(`a title such as \`${shown}\``, 'shown', support)),
      example: plain(shown),
      sameAs: plain(sameAs),
    }),
    signal: form.signal,
    identity: identityFrom(form, titles, support),
  }
}

/** The forms of the titles; the first that nearly all have. */
function formOf(titles: readonly TextFact[], threshold: number): Form | undefined {
  const forms = [numberedForm, labelledForm, endedForm]
  const found = forms.flatMap((form) => form(titles))
  return found.find(({pattern}) => {
    const expression = new RegExp(pattern, 'iu')
    return titles.filter(({text}) => expression.test(text)).length >= titles.length * threshold
  })
}

function numberedForm(titles: readonly TextFact[]): readonly Form[] {
  const heads = titles.map(({text}) => numbered.exec(text)?.[1]?.toLowerCase() ?? '')
  return tally(heads)
    .slice(0, 1)
    .map(([head]) => {
      const before = head === '' ? '' : `${escaped(head.trim())}[\\s-]*`
      return {
        pattern: `^${before}#?\\d+${dash}\\S`,
        signal: head.trim().length > 1 ? `^(?i)${before}#?\\d` : undefined,
        number: `^\\s*(?i)(${before}#?\\d+)`,
      }
    })
}

function labelledForm(titles: readonly TextFact[]): readonly Form[] {
  return tally(titles.flatMap(({text}) => labelled.exec(text)?.[1] ?? []))
    .slice(0, 1)
    .map(([label]) => ({
      pattern: `^${escaped(label)}\\s*[–—:-]\\s*\\S`,
      signal: `^(?i)${escaped(label)}\\b`,
      number: undefined,
    }))
}

function endedForm(titles: readonly TextFact[]): readonly Form[] {
  return tally(titles.flatMap(({text}) => ended.exec(text)?.[1] ?? []))
    .slice(0, 1)
    .map(([label]) => ({
      pattern: `\\s[–—-]\\s+${escaped(label)}$`,
      signal: `(?i)\\b${escaped(label)}$`,
      number: undefined,
    }))
}

/** Numbers that no two documents share. */
function identityFrom(
  {number, pattern}: Form,
  titles: readonly TextFact[],
  support: Support,
): Told<JsonMap | undefined> {
  if (number === undefined || share(support) === 0) return told(undefined)
  const expression = new RegExp(number.replace('(?i)', ''), 'iu')
  const numbers = titles
    .filter(({text}) => new RegExp(pattern, 'iu').test(text))
    .map(({text}) => expression.exec(text)?.[1])
  return new Set(numbers).size === numbers.length
    ? object({title: told(number, counted('its number is one of a kind', 'shown', support))})
    : told(undefined)
}

/** Whether a key says what the first heading says. */
function isTitle({form, found}: CorpusKey, documents: readonly Facts[], threshold: number): boolean {
  if (form !== 'title' && form !== 'name') return false
  const plainly = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim().toLowerCase()
  const both = documents.flatMap(({title}, index) => {
    const key = found[index]
    return title && key ? [plainly(title.text) === plainly(textOf(key.value))] : []
  })
  return both.length > 0 && both.filter(Boolean).length >= both.length * threshold
}
