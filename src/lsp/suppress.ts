import {isWithin} from '../document/places.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {Edit} from '../rule/types.ts'

/** What stands for the reason until its author writes it. */
const reasonBlank = 'reason'

/**
 * The comment that suppresses a rule at a place, where Markdown leaves it a comment: behind `#` in the front matter, in front of
 * code, a table or HTML, above a heading, else at the end of the line. `undefined` where no comment can stand: in what is read as
 * a link definition, in front matter that can't be read, behind another comment.
 */
export function suppressionAt(document: SpecDocument, offset: number, rule: string): Edit | undefined {
  const {source, metadata, definitions, directives} = document
  const line = source.lineSpan(source.lineOf(offset))
  const unfit = [...definitions, ...metadata.problems, ...directives]
  if (unfit.some(({start, end}) => start <= line.end && end >= line.start)) return undefined
  if (metadata.frontMatter && isWithin(offset, {start: metadata.frontMatter.start, end: metadata.frontMatter.end + 1}))
    return inFrontMatter(document.text.slice(line.start, line.end), line, rule, source.eol)
  const block = document.root.blocks
    .concat(document.sections.flatMap(({blocks}) => blocks))
    .find((one) => isWithin(offset, {start: one.start, end: one.end + 1}))
  const before = (verb: string, start: number): Edit =>
    at(source.lineSpan(source.lineOf(start)).start, `${comment(verb, rule)}${source.eol}`)
  if (block?.kind === 'code' || block?.kind === 'table' || block?.kind === 'html') return before('ignore', block.start)
  if (document.headings.some((heading) => isWithin(offset, {start: heading.start, end: heading.end + 1})))
    return before('disable-next-line', offset)
  const inside = [...document.codes, ...document.tables].some((one) => isWithin(offset, one))
  if (block && inside) return before('ignore', block.start)
  return at(line.end, ` ${comment('disable-line', rule)}`)
}

/** Behind the value; above the line where a comment stands behind it already, which a second `#` would only lengthen. */
function inFrontMatter(text: string, {start, end}: Span, rule: string, eol: string): Edit {
  const plain = text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/gu, '')
  const indent = /^\s*/u.exec(text)?.[0] ?? ''
  return /(?:^|\s)#/u.test(plain)
    ? at(start, `${indent}# spec-lint disable-next-line ${rule} -- ${reasonBlank}${eol}`)
    : at(end, ` # spec-lint disable-line ${rule} -- ${reasonBlank}`)
}

/** The comment that suppresses a rule in the whole file, at its end. */
export function suppressionOfFile({text, source}: SpecDocument, rule: string): Edit {
  const gap = /(?:\r\n|\n|\r)$/u.test(text) ? source.eol : source.eol + source.eol
  return at(text.length, `${text === '' ? '' : gap}${comment('disable-file', rule)}${source.eol}`)
}

function comment(verb: string, rule: string): string {
  return `<!-- spec-lint ${verb} ${rule} -- ${reasonBlank} -->`
}

function at(offset: number, text: string): Edit {
  return {start: offset, end: offset, text}
}
