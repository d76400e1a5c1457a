import {defineRule, type Fix, type Section, type SpecDocument} from 'spec-lint/rule'

export default defineRule({
  id: 'section-order',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Sections stand in the order of the type.',
    why: 'Documents of one type are read side by side.',
    remedy: 'Move the whole section. The fewest sections whose move restores the order are reported.',
    exceptions: "Sections of the author's own may stand anywhere.",
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    after: {reason: 'Section `{section}` is out of order', note: 'Move it behind section `{neighbour}`.'},
    before: {reason: 'Section `{section}` is out of order', note: 'Move it before section `{neighbour}`.'},
  },
  check({document, type, report}) {
    for (const {displaced} of type.sections) {
      for (const {section, after, before} of displaced) {
        const {heading} = section
        if (!heading) continue
        if (before?.heading && (!after || before.start < section.start))
          report.before(
            heading.title,
            {section: heading.text, neighbour: before.heading.text},
            {fix: moveOf(section, before.start, document)},
          )
        else
          report.after(
            heading.title,
            {section: heading.text, neighbour: after?.heading?.text ?? 'the title'},
            after ? {fix: moveOf(section, after.end, document)} : {},
          )
      }
    }
  },
})

/** Takes a section out, with all that stands below it, and puts it in at an offset; empty lines stay between. */
function moveOf(section: Section, to: number, {text, source: {eol}}: SpecDocument): Fix {
  const body = text.slice(section.start, section.end).trimEnd()
  const isLast = section.end === text.length
  // At the end of the file its last line ending stays the last one.
  const from = isLast ? text.slice(0, section.start).trimEnd().length : section.start
  const until = isLast ? section.start + body.length : section.end
  const atEnd = to === text.length
  const place = atEnd ? text.trimEnd().length : to
  const gap = /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)[ \t]*$/u.test(text.slice(Math.max(0, place - 20), place)) ? '' : eol
  const moved = atEnd ? eol + eol + body : gap + body + eol + eol
  return {
    title: 'Move the section',
    safety: 'unsafe',
    edits: [
      {start: from, end: until, text: ''},
      {start: place, end: place, text: moved},
    ],
  }
}
