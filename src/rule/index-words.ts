import {kept} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import type {Name} from '../sql/model.ts'
import {hasName, wordsIn} from './halves.ts'

/** What a sentence says that tells what an index is for. */
const reason =
  /\b(?:for|because|so that|needs?|needed|finds?|look(?:s|ed)?[ -]?ups?|reads?|quer(?:y|ies)|lists?|sorts?|sorted|filters?|gives?|uses?|used|serves?|speeds?|supports?|keeps?|fast(?:er)?|search(?:es)?|scans?)\b/i

const lines = kept<readonly string[]>()

/** Whether a line of the text, SQL aside, names the index and says what it is for. */
export function isExplainedIn(document: SpecDocument, name: Name): boolean {
  const all = lines(document, () => wordsIn(document, {start: 0, end: document.text.length}).split('\n'))
  return all.some((line) => line.includes('`') && hasName(line, name) && reason.test(line.replaceAll(/`[^`]*`/gu, ' ')))
}
