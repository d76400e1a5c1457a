import fc from 'fast-check'
import {rules} from '../../rules/index.ts'
import {edited} from '../../src/lint/fix.ts'
import {readDocument} from '../../src/document/parse.ts'
import type {Finding} from '../../src/lint/types.ts'
import {suppressionOfFile} from '../../src/lsp/suppress.ts'
import type {SpecType} from '../../src/rule/types.ts'
import {added, fixed} from './fixing.ts'
import {findingsOf} from './lint.ts'

/** What may get into a document: what markup is made of, and what no one meant to write. */
const pieces = [
  '# ',
  '## 1. ',
  '- ',
  '1. ',
  '- [ ] ',
  '> ',
  '```sql\n',
  '```\n',
  '---\n',
  '| a | b |\n| - | - |\n',
  '[^a]',
  '[a]: b\n',
  '**Status**: ',
  '`',
  '*',
  '_',
  '[',
  '](',
  '<!-- ',
  ' -->',
  '<!-- spec-lint disable-file -->\n',
  '<div>',
  '{{X}}',
  '\\',
  'FR-1',
  'CREATE TABLE t (',
  ';',
  "'",
  '$$',
  'DROP TABLE t;\n',
  '&amp;',
  '&#0;',
  'http://a.b',
  'a@b.c',
  '[[x]]',
  '1.5 ms',
  '\n',
  '\n\n',
  '\t',
  ' ',
  '\u0000',
  '\u0007',
  '\u001B[31m',
  '\u0085',
  '\u00A0',
  '\u200B',
  '\u2028',
  '\u202E',
  '\uFEFF',
  '\uD800',
  '\uDC00',
  '🚲',
  '漢',
  'e\u0301',
  '\u000B',
  '::error::x',
  '</script>',
  '__proto__: 1\n',
  '&x: *x\n',
]

type Mutation =
  | {readonly kind: 'insert'; readonly at: number; readonly text: string}
  | {readonly kind: 'cut' | 'repeat' | 'move'; readonly at: number; readonly length: number; readonly to: number}

const share = fc.double({min: 0, max: 1, noNaN: true})
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: share,
    text: fc.oneof(fc.constantFrom(...pieces), fc.string({unit: 'binary', maxLength: 6})),
  }),
  fc.record({
    kind: fc.constantFrom('cut' as const, 'repeat' as const, 'move' as const),
    at: share,
    length: fc.nat(400),
    to: share,
  }),
)

/** One of some texts, changed in up to eight places. */
export function mutated<T extends {readonly text: string}>(all: readonly T[]): fc.Arbitrary<T> {
  return fc
    .tuple(fc.constantFrom(...all), fc.array(mutation, {minLength: 1, maxLength: 8}))
    .map(([one, mutations]) => ({...one, text: mutations.reduce(changed, one.text)}))
}

function changed(text: string, one: Mutation): string {
  const at = Math.floor(one.at * text.length)
  if (one.kind === 'insert') return text.slice(0, at) + one.text + text.slice(at)
  const part = text.slice(at, at + one.length)
  if (one.kind === 'repeat') return text.slice(0, at) + part + text.slice(at)
  const without = text.slice(0, at) + text.slice(at + one.length)
  if (one.kind === 'cut') return without
  const to = Math.floor(one.to * without.length)
  return without.slice(0, to) + part + without.slice(to)
}

/** What does not hold of a document as one of a type, of all that has to hold of any. */
export function broken(text: string, type: SpecType | undefined): readonly string[] {
  const found = findingsOf(text, rules, type)
  return [
    ...found.filter(({ruleId}) => ruleId === 'internal-error').map(({reason}) => reason),
    ...found.flatMap((one) => misplaced(one, text)),
    ...differences('with CRLF', essence(text, found), text.includes('\r') ? undefined : inCrlf(text, type)),
    ...differences('with a mark', essence(text, found), text.startsWith('\uFEFF') ? undefined : marked(text, type)),
    ...unfixed(text, type, found),
    ...unsuppressed(text, type, found),
  ]
}

function misplaced({start, end, actual, ruleId, fix}: Finding, text: string): readonly string[] {
  const isInside = 0 <= start && start <= end && end <= text.length
  const isFixInside = (fix?.edits ?? []).every((edit) => edit.start <= edit.end && edit.end <= text.length)
  return isInside && isFixInside && text.slice(start, end) === actual ? [] : [`${ruleId} is not at ${start}-${end}`]
}

/** What must stay when only bytes between lines change: line, rule, severity and words. */
function essence(text: string, findings: readonly Finding[]): readonly string[] {
  return findings
    .map(({start, ruleId, severity, reason}) => {
      const line = text.slice(0, start).split(/\r\n|\n|\r/u).length
      return `${line} ${ruleId} ${severity} ${reason}`
    })
    .toSorted()
}

function inCrlf(text: string, type: SpecType | undefined): readonly string[] {
  const crlf = text.replaceAll('\n', '\r\n')
  return essence(crlf, findingsOf(crlf, rules, type))
}

function marked(text: string, type: SpecType | undefined): readonly string[] {
  return essence(
    text,
    findingsOf(`\uFEFF${text}`, rules, type).map((one) => ({...one, start: Math.max(0, one.start - 1)})),
  )
}

function differences(name: string, one: readonly string[], other: readonly string[] | undefined): readonly string[] {
  if (!other) return []
  return [
    ...one.filter((line) => !other.includes(line)).map((line) => `${name} not: ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `${name} also: ${line}`),
  ]
}

function unfixed(text: string, type: SpecType | undefined, found: readonly Finding[]): readonly string[] {
  if (!found.some(({fix}) => fix?.safety === 'safe')) return []
  const safe = fixed(text, type, false)
  const again = fixed(safe.text, type, false)
  return [
    ...(again.text === safe.text ? [] : ['fixing twice is not fixing once']),
    ...(new Set(safe.texts).size === safe.texts.length ? [] : ['fixes go in a circle']),
    ...added(found, safe.left).map((line) => `a fix brings: ${line}`),
  ]
}

/** Of one rule, so that its findings alone go. */
function unsuppressed(text: string, type: SpecType | undefined, found: readonly Finding[]): readonly string[] {
  const rule = found.find(({ruleId}) => !ruleId.startsWith('suppression-') && ruleId !== 'internal-error')?.ruleId
  // A comment of the document's own may do it already, or cut short what is inserted.
  if (rule === undefined || /<!--|spec-lint/u.test(text)) return []
  const suppressed = edited(text, [suppressionOfFile(readDocument(text), rule)])
  // At the end of a fence that nobody closed it is no comment.
  if (readDocument(suppressed).directives.length === 0) return []
  const left = findingsOf(suppressed, rules, type)
  const names = (findings: readonly Finding[]): readonly string[] =>
    findings.map(({ruleId, severity, reason}) => `${ruleId} ${severity} ${reason.replaceAll(/\bline \d+/gu, 'line')}`)
  return differences(
    `suppressing ${rule}`,
    names(found.filter(({ruleId}) => ruleId !== rule)).toSorted(),
    names(left).toSorted(),
  )
}
