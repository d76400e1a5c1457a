import type {SpecDocument, Text} from '../../document/types.ts'
import {keyForm} from '../../type/normalize.ts'

/** What a document wants of a query, as it says so: `Target p95`, `< 50 ms`. */
export interface Target {
  readonly label: string
  readonly text: string
}

/**
 * The row of a table of targets that a comment above a query names: in front of its colon, or anywhere if it is a name of several
 * words; of several rows, the one with the longest name.
 */
export function targetOf({tables}: SpecDocument, comments: readonly Text[]): Target | undefined {
  const said = comments.map(({text}) => keyForm(text)).join('\n')
  const names = new Set(
    comments.map(({text}) => keyForm(text.replace(/^\s*query(?: name)?\s*:/iu, '').split(':', 1)[0] ?? '')),
  )
  const isNamed = (name: string): boolean => names.has(name) || (/\p{L}[ _-]+\p{L}/u.test(name) && said.includes(name))
  const rows = tables.flatMap(({header, rows: all}) => {
    const column = header.findIndex(({text}) => /\b(?:target|goal|budget|limit|p\d{2})\b/iu.test(text))
    const [first] = header
    if (column < 1 || !first || !/\bquer(?:y|ies)\b/iu.test(first.text)) return []
    return all.flatMap(({cells}) => {
      const [name, value] = [keyForm(cells[0]?.text ?? ''), cells[column]?.text ?? '']
      return name.length > 2 && value !== '' && isNamed(name)
        ? [{name, label: header[column]?.text ?? '', text: value}]
        : []
    })
  })
  const [best] = rows.toSorted((a, b) => b.name.length - a.name.length)
  return best && {label: best.label, text: best.text}
}
