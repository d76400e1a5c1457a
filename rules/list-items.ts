import {type BoundSteps, defineRule, isUnfilled, list, type Text} from 'spec-lint/rule'

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
  fixable: 'unsafe',
  options: {},
  messages: {
    absent: {reason: 'Section `{section}` has no list of steps', note: 'Add a numbered list{steps}.'},
    none: {reason: 'Section `{section}` has none of the required steps', note: 'Add {steps}.'},
    missing: {reason: 'Section `{section}` lacks the step `{step}`', note: 'Add it {place}.'},
    near: {reason: 'Step `{found}` looks like the required `{step}`', note: 'Write `{step}`.'},
  },
  check({document, type, report}) {
    for (const {steps, spec, state} of type.sections) {
      const named = spec.steps?.items.filter(({required}) => required).map(({text}) => text) ?? []
      for (const {section, found, missing, lists} of steps) {
        const title = section.heading?.title
        // What stands below a heading of the wrong level is not its own.
        if (!title || (state === 'depth' && lists.length === 0)) continue
        const bare = found.length === 0 && missing.length === named.length
        if (bare && isUnfilled(section, document)) continue
        if (bare && lists.length === 0 && section.children.length === 0) {
          const stepNames = named.length > 0 ? ` with the steps ${list(named)}` : ''
          report.absent(title, {section: title.text, steps: stepNames})
          continue
        }
        if (bare && missing.length > 1 && !missing.some(({near}) => near)) {
          report.none(title, {section: title.text, steps: list(named)})
          continue
        }
        for (const one of missing) reportStep(one, title)
      }
    }

    function reportStep({spec: step, after, near}: BoundSteps['missing'][number], title: Text): void {
      const last = after?.lead?.text ?? after?.text
      if (!near) {
        const place = last === undefined ? 'as the first step' : `behind \`${last.slice(0, 50)}\``
        report.missing(after?.lead ?? after?.textSpan ?? title, {section: title.text, step: step.text, place})
        return
      }
      const at = near.lead ?? {...near.textSpan, text: near.text}
      const edits = [{start: at.start, end: at.end, text: step.text}]
      const fix = {title: `Change to ${step.text}`, safety: 'unsafe' as const, edits}
      report.near(at, {found: at.text, step: step.text}, {expected: [step.text], fix})
    }
  },
})
