import {
  type BoundSteps,
  bulletOf,
  defineRule,
  type Fix,
  isUnfilled,
  lineEnd,
  list,
  type ListItem,
  replacementOf,
  type Section,
  type SpecDocument,
  type Text,
} from 'spec-lint/rule'

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
    absent: {reason: 'Section `{section}` has no task list', note: 'Add the items{items}, each as `- [ ] …`.'},
    none: {
      reason: 'The task list of section `{section}` has none of the required items',
      note: 'Add {items}, each as `- [ ] …`.',
    },
    missing: {reason: 'The task list of section `{section}` lacks `{item}`', note: 'Add `- [ ] {item}`.'},
    near: {reason: 'Task `{found}` looks like the required `{item}`', note: 'Write `{item}`.'},
    plain: {reason: 'Task `{item}` has no check box', note: 'Write `- [ ] {item}`.'},
    plainAll: {
      reason: 'The items of section `{section}` have no check boxes',
      note: 'Write each as a task: `- [ ] {item}`.',
    },
  },
  check({document, type, report}) {
    for (const {checklists, spec, state} of type.sections) {
      if (!spec.checklist?.required) continue
      const required = spec.checklist.items.filter((item) => item.required)
      const named = (required.length > 0 ? required : spec.checklist.items).map(({text}) => text)
      const items = list(named)
      for (const bound of checklists) {
        const {section, found, missing, lists} = bound
        const title = section.heading?.title
        // What stands below a heading of the wrong level is not its own.
        if (!title || (state === 'depth' && lists.length === 0)) continue
        const boxes = lists.some((one) => one.items.some(({checked}) => checked !== undefined))
        if (!boxes && found.length === 0) {
          if (!isUnfilled(section, document))
            report.absent(
              title,
              {section: title.text, items: named.length > 0 ? ` ${items}` : ''},
              named.length > 0 ? {fix: listOf(section, named, document)} : {},
            )
          continue
        }
        checkBoxes(bound, title, boxes)
        if (found.length === 0 && missing.length > 1 && !missing.some(({near}) => near)) {
          const last = itemsOf(lists).at(-1)
          const texts = missing.map((one) => one.spec.text)
          report.none(title, {section: title.text, items}, last ? {fix: addition(last, texts, document)} : {})
          continue
        }
        for (const {spec: step, after, near} of missing) {
          const data = {section: title.text, item: step.text}
          const beside = after ?? itemsOf(lists)[0]
          if (near) report.near(near.textSpan, {...data, found: near.text}, replacementOf(near.textSpan, [step.text]))
          else if (beside) {
            const together = missing.filter((one) => !one.near && one.after === after).map((one) => one.spec.text)
            report.missing(after?.textSpan ?? title, data, {
              fix: addition(beside, together, document, after === undefined),
            })
          }
        }
      }
    }

    function checkBoxes({found, lists}: BoundSteps, title: Text, boxes: boolean): void {
      const plain = found.filter(({item}) => item.checked === undefined)
      const [first] = plain
      if (!first) return
      const fix = (items: readonly ListItem[]): Fix => ({
        title: items.length > 1 ? 'Add the check boxes' : 'Add the check box',
        safety: 'unsafe',
        edits: items.map(({textSpan: {start}}) => ({start, end: start, text: '[ ] '})),
      })
      if (!boxes && plain.length > 1) {
        const own = lists.filter(({items}) => items.some((item) => plain.some((one) => one.item === item)))
        const all = own.flatMap(({items}) => items)
        const data = {section: title.text, item: first.spec.text}
        report.plainAll(first.item.textSpan, data, {fix: fix(all)})
        return
      }
      for (const {item, spec} of plain) {
        const expected = [`[ ] ${document.source.slice(item.textSpan)}`]
        report.plain(item.textSpan, {item: spec.text}, {expected, fix: fix([item])})
      }
    }
  },
})

/** The items among which a task goes: those with a box, else all. */
function itemsOf(lists: BoundSteps['lists']): readonly ListItem[] {
  const all = lists.flatMap(({items}) => items)
  const tasks = all.filter(({checked}) => checked !== undefined)
  return tasks.length > 0 ? tasks : all
}

/** A list of its own, behind what the section holds. */
function listOf({body}: Section, texts: readonly string[], document: SpecDocument): Fix {
  const {eol} = document.source
  const start = body.start + document.text.slice(body.start, body.end).trimEnd().length
  const text = eol + eol + texts.map((one) => `- [ ] ${one}`).join(eol)
  return {title: 'Add the task list', safety: 'unsafe', edits: [{start, end: start, text}]}
}

/** Further items behind another, or before it. */
function addition(beside: ListItem, texts: readonly string[], document: SpecDocument, before = false): Fix {
  const {source} = document
  const {eol} = source
  const lines = texts.map((text) => `${bulletOf(document, beside)}[ ] ${text}`)
  const offset = before ? source.lineSpan(source.lineOf(beside.start)).start : lineEnd(document, beside.end)
  const text = lines.map((line) => (before ? line + eol : eol + line)).join('')
  return {
    title: texts.length > 1 ? 'Add the items' : 'Add the item',
    safety: 'unsafe',
    edits: [{start: offset, end: offset, text}],
  }
}
