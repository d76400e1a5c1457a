import {defineRule, list} from 'spec-lint/rule'

export default defineRule({
  id: 'required-checklist',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A task list that a section must have is there, with all of its items.',
    why: 'A checklist is a promise to look at each point; an item that was deleted is a point that nobody looks at.',
    remedy: 'Add the item. If it does not apply, keep it and say so behind it.',
    exceptions:
      'Items are known by their leading words: what an author adds to them, and further items, are welcome. Ticks are the matter of `phase-complete`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    absent: {reason: 'Section `{section}` has no task list', note: 'Add the items {items}, each as `- [ ] …`.'},
    missing: {reason: 'The task list of section `{section}` lacks `{item}`', note: 'Add `- [ ] {item}`.'},
    near: {reason: 'Task `{found}` looks like the required `{item}`', note: 'Write `{item}`.'},
    plain: {reason: 'Task `{item}` has no check box', note: 'Write `- [ ] {item}`.'},
  },
  check({document, type, report}) {
    for (const {checklists, spec} of type.sections) {
      if (!spec.checklist?.required) continue
      for (const {section, found, missing, lists} of checklists) {
        const {heading} = section
        if (!heading || (section.blocks.length === 0 && section.children.length === 0)) continue
        const boxes = lists.some(({items}) => items.some(({checked}) => checked !== undefined))
        if (!boxes && found.length === 0) {
          report.absent(heading.title, {
            section: heading.title.text,
            items: list(spec.checklist.items.map(({text}) => text)),
          })
          continue
        }
        for (const {spec: step, item} of found) {
          if (item.checked === undefined) report.plain(item.textSpan, {item: step.text})
        }
        for (const {spec: step, after, near} of missing) {
          if (near) report.near(near.textSpan, {found: near.text, item: step.text}, {expected: [step.text]})
          else {
            const at = after?.textSpan ?? heading.title
            const offset = after?.end ?? lists[0]?.start ?? heading.end
            const {eol} = document.source
            const text = after ? `${eol}- [ ] ${step.text}` : `- [ ] ${step.text}${eol}`
            report.missing(
              at,
              {section: heading.title.text, item: step.text},
              {fix: {title: 'Add the item', safety: 'unsafe', edits: [{start: offset, end: offset, text}]}},
            )
          }
        }
      }
    }
  },
})
