import type {Json, Section, SpecDocument} from '../document/types.ts'
import {sentencesOf} from './modality.ts'
import {claim, seen, told} from './told.ts'
import type {Evidence, Told} from './types.ts'
import {says, saysOneOf, vocabulary} from './vocabulary.ts'

/** What is filled in later, as the section or one above it says. */
export interface Later {
  readonly evidence: Evidence
  /** Nor need the headings below it be there before. */
  readonly optional: boolean
}

/** "This section must be completed when targeting a release." */
export function laterOf(sample: Section | undefined, required: Json, document: SpecDocument): Later | undefined {
  const said = sample && sentencesOf(sample).find(({sentence}) => saysOneOf(vocabulary.optional.later, sentence))
  return said && {evidence: seen(document, said.block, said.sentence), optional: required === false}
}

/** Below a section that isn't required yet nothing is. */
export function postponed(required: Told<Json>, later: Later | undefined): Told<Json> {
  if (later?.optional !== true || required.value !== true) return required
  return told(false, claim('optional', 'guessed', later.evidence, {doubt: 'What it belongs to is not required yet.'}))
}

/** What may stand in place of the content. */
export function omittableOf(sample: Section | undefined, later: Later | undefined): Told<Json> {
  if (later) {
    const doubt = 'No fact of a document says when that is: it may be empty until then, and afterwards too.'
    return told('empty', claim('filled in later', 'guessed', later.evidence, {doubt}))
  }
  return told(sample && takesNotApplicable(sample) ? 'word' : true)
}

/** Whether "N/A" answers: below a question of yes or no, or where the template itself says so, or "if applicable". */
function takesNotApplicable(section: Section): boolean {
  const sentences = sentencesOf(section).map(({sentence}) => sentence)
  return (
    section.heading?.title.text.trim().endsWith('?') === true ||
    sentences.some(
      (sentence) => says(vocabulary.optional.applicable, sentence) || says(vocabulary.optional.instead, sentence),
    ) ||
    sentences.slice(0, 1).some((sentence) => says(vocabulary.optional.answers, sentence))
  )
}
