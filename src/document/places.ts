import type {Section, Span, SpecDocument} from './types.ts'
import {countBefore} from './search.ts'

/** The innermost section at an offset. */
export function sectionAt({root, sections}: SpecDocument, offset: number): Section {
  return sections[countBefore(sections, ({start}) => start <= offset) - 1] ?? root
}

export function isWithin(offset: number, {start, end}: Span): boolean {
  return offset >= start && offset < end
}
