import type {SpecType} from '../type/types.ts'
import {firstGroup, matches} from '../type/regex.ts'
import type {Purpose} from './types.ts'

const divider = /(\s*[–—:]\s*|\s-\s)/u
/** Two texts that no pattern names. */
const probes = ['Qx', 'Zj wq']

/** The text of the H1: the type's example with the document's identifier and name in the place of the example's own. */
export function titleLine(type: SpecType, purpose: Purpose): string {
  const example = type.documentTitle?.example.replace(/^#+\s*/u, '').replaceAll(/\s+/gu, ' ') ?? ''
  const name = (purpose.kind === 'document' ? purpose.title : undefined) ?? '[Name of the document]'
  const identity = identityIn(type, example)
  const own = purpose.kind === 'document' ? (purpose.identity ?? '[Number]') : '[Number]'
  const pieces = example.split(divider)
  const at = namePlace(type, pieces, identity)
  if (at === undefined) return name
  return pieces
    .map((piece, index) => {
      const held = identity !== undefined && piece.includes(identity)
      if (index !== at) return held ? piece.replace(identity, own) : piece
      return held ? `${own} ${name}` : name
    })
    .join('')
}

/** The identifier that the example of a type's title has. */
export function identityIn(
  type: SpecType,
  example = type.documentTitle?.example.replace(/^#+\s*/u, '') ?? '',
): string | undefined {
  return type.identity?.kind === 'title' ? firstGroup(type.identity.pattern, example)?.trim() : undefined
}

/** The piece of the example that may be anything: the last of those that the pattern leaves free. */
function namePlace(type: SpecType, pieces: readonly string[], identity: string | undefined): number | undefined {
  const pattern = type.documentTitle?.pattern
  if (pattern === undefined) return undefined
  const free = pieces.flatMap((piece, index) => {
    if (index % 2 === 1 || piece === identity) return []
    const takes = probes.every((probe) =>
      matches(pattern, pieces.with(index, keeping(piece, identity, probe)).join('')),
    )
    return takes ? [index] : []
  })
  return free.at(-1)
}

function keeping(piece: string, identity: string | undefined, probe: string): string {
  return identity !== undefined && piece.includes(identity) ? `${identity} ${probe}` : probe
}
