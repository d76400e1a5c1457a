import type {Field, Section, SpecDocument, Text} from '../document/types.ts'
import {formed, nearId, partsOf, slotsOf} from './id-form.ts'
import {openIn} from './filled.ts'
import {keyForm} from './normalize.ts'
import type {BoundId, IdSpec, IdProblem, SpecType} from './types.ts'

interface Input {
  readonly document: SpecDocument
  readonly type: SpecType
  readonly spec: IdSpec
  readonly homes: readonly Section[]
  readonly definitions: readonly BoundId[]
}

const longestId = 40

interface Candidate {
  readonly text: Text
  readonly labels: readonly string[]
}

/** What stands where identifiers are given their meaning, and has none, or one of another form. */
export function malformedIn(input: Input): readonly IdProblem[] {
  const {document, type, spec, homes, definitions} = input
  if (homes.length === 0) return definitions.filter(({parts}) => !parts).map((one) => ofDefinition(one, input))
  const isOpen = openIn(document, type)
  const others = type.ids.map(({prefix}) => prefix)
  const taken = new Set(document.items.flatMap(({prefix, idSpan}) => (others.includes(prefix) ? [idSpan.start] : [])))
  const slips = candidatesIn(input).flatMap(({text, labels}): readonly IdProblem[] => {
    if (taken.has(text.start) || isOpen(text, text.text)) return []
    const near = nearId(text.text, spec, others)
    if (near) {
      if (partsOf(text.text.slice(0, near.length), spec)) return []
      const slip = {
        start: text.start,
        end: Math.min(text.end, text.start + near.length),
        text: text.text.slice(0, near.length),
      }
      return [{at: slip, expected: corrected(near.numbers, slip.start, input), kind: 'form', first: undefined}]
    }
    const skipped = skippedAt(text.start, input)
    return skipped !== undefined || sharesLabels(labels, definitions)
      ? [{at: text, expected: skipped ?? following(input), kind: 'bare', first: undefined}]
      : []
  })
  return [...definitions.filter(({parts}) => !parts).map((one) => ofDefinition(one, input)), ...slips]
}

function ofDefinition({item}: BoundId, input: Input): IdProblem {
  const {document, spec} = input
  // The whole of `FR14-2`, of which `FR14` was read as the identifier.
  const written = document.source.slice({start: item.idSpan.start, end: item.idSpan.start + longestId})
  const near = nearId(written, spec, [])
  const text = near && near.length > item.id.length ? written.slice(0, near.length) : item.id
  const numbers = near?.numbers ?? (item.id.match(/\d+/gu) ?? []).map(Number)
  const at = {start: item.idSpan.start, end: Math.max(item.idSpan.end, item.idSpan.start + text.length), text}
  return {at, expected: corrected(numbers, item.start, input), kind: 'form', first: undefined}
}

/** Headings, bold labels or list items of the homes, as the definitions are; all of them while there are none. */
function candidatesIn({document, homes, definitions}: Input): readonly Candidate[] {
  const styles = new Set(definitions.map(({item}) => item.where))
  const depths = new Set(
    document.headings.filter(({start}) => definitions.some(({item}) => item.start === start)).map(({depth}) => depth),
  )
  const wanted = (style: 'heading' | 'label' | 'listItem'): boolean => styles.size === 0 || styles.has(style)
  return homes.flatMap((home) =>
    within(home).flatMap((section): readonly Candidate[] => [
      ...(wanted('heading') &&
      section !== home &&
      section.heading &&
      (depths.size === 0 || depths.has(section.heading.depth))
        ? [{text: section.heading.title, labels: labelsIn(section)}]
        : []),
      ...(wanted('label') ? boldLines(section, document) : []),
      ...(wanted('listItem')
        ? section.blocks.flatMap((block) =>
            block.kind === 'list'
              ? block.items.map((item) => ({
                  text: item.lead ?? {...item.textSpan, text: item.text},
                  labels: names(item.fields),
                }))
              : [],
          )
        : []),
    ]),
  )
}

function within(section: Section): readonly Section[] {
  return [section, ...section.children.flatMap(within)]
}

/** `**Search**` alone on its line, with the labels of the list below it. */
function boldLines({blocks}: Section, {text}: SpecDocument): readonly Candidate[] {
  return blocks.flatMap((block, index) => {
    if (block.kind !== 'paragraph') return []
    const raw = text.slice(block.start, block.end)
    if (!/^(\*\*|__)(?!\1)[^\n]+\1$/u.test(raw) || raw.slice(2, -2).includes(raw.slice(0, 2))) return []
    const next = blocks[index + 1]
    const labels = next?.kind === 'list' ? next.items.flatMap(({text: line}) => line.split(/[:：]/u, 1)) : []
    return [{text: {start: block.start + 2, end: block.end - 2, text: block.text}, labels: labels.map(keyForm)}]
  })
}

function labelsIn({fields, lists}: Section): readonly string[] {
  return [...names(fields), ...lists.flatMap(({items}) => items.flatMap((item) => names(item.fields)))]
}

function names(fields: readonly Field[]): readonly string[] {
  return fields.map(({label}) => keyForm(label.text))
}

/** It holds the same labelled lines as its neighbours with an identifier. */
function sharesLabels(labels: readonly string[], definitions: readonly BoundId[]): boolean {
  const usual = new Set(definitions.flatMap(({item}) => names(item.fields)))
  const shared = labels.filter((label) => usual.has(label))
  return shared.length >= 2 || (shared.length > 0 && shared.length === usual.size)
}

/** The one identifier that is left out between the neighbours of an offset. */
function skippedAt(offset: number, {spec, definitions}: Input): string | undefined {
  const after = definitions.find(({item}) => item.start > offset)
  const before = definitions.findLast(({item}) => item.start < offset)
  const low = before?.parts?.at(-1)
  const high = after?.parts?.at(-1)
  if (low === undefined || high !== low + 2 || before?.parts?.length !== slotsOf(spec)) return undefined
  return formed(spec, [...(before.parts.slice(0, -1) ?? []), low + 1], before.item.id)
}

/** The identifier after the highest. */
function following({spec, definitions}: Input): string | undefined {
  const whole = definitions.filter(({parts}) => parts?.length === slotsOf(spec))
  const highest = whole.toSorted((a, b) => (b.parts?.at(-1) ?? 0) - (a.parts?.at(-1) ?? 0))[0]
  if (!highest?.parts) return undefined
  return formed(spec, [...highest.parts.slice(0, -1), (highest.parts.at(-1) ?? 0) + 1], highest.item.id)
}

function corrected(numbers: readonly number[], offset: number, input: Input): string | undefined {
  const {spec, definitions} = input
  const slots = slotsOf(spec)
  const sample = definitions.find(({parts}) => parts?.length === slots)
  if (numbers.length === slots) return formed(spec, numbers, sample?.item.id)
  if (numbers.length === 0) return skippedAt(offset, input) ?? following(input)
  if (numbers.length < slots && sample?.parts)
    return formed(spec, [...sample.parts.slice(0, slots - numbers.length), ...numbers], sample.item.id)
  return undefined
}
