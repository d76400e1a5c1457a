import {type BoundId, type BoundIds, defineRule, list, type Section, type SpecDocument} from 'spec-lint/rule'

export default defineRule({
  id: 'requirement-covered',
  category: 'requirements',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Every requirement is named by an acceptance criterion or another place that its type asks for.',
    why: 'What no criterion names is accepted by nobody: it can be left out and the document still passes its review.',
    remedy:
      'Name the identifier in a criterion; a range such as "FR-1 through FR-7" or "all functional requirements" counts.',
    exceptions:
      'While a section that should name them is missing, empty, or lacks a task of its list, only that is reported.',
  },
  options: {},
  messages: {
    uncovered: {
      reason: 'No {sources} names `{id}`',
      note: 'Name `{id}` in {place}. {matrix}',
    },
    none: {
      reason: 'No {sources} names any {name}',
      note: 'Name {ids} in section `{section}`, one by one or as a range.',
    },
  },
  check({document, type, report}) {
    for (const ids of type.ids) {
      const {spec, sources} = ids
      const definitions = unique(ids.definitions)
      const sections = sources.flatMap((source) => source.sections)
      const filled = sections.some((section) => holdsText(section))
      // Without a place that could name them, the missing section is the fault.
      if (definitions.length === 0 || !(filled || sources.some(({entries}) => entries.length > 0))) continue
      if (sources.some(({incomplete}) => incomplete)) continue
      const wanted = spec.coveredBy.map(({name}) => name).join(' or ')
      const open = definitions.filter(({coveredBy}) => coveredBy.length === 0)
      const home = sections.find((section) => holdsText(section)) ?? sections[0]
      if (open.length === definitions.length && definitions.length > 1 && home?.heading) {
        report.none(home.heading.title, {
          sources: wanted,
          name: spec.name,
          ids: list(open.map(({item}) => item.id)),
          section: home.heading.title.text,
        })
        continue
      }
      for (const {item} of open)
        report.uncovered(item.idSpan, {
          id: item.id,
          sources: wanted,
          place: placeWords(ids, home),
          matrix: matrix(definitions, document),
        })
    }
  },
})

function unique(definitions: readonly BoundId[]): readonly BoundId[] {
  const seen = new Set<string>()
  return definitions.filter(({item, parts}) => {
    if (seen.has(item.id) || !parts) return false
    seen.add(item.id)
    return true
  })
}

function holdsText({blocks, children}: Section): boolean {
  return blocks.some(({kind}) => kind !== 'html' && kind !== 'other') || children.some(holdsText)
}

function placeWords({spec}: BoundIds, home: Section | undefined): string {
  if (home?.heading) return `section \`${home.heading.title.text}\``
  return `a ${spec.coveredBy[0]?.name ?? 'criterion'}`
}

/** "FR-1: UC-2, line 40; FR-2: nobody." */
function matrix(definitions: readonly BoundId[], {source}: SpecDocument): string {
  const rows = definitions.slice(0, 12).map(({item, coveredBy}) => {
    const by = coveredBy.slice(0, 3).map((cover) => cover.by ?? `line ${source.lineOf(cover.at.start)}`)
    return `${item.id}: ${by.length === 0 ? 'nobody' : by.join(', ')}`
  })
  const rest = definitions.length - rows.length
  return `Who names whom: ${rows.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`
}
