import type {Field, ListItem, Span, SpecDocument} from '../document/types.ts'
import type {Edit, Extra, Fix} from './types.ts'

/** End of the line on which an offset stands, where a further line can go in. */
export function lineEnd({source}: SpecDocument, offset: number): number {
  return source.lineSpan(source.lineOf(offset)).end
}

/** Indentation and bullet of an item, for one beside it: `   - `. */
export function bulletOf({text, source}: SpecDocument, {start}: ListItem): string {
  const line = text.slice(source.lineSpan(source.lineOf(start)).start)
  return /^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+/u.exec(line)?.[0] ?? '- '
}

/** The innermost item of a list that an offset stands in. */
export function listItemAt({lists}: SpecDocument, offset: number): ListItem | undefined {
  return lists
    .flatMap(({items}) => items.filter(({start, end}) => offset >= start && offset < end))
    .toSorted((a, b) => a.start - b.start)
    .at(-1)
}

/** What a line below an item begins with so that it belongs to it: the width of the bullet in spaces, behind the marks of a quote. */
export function indentBelow(document: SpecDocument, item: ListItem): string {
  return bulletOf(document, item).replaceAll(/[^>\s]/gu, ' ')
}

/** A labelled line as the author writes them: `- **Actor**: …`, `**Status:** …`. */
export function labelledLine(
  document: SpecDocument,
  sample: Field | undefined,
  label: string,
  asItem: boolean,
): string {
  const bare = asItem ? `- ${label}: …` : `**${label}**: …`
  if (!sample) return bare
  const {text, source} = document
  const {start, end} = sample.label
  const prefix = text.slice(source.lineSpan(source.lineOf(start)).start, start)
  if (!/^[ \t>]*(?:[-*+][ \t]+)?[*_]*$/u.test(prefix)) return bare
  const suffix = /^[*_]*[ \t]*[:：]?[*_]*/u.exec(text.slice(end))?.[0] ?? ':'
  return `${prefix}${label}${suffix} …`
}

/**
 * Puts labelled lines in below the line on which an offset stands: under each other where the author writes them so, else each as
 * a paragraph of its own, which what stands below stays apart from.
 */
export function linesBelow(
  document: SpecDocument,
  offset: number,
  lines: readonly string[],
  {asItem, sample}: {readonly asItem: boolean; readonly sample: Field | undefined},
): Edit {
  const {eol} = document.source
  const start = lineEnd(document, offset)
  const own = document.source.lineOf(offset)
  const isTight =
    sample?.style === 'bold' &&
    isLabelled(document, own) &&
    [own - 1, own + 1].some((line) => isLabelled(document, line))
  if (asItem || isTight) {
    const hardBreak = (isTight && /(?: {2,}|\\)$/u.exec(lineAt(document, own))?.[0]) || ''
    return {start, end: start, text: lines.map((line) => eol + line + hardBreak).join('')}
  }
  const tail = lineAt(document, own + 1).trim() === '' ? '' : eol
  return {start, end: start, text: lines.map((line) => eol + eol + line).join('') + tail}
}

function isLabelled(document: SpecDocument, line: number): boolean {
  return /^[ \t>]*(?:\*\*|__)\p{L}[^*_]*(?:\*\*|__)/u.test(lineAt(document, line))
}

function lineAt({source}: SpecDocument, line: number): string {
  return line < 1 || line > source.lineCount ? '' : source.slice(source.lineSpan(line))
}

/** A value for a reason that names right ones as well, and has to stay on one line. */
export function shortened(value: string): string {
  return value.length > 33 ? `${[...value].slice(0, 30).join('')}…` : value
}

/** Whether a right form says the same as what is written: only case and quotes differ. */
export function safetyOf(written: string, right: string): Fix['safety'] {
  const plain = (text: string): string => text.replaceAll(/^["']|["']$/gu, '').toLowerCase()
  return plain(written) === plain(right) ? 'safe' : 'unsafe'
}

/** What a finding about a value carries: its right forms, and a fix that takes the nearest. */
export function replacementOf({start, end}: Span, replacements: readonly string[]): Extra {
  const [best] = replacements
  if (best === undefined) return {expected: replacements}
  return {
    expected: replacements,
    fix: {title: `Change to ${best}`, safety: 'unsafe', edits: [{start, end, text: best}]},
  }
}
