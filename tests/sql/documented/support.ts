import {readDocument} from '../../../src/document/parse.ts'
import type {SpecDocument, Text} from '../../../src/document/types.ts'

export const read = (lines: readonly string[] | string): SpecDocument =>
  readDocument(typeof lines === 'string' ? lines : `${lines.join('\n')}\n`)

export const texts = (all: readonly Text[]): readonly string[] => all.map(({text}) => text)

/** Every text with a range in some facts whose range holds something else. */
export function wrongRanges(facts: unknown, document: SpecDocument): readonly string[] {
  const seen = new Set<unknown>()
  const wrong: string[] = []
  const stack: unknown[] = [facts]
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (typeof one !== 'object' || one === null || seen.has(one)) continue
    seen.add(one)
    if (isText(one) && document.text.slice(one.start, one.end) !== one.text) wrong.push(one.text)
    for (const [key, value] of Object.entries(one))
      if (key !== 'section' && key !== 'code' && value !== undefined && value !== null) stack.push(value)
  }
  return wrong
}

/** A check's text is that of its inside. */
function isText(one: object): one is Text {
  return 'text' in one && 'start' in one && typeof one.text === 'string' && !('kind' in one && one.kind === 'check')
}
