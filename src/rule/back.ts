import {expression} from '../document/expressions.ts'
import {slug} from 'github-slugger'
import {isWithin} from '../document/places.ts'
import {kept, remembered} from '../document/remembered.ts'
import {countBefore} from '../document/search.ts'
import type {Block, CodeBlock, Field, ListItem, Section, Span, SpecDocument} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'

const words = String.raw`roll(?:ing|ed)?[ -]?backs?|back(?:ing)?[ -]?outs?|ways? back|going back|revers(?:al|ing)|down[ -]?migrations?|downgrad(?:e|ing)|revert(?:ing)?|undo(?:ing)?|roll(?:ing|ed)?\s+(?:it|this|that|them|everything|the\s+\w+)\s+back`
const back = expression('i')`\b(?:${words})\b`
/** Words that speak of the way back only where they begin a label or are a title. */
const ahead = String.raw`(?:backwards?|reverse|back)(?=\W*$|\s*[:(]|\s+(?:migration|script|plan|sql|steps?|half|part|direction)\b)`
const label = expression('i')`^\W*(?:(?:to|the|our|its|a)\s+)?(?:database\s+|migration\s+)?(?:${words}|down\b|${ahead})`
const forward = String.raw`(?:migrations?|deploy(?:ment)?|roll-?out|upgrade|forward|apply|up)`
const both = expression(
  'i',
)`\b${forward}\s*(?:and|&|\/|\+)|(?:\band|&|\/|\+)\s*(?:the\s+)?${forward}\b|\bup\s*(?:and|\/|&)\s*down\b`

const half = String.raw`(?:\s+(?:migration|script|plan|section|steps?|half|part|statements?|sql))*(?:\s+(?:of|for)\s+(?:(?:step|version|revision|migration)\s+)?[\w./-]{1,60}(?:\s*[:(].*)?|\s+\d[\w.]{0,20}(?:\s*[:(].*)?)?`
const marker = expression(
  'gim',
)`^[ \t]*(?:--|#|\/\/|\/\*)[\s=*#@+-]*(?:goose\s+|migrate[: ]\s*|migration\s+)?(?:(?<down>down|undo|revert|reverse|backwards?|downgrade|roll ?back)|(?<up>up|forwards?|upgrade|apply|migrate|migration))${half}(?:\s+transaction:\w+)?[\s:=*#-]*(?:\*\/)?[ \t]*$`

/** A line above a script that ends in a colon: "To go back:", "If it has to be undone:". */
const condition = expression(
  'i',
)`^\W*(?:to|if|when|should|in case|for)\b[^.;]{0,80}\b(?:${words}|undone|(?:go|going|get|step|taken?|turn|switch) back|back-?out)\b[^.;]{0,60}:\s*$`
/** A sentence that is no more than a title: "Rollback script (`down.sql`)." */
const titleAlone = expression(
  'i',
)`^\W*(?:(?:the|our|its|a)\s+)?(?:database\s+|migration\s+)?(?:${words}|down)(?:\s+(?:migration|script|plan|section|steps?|procedure|strategy|half|part|statements?|sql))*(?:\s+(?:of|for|to)(?:\s+[\w\x60.-]{1,40}){1,3})?(?:\s*\([^()]{1,60}\))?\s*\.$`
/** "Its rollback puts the text together again." */
const ofIt = expression('i')`^\W*(?:its|the)\s+(?:${words})\s+(?!is\b|isn|of\b|plan\b|needs?\b|was\b|has\b|can)`
/** The file of a script, as tools call it. */
const file =
  /(?:^|[\s`/._-])(?:down|rollback|undo|revert|downgrade)(?:[_-]\w+)?\.sql\b|(?:^|[\s`/(])(?:down|rollbacks?|undo|revert|downgrade)\/[\w./-]{1,120}\.sql\b|(?:^|[\s`/(])U\d[\d._]{0,20}__\w{1,100}\.sql\b/i
/** "**(4) `0012_drop_seats.sql`** (rollback)" */
const inBrackets = /\.sql\W{0,6}\((?:rollback|roll back|way back|down|undo|revert)\)\W*$/i
/** A heading such as "Down", "Down (`0007_x.sql`)", "Down script". */
const downTitle = /^\W*(?:down|backwards?(?!-)|reverse(?!-))(?:\s+(?:script|sql|steps?|half|part))?\s*(?:$|[(:–—`-])/i
const fileAlone = /^\W*[\w./-]+\.sql\W*$/i
/** "`down.sql` (rollback).": the first sentence of more. */
const fileFirst = /^\W*[\w./-]+\.sql\W*(?:\([^()]{1,60}\)\W*)?$/i
/** "Down, `0007_seats/down.sql`.": the same. */
const downFirst = expression(
  'i',
)`^\W*(?:${words}|down|backwards?|reverse)(?:\s+(?:script|file|in|is))?[\s,:–—(\x60-]{1,8}[\w./-]{1,200}\.sql\W*$`
/** "The following reverts it:" */
const reverting =
  /^\W*(?:the following|this|these|below|the (?:script|sql|statements?|commands?|code)(?: below)?)\b[^.;:]{0,60}\b(?:reverts?|undo(?:es)?|reverses?|(?:rolls?|takes?)\b[^.;:]{0,30}\bback)\b[^.;]{0,60}:\s*$/i
const forwardFile = /(?:^|[\s`/._-])(?:up|upgrade|apply|deploy)(?:[_-]\w+)?\.sql\b/i

/** Whether SQL belongs to the way back: by a comment above it, its section, its label, or the line above it. */
export function isBack({code, section, start}: StatementFact, document: SpecDocument): boolean {
  const all = marksIn(code)
  const marked = all[countBefore(all, ({at}) => at < start) - 1]
  if (marked) return marked.isDown
  return isBackSection(section, document) || isBackFile(code.meta ?? '') || isLabelled(code, section)
}

/** A line that names the script which begins below it: `-- 000042_seats.down.sql (no transaction)`, `-- Phase 2: 000037_seats.up.sql`. */
const scriptName =
  /^[ \t]*(?:--|\/\*)[ \t=*–—-]{0,20}(?:[^\n:]{0,60}:[ \t]{0,9})?(?:[\w.-]{1,80}\/){0,8}(?:[\w.-]{1,120}[._-](?<down>down|rollback|undo|revert)\.sql|[\w.-]{1,120}[._-](?<up>up|apply|deploy)\.sql|(?<undo>U)\d[\d._]{0,20}__\w{1,100}\.sql|(?<versioned>V)\d[\d._]{0,20}__\w{1,100}\.sql)\b/gim

interface Mark {
  readonly at: number
  readonly isDown: boolean
}

const marks = kept<readonly Mark[]>()

/** The comments of a fence that say which half begins there, such as `-- +goose Down`. */
function marksIn(code: CodeBlock): readonly Mark[] {
  return marks(code, () =>
    [...code.value.matchAll(marker), ...scriptMarks(code.value)]
      .map(({index, groups}) => ({
        at: code.offsetAt(index),
        isDown: groups?.['down'] !== undefined || groups?.['undo'] !== undefined,
      }))
      .toSorted((a, b) => a.at - b.at),
  )
}

/** Only where scripts of both halves are named: a fence of one half may name those of the other. */
function scriptMarks(value: string): readonly RegExpExecArray[] {
  const found = [...value.matchAll(scriptName)]
  const isBackwards = ({groups}: RegExpExecArray): boolean =>
    groups?.['down'] !== undefined || groups?.['undo'] !== undefined
  return found.some(isBackwards) && !found.every(isBackwards) ? found : []
}

/** Whether a section, or one around it, is about the way back: by its title, or since a labelled line leads to it. */
export function isBackSection(section: Section, document: SpecDocument): boolean {
  return backSections(section, () => isNamedBack(section, document))
}

const backSections = kept<boolean>()

function isNamedBack(section: Section, document: SpecDocument): boolean {
  for (let one: Section | undefined = section; one?.heading && one.depth > 1; one = one.parent) {
    const {text: title} = one.heading.title
    if (isBackTitle(title) || (!both.test(title) && isPointedTo(one, document))) return true
  }
  return false
}

const isBackTitle = remembered(
  (title) => isBackFile(title) || downTitle.test(title) || (!both.test(title) && back.test(title)),
)

/** A labelled line for the way back names the section, or links to it. */
function isPointedTo({heading}: Section, document: SpecDocument): boolean {
  const {titles, anchors} = pointers(document)
  if (titles.length === 0 && anchors.size === 0) return false
  return heading !== undefined && (titles.includes(heading.title.text) || anchors.has(anchorOf(heading.title.text)))
}

const anchorOf = remembered((title) => slug(title))

interface Pointers {
  /** What stands in quotation marks. */
  readonly titles: readonly string[]
  readonly anchors: ReadonlySet<string>
}

const pointing = kept<Pointers>()

function pointers(document: SpecDocument): Pointers {
  return pointing(document, () => readPointers(document))
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

function isBackFile(text: string): boolean {
  return file.test(text) && !forwardFile.test(text)
}

/** In a labelled line, an item or below a line that says so. */
function isLabelled(code: CodeBlock, section: Section): boolean {
  return labelled(section).some((place) => isWithin(code.start, place))
}

/** "Rollback:", "Rollback. The seats go back:", "On failure we stop. To roll back, run:", "`down.sql`" */
const leads = remembered((text) => {
  const isOpen = text.endsWith(':')
  const sentences = text.split(/(?<=[.!?])\s+/u)
  const sentence = sentences.at(-1) ?? ''
  return (
    condition.test(text) ||
    inBrackets.test(text) ||
    reverting.test(sentence) ||
    titleAlone.test(sentences[0] ?? '') ||
    (isOpen && (label.test(sentence) || ofIt.test(sentences[0] ?? ''))) ||
    (text.length < 40 && label.test(text)) ||
    ((isOpen || text.length < 80) && isBackFile(text)) ||
    downFirst.test(sentences[0] ?? '') ||
    (fileFirst.test(sentences[0] ?? '') && isBackFile(sentences[0] ?? ''))
  )
})

const isLabel = remembered((text) => label.test(text))

/** The last item of a list, which speaks of what stands below the list. */
function isLead(item: ListItem | undefined): boolean {
  if (!item || !isLabel(item.text) || item.blocks.some(({kind}) => kind === 'code')) return false
  return (
    /:\s*$/u.test(item.text) ||
    /\b(?:below|following|as follows|in this order|(?:this|these) (?:scripts?|statements?|sql|steps))\b/i.test(
      item.text,
    )
  )
}

/** What a sentence leads to: the code, lists and tables right below it, wherever in a list they stand. */
function ledTo(all: readonly Block[], lead?: ListItem): readonly Span[] {
  // A comment between a sentence and what it leads to parts them for no reader.
  const blocks = all.filter(({kind}) => kind !== 'html')
  const below = lead && leads(lead.text) ? run(blocks, 0) : []
  return [
    ...below,
    ...blocks.flatMap((block, index) => {
      if (block.kind === 'list')
        return [
          ...block.items.flatMap((item) => ledTo(item.blocks, item)),
          ...(isLead(block.items.at(-1)) ? run(blocks.slice(index + 1, index + 2), 0) : []),
        ]
      if (block.kind !== 'paragraph' || !leads(block.text)) return []
      const rest = run(blocks, index + 1)
      // A file's name is a title: a sentence may stand between it and what the file has.
      const isTitle = rest.length === 0 && fileAlone.test(block.text) && blocks[index + 1]?.kind === 'paragraph'
      return [block, ...(isTitle ? run(blocks, index + 2) : rest)]
    }),
  ]
}

/** Blocks from a place on, as long as they are code, lists and tables; behind code, not a list that begins with the next step. */
function run(blocks: readonly Block[], from: number): readonly Block[] {
  let end = from
  while (
    /^(?:code|list|table)$/u.test(blocks[end]?.kind ?? '') &&
    !(end > from && isNextStep(blocks[end], blocks[end - 1]))
  )
    end += 1
  return blocks.slice(from, end)
}

/** "4. **Testing:**" */
function isNextStep(block: Block | undefined, before: Block | undefined): boolean {
  if (block?.kind !== 'list' || before?.kind !== 'code') return false
  const lead = block.items[0]?.lead?.text
  return lead !== undefined && !isLabel(lead)
}

const labels = kept<readonly Span[]>()

/** Where a section speaks of the way back: labelled lines, items, sentences and what they lead to. */
export function labelled(section: Section): readonly Span[] {
  return labels(section, () => readLabelled(section))
}

function readLabelled(section: Section): readonly Span[] {
  const items = section.lists.flatMap((list) => list.items).filter(({text}) => isLabel(text))
  return [
    ...backFields(section).map(({start, end, blocks}) => ({
      start,
      end: Math.max(end, ...blocks.map((block) => block.end)),
    })),
    ...items,
    ...ledTo(section.blocks),
  ]
}

const scripts = /^\W*(?:(?:database|schema|sql)\s+)?migrations?(?:\s+(?:scripts?|sql|steps|contents?))?\W*$/i

/** Whether SQL stands below a labelled line for the migration, as where one section has both the model and the way to it. */
export function isInMigrationField(statement: Pick<StatementFact, 'section' | 'start'>): boolean {
  return migrationField(statement) !== undefined
}

/** The labelled line for the migration, with all that is below it, in which SQL stands. */
export function migrationField({section, start: at}: Pick<StatementFact, 'section' | 'start'>): Span | undefined {
  return section.fields
    .filter(({label: {text}}) => scripts.test(text))
    .map(({start, end, blocks}) => ({start, end: Math.max(end, ...blocks.map((block) => block.end))}))
    .find(({start, end}) => start <= at && at < end)
}

const backFieldsKnown = kept<readonly Field[]>()

function backFields(section: Section): readonly Field[] {
  return backFieldsKnown(section, () =>
    [...section.fields, ...section.lists.flatMap(({items}) => items).flatMap(({fields}) => fields)]
      .flatMap(withInner)
      .filter((field) => isLabel(field.label.text)),
  )
}

/** A labelled line and those of the lists below it. */
export function withInner(field: Field): readonly Field[] {
  return field.fields.length === 0 ? [field] : [field, ...field.fields.flatMap(withInner)]
}
