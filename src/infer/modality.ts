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
  for (const block of section.blocks.slice(0, firstBlocks)) {
    const text = textOf(block)
    if (text === undefined) continue
    const condition = conditionIn(text)
    if (condition) return {required: conditional(condition, block, document), stated: false}
    if (isOptional(text))
      return {required: told(false, claim('optional', 'stated', seen(document, block, signOf(text)))), stated: false}
  }
  return {required: told(true, claim('required', 'shown', seen(document, at))), stated: false}
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

/** "All PRDs that modify the database schema MUST include this section". */
function conditionIn(text: string): Condition | undefined {
  const sentence = lines(text).find(
    (line) => says(vocabulary.conditional, line) && /\b(?:that|which|when|if|with|whose)\b/i.test(line),
  )
  if (sentence === undefined) return undefined
  return {sentence, fact: vocabulary.facts.find(({pattern}) => says(pattern, sentence))?.fact}
}

function conditional({sentence, fact}: Condition, block: Block, document: SpecDocument): Told<Json> {
  const evidence = seen(document, block, sentence)
  if (fact !== undefined) return told({when: fact}, claim(`required when \`${fact}\` holds`, 'stated', evidence))
  const doubt = 'It is required under a condition that no fact of a document stands for; it is taken for optional.'
  return told(false, claim('optional', 'guessed', evidence, {doubt}))
}
