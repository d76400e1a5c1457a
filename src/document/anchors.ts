import GithubSlugger from 'github-slugger'
import type {Heading, Text} from './types.ts'

const identifiers = /<[a-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=]+))/gi
/** `## Scope {#scope}`, as Pandoc, Docusaurus and MkDocs have it. */
const attribute = /\{#([^\s{}]+)\}\s*$/u

/** What a `#fragment` can lead to in a document, as GitHub renders it. */
export function anchorsOf(headings: readonly Heading[], html: readonly Text[]): ReadonlySet<string> {
  const slugger = new GithubSlugger()
  const found = new Set<string>(['top'])
  for (const {text} of headings) {
    found.add(slugger.slug(text))
    const own = attribute.exec(text)
    if (own?.[1] !== undefined) {
      found.add(own[1])
      found.add(new GithubSlugger().slug(text.slice(0, own.index).trim()))
    }
  }
  for (const {text} of html)
    for (const [, double, single, bare] of text.matchAll(identifiers)) found.add(double ?? single ?? bare ?? '')
  return found
}
