import type {Block, Section, Span, SpecDocument} from './types.ts'
import {countBefore} from './search.ts'

/** The innermost section at an offset. */
export function sectionAt({root, sections}: SpecDocument, offset: number): Section {
  return sections[countBefore(sections, ({start}) => start <= offset) - 1] ?? root
}

export function isWithin(offset: number, {start, end}: Span): boolean {
  return offset >= start && offset < end
}

/** The block above the one at an index; a comment to the linter may stand between. */
export function blockAbove({blocks}: Section, at: number): Block | undefined {
  return blocks.slice(Math.max(0, at - 3), at).findLast(({kind}) => kind !== 'html')
}
