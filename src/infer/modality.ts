import type {Block, Json, Section, SpecDocument} from '../document/types.ts'
import type {HeadingShape} from './headings.ts'
import {claim, seen, told} from './told.ts'
import type {Told} from './types.ts'
import {says, saysOneOf, vocabulary} from './vocabulary.ts'

/** In so many blocks below a heading a template speaks of the section itself. */
const firstBlocks = 4
const longest = 4000

export interface Modality {
  readonly required: Told<Json>
  /** Its heading says that it is mandatory: then others that don't say so aren't. */
  readonly stated: boolean
}

/** Whether a section has to be there: by its heading, the comment above it, or the first words below it. */
export function modalityOf(
  section: Section,
  shape: HeadingShape,
  above: Block | undefined,
  document: SpecDocument,
): Modality {
  const {heading} = section
  const at = heading ?? section
  if (shape.mandatory) return {required: told(true, claim('required', 'stated', seen(document, at))), stated: true}
  if (shape.optional) return {required: told(false, claim('optional', 'stated', seen(document, at))), stated: false}
  const before = above && textOf(above)
  if (above && before !== undefined && isOptional(before))
    return {required: told(false, claim('optional', 'stated', seen(document, above))), stated: false}
  const aside = asideOf(section, shape, document)
  if (aside) return {required: aside, stated: false}
  for (const [index, block] of section.blocks.slice(0, firstBlocks).entries()) {
    const text = textOf(block)
    if (text === undefined) continue
    const condition = conditionIn(text, index === 0)
    if (condition) return {required: conditional(condition, block, document), stated: false}
    if (isOptional(text))
      return {required: told(false, claim('optional', 'stated', seen(document, block, signOf(text)))), stated: false}
  }
  return {required: told(true, claim('required', 'shown', seen(document, at))), stated: false}
}

/** A list of what is left to do goes when it is done; an example below a heading is the template's. */
function asideOf(section: Section, {heading}: HeadingShape, document: SpecDocument): Told<Json> | undefined {
  const evidence = seen(document, section.heading ?? section)
  if (says(vocabulary.optional.asides, heading.trim()))
    return told(
      false,
      claim('optional', 'guessed', evidence, {doubt: 'It is taken for a list that goes when all is done.'}),
    )
  return isSample(section, document)
    ? told(
        false,
        claim('optional', 'guessed', evidence, {doubt: 'It is taken for an example, which documents need not have.'}),
      )
    : undefined
}

/** `Example Specification` below `Specification`. */
export function isSample({heading, parent}: Section, {title}: SpecDocument): boolean {
  return (
    parent?.heading !== undefined &&
    parent.heading !== title &&
    says(vocabulary.optional.samples, heading?.title.text.trim() ?? '')
  )
}

/** "Fill only if there are violations": the heading may stay, and nothing below it. */
export function isFilledSometimes(section: Section): boolean {
  return sentencesOf(section).some(({sentence}) => says(vocabulary.optional.filled, sentence))
}

/** The first sentences below a heading, with their blocks. */
export function sentencesOf(section: Section): readonly {readonly block: Block; readonly sentence: string}[] {
  return section.blocks
    .slice(0, firstBlocks)
    .flatMap((block) => lines(textOf(block) ?? '').map((sentence) => ({block, sentence})))
}

function textOf(block: Block): string | undefined {
  switch (block.kind) {
    case 'html':
      return block.comment?.slice(0, longest)
    case 'paragraph':
    case 'quote':
      return block.text.slice(0, longest)
    default:
      return undefined
  }
}

function isOptional(text: string): boolean {
  return lines(text).some((line) => saysOneOf(vocabulary.optional.sentences, line))
}

/** Sentences, however their lines are broken. */
function lines(text: string): readonly string[] {
  return text.replaceAll(/\s+/gu, ' ').split(/(?<=[.!?])\s+/u)
}

function signOf(text: string): string {
  return lines(text).find((line) => saysOneOf(vocabulary.optional.sentences, line)) ?? text
}

interface Condition {
  readonly sentence: string
  readonly fact: string | undefined
}

/** "All PRDs that modify the database schema MUST include this section"; "All PRDs must include it" is no condition. */
function conditionIn(text: string, isFirst: boolean): Condition | undefined {
  const all = lines(text)
  const sentence = all.find((line) => says(vocabulary.conditional, line) && isNarrowed(line))
  if (sentence !== undefined)
    return {sentence, fact: vocabulary.facts.find(({pattern}) => says(pattern, sentence))?.fact}
  const [opening = ''] = all
  const other =
    isFirst && saysOneOf(vocabulary.optional.opening, opening)
      ? opening
      : all.find((line) => saysOneOf(vocabulary.optional.sometimes, line))
  return other === undefined ? undefined : {sentence: other, fact: undefined}
}

/** Which documents are meant is said before what they must do; when they must, anywhere. */
function isNarrowed(sentence: string): boolean {
  const [subject = ''] = sentence.split(/\b(?:must|shall|are required to|have to)\b/iu)
  return /\b(?:that|which|with|whose)\b/iu.test(subject) || /(?<!\beven )\b(?:when|if)\b/iu.test(sentence)
}

function conditional({sentence, fact}: Condition, block: Block, document: SpecDocument): Told<Json> {
  const evidence = seen(document, block, sentence)
  if (fact !== undefined) return told({when: fact}, claim(`required when \`${fact}\` holds`, 'stated', evidence))
  const doubt = 'It is required under a condition that no fact of a document stands for; it is taken for optional.'
  return told(false, claim('optional', 'guessed', evidence, {doubt}))
}
