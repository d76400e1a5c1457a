import {slug} from 'github-slugger'
import {isWithin} from '../document/places.ts'
import type {Block, CodeBlock, Field, ListItem, Section, Span, SpecDocument} from '../document/types.ts'

const words = String.raw`roll(?:ing|ed)?[ -]?backs?|back(?:ing)?[ -]?outs?|ways? back|going back|revers(?:al|ing)|down[ -]?migrations?|downgrad(?:e|ing)|revert(?:ing)?|undo(?:ing)?|roll(?:ing|ed)?\s+(?:it|this|that|them|everything|the\s+\w+)\s+back`
const back = new RegExp(String.raw`\b(?:${words})\b`, 'iu')
const label = new RegExp(
  String.raw`^\W*(?:(?:to|the|our|its|a)\s+)?(?:database\s+|migration\s+)?(?:${words}|down\b)`,
  'iu',
)
const forward = String.raw`(?:migrations?|deploy(?:ment)?|roll-?out|upgrade|forward|apply|up)`
const both = new RegExp(
  String.raw`\b${forward}\s*(?:and|&|\/|\+)|(?:\band|&|\/|\+)\s*(?:the\s+)?${forward}\b|\bup\s*(?:and|\/|&)\s*down\b`,
  'iu',
)

/** Whether a section, or one around it, is about the way back: by its title, or since a labelled line leads to it. */
export function isBackSection(section: Section, document: SpecDocument): boolean {
  for (let one: Section | undefined = section; one?.heading && one.depth > 1; one = one.parent) {
    const {text: title} = one.heading.title
    if (!both.test(title) && (back.test(title) || isPointedTo(one, document))) return true
  }
  return false
}

/** A labelled line for the way back names the section, or links to it. */
function isPointedTo({heading}: Section, document: SpecDocument): boolean {
  const {titles, anchors} = pointers(document)
  return heading !== undefined && (titles.includes(heading.title.text) || anchors.has(slug(heading.title.text)))
}

interface Pointers {
  /** What stands in quotation marks. */
  readonly titles: readonly string[]
  readonly anchors: ReadonlySet<string>
}

const pointing = new WeakMap<SpecDocument, Pointers>()

function pointers(document: SpecDocument): Pointers {
  const known = pointing.get(document) ?? readPointers(document)
  pointing.set(document, known)
  return known
}

function readPointers(document: SpecDocument): Pointers {
  const fields = document.sections.flatMap((section) => backFields(section))
  return {
    titles: fields.flatMap(({value}) =>
      [...value.text.matchAll(/["“„«]([^"“”„«»]{3,80})["”“»]/gu)].map(([, title = '']) => title.trim()),
    ),
    anchors: new Set(
      document.links
        .filter(({url, start}) => url.startsWith('#') && fields.some(({value}) => isWithin(start, value)))
        .map(({url}) => url.slice(1)),
    ),
  }
}

/** In a labelled line, an item or below a line that says so. */
export function isLabelled(code: CodeBlock, section: Section): boolean {
  const before = section.blocks.findLast(({end}) => end <= code.start)
  if (before?.kind === 'list' && isLead(before.items.at(-1))) return true
  return labelled(section).some((place) => isWithin(code.start, place))
}

/** "Rollback:", "On failure we stop. To roll back, run:" */
function leads(text: string): boolean {
  const sentence = text.split(/(?<=[.!?])\s+/u).at(-1) ?? ''
  return (text.endsWith(':') && label.test(sentence)) || (text.length < 40 && label.test(text))
}

/** A sentence that leads to the way back with the code, lists and tables right below it, wherever in a list they stand. */
function ledTo(blocks: readonly Block[]): readonly Span[] {
  return blocks.flatMap((block, index) => {
    if (block.kind === 'list') return block.items.flatMap((item) => ledTo(item.blocks))
    if (block.kind !== 'paragraph' || !leads(block.text)) return []
    const rest = blocks.slice(index + 1)
    const count = rest.findIndex(({kind}) => kind !== 'code' && kind !== 'list' && kind !== 'table')
    const {end} = (count < 0 ? rest : rest.slice(0, count)).at(-1) ?? block
    return [{start: block.start, end}]
  })
}

/** The last item of a list, which speaks of the code below the list. */
function isLead(item: ListItem | undefined): boolean {
  if (!item || !label.test(item.text) || item.blocks.some(({kind}) => kind === 'code')) return false
  return (
    /:\s*$/u.test(item.text) ||
    /\b(?:below|following|as follows|(?:this|these) (?:scripts?|statements?|sql))\b/iu.test(item.text)
  )
}

const labels = new WeakMap<Section, readonly Span[]>()

/** Where a section speaks of the way back: labelled lines, items, what a sentence leads to. */
export function labelled(section: Section): readonly Span[] {
  const places = labels.get(section) ?? readLabelled(section)
  labels.set(section, places)
  return places
}

function readLabelled(section: Section): readonly Span[] {
  const items = section.lists.flatMap((list) => list.items).filter(({text}) => label.test(text))
  return [
    ...backFields(section).map(({start, end, blocks}) => ({
      start,
      end: Math.max(end, ...blocks.map((block) => block.end)),
    })),
    ...items,
    ...ledTo(section.blocks),
  ]
}

function backFields(section: Section): readonly Field[] {
  return [...section.fields, ...section.lists.flatMap(({items}) => items).flatMap(({fields}) => fields)]
    .flatMap(withInner)
    .filter((field) => label.test(field.label.text))
}

function withInner(field: Field): readonly Field[] {
  return [field, ...field.fields.flatMap(withInner)]
}
