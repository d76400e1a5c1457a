import {defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'unknown-section',
  category: 'structure',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'Every section is one that the type knows.',
    why: 'Some processes want one outline and nothing beside it.',
    remedy: 'Move the content to a section of the type, or add the section to the type.',
    exceptions: 'The rule is off unless a type or a configuration switches it on.',
  },
  options: {},
  messages: {
    unknown: {
      reason: 'Section `{section}` is not one of the type `{type}`',
      note: 'Move its content to a section of the type, or add the section to the type.',
    },
  },
  check({type, report}) {
    for (const {heading} of type.extras) {
      if (heading) report.unknown(heading.title, {type: type.type.name, section: heading.title.text})
    }
  },
})
