import {blockAbove, isBelow} from '../document/places.ts'
import {kept} from '../document/remembered.ts'
import type {CodeBlock, Section} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'

const present =
  /\b(?:today|currently|at present|so far|until now|as (?:it|they) (?:is|are|stands?)(?: now)?)\b[^.]*:\s*$/i

/** "Parts of the present schema that matter:", "State before the migration:"; not "New columns of the existing tables:". */
const presentSchema =
  /\bwhat is (?:already )?there\b|\b(?:present|existing|current) (?:[\w-]+ ){0,2}(?:schema|tables?|state|model|definitions?|structure)\b|\b(?:state|schema|tables?|structure) (?:as it was )?before\b|\bbefore\s*:\s*$|\b(?:already exists?|exists? (?:already|before))\b/i
const change =
  /\b(?:add(?:s|ed|ing)?|chang(?:e|es|ed|ing)|new|alter(?:s|ed|ing)?|creat(?:e|es|ed|ing)|modif(?:y|ies|ied)|drop(?:s|ped)?|extend(?:s|ed)?|replac(?:e|es|ed)|mov(?:e|es|ed)|renam(?:e|es|ed))\b/i

/** "One transaction, before the release:" says when something is done. */
const action = /\b(?:transactions?|appl(?:y|ies|ied)|deploy(?:s|ed|ment)?|execut(?:e|es|ed))\b/i

/** `-- as it is today`, `-- existing, for reference`: the first line of a fence. */
const presentComment =
  /^[ \t]*--[ \t]*(?:(?:the )?(?:table|schema)s? )?(?:as (?:it|they) (?:is|are|stands?)(?: (?:today|now))?|today|(?:existing|current|present)(?: (?:tables?|schema|state|definitions?))?)(?:[ \t]*$|[,:;(])/im

/** "The table is today:" */
export function isPresent(code: CodeBlock, section: Section): boolean {
  return known(code, () => isOfToday(code, section))
}

const known = kept<boolean>()

function isOfToday(code: CodeBlock, section: Section): boolean {
  if (presentComment.test(code.value)) return true
  const above = blockAbove(section, code.start)
  if (above?.kind !== 'paragraph') return false
  if (present.test(above.text)) return true
  const said = above.text.replaceAll(beforeIt, 'before')
  return (
    said.length < 200 &&
    said.trimEnd().endsWith(':') &&
    presentSchema.test(said) &&
    !change.test(said) &&
    !action.test(said) &&
    !/^\s*(?:ALTER\s+(?!SEQUENCE\b)|DROP\b|UPDATE\b|INSERT\b)/im.test(code.value)
  )
}

/** "before this change", "as created by migrations 001 to 009". */
const beforeIt =
  /\bbefore (?:this|the|these|any of these) (?:change|migration|release)s?\b|\bas (?:created|left) by (?:the )?migrations?\b/gi

const before = /\b(?:current|existing|before|legacy|as[- ]is|present|today)\b/i

/** What a statement makes is there already: the sentence above its fence says so, or the heading of a section around it. */
export function isThere({section, code}: StatementFact): boolean {
  return isPresent(code, section) || isBelow(section, (title) => before.test(title) && !change.test(title))
}
