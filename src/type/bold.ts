import {once} from '../document/remembered.ts'
import type {Block, Section, SpecDocument} from '../document/types.ts'
import type {Match, Matching} from './match.ts'
import {sameHeading} from './normalize.ts'
import type {BoldName, SectionSpec} from './types.ts'

const bold = /^(?<mark>\*\*|__)(?<name>\S[\s\S]{0,300}?)\k<mark>(?<rest>[\s:：]*)/u

/** Words in bold at the start of a paragraph or a list item. */
interface Lead extends BoldName {
  readonly section: Section
}

/** Of all of a document, read when the first one is asked for. */
export function boldIn(document: SpecDocument): () => readonly Lead[] {
  return once(() => document.sections.flatMap((section) => leadsOf(section.blocks, section, document)))
}

function leadsOf(blocks: readonly Block[], section: Section, document: SpecDocument): readonly Lead[] {
  return blocks.flatMap((block): readonly Lead[] => {
    if (block.kind === 'paragraph') return paragraphLead(block, section, document)
    if (block.kind !== 'list') return []
    return block.items.flatMap((item) => [
      ...(item.lead ? [{...item.lead, line: undefined, section}] : []),
      ...leadsOf(item.blocks, section, document),
    ])
  })
}

function paragraphLead(
  {start, end}: {readonly start: number; readonly end: number},
  section: Section,
  document: SpecDocument,
): readonly Lead[] {
  const source = document.text.slice(start, Math.min(end, start + 320))
  const groups = bold.exec(source)?.groups
  if (!groups) return []
  const {mark = '', name = '', rest = ''} = groups
  const from = start + mark.length
  const whole = mark.length * 2 + name.length + rest.length === end - start
  const text = name.replaceAll(/\s+/gu, ' ').replace(/\s*[:：]\s*$/u, '')
  return [{start: from, end: from + name.length, text, line: whole ? {start, end} : undefined, section}]
}

/**
 * A missing section whose name stands in bold where it belongs, once: below its parent, at the start of a paragraph or an item; at
 * the top, where a label may be anything, in a paragraph of its own and in no section deeper than itself. It has a line to write
 * its heading on where that takes nothing along that stands below another section.
 */
export function boldNameOf(
  {spec, parent, depth}: Match,
  leads: readonly Lead[],
  {claimed}: Matching,
): BoldName | undefined {
  const [found, ...more] = leads.filter(
    ({section, line, text}) =>
      isNamed(spec, text) &&
      (parent ? isBelow(section, parent, claimed) : line !== undefined && section.depth <= depth),
  )
  // What each of several things has is a label of theirs.
  if (!found || (more.length > 0 && !parent)) return undefined
  const {section, start, end, text} = found
  const isLast = section.depth < depth || (section.depth === depth && section.children.length === 0)
  return {start, end, text, line: isLast ? found.line : undefined}
}

function isNamed({heading, aliases, pattern}: SectionSpec, text: string): boolean {
  return pattern === undefined && [heading, ...aliases].some((name) => sameHeading(name, text))
}

function isBelow(section: Section, parent: Match, claimed: Matching['claimed']): boolean {
  for (let at: Section | undefined = section; at; at = at.parent) {
    if (parent.matches.includes(at)) return true
    if (claimed.has(at)) return false
  }
  return false
}
