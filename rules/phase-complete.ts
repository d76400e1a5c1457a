import {type Block, defineRule, type ListItem, type Section} from 'spec-lint/rule'

const settled =
  /^(?:none\b|n\/?a\b|no open\b|nothing\b|\[x\]|✅|☑|resolved\b|answered\b|closed\b|decided\b)|\b(?:resolved|answered|closed|decided)\b\s*[:(–—-]|\((?:resolved|answered|closed|decided)[^()]*\)\s*\.?$/i

export default defineRule({
  id: 'phase-complete',
  category: 'phases',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A document in a final status leaves nothing open.',
    why: 'People build from an approved document; what is open in it is decided by whoever comes across it.',
    remedy: 'Tick the item, answer the question, or take the document back to an earlier status.',
    exceptions:
      'Placeholders are the matter of `no-placeholder`. An open question that says how it was resolved, or has a statement below it, is answered.',
  },
  options: {},
  messages: {
    unchecked: {
      reason: 'Status is `{status}`, and `{item}` is not ticked',
      note: 'Tick it once it holds, or set the status back.',
    },
    question: {
      reason: 'Status is `{status}`, and the question `{item}` is open',
      note: 'Answer it, or set the status back.',
    },
    clarification: {reason: 'Status is `{status}`, and `{item}` is open', note: 'Clarify it, or set the status back.'},
  },
  check({document, type, report}) {
    const phase = type.status?.phase
    if (phase?.kind !== 'final') return
    const {status} = phase
    for (const section of type.withRole('acceptance')) {
      for (const item of section.lists.flatMap((list) => list.items)) {
        if (item.checked === false && item.checkbox)
          report.unchecked({start: item.checkbox.start, end: item.textSpan.end}, {status, item: item.text})
      }
    }
    for (const section of type.withRole('open-questions')) {
      for (const {start, end, text} of questions(section, document.text))
        report.question({start, end}, {status, item: text})
    }
    if (!document.text.includes('[NEEDS')) return
    for (const {text, start} of document.prose) {
      for (const match of text.matchAll(/\[NEEDS CLARIFICATION[^\]\n]*\]?/gu)) {
        report.clarification(
          {start: start + match.index, end: start + match.index + match[0].length},
          {status, item: match[0]},
        )
      }
    }
  },
})

function questions(
  section: Section,
  source: string,
): readonly {readonly start: number; readonly end: number; readonly text: string}[] {
  return section.blocks.flatMap((block: Block) => {
    if (block.kind === 'list')
      return block.items.filter((item) => !isSettled(item, source)).map(({textSpan, text}) => ({...textSpan, text}))
    return block.kind === 'paragraph' && !settled.test(block.text) && /\?\s*$/u.test(block.text) ? [block] : []
  })
}

function isSettled({text, textSpan, checked, blocks}: ListItem, source: string): boolean {
  return (
    text === '' ||
    checked === true ||
    settled.test(text) ||
    // Struck out.
    source.startsWith('~~', textSpan.start) ||
    blocks.some(
      (block) =>
        block.kind === 'list' &&
        block.items.some((item) => /^(?:answer|decision|resolution|resolved)\b/i.test(item.text)),
    ) ||
    /\?\s*(?:\*\*)?\S/u.test(text) ||
    (asks(text) && blocks.some((block) => block.kind === 'list' && block.items.some(isStatement)))
  )
}

function asks(text: string): boolean {
  return /\?\W*$/u.test(text)
}

/** Below a question: its answer, where it is not one more question. */
function isStatement({text}: ListItem): boolean {
  return text !== '' && !text.includes('?')
}
