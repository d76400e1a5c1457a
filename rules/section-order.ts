import {defineRule} from 'spec-lint/rule'

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
  options: {},
  messages: {
    after: {reason: 'Section `{section}` is out of order', note: 'Move it behind section `{neighbour}`.'},
    before: {reason: 'Section `{section}` is out of order', note: 'Move it before section `{neighbour}`.'},
  },
  check({type, report}) {
    for (const {displaced} of type.sections) {
      for (const {section, after, before} of displaced) {
        const {heading} = section
        if (!heading) continue
        if (before?.heading && (!after || before.start < section.start))
          report.before(heading.title, {section: heading.text, neighbour: before.heading.text})
        else report.after(heading.title, {section: heading.text, neighbour: after?.heading?.text ?? 'the title'})
      }
    }
  },
})
