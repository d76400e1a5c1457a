import {defineRule, list} from 'spec-lint/rule'

export default defineRule({
  id: 'list-items',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A list of steps that a section must have is there, with each step that the type names.',
    why: 'A step that is not written down is the one that is forgotten on the night of the deployment.',
    remedy: 'Add the step where the finding says.',
    exceptions: 'A step may also be a heading or a bold label; its leading words tell which one it is.',
  },
  options: {},
  messages: {
    absent: {reason: 'Section `{section}` has no list of steps', note: 'Add a numbered list{steps}.'},
    missing: {reason: 'Section `{section}` lacks the step `{step}`', note: 'Add it {place}.'},
    near: {reason: 'Step `{found}` looks like the required `{step}`', note: 'Write `{step}`.'},
  },
  check({type, report}) {
    for (const {steps, spec} of type.sections) {
      for (const {section, found, missing, lists} of steps) {
        const {heading} = section
        if (!heading || (section.blocks.length === 0 && section.children.length === 0)) continue
        const named = spec.steps?.items.filter(({required}) => required).map(({text}) => text) ?? []
        if (
          found.length === 0 &&
          lists.length === 0 &&
          missing.length === named.length &&
          section.children.length === 0
        ) {
          const swallowed = section.blocks.some(({kind}) => kind === 'other')
          if (!swallowed || named.length > 0)
            report.absent(heading.title, {
              section: heading.title.text,
              steps: named.length > 0 ? ` with the steps ${list(named)}` : '',
            })
          continue
        }
        for (const {spec: step, after, near} of missing) {
          if (near)
            report.near(
              near.lead ?? near.textSpan,
              {found: near.lead?.text ?? near.text, step: step.text},
              {expected: [step.text]},
            )
          else
            report.missing(after?.lead ?? after?.textSpan ?? heading.title, {
              section: heading.title.text,
              step: step.text,
              place: after ? `behind \`${(after.lead?.text ?? after.text).slice(0, 50)}\`` : 'as the first step',
            })
        }
      }
    }
  },
})
