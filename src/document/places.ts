import type {Block, Section, Span, SpecDocument} from './types.ts'
import {countBefore} from './search.ts'

/** The innermost section at an offset. */
export function sectionAt({root, sections}: SpecDocument, offset: number): Section {
  return sections[countBefore(sections, ({start}) => start <= offset) - 1] ?? root
}

export function isWithin(offset: number, {start, end}: Span): boolean {
  return offset >= start && offset < end
}

/** The block above the one that begins at an offset; a comment to the linter may stand between. */
export function blockAbove({blocks}: Section, offset: number): Block | undefined {
  const at = countBefore(blocks, ({start}) => start < offset)
  if (blocks[at]?.start !== offset) return undefined
  return blocks.slice(Math.max(0, at - 3), at).findLast(({kind}) => kind !== 'html')
}

/** Whether the heading of a section, or of one around it, is of some kind; the title of the document aside. */
export function isBelow(section: Section, isSuch: (title: string) => boolean): boolean {
  for (let one: Section | undefined = section; one?.heading; one = one.parent)
    if (one.depth > 1 && isSuch(one.heading.title.text)) return true
  return false
}
