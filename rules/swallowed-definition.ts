import {defineRule, type Definition} from 'spec-lint/rule'

const address =
  /^(?:[a-z][a-z0-9+.-]*:|\/|\.{1,2}\/|#|<|www\.)|[\w-]+\.(?:com|org|net|io|dev|md|html?|png|svg|jpe?g|gif|pdf|json|ya?ml|txt)\b|\//i

export default defineRule({
  id: 'swallowed-definition',
  category: 'phases',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No line of text has the form of a link definition, which Markdown drops from the page.',
    why: '`[Step 1]: …` reads as a step in the source and is nowhere on the page: reviewers approve what they never saw.',
    remedy: 'Write the line without brackets, or escape the first one: `\\[`.',
    exceptions:
      'Definitions that a link uses, whose target is an address, a path or an anchor, and comments such as `[//]: # (…)`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    dropped: {
      reason: 'Markdown takes `{line}` for a link definition and drops it from the page',
      note: 'Write it without the brackets, or escape the first one: `\\[`.',
    },
  },
  check({document, type, report}) {
    for (const definition of document.definitions) {
      if (!isText(definition)) continue
      const {start, end} = definition
      // What the author still has to fill in shows once it is on the page.
      const isOpen = type.type.template.placeholders.includes(`[${definition.label}]`) || /[[{<]/u.test(definition.url)
      const safety = isOpen ? ('unsafe' as const) : ('safe' as const)
      report.dropped(
        definition,
        {line: document.text.slice(start, end)},
        {fix: {title: 'Escape the bracket', safety, edits: [{start, end: start, text: '\\'}]}},
      )
    }
  },
})

function isText({label, url, used}: Definition): boolean {
  return !used && !/^(?:\/\/|comment|#|_.*)$/i.test(label) && url !== '' && !address.test(url)
}
