import type {Section, SpecDocument} from '../document/types.ts'
import {bindIds} from './bind-ids.ts'
import {bindMetadata, bindStatus} from './bind-metadata.ts'
import {bindSection} from './bind-section.ts'
import {boldIn} from './bold.ts'
import type {Circumstances} from './conditions.ts'
import {constraintProblems} from './constraints.ts'
import {openIn} from './filled.ts'
import {matchSections} from './match.ts'
import {displacedIn, type Displaced} from './order.ts'
import type {Match} from './match.ts'
import {partsOf} from './parts.ts'
import {headingIn, identityOf} from './identity.ts'
import type {BoundDocument, BoundSection, SectionSpec, SpecType} from './types.ts'

/** Binds a document to a type. `facts` are the names of what holds of the document (`schema-change`). Pure; never throws. */
export function bind(document: SpecDocument, type: SpecType, facts: ReadonlySet<string>): BoundDocument {
  const isOpen = openIn(document, type)
  const metadata = bindMetadata(document, type.metadata, isOpen)
  const status = bindStatus(metadata, type)
  const circumstances: Circumstances = {facts, metadata, status}
  const matching = matchSections(document, type.outline.sections)
  const displaced = allDisplaced(matching.tops, type.outline.order)
  const leads = boldIn(document)
  const identity = identityOf(type, metadata, document.title?.text ?? '')
  const headingOf = (spec: SectionSpec): string => headingIn(spec, type, identity)
  const bound = new Map<Match, BoundSection>()
  for (const match of matching.all) {
    const parent = match.parent && bound.get(match.parent)
    bound.set(
      match,
      bindSection({
        document,
        match,
        parent,
        matching,
        displaced: displaced.get(match),
        circumstances,
        isOpen,
        leads,
        headingOf,
      }),
    )
  }
  const bySection = new Map<Section, BoundSection>()
  for (const one of bound.values())
    for (const section of [...one.matches, ...one.duplicates]) bySection.set(section, one)
  const sections = [...bound.values()]
  const parts = partsOf(sections)
  // Rules ask for each statement.
  const byRole = new Map<string, readonly Section[]>()
  return {
    type,
    metadata,
    status,
    facts,
    sections,
    extras: document.sections.filter(
      (section) =>
        section.heading !== document.title &&
        !bySection.has(section) &&
        (!section.parent || section.parent.depth <= 1 || bySection.has(section.parent)),
    ),
    constraints: constraintProblems(document, type, matching),
    ids: bindIds(document, type, sections),
    boundOf: (section) => bySection.get(section),
    withRole(role) {
      const known =
        byRole.get(role) ??
        [
          ...sections.filter(({spec}) => spec.role === role).flatMap(({matches}) => matches),
          ...parts.filter((part) => part.role === role).map(({section}) => section),
        ].toSorted((a, b) => a.start - b.start)
      byRole.set(role, known)
      return known
    },
  }
}

function allDisplaced(tops: readonly Match[], order: 'strict' | 'any'): ReadonlyMap<Match, Displaced> {
  const result = new Map(order === 'strict' ? displacedIn(tops) : [])
  for (const match of tops)
    for (const [child, displaced] of allDisplaced(match.children, match.spec.order)) result.set(child, displaced)
  return result
}
