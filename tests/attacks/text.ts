/** A text of about so many bytes. */
export type Shape = (bytes: number) => string

/** A piece again and again, to so many bytes. */
export function times(piece: string, bytes: number): string {
  return piece.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(piece))))
}

/** Pieces one after the other, to so many bytes. */
export function until(piece: (index: number) => string, bytes: number): string {
  const pieces: string[] = []
  for (let index = 0, length = 0; length < bytes; index += 1) {
    pieces.push(piece(index))
    length += pieces.at(-1)?.length ?? 0
  }
  return pieces.join('')
}

/** So many pieces. */
export function each(count: number, piece: (index: number) => string): string {
  return Array.from({length: Math.floor(count)}, (_, index) => piece(index)).join('')
}

/** How deep a nesting may be whose lines grow by `step` with each level, to so many bytes. */
export function nested(bytes: number, step: number): number {
  return Math.max(1, Math.floor(Math.sqrt((2 * bytes) / step)))
}
