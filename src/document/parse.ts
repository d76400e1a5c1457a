import {readTypeComment} from './type-comment.ts'
import type {Root} from 'mdast'
import {anchorsOf} from './anchors.ts'
import type {Context} from './context.ts'
import {directivesOf} from './directives.ts'
import {definitionsOf} from './inline.ts'
import {itemsOf, located} from './items.ts'
import {parseMarkdown} from './markdown.ts'
import {mentionsOf} from './mentions.ts'
import {readMetadata} from './metadata.ts'
import {partsOf} from './parted.ts'
import {pieceOf} from './pieces.ts'
import {placeholdersOf} from './placeholders.ts'
import {readSections} from './sections.ts'
import {createSource} from './source.ts'
import type {Field, Section, SpecDocument, Text} from './types.ts'

/** Reads a Markdown text as a specification document. Pure; never throws. */
export function readDocument(text: string, options: {readonly path?: string; readonly tree?: Root} = {}): SpecDocument {
  const source = createSource(text)
  const tree = options.tree ?? parseMarkdown(text.slice(source.bom))
  const context: Context = {text, shift: source.bom}
  const pieces = tree.children.flatMap((node) => partsOf(node, context)).map((node) => pieceOf(node, context))
  const {root, sections, headings, labelItems} = readSections(pieces, context)
  const metadata = readMetadata(tree, root, sections, context)
  const inline = pieces.map((piece) => piece.inline)
  const prose = inline.flatMap((one) => one.prose)
  const comments = inline.flatMap((one) => one.comments)
  const all = [root, ...sections]
  // Nearly in order already, which is what sorts quickest.
  const leaves = inline.flatMap((one) => [...one.prose, ...one.inlineCode]).toSorted((a, b) => a.start - b.start)
  const items = located([...itemsOf(root, sections), ...labelItems], leaves).toSorted((a, b) => a.start - b.start)
  const stated = readTypeComment(tree, directivesOf(tree, comments, metadata.frontMatter, context), context)
  return {
    kind: 'document',
    path: options.path,
    text,
    source,
    metadata,
    title: headings.find(({depth}) => depth === 1),
    headings,
    root,
    sections,
    codes: all.flatMap((section) => section.codes),
    tables: all.flatMap((section) => section.tables),
    lists: all.flatMap((section) => section.lists),
    items,
    mentions: mentionsOf(
      pieces.flatMap((piece) => piece.candidates),
      items,
      text,
    ),
    placeholders: placeholdersOf(
      pieces.flatMap((piece) => piece.placeholders),
      metadata,
      valuesOf(all),
    ),
    definitions: definitionsOf(inline),
    comments,
    directives: stated.others,
    typeComment: stated.comment,
    links: inline.flatMap((one) => one.links),
    anchors: anchorsOf(
      headings,
      inline.flatMap((one) => one.html),
    ),
    prose,
  }
}

function valuesOf(sections: readonly Section[]): readonly Text[] {
  const deep = (fields: readonly Field[]): readonly Text[] =>
    fields.flatMap((field) => [field.value, ...deep(field.fields)])
  return sections.flatMap((section) => [
    ...deep(section.fields),
    ...section.lists.flatMap(({items}) => items.flatMap((item) => deep(item.fields))),
  ])
}
