import {slug} from 'github-slugger'
import {remembered} from './remembered.ts'
import type {Heading, Text} from './types.ts'

const identifiers = /<[a-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=]+))/gi
/** `## Scope {#scope}`, as Pandoc, Docusaurus and MkDocs have it. */
const attribute = /\{#([^\s{}]+)\}\s*$/u

const slugOf = remembered((text) => slug(text))

/** What a `#fragment` can lead to in a document, as GitHub renders it. */
export function anchorsOf(headings: readonly Heading[], html: readonly Text[]): ReadonlySet<string> {
  const taken = new Map<string, number>()
  const found = new Set<string>(['top'])
  for (const {text} of headings) {
    found.add(unique(slugOf(text), taken))
    const own = attribute.exec(text)
    if (own?.[1] !== undefined) {
      found.add(own[1])
      found.add(slugOf(text.slice(0, own.index).trim()))
    }
  }
  for (const {text} of html)
    for (const [, double, single, bare] of text.matchAll(identifiers)) found.add(double ?? single ?? bare ?? '')
  return found
}

/** The same slug gets a number from the second heading on, as GitHub gives it. */
function unique(own: string, taken: Map<string, number>): string {
  let result = own
  while (taken.has(result)) {
    const next = (taken.get(own) ?? 0) + 1
    taken.set(own, next)
    result = `${own}-${next}`
  }
  taken.set(result, 0)
  return result
}
