/** Values that the words of a schema give to an enum that is there, and that no statement of the migration has. */
import type {Operation} from '../sql/model.ts'
import {type EnumAddition, enumAdditions} from '../sql/documented/enum-additions.ts'
import {hasName, isDdl, wordsIn} from './halves.ts'
import {code} from '../document/words.ts'
import type {Difference, Facts} from './schema-differences.ts'
import {roleAt} from './schema.ts'
import {unreadIn} from './unread.ts'

export function valuesLeft({document, type, schema}: Facts, up: readonly Operation[]): readonly Difference[] {
  const added = enumAdditions(document).filter(({value}) => roleAt(value.start, type, ['schema', 'ddl']) !== undefined)
  if (added.length === 0) return []
  const migration = type.withRole('migration')
  const made = new Set(
    up.filter((one) => isDdl(one) && gives.test(one.statement.text)).map(({statement}) => statement.text),
  )
  const said = [
    unreadIn(migration, document, schema),
    ...migration.map((one) => ofForward(wordsIn(document, one), added)),
    ...made,
  ].join('\n')
  return added
    .filter(({value: {start, end, text}}) => !hasName(said, {text, key: text, hole: false, start, end}))
    .map(({name, value}) => ({at: value, what: `value ${code(value.text)} of enum ${code(name.text)}`}))
}

/** What gives a value to a type or a column; an index may ask for one. */
const gives = /\b(?:VALUE|TYPE|ENUM|SET|CHECK|DOMAIN)\b/i

/** The sentences on an enum, a value, or that something is added, without those that say of one that it stays when all else is taken back. */
function ofForward(words: string, added: readonly EnumAddition[]): string {
  const names = added.map(({name}) => name)
  return words
    .split(/(?<=[.\n])/u)
    .filter(
      (sentence) => !stays.test(sentence) && (isOnEnum.test(sentence) || names.some((one) => hasName(sentence, one))),
    )
    .join('')
}

const isOnEnum = /\b(?:enum\w*|values?|adds?|added|adding|ma[dk]es?|extend\w*|brings?|brought)\b/i

const stays =
  /\b(?:stays?|remains?|is (?:kept|left)|can(?:not|['’]t| not) be (?:removed|dropped)|differs?|except|apart from)\b/i
