import type {SpecDocument} from '../document/types.ts'
import type {BoundDocument, BoundSection} from '../type/types.ts'
import {countOn, type Move} from './numbering.ts'
import {besideGap, headingLine, skeletonOf, takesNumber} from './sections.ts'
import type {Edit, Fix} from './types.ts'

/**
 * Adds missing sections, by the gaps that they go into, which they do together; what stands behind them counts on. `content`: the
 * blocks that stand below the headings, instead of what the type has for that.
 */
export function additionOf(
  gaps: readonly (readonly BoundSection[])[],
  {document, type}: {readonly document: SpecDocument; readonly type: BoundDocument},
  content?: readonly string[],
): Fix {
  const moves: Move[] = []
  const insertions = gaps.map((missing) => {
    const moved = moves.reduce((sum, {by}) => sum + by, 0)
    const taken = missing.findIndex((bound, index) => takesNumber(bound, index))
    const from = missing[0] && besideGap(missing[0])?.next
    if (from && taken >= 0) moves.push({from, by: missing.length - taken})
    const blocks = missing.flatMap((bound, index) =>
      content ? [headingLine(bound, moved + index), ...content] : skeletonOf(bound, type, moved + index),
    )
    return insertionOf(document, missing[0]?.gap.offset ?? 0, blocks)
  })
  const names = gaps.flat().map(({heading}) => heading)
  const title = `Add ${names.length > 1 ? 'sections' : 'section'} ${names.join(', ')}`
  return {title, safety: 'unsafe', edits: [...insertions, ...countOn(moves)]}
}

/**
 * Puts blocks in at an offset between others, an empty line between each two; none stands at the beginning of the document, none
 * at its end. Blocks may have line endings of either kind; those of the document come out.
 */
function insertionOf({text, source: {eol}}: SpecDocument, offset: number, blocks: readonly string[]): Edit {
  const above = text.slice(0, offset)
  const below = text.slice(offset)
  const isFirst = above.replace(/^\uFEFF/u, '').trimStart() === ''
  const lead = isFirst ? 0 : 2 - lineEndings(above.slice(above.trimEnd().length))
  const tail = (below.trimStart() === '' ? 1 : 2) - lineEndings(below.slice(0, below.length - below.trimStart().length))
  const own = blocks.map((block) => block.replaceAll(/\r?\n/gu, eol)).join(eol + eol)
  return {start: offset, end: offset, text: eol.repeat(Math.max(0, lead)) + own + eol.repeat(Math.max(0, tail))}
}

function lineEndings(space: string): number {
  return space.match(/\r\n|\n|\r/gu)?.length ?? 0
}
