import type {SpecDocument} from '../document/types.ts'
import {headingForm, keyForm, bareForm} from './normalize.ts'
import {matches} from './regex.ts'
import type {Signal, SpecType} from './types.ts'

export interface Score {
  readonly type: SpecType
  readonly score: number
  readonly minimum: number
  /** Each signal of the type, found or not, in words. */
  readonly signals: readonly {readonly text: string; readonly weight: number; readonly found: boolean}[]
}

/** How strongly a document shows itself to be of each type, strongest first. */
export function scores(document: SpecDocument, types: readonly SpecType[]): readonly Score[] {
  const headings = new Set(
    document.headings.flatMap(({title}) => {
      const form = headingForm(title.text)
      return [form, bareForm(form)]
    }),
  )
  const keys = new Set([...document.metadata.entries.map(({key}) => keyForm(key.text)), ...firstLabels(document)])
  return types
    .map((type) => score(type, document.title?.text ?? '', headings, keys))
    .toSorted((a, b) => b.score - a.score)
}

/** The type of a document: the one that scores highest, enough, and alone. */
export function detect(document: SpecDocument, types: readonly SpecType[]): Score | undefined {
  const [first, second] = scores(document, types).filter(({score: sum, minimum}) => sum >= minimum)
  return first && second?.score !== first.score ? first : undefined
}

function score(type: SpecType, title: string, headings: ReadonlySet<string>, keys: ReadonlySet<string>): Score {
  const {detect: signals} = type
  if (!signals) return {type, score: 0, minimum: Number.POSITIVE_INFINITY, signals: []}
  const seen = [
    ...signals.metadata.map((signal) => ({
      ...signal,
      text: `key \`${signal.text}\``,
      found: keys.has(keyForm(signal.text)),
    })),
    ...signals.title.map((signal) => ({
      ...signal,
      text: `title like \`${signal.text}\``,
      found: matches(signal.text, title),
    })),
    ...signals.headings.map((signal) => ({
      ...signal,
      text: `section \`${signal.text}\``,
      found: hasHeading(signal, headings),
    })),
  ]
  const sum = seen.reduce((total, {weight, found}) => total + (found ? weight : 0), 0)
  return {type, score: sum, minimum: signals.minimum, signals: seen}
}

function hasHeading({text}: Signal, headings: ReadonlySet<string>): boolean {
  const form = headingForm(text)
  return headings.has(form) || headings.has(bareForm(form))
}

/** Labels of the first section: some templates keep their metadata there. */
function firstLabels(document: SpecDocument): readonly string[] {
  const first = document.sections.find(({depth}) => depth === 2)
  return first?.fields.map(({label}) => keyForm(label.text)) ?? []
}
