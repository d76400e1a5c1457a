import {
  countOn,
  defineRule,
  explainedBy,
  type Extra,
  type Fix,
  type Heading,
  type HeadingNumber,
  missingBetween,
  numberedIn,
  type NumberedSection,
  numberEnding,
  prefixOf,
  renumber,
  type Section,
  type Slip,
  slipsIn,
  withLast,
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
      'A gap where a required section is missing or out of order is the matter of that finding. The first number is free, and an unnumbered section at the end is welcome.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    skips: {reason: 'Section number `{number}` follows `{previous}`', note: 'Write `{expected}`{rest}.'},
    first: {reason: 'Section number `{number}` stands before `{next}`', note: 'Write `{expected}`.'},
    moved: {
      reason: 'Section number `{number}` is out of its place behind `{previous}`',
      note: 'Move the section to its number, or number this one and those beside it anew.',
    },
    parent: {reason: 'Section number `{number}` stands under `{parent}`', note: 'Write `{expected}`{rest}.'},
    deeper: {
      reason: 'Section number `{number}` stands at the level of the sections of `{parent}`',
      note: 'Write `{line}`, or the next number of this level.',
    },
    bare: {reason: 'Section `{section}` has no number between numbered sections', note: 'Write `{line}`{rest}.'},
  },
  check({document, type, report}) {
    const explained = explainedBy(type)
    const wrong = new Set<Heading>()
    for (const parent of [document.root, ...document.sections]) {
      const siblings = parent.children.filter(({heading}) => heading && !explained.has(heading))
      const numbered = numberedIn(siblings)
      const above = parent.heading?.number
      if (numbered.length < 2 && !above) continue
      const bare = barePart(siblings, numbered)
      const strays = above && parent.heading && !wrong.has(parent.heading) ? straysFrom(numbered, above) : []
      for (const group of groupsOf(strays)) reportStrays(group, above?.parts ?? [], above?.text ?? '')
      for (const run of runsOf(numbered, strays, above?.parts ?? [])) {
        const slips = slipsIn(
          run,
          (last, one) => missingBetween(type, last.heading, one.heading) + between(bare, last, one),
        )
        for (const slip of slips) reportSlip(slip)
      }
      for (const section of bare) {
        const data = bareData(section, bare, numbered)
        if (data && section.heading) report.bare(section.heading.title, data.words, {fix: data.fix})
      }
    }

    function reportStrays(group: readonly NumberedSection[], parts: readonly number[], parent: string): void {
      const [one] = group
      if (!one || isUnder(one.number.parts, explained)) return
      const {number, heading} = one
      if (beginsWith(number.parts, parts)) {
        const line = `${'#'.repeat(Math.min(heading.depth + 1, 6))} ${heading.text}`
        report.deeper(number, {number: number.text, parent, line})
        return
      }
      const renamed = (other: NumberedSection): string => [...parts, other.number.parts.at(-1) ?? 1].join('.')
      const edits = group.flatMap((other) => renumber(other, renamed(other)))
      const rest = group.length > 1 ? ', and the others alike' : ''
      report.parent(
        number,
        {number: number.text, parent, expected: renamed(one), rest},
        change(one, renamed(one), edits),
      )
    }

    function reportSlip(slip: Slip): void {
      const {one, expected} = slip
      const {number} = one
      wrong.add(one.heading)
      const text = withLast(one, expected)
      if (slip.kind === 'first')
        report.first(number, {number: number.text, next: slip.next.number.text, expected: text}, change(one, text))
      else if (slip.kind === 'moved') report.moved(number, {number: number.text, previous: slip.previous.number.text})
      else {
        const by = expected - (number.parts.at(-1) ?? 0)
        const edits = slip.moving.flatMap((other) =>
          renumber(other, withLast(other, (other.number.parts.at(-1) ?? 0) + by)),
        )
        const rest = slip.moving.length > 1 ? ', and count on from there' : ''
        report.skips(
          number,
          {number: number.text, previous: slip.previous.number.text, expected: text, rest},
          change(one, text, edits),
        )
      }
    }
  },
})

function change(one: NumberedSection, text: string, edits = renumber(one, text)): Extra {
  return {expected: [text], fix: {title: `Change ${one.number.text} to ${text}`, safety: 'unsafe', edits}}
}

/** The sections without a number, where most have one. */
function barePart(siblings: readonly Section[], {length}: readonly NumberedSection[]): readonly Section[] {
  return length >= 3 && length * 3 >= siblings.length * 2 ? siblings.filter(({heading}) => !heading?.number) : []
}

/** A section without a number between two that have one, with the heading that it has to have. */
function bareData(
  {heading, start}: Section,
  bare: readonly Section[],
  numbered: readonly NumberedSection[],
):
  | {
      readonly words: {readonly section: string; readonly line: string; readonly rest: string}
      readonly fix: Fix
    }
  | undefined {
  const previous = numbered.findLast((one) => one.section.start < start)
  const next = numbered.find((one) => one.section.start > start)
  if (!previous || !next || !heading) return undefined
  const skipped = bare.filter((other) => other.start > previous.section.start && other.start < start).length
  const expected = (previous.number.parts.at(-1) ?? 0) + 1 + skipped
  const taken = prefixOf(previous) === prefixOf(next) && expected >= (next.number.parts.at(-1) ?? 0)
  const number = `${withLast(previous, expected)}${numberEnding(previous)} `
  const {text, start: at} = heading.title
  const edits = [{start: at, end: at, text: number}, ...(taken ? countOn([{from: next.section, by: 1}]) : [])]
  return {
    words: {section: text, line: number + text, rest: taken ? ', and count on from there' : ''},
    fix: {title: `Add number ${withLast(previous, expected)}`, safety: 'unsafe', edits},
  }
}

function between(sections: readonly Section[], last: NumberedSection, one: NumberedSection): number {
  return sections.filter(({start}) => start > last.section.start && start < one.section.start).length
}

/** Numbers that are not the number above with one part more. */
function straysFrom(numbered: readonly NumberedSection[], {parts}: HeadingNumber): readonly NumberedSection[] {
  return numbered.filter(
    ({number}) =>
      number.parts.length > 1 && !(beginsWith(number.parts, parts) && number.parts.length === parts.length + 1),
  )
}

function groupsOf(strays: readonly NumberedSection[]): readonly (readonly NumberedSection[])[] {
  const prefixes = [...new Set(strays.map(prefixOf))]
  return prefixes.map((prefix) => strays.filter((one) => prefixOf(one) === prefix))
}

/** What has to count up: numbers of one prefix, a stray one as what it was to be. */
function runsOf(
  numbered: readonly NumberedSection[],
  strays: readonly NumberedSection[],
  parts: readonly number[],
): readonly (readonly NumberedSection[])[] {
  const own = numbered.filter((one) => !strays.includes(one) || !beginsWith(one.number.parts, parts))
  const prefixes = own.map((one) => (strays.includes(one) ? parts.join('.') : prefixOf(one)))
  return [...new Set(prefixes)].map((prefix) => own.filter((_, index) => prefixes[index] === prefix))
}

function beginsWith(parts: readonly number[], start: readonly number[]): boolean {
  return parts.length > start.length && start.every((part, index) => parts[index] === part)
}

/** The section whose number it carries stands at a wrong level or place. */
function isUnder(parts: readonly number[], explained: ReadonlySet<Heading>): boolean {
  return [...explained].some(({number}) => number?.parts.length === parts.length - 1 && beginsWith(parts, number.parts))
}
