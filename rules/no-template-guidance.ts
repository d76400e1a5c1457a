import {defineRule, guidanceIn, removalOf, sectionAt, type Span, type SpecDocument} from 'spec-lint/rule'

export default defineRule({
  id: 'no-template-guidance',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No sentence of the template that instructs the author is left.',
    why: 'Instructions between the answers make a reader wonder which of the two the text is.',
    remedy: 'Delete the sentence, or say in your own words what it asks for.',
    exceptions: 'A sentence in an HTML comment is not shown, and stays.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    left: {reason: "The template's own words `{sentence}` are left", note: 'Delete them, or write what they ask for.'},
  },
  check({document, type, report}) {
    const left = guidanceIn(document, type.type.template.guidance)
    for (const {start, end, sentence} of left) {
      const edit = removalOf({start, end}, document)
      const safety = isSpare({start, end}, left, document) ? 'safe' : 'unsafe'
      const extra = edit ? {fix: {title: 'Delete the sentence', safety, edits: [edit]} as const} : {}
      report.left({start, end}, {sentence}, extra)
    }
  },
})

/** Whether something else is left in its section: it stands in a paragraph, and another block holds none of the template's words. */
function isSpare({start, end}: Span, left: readonly Span[], document: SpecDocument): boolean {
  const section = sectionAt(document, start)
  const holds = (block: Span, span: Span): boolean => span.start >= block.start && span.end <= block.end
  const blocks = section.blocks.filter(({kind}) => kind !== 'html' && kind !== 'other')
  const own = blocks.find((block) => holds(block, {start, end}))
  if (own?.kind !== 'paragraph' || section.fields.some((field) => holds(own, field))) return false
  return blocks.some((block) => block !== own && !left.some((span) => holds(block, span)))
}
