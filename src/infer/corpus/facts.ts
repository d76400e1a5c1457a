import type {Json, MetadataOrigin, Section, SpecDocument, Span} from '../../document/types.ts'
import {bareForm, headingForm, keyForm} from '../../type/normalize.ts'
import {topsOf} from '../outline.ts'
import {seen} from '../told.ts'
import type {Evidence} from '../types.ts'
import {roleOf} from '../vocabulary.ts'

/** What inference keeps of one document of many, so that the documents themselves need not be held. */
export interface Facts {
  /** Its first line, which speaks for what the document lacks. */
  readonly first: Evidence
  readonly keys: readonly KeyFact[]
  readonly title: TextFact | undefined
  readonly tops: readonly HeadingFact[]
  readonly ids: readonly IdFact[]
  /** Rules whose demand it doesn't meet, or has no occasion to (`undefined`). */
  readonly habits: {readonly [rule: string]: boolean | undefined}
}

export interface TextFact {
  readonly text: string
  readonly at: Evidence
}

export interface KeyFact {
  /** By which spellings of one key are the same. */
  readonly form: string
  readonly name: string
  readonly value: Json
  readonly origin: MetadataOrigin
  readonly at: Evidence
}

export interface HeadingFact extends TextFact {
  /** By which two headings are the same. */
  readonly form: string
  /** How many levels below the heading above. */
  readonly levels: number
  readonly children: readonly HeadingFact[]
}

export interface IdFact {
  readonly prefix: string
  readonly id: string
  /** Form of the heading of the top section that it stands in. */
  readonly home: string | undefined
  readonly at: Evidence
}

const mostHeadings = 400
const mostKeys = 100
const mostIds = 400
const longestHeading = 200

/** Reads the facts. Takes time linear in the document's size. */
export function factsOf(document: SpecDocument): Facts {
  const {metadata, title} = document
  let left = mostHeadings
  const read = (section: Section, levels: number): readonly HeadingFact[] => {
    const text = section.heading?.title.text ?? ''
    if (text === '' || text.length > longestHeading || left <= 0) return []
    left -= 1
    return [
      {
        text,
        at: at(document, section),
        form: bareForm(headingForm(text)),
        levels,
        children: childrenOf(section).flatMap((child) => read(child, Math.max(1, child.depth - section.depth))),
      },
    ]
  }
  const tops = topsOf(document)
  const hasOneTitle = document.headings.filter(({depth}) => depth === 1).length === 1
  return {
    first: at(document, {start: 0, end: 0}),
    keys: distinct(
      metadata.entries.slice(0, mostKeys).map((entry) => ({
        form: keyForm(entry.key.text),
        name: entry.key.text,
        value: entry.value,
        origin: entry.origin,
        at: at(document, entry),
      })),
    ),
    title: title && hasOneTitle ? {text: title.text, at: at(document, title)} : undefined,
    tops: tops.flatMap((section) => read(section, 1)),
    ids: idsIn(document, tops),
    habits: habitsOf(document),
  }
}

/** The entries of a log of changes, by version or date, are the author's. */
function childrenOf({heading, children}: Section): readonly Section[] {
  return roleOf(heading?.title.text ?? '', new Set(), true)?.role === 'changelog' ? [] : children
}

const hollow = /^\W*(?:n\/?a|none|not applicable|tb[ad]|todo)?\W*$/i

/** Whether its fences name a language, its sections say something, and its headings skip no level. */
function habitsOf({codes, sections, text}: SpecDocument): Facts['habits'] {
  const fences = codes.filter(({fenced}) => fenced)
  const leaves = sections.filter(({children}) => children.length === 0)
  return {
    'code-language': fences.length === 0 ? undefined : fences.every(({language}) => language !== undefined),
    'empty-section':
      leaves.length === 0
        ? undefined
        : leaves.every(({body}) => body.end - body.start > 200 || !hollow.test(text.slice(body.start, body.end))),
    'section-depth':
      sections.length === 0
        ? undefined
        : sections.every(({depth, parent}) => parent?.heading === undefined || depth - parent.depth <= 1),
  }
}

function at(document: SpecDocument, span: Span): Evidence {
  return seen(document, span)
}

/** The first of several with one form. */
function distinct(keys: readonly KeyFact[]): readonly KeyFact[] {
  const forms = new Set<string>()
  return keys.filter(({form}) => form !== '' && !forms.has(form) && forms.add(form))
}

/** Tops and items both stand in the order of the document. */
function idsIn(document: SpecDocument, tops: readonly Section[]): readonly IdFact[] {
  let index = 0
  return document.items
    .filter(
      ({where, start}) =>
        where !== 'cell' && !(document.title && start >= document.title.start && start < document.title.end),
    )
    .slice(0, mostIds)
    .map((item) => {
      while ((tops[index]?.end ?? Infinity) <= item.start) index += 1
      const top = tops[index]
      const inside = top !== undefined && top.start <= item.start
      return {
        prefix: item.prefix,
        id: item.id,
        home: inside && top.heading ? bareForm(headingForm(top.heading.title.text)) : undefined,
        at: at(document, item),
      }
    })
}
