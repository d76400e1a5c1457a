import type {Section, Span, SpecDocument} from './types.ts'

/** The innermost section at an offset. */
export function sectionAt({root, sections}: SpecDocument, offset: number): Section {
  let low = 0
  let high = sections.length - 1
  let found = root
  while (low <= high) {
    const middle = (low + high) >> 1
    const section = sections[middle]
    if (!section || section.start > offset) high = middle - 1
    else {
      found = section
      low = middle + 1
    }
  }
  return found
}

export function isWithin(offset: number, {start, end}: Span): boolean {
  return offset >= start && offset < end
}
