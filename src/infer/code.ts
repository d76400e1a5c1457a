import type {Section, SpecDocument} from '../document/types.ts'
import {claim, seen, told} from './told.ts'
import type {Map, Told} from './types.ts'
import {vocabulary} from './vocabulary.ts'

/**
 * The languages of the fences of a section, with those that do the same: a schema may be shown in any SQL, in an ORM or as a
 * diagram. Other languages say nothing of what an author may add.
 */
export function codeOf(section: Section, document: SpecDocument): Told<Map | undefined> {
  const codes = section.codes.filter(({fenced}) => fenced)
  const {database, plain} = vocabulary.languages
  const sql = codes.find(({language}) => language !== undefined && database.of.includes(language))
  const nameless = codes.find(({language}) => language === undefined)
  const languages = [...new Set([...(nameless ? plain.admits : []), ...(sql ? database.admits : [])])]
  const first = sql ?? nameless
  if (!first) return told(undefined)
  const words = sql ? `code in \`${sql.language ?? ''}\` or what does the same` : 'code, with or without a language'
  return told({languages, required: false}, claim(words, 'shown', seen(document, first)))
}
