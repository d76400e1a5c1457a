import {asksForRollback, defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'empty-section',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A section of the type has content.',
    why: 'A heading with nothing below it looks answered in the outline, and is not.',
    remedy: 'Write the section. If it does not apply, say why: `N/A: reason`.',
    exceptions:
      'A section that holds placeholders alone is reported by `no-placeholder`. `None.` is an answer where the type lets a section be left out, and `N/A` in a section that need not be there, and in one of open questions.',
  },
  options: {},
  messages: {
    empty: {reason: 'Section `{section}` is empty', note: 'Write what belongs there{way}.'},
    comment: {reason: 'Section `{section}` holds nothing but a comment', note: 'Write what belongs there{way}.'},
    nothing: {reason: 'Section `{section}` says nothing but `{text}`', note: 'Write what belongs there{way}.'},
  },
  check({document, type, schema, report}) {
    for (const {spec, hollow, required} of type.sections) {
      const orWhy = spec.omittable !== false || !required ? ', or `N/A:` and the reason' : ''
      const way = spec.required === false ? ', or leave the section out' : orWhy
      for (const {section, kind, text} of hollow) {
        const {heading} = section
        if (!heading || (spec.role === 'rollback' && asksForRollback({document, type, schema}))) continue
        const name = heading.title.text
        if (kind === 'empty') report.empty(heading.title, {section: name, way})
        else if (kind === 'comment') report.comment(heading.title, {section: name, way})
        else report.nothing(heading.title, {section: name, text, way})
      }
    }
  },
})
