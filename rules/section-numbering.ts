import {
  type BoundDocument,
  defineRule,
  type Heading,
  type HeadingNumber,
  isConditional,
  isMissing,
  type Section,
} from 'spec-lint/rule'

export default defineRule({
  id: 'section-numbering',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Section numbers count up by one and agree with the nesting.',
    why: 'Reviews and tickets cite sections by number; a number that skips or repeats sends readers to the wrong place.',
    remedy: 'Write the expected number. After one slip the count goes on from the number that is written.',
    exceptions:
      'A gap where a required section is missing or out of order is the matter of that finding. An unnumbered section at the end is welcome.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    skips: {reason: 'Section number `{number}` follows `{previous}`', note: 'Write `{expected}`.'},
    parent: {reason: 'Section number `{number}` stands under `{parent}`', note: 'Write `{expected}`.'},
    bare: {
      reason: 'Section `{section}` has no number between numbered sections',
      note: 'Write `{expected} {section}`.',
    },
  },
  check({document, type, report}) {
    const explained = explainedBy(type)
    const wrong = new Set<Heading>()
    for (const parent of [document.root, ...document.sections]) {
      const numbered = parent.children.filter(({heading}) => heading?.number).length
      if (numbered >= 2 || (numbered === 1 && parent.heading?.number)) checkSiblings(parent, numbered)
    }

    function checkSiblings({children, heading: above}: Section, count: number): void {
      const mostly = count >= 3 && count * 3 >= children.length * 2
      let previous: Heading | undefined
      // The number that comes next, had all been right so far.
      let wanted = 0
      for (const [index, {heading}] of children.entries()) {
        if (!heading || explained.has(heading)) continue
        const {number} = heading
        if (number) {
          const isRight = checkNumber({heading, number, above, previous, wanted})
          if (!isRight) wrong.add(heading)
          wanted = (isRight ? (number.parts.at(-1) ?? 0) : wanted) + 1
          previous = heading
        } else if (
          mostly &&
          previous?.number &&
          children.slice(index + 1).some((later) => later.heading?.number && !explained.has(later.heading))
        ) {
          const expected = [...previous.number.parts.slice(0, -1), wanted].join('.')
          report.bare(heading.title, {
            section: heading.title.text,
            expected: expected.includes('.') ? expected : `${expected}.`,
          })
          wanted += 1
        }
      }
    }

    /** The section whose number it carries stands at a wrong level or place. */
    function underExplained(parts: readonly number[]): boolean {
      return [...explained].some((heading) => heading.number && startsWith(parts, heading.number.parts))
    }

    function checkNumber({heading, number, above, previous, wanted}: Numbered): boolean {
      const last = number.parts.at(-1) ?? 0
      if (
        above?.number &&
        !wrong.has(above) &&
        number.parts.length > 1 &&
        !startsWith(number.parts, above.number.parts) &&
        !underExplained(number.parts)
      ) {
        const expected = [...above.number.parts, last].join('.')
        report.parent(number, {number: number.text, parent: above.number.text, expected}, replacement(number, expected))
        return true
      }
      const before = previous?.number?.parts
      if (!previous || !before || before.length !== number.parts.length) return true
      const printed = before.at(-1) ?? 0
      const gap = missingBetween(type, previous, heading)
      if (last === wanted || last === printed + 1 || (last > wanted && last - wanted <= gap)) return true
      const expected = [...before.slice(0, -1), wanted].join('.')
      report.skips(
        number,
        {number: number.text, previous: previous.number?.text ?? '', expected},
        replacement(number, expected),
      )
      return false
    }
  },
})

interface Numbered {
  readonly heading: Heading
  readonly number: HeadingNumber
  readonly above: Heading | undefined
  readonly previous: Heading | undefined
  readonly wanted: number
}

function replacement(
  {start, end, text}: {readonly start: number; readonly end: number; readonly text: string},
  expected: string,
): {
  expected: readonly string[]
  fix: {title: string; safety: 'unsafe'; edits: readonly {start: number; end: number; text: string}[]}
} {
  return {
    expected: [expected],
    fix: {title: `Change ${text} to ${expected}`, safety: 'unsafe', edits: [{start, end, text: expected}]},
  }
}

function startsWith(parts: readonly number[], start: readonly number[]): boolean {
  return parts.length === start.length + 1 && start.every((part, index) => parts[index] === part)
}

/** Headings whose number another finding explains: they stand at the wrong place or level, or twice. */
function explainedBy(type: BoundDocument): ReadonlySet<Heading> {
  const sections = type.sections.flatMap(({displaced, state, matches, duplicates}) => [
    ...displaced.map(({section}) => section),
    ...duplicates,
    ...(state === 'misplaced' || state === 'depth' ? matches : []),
  ])
  return new Set(sections.flatMap(({heading}) => heading ?? []))
}

/** How many sections are missing, or moved away, between two neighbours. */
function missingBetween(type: BoundDocument, previous: Heading, heading: Heading): number {
  const displaced = type.sections.reduce((sum, bound) => sum + bound.displaced.length, 0)
  const moved = type.sections.filter(({state}) => state === 'depth' || state === 'misplaced').length
  const missing = type.sections.filter(
    (bound) =>
      (isMissing(bound) || (isConditional(bound.spec) && bound.state === 'missing')) &&
      (bound.gap.after?.heading === previous || bound.gap.before?.heading === heading),
  ).length
  return missing + displaced + moved
}
