import {isWithin} from '../document/places.ts'
import type {Block, Section, SpecDocument} from '../document/types.ts'
import type {Hollow, SectionSpec} from './types.ts'

const nothing =
  /^(?:tbd|todo|tba|n\/?a|none|nothing|not applicable|to be (?:agreed|clarified|confirmed|decided|defined|determined|discussed|done|specified|written)(?:,? (?:by|with|at|in|on|upon|later|soon)\b[^.!?]{0,80})?|coming soon|wip|[-–—.…?])[\s.!…]*$/i
/** An answer where the section may be left out. */
const answer = /^(?:none|nothing)\b/i
/** An answer to what is still open. */
const noneOpen = /^(?:none|nothing|n\/?a|not applicable)\b/i

/** Says of a section that holds nothing, or nothing but a word for nothing, which of the two; `undefined` for one with content. */
export function hollowOf(section: Section, spec: SectionSpec, document: SpecDocument): Hollow | undefined {
  if (section.children.length > 0) return undefined
  const blocks = section.blocks.filter((block) => block.kind !== 'other' && block.kind !== 'html' && !isHollow(block))
  const [only] = blocks
  if (!only) {
    const html = section.blocks.filter((block) => block.kind === 'html')
    if (html.some((block) => block.kind === 'html' && block.comment !== undefined))
      return {section, kind: 'comment', text: ''}
    return html.length > 0 || holdsDefinition(section, document) ? undefined : {section, kind: 'empty', text: ''}
  }
  const text = blocks.length === 1 ? textOf(only) : undefined
  if (text === undefined || !nothing.test(text)) return undefined
  const isAnswer =
    (spec.omittable !== false && answer.test(text)) || (spec.role === 'open-questions' && noneOpen.test(text))
  return isAnswer ? undefined : {section, kind: 'nothing', text}
}

/** A section that says no more than that it doesn't apply, or says nothing yet, where the type takes that for an answer. */
export function isLeftOut(section: Section, spec: SectionSpec, document: SpecDocument): boolean {
  if (spec.omittable !== 'word' && spec.omittable !== 'empty' && !isOptional(spec)) return false
  const hollow = hollowOf(section, {...spec, omittable: false}, document)
  return hollow !== undefined && (spec.omittable === 'empty' || noneOpen.test(hollow.text))
}

/** It need not be there at all: then its heading may stay with a word for nothing. */
function isOptional({required, omittable}: SectionSpec): boolean {
  return required === false && omittable !== false
}

/** A list without text, a table without a cell that is filled, code without a line. */
function isHollow(block: Block): boolean {
  switch (block.kind) {
    case 'list':
      return block.items.every(
        (item) => item.text === '' && item.blocks.every((inner) => inner.kind === 'paragraph' || isHollow(inner)),
      )
    case 'table':
      return block.rows.every(({cells}) => cells.every(({text}) => text === ''))
    case 'code':
      return block.value.trim() === ''
    default:
      return false
  }
}

function textOf(block: Block): string | undefined {
  if (block.kind === 'paragraph') return block.text
  return block.kind === 'list' && block.items.length === 1 ? block.items[0]?.text : undefined
}

/** What Markdown drops as a definition was meant as content; another rule speaks of it. */
function holdsDefinition(section: Section, document: SpecDocument): boolean {
  return document.definitions.some(({start}) => isWithin(start, section.body))
}
