import {code, defineRule, exampleId, related} from 'spec-lint/rule'

export default defineRule({
  id: 'requirement-id',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every requirement has an identifier of the form of its type, no two the same, and no number is left out.',
    why: 'Tests, commits and other documents cite requirements by their identifier; a second `FR-2` makes each citation ambiguous.',
    remedy:
      'Write the identifier in the form of the type and give each requirement a number of its own. Keep the number of a requirement that is dropped in a line such as "FR-3: removed in 1.2".',
    exceptions:
      'Identifiers with further numbers (`FR-1.2`) are parts of the one above them. A number that the document names as removed, withdrawn or merged is no gap. A document may begin at any number above three.',
  },
  options: {},
  messages: {
    duplicate: {
      reason: '`{id}` is defined twice',
      note: 'Its first definition is on line {line}. Give this one a number of its own: {free} is free.',
    },
    form: {
      reason: '`{text}` is no identifier of a {name}',
      note: 'Write {right}.',
    },
    bare: {
      reason: 'The {name} `{text}` has no identifier',
      note: 'Begin it with {right}, as its neighbours do.',
    },
    gap: {
      reason: 'There is no `{missing}` before `{id}`',
      note: 'Add it, or say what became of it in a line such as "{missing}: removed in 1.2".',
    },
    other: {
      reason: '`{id}` does not belong to the numbers of this document, which begin with `{start}`',
      note: 'Write `{right}`.',
    },
  },
  check({document: {source}, type, report}) {
    for (const {spec, problems} of type.ids) {
      for (const {kind, at, expected, first} of problems) {
        const id = at.text
        const right = expected === undefined ? `an identifier such as ${code(exampleId(spec))}` : code(expected)
        const extra = expected === undefined ? {} : {expected: [expected]}
        switch (kind) {
          case 'form':
            report.form(at, {text: id, name: spec.name, right}, extra)
            break
          case 'bare':
            report.bare(at, {text: id, name: spec.name, right})
            break
          case 'duplicate':
            report.duplicate(
              at,
              {id, line: first ? source.lineOf(first.start) : 1, free: right},
              first ? {...extra, ...related(first, 'first defined here')} : extra,
            )
            break
          case 'foreign':
            report.other(at, {id, start: (expected ?? '').replace(/\d+$/u, ''), right: expected ?? ''}, extra)
            break
          case 'gap':
            report.gap(at, {id, missing: expected ?? ''})
            break
          default:
            kind satisfies never
        }
      }
    }
  },
})
