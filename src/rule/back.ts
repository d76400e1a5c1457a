import {isWithin} from '../document/places.ts'
import type {Block, CodeBlock, Field, ListItem, Section, Span, SpecDocument} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'

const words = String.raw`roll(?:ing|ed)?[ -]?backs?|down[ -]?migrations?|downgrad(?:e|ing)|revert(?:ing)?|undo(?:ing)?|roll(?:ing|ed)?\s+(?:it|this|that|them|everything|the\s+\w+)\s+back`
const back = new RegExp(String.raw`\b(?:${words})\b`, 'iu')
const label = new RegExp(String.raw`^\W*(?:to\s+)?(?:database\s+|migration\s+)?(?:${words}|down\b)`, 'iu')
const forward = String.raw`(?:migrations?|deploy(?:ment)?|roll-?out|upgrade|forward|apply|up)`
const both = new RegExp(
  String.raw`\b${forward}\s*(?:and|&|\/|\+)|(?:\band|&|\/|\+)\s*(?:the\s+)?${forward}\b|\bup\s*(?:and|\/|&)\s*down\b`,
  'iu',
)
const half = String.raw`(?:\s+(?:migration|script|plan|section|steps?|half|part|statements?|sql))*`
const marker = new RegExp(
  String.raw`^[ \t]*(?:--|#|\/\/|\/\*)[\s=*#@+-]*(?:goose\s+|migrate[: ]\s*|migration\s+)?(?:(?<down>down|undo|revert|downgrade|roll ?back)|(?<up>up|forward|upgrade|apply|migrate|migration))${half}[\s:=*#-]*(?:\*\/)?[ \t]*$`,
  'gimu',
)

/** A line above a script that ends in a colon: "To go back:", "If it has to be undone:". */
const condition = new RegExp(
  String.raw`^\W*(?:to|if|when|should|in case|for)\b[^.;]{0,80}\b(?:${words}|undone|(?:go|going|get|step|taken?|turn|switch) back|back-?out)\b[^.;]{0,60}:\s*$`,
  'iu',
)
/** The file of a script, as tools call it. */
const file = /(?:^|[\s`/._-])(?:down|rollback|undo|revert|downgrade)(?:[_-]\w+)?\.sql\b/iu
const forwardFile = /(?:^|[\s`/._-])(?:up|upgrade|apply|deploy)(?:[_-]\w+)?\.sql\b/iu

/** Whether SQL belongs to the way back: by a comment above it, its section, its label, or the line above it. */
export function isBack({code, section, start}: StatementFact, document: SpecDocument): boolean {
  const marked = [...code.value.matchAll(marker)].findLast(({index}) => code.offsetAt(index) < start)
  if (marked) return marked.groups?.['down'] !== undefined
  return isBackSection(section) || isBackFile(code.meta ?? '') || isLabelled(code, section, document)
}

export function isBackSection(section: Section): boolean {
  for (let one: Section | undefined = section; one?.heading && one.depth > 1; one = one.parent) {
    const title = one.heading.title.text
    if ((back.test(title) && !both.test(title)) || isBackFile(title)) return true
  }
  return false
}

function isBackFile(text: string): boolean {
  return file.test(text) && !forwardFile.test(text)
}

/** In a labelled line, an item or below a line that says so. */
function isLabelled(code: CodeBlock, section: Section, document: SpecDocument): boolean {
  const item = document.lists
    .flatMap(({items}) => items)
    .findLast(
      (one) => one.start <= code.start && code.end <= one.end && one.blocks.some(({start}) => start === code.start),
    )
  const before = (item ?? section).blocks.findLast(({end}) => end <= code.start)
  if (isLeadBlock(before) || (item && before === undefined && isLeadText(item.text))) return true
  return labelled(document, section).some((place) => isWithin(code.start, place))
}

/** The block above a script, which speaks of it. */
function isLeadBlock(before: Block | undefined): boolean {
  if (before?.kind === 'list') return isLead(before.items.at(-1))
  return before?.kind === 'paragraph' && isLeadText(before.text)
}

function isLeadText(text: string): boolean {
  if (condition.test(text)) return true
  const isShort = text.endsWith(':') || text.length < 40
  return (isShort && label.test(text)) || ((isShort || text.length < 80) && isBackFile(text))
}

/** The last item of a list, which speaks of what stands below the list. */
function isLead(item: ListItem | undefined): boolean {
  if (!item || !label.test(item.text) || item.blocks.some(({kind}) => kind === 'code')) return false
  return (
    /:\s*$/u.test(item.text) ||
    /\b(?:below|following|as follows|in this order|(?:this|these) (?:scripts?|statements?|sql|steps))\b/iu.test(
      item.text,
    )
  )
}

/** Labelled lines and items that speak of the way back, and the table or list below the last of them. */
export function labelled({lists}: SpecDocument, section: Section): readonly Span[] {
  const own = lists.filter(({start}) => isWithin(start, section)).flatMap((list) => list.items)
  const fields = [...section.fields, ...own.flatMap((item) => item.fields)]
    .flatMap(withInner)
    .filter((field) => label.test(field.label.text))
  const below = section.blocks.filter(
    ({kind}, index) => (kind === 'table' || kind === 'list') && isLeadBlock(section.blocks[index - 1]),
  )
  return [
    ...fields.map(({start, end, blocks}) => ({start, end: Math.max(end, ...blocks.map((block) => block.end))})),
    ...own.filter(({text}) => label.test(text)),
    ...below,
  ]
}

function withInner(field: Field): readonly Field[] {
  return [field, ...field.fields.flatMap(withInner)]
}
