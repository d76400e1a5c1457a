import {defineRule, guidanceIn, sectionAt, type Span, type SpecDocument} from 'spec-lint/rule'

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
      report.left(
        {start, end},
        {sentence},
        {
          fix: {
            title: 'Delete the sentence',
            safety: isSpare({start, end}, left, document) ? 'safe' : 'unsafe',
            edits: [{...(listed({start, end}, document) ?? whole(document.text, start, end)), text: ''}],
          },
        },
      )
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

/** The last line of a list in code, with the comma in front of it: what stands behind it closes the list. */
function listed({start, end}: Span, {codes, text}: SpecDocument): Span | undefined {
  if (!codes.some((code) => start >= code.start && end <= code.end)) return undefined
  const comma = /,\s*(?:\r\n|\n|\r)[ \t]*$/u.exec(text.slice(Math.max(0, start - 200), start))?.[0]
  return comma !== undefined && /^[ \t]*(?:\r\n|\n|\r)\s*[)\]}]/u.test(text.slice(end, end + 200))
    ? {start: start - comma.length, end}
    : undefined
}

/** The sentence, or the whole line with its ending when nothing else stands on it. */
function whole(text: string, start: number, end: number): {readonly start: number; readonly end: number} {
  const before = /[^\r\n]*$/u.exec(text.slice(Math.max(0, start - 200), start))?.[0] ?? ''
  const after = /^[ \t]*(?:\r\n|\n|\r|$)/u.exec(text.slice(end, end + 200))?.[0]
  const alone = /^[\s>*+-]*(?:\d+[.)]\s*)?$/u.test(before) && after !== undefined
  return alone
    ? {start: start - before.length, end: end + (after?.length ?? 0)}
    : {start: /\s$/u.test(before) ? start - 1 : start, end}
}
