import type {Json, ListItem, Section, SpecDocument} from '../document/types.ts'
import {headingForm} from '../type/normalize.ts'
import {claim, object, seen, told, under} from './told.ts'
import {isAllTokens, tokensIn} from './tokens.ts'
import type {Claim, Map, Told} from './types.ts'
import {says, saysOneOf, vocabulary} from './vocabulary.ts'

const mostItems = 80

/** The task lists of a section: the items that have to be there, by their leading words. */
export function checklistOf(section: Section, document: SpecDocument): Told<Map | undefined> {
  const tasks = section.lists
    .flatMap(({items}) => items.filter(({checked}) => checked !== undefined))
    .slice(0, mostItems)
  const [first] = tasks
  // A question with boxes, or with a box for what is other, is a choice: nobody keeps all of its answers.
  const isChoice = section.heading?.title.text.endsWith('?') === true || tasks.some(({text}) => /^other\b/i.test(text))
  if (!first || isChoice) return told(undefined)
  const items = unique(tasks.flatMap((task) => taskOf(task, document)))
  return object({
    required: told(true, claim('a task list', 'shown', seen(document, first))),
    items: {value: items.map(({value}) => value), claims: items.flatMap(({claims}, index) => under(claims, index))},
  })
}

function unique(items: readonly (Told<Json> & {readonly form: string})[]): readonly Told<Json>[] {
  const forms = new Set<string>()
  return items.filter(({form}) => !forms.has(form) && forms.add(form))
}

function taskOf(task: ListItem, document: SpecDocument): readonly (Told<Json> & {readonly form: string})[] {
  const optional = isOptionalItem(task.text)
  const words = leadingWords(task.text)
  // `Task 1.1`: nothing but a number tells it from others.
  if (words === '' || !/\p{L}{3}/u.test(words.replace(/^(?:sub)?(?:task|item|step|criteri(?:on|a)|test)s?\b/i, '')))
    return []
  const remark = /\(([A-Z][A-Z0-9]{1,7})s?\)/u.exec(task.text.slice(words.length, words.length + 14))?.[1]
  const aliases = idAliases(words, remark)
  const value: Json =
    optional || aliases.length > 0
      ? {text: words, ...(aliases.length > 0 && {aliases: [...aliases]}), ...(optional && {required: false})}
      : words
  const evidence: Claim = claim(
    `task \`${words}\`${optional ? ', optional' : ''}`,
    optional ? 'stated' : 'shown',
    seen(document, task),
  )
  return [{value, claims: [evidence], form: headingForm(words)}]
}

/** "All FR-1 through FR-N": a document names its own identifiers; "All use cases (UC-1, UC-2)" is known by its noun. */
function idAliases(words: string, remark: string | undefined): readonly string[] {
  const ids = words.match(/\b[A-Z]{1,8}-(?:\d+|N)\b/gu) ?? []
  const [first] = ids
  const own =
    first === undefined ? [] : [first.replace(/-N$/u, '-1'), `All ${first.replace(/-.*$/u, '')}`, 'requirements met']
  return remark === undefined ? own : [...own, remark]
}

/** The words before a remark, a placeholder, a number to be filled in or a colon. */
function leadingWords(text: string): string {
  const start = /^\s*(?:\([^()]{1,12}\)|\[[A-Z]{1,3}\])\s+/u.exec(text)?.[0].length ?? 0
  const rest = text.slice(start)
  const token = tokensIn(rest)[0]?.start ?? rest.length
  const cuts = [
    token,
    ...['(', ': ', ' – ', ' — ', ' -- ', '≥', '≤', '<', '>', ' = ']
      .map((mark) => rest.indexOf(mark))
      .filter((at) => at > 0),
  ]
  return rest
    .slice(0, Math.min(...cuts, 160))
    .replaceAll(/["“”`]/gu, '')
    .replace(/[\s:.,;–—-]+$/u, '')
    .trim()
}

function isOptionalItem(text: string): boolean {
  const remark = /\(([^()]{2,80})\)\s*\.?$/u.exec(text)?.[1] ?? ''
  return (remark !== '' && says(vocabulary.optional.remark, remark)) || /^if (?:applicable|needed)\b/i.test(text)
}

/** Numbered steps: the bold words of each, or their leading words; placeholders alone ask for steps of any kind. */
export function stepsOf(section: Section, document: SpecDocument): Told<Map | undefined> {
  const lists = section.blocks.flatMap((block) => (block.kind === 'list' && block.ordered ? [block] : []))
  const [first] = lists
  if (!first || first.items.length < 2) return told(undefined)
  const items = lists.flatMap((one) => one.items).slice(0, mostItems)
  const isBold = items.every(({lead, text}) => lead && !tokensIn(lead.text).length && !/^[A-Z]+-\d/u.test(text))
  const isPlan = says(vocabulary.stepTitles, section.heading?.title.text ?? '')
  if (!isBold && (!isPlan || !items.every(({text}) => tokensIn(text).length > 0 || /:(?:\s|$)/u.test(text))))
    return told(undefined)
  const named = isBold || items.every(({text}) => !startsWithToken(text))
  const steps = named ? items.map((item) => stepOf(item, document)) : []
  const kept = steps.filter(({form}, index) => form !== '' && steps.findIndex((other) => other.form === form) === index)
  return object({
    ordered: told(true, claim('numbered steps', 'shown', seen(document, first))),
    items: {value: kept.map(({value}) => value), claims: kept.flatMap(({claims}, index) => under(claims, index))},
  })
}

function startsWithToken(text: string): boolean {
  return isAllTokens(text) || tokensIn(text)[0]?.start === 0
}

function stepOf(item: ListItem, document: SpecDocument): Told<Json> & {readonly form: string} {
  const text = item.lead?.text ?? item.text
  const words = leadingWords(text)
  const form = headingForm(words)
  const aliases =
    vocabulary.steps
      .find((names) => names.some((name) => headingForm(name) === form))
      ?.filter((name) => headingForm(name) !== form) ?? []
  const value: Json = aliases.length > 0 ? {text: words, aliases: [...aliases]} : words
  return {value, claims: [claim(`step \`${words}\``, 'shown', seen(document, item))], form}
}

/** Which items of the lists have to name a number: the template says so of the first, or of each. */
export function measurableOf(section: Section, document: SpecDocument): Told<Json | undefined> {
  const items = section.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
  const asked = items.map(({text}) => saysOneOf([vocabulary.measuredItem], text))
  const [first] = items
  if (!first || !asked[0]) return told(undefined)
  const how = items.length > 1 && asked.every(Boolean) ? 'each' : 'first'
  return told(
    how,
    claim(`${how === 'each' ? 'each item' : 'the first item'} names a number`, 'stated', seen(document, first)),
  )
}
