import type {Section} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {columnsAt} from './index-columns.ts'
import type {DocumentedIndex} from './model.ts'
import {type Stretch, part, pieces, spanOf, trim} from './stretch.ts'

const severalOf = /^(unique\s+)?(?:index(?:es)?|indices|keys?|unique|constraints?)\s*:\s*(?=\()/i

/** `indexes: (a, b), (c) unique`, several in one line of an entity. */
export function severalKeys(stretch: Stretch, section: Section, table: Name): readonly DocumentedIndex[] {
  const label = severalOf.exec(stretch.text)
  if (!label) return []
  const rest = part(stretch, label[0].length)
  const found = pieces(rest, /^[,;]/u).flatMap((each): readonly DocumentedIndex[] => {
    const piece = trim(each)
    const list = piece.text.startsWith('(') ? columnsAt(piece, 0) : undefined
    if (!list) return []
    const unique = /^unique/i.test(label[0]) || /^[^(]{0,20}\bunique\b/i.test(piece.text.slice(list.end))
    return [
      {
        ...common(part(piece, 0, list.end), section),
        what: unique ? 'unique' : 'index',
        name: undefined,
        table,
        columns: list.columns,
        unique,
        partial: isPartial(piece, list.end),
      },
    ]
  })
  return found.length > 1 || /^ind(?:exes|ices)/i.test(label[0]) ? found : []
}

export function isPartial(stretch: Stretch, end: number): boolean {
  return /\bWHERE\b|\bpartial\b/i.test(stretch.text.slice(end))
}

export function common(
  stretch: Stretch,
  section: Section,
): Pick<DocumentedIndex, 'kind' | 'section' | 'start' | 'end'> {
  return {kind: 'documentedIndex', ...spanOf(stretch), section}
}
