import {defineRule, headingForm, related, type Section} from 'spec-lint/rule'

export default defineRule({
  id: 'duplicate-section',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No two sections beside each other have the same heading.',
    why: 'Of two sections of one name a reader finds one, and a link always leads to the first.',
    remedy: 'Join the two, or say in the headings how they differ.',
    exceptions: 'The same heading under different sections is fine.',
  },
  options: {},
  messages: {
    twice: {
      reason: 'Section `{section}` is there already, on line {line}',
      note: 'Join the two, or say in the heading how they differ.',
    },
  },
  check({document, report}) {
    for (const parent of [document.root, ...document.sections]) {
      const seen = new Map<string, Section>()
      for (const section of parent.children) {
        const {heading} = section
        // A heading that is all placeholder stands for several; a second title is the matter of `title-format`.
        if (
          !heading ||
          heading.depth === 1 ||
          document.placeholders.some(({start, end}) => start >= heading.start && end <= heading.end)
        )
          continue
        const form = headingForm(heading.title.text)
        const first = seen.get(form)
        if (first?.heading) {
          const line = document.source.lineOf(first.heading.start)
          report.twice(
            heading.title,
            {section: heading.title.text, line},
            related(first.heading.title, 'the first one'),
          )
        } else if (form !== '') seen.set(form, section)
      }
    }
  },
})
