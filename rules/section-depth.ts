import {
  type BoundSection,
  defineRule,
  type Edit,
  type Extra,
  type Heading,
  type Section,
  type Span,
} from 'spec-lint/rule'

export default defineRule({
  id: 'section-depth',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Headings have the level that the type gives them, and skip none.',
    why: 'The outline of a document, in an editor as on a page, is made from the levels; a wrong one puts a section under a stranger.',
    remedy: 'Write as many `#` as the finding says.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    level: {
      reason: 'Section `{section}` has heading level {found}, expected {expected}',
      note: 'Write `{line}`{rest}.',
    },
    skipped: {reason: 'Heading `{section}` goes from level {above} to level {found}', note: 'Write `{line}`.'},
  },
  check({document, type, report}) {
    const said = new Set<Heading>()
    for (const {state, matches, depth, parent} of type.sections) {
      const [section] = matches
      const heading = section?.heading
      if (!section || !heading || heading.depth === depth || state === 'found' || state === 'missing') continue
      said.add(heading)
      if (state !== 'depth') continue
      const below = depth < heading.depth && isNumberedBelow(section)
      const data = {
        section: heading.title.text,
        found: heading.depth,
        expected: depth,
        line: below ? `${'#'.repeat(depth)} ${heading.title.text}` : line(heading, depth),
        rest: below ? ', with the next number of that level' : '',
      }
      const {marker, ...extra} = change([section], depth)
      report.level(marker, data, isBelow(section, depth, parent) && !below && isLast(section, depth) ? extra : {})
    }
    for (const parent of [document.root, ...document.sections]) {
      const above = parent.heading?.depth ?? 0
      // A type may itself leave levels out.
      const deep = parent.children.filter(
        (section) => section.depth > above + 1 && type.boundOf(section)?.depth !== section.depth,
      )
      const [first] = deep
      // What stands before the title has nothing above it.
      if (!first?.heading || !parent.heading || said.has(parent.heading) || said.has(first.heading)) continue
      const {heading} = first
      const data = {section: heading.title.text, above, found: heading.depth, line: line(heading, above + 1)}
      const {marker, ...extra} = change(deep, above + 1)
      // Of several levels one would be lost.
      report.skipped(marker, data, deep.every(({depth}) => depth === first.depth) ? extra : {})
      for (const one of deep) if (one.heading) said.add(one.heading)
    }

    /** Whether a section would stand where the type has it, at a level that skips none. */
    function isBelow({start}: Section, depth: number, parent: BoundSection | undefined): boolean {
      const above = document.headings.findLast((one) => one.start < start && one.depth < depth)
      if (parent) return above !== undefined && above === parent.matches[0]?.heading && above.depth === depth - 1
      return !above || above.depth >= depth - 1
    }

    /** Whether a section that goes up takes nothing along that only stands behind it. */
    function isLast({start, parent, depth: own}: Section, depth: number): boolean {
      const later = parent?.children.filter((one) => one.start > start) ?? []
      return own < depth || later.every((one) => (type.boundOf(one)?.depth ?? one.depth) <= depth)
    }

    function change(sections: readonly Section[], depth: number): Extra & {readonly marker: Span} {
      const own = sections.map(({heading}) => heading && markerOf(heading))
      const [marker] = own
      // A heading underlined with `=` or `-` has no marker to change.
      if (!marker || own.includes(undefined)) return {marker: sections[0]?.heading?.title ?? {start: 0, end: 0}}
      const edits = sections.flatMap((section) => shift(section, depth))
      const fix = {title: `Change to level ${depth}`, safety: 'unsafe' as const, edits}
      return {marker, fix, ...(edits.length === 1 && {expected: ['#'.repeat(depth)]})}
    }

    /** Moves a section to a level, and what stands below it as far as that asks for. */
    function shift({heading, children}: Section, depth: number): readonly Edit[] {
      const marker = heading && markerOf(heading)
      const below = children.filter((child) => child.depth !== depth + 1 && type.boundOf(child)?.depth !== child.depth)
      return [
        ...(marker ? [{...marker, text: '#'.repeat(Math.min(depth, 6))}] : []),
        ...below.flatMap((child) => shift(child, Math.min(depth + 1, 6))),
      ]
    }

    function markerOf({start, end}: Heading): Span | undefined {
      const marker = /^#{1,6}(?=\s)/u.exec(document.text.slice(start, end))?.[0]
      return marker === undefined ? undefined : {start, end: start + marker.length}
    }
  },
})

/** Whether its number is one of those below the section that it stands in. */
function isNumberedBelow({heading, parent}: Section): boolean {
  const above = parent?.heading?.number
  return above !== undefined && (heading?.number?.parts.length ?? 0) > above.parts.length
}

function line(heading: Heading, depth: number): string {
  return `${'#'.repeat(depth)} ${heading.text}`
}
