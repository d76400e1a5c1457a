import {type DocumentSymbol, SymbolKind} from 'vscode-languageserver'
import {isWithin} from '../document/places.ts'
import type {Item, Section, Source} from '../document/types.ts'
import type {Prepared} from '../lint/prepare.ts'
import {rangeOf} from './ranges.ts'

/** The headings as a tree, with the identifiers that each section defines. */
export function symbolsOf({document, type}: Prepared): DocumentSymbol[] {
  const items = type.ids.flatMap(({definitions}) => definitions.map(({item}) => item))
  return document.root.children.map((section) => symbolOf(section, items, document.source))
}

function symbolOf(section: Section, items: readonly Item[], source: Source): DocumentSymbol {
  const {heading, body, children} = section
  return {
    name: heading?.text || '(no title)',
    kind: SymbolKind.String,
    range: rangeOf(section, source),
    selectionRange: rangeOf(heading ?? {start: section.start, end: section.start}, source),
    children: [
      ...items
        .filter(({idSpan, where}) => where !== 'heading' && isWithin(idSpan.start, body))
        .map(({id, title, idSpan, ...item}) => ({
          name: id,
          detail: title.text,
          kind: SymbolKind.Property,
          range: rangeOf({start: item.start, end: Math.max(item.end, idSpan.end)}, source),
          selectionRange: rangeOf(idSpan, source),
        })),
      ...children.map((child) => symbolOf(child, items, source)),
    ],
  }
}
