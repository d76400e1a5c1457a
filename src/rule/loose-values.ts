import type {SpecDocument} from '../document/types.ts'
import {type LooseValues, looseValues} from '../sql/documented/loose-values.ts'
import {lastPart} from '../sql/implicit.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import type {OutsideValue} from './enum-values.ts'
import {enumGroups, enumLists, type ValueList} from './enums.ts'

/**
 * The one value in a table, a list, a sentence or a diagram that the enum of all the others lacks. Words that leave values out
 * are no fault; a list that may mean two enums is left alone.
 */
export function looseOutside(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly OutsideValue[] {
  const lists = enumLists(schema, document, type)
  const stored = lists.filter(({from}) => from === 'check' || from === 'type')
  if (stored.length === 0) return []
  const groups = enumGroups(schema, document, type)
  const groupOf = new Map(groups.flatMap((group) => group.map((list) => [list, group] as const)))
  return looseValues(document)
    .filter(({start, end}) => !lists.some((one) => one.start < end && start < one.end))
    .flatMap((loose) => {
      const meant = stored.filter((list) => isMeant(loose, list))
      const [first] = meant
      if (!first) return []
      const own = new Set(groupOf.get(first) ?? [first])
      const isOne = meant.every((list) => own.has(list) || sameValues(list, first))
      const allowed = [...new Set([...own, ...meant].flatMap(({values}) => values.map(({text}) => text)))]
      const [strange, ...more] = loose.values.filter(({text}) => !allowed.includes(text))
      if (!isOne || !strange || more.length > 0) return []
      const column = first.column ? `${first.column.table.text}.${first.column.name.text}` : (first.name?.text ?? '')
      return [{value: strange, what: 'listed among the values of', column, allowed}]
    })
}

/** All but one of the values, by a word of the enum's name: `State` of `loan_state`. */
function isMeant({values, words}: LooseValues, {values: own, name, column}: ValueList): boolean {
  const known = new Set(own.map(({text}) => text))
  const shared = values.filter(({text}) => known.has(text)).length
  const title = lastPart(column?.name ?? name ?? {key: '', text: '', hole: false, start: 0, end: 0})
  return shared >= 2 && shared >= values.length - 1 && own.length <= values.length && sharesWord(words, title)
}

function sameValues(a: ValueList, b: ValueList): boolean {
  const words = new Set(a.values.map(({text}) => text))
  return a.values.length === b.values.length && b.values.every(({text}) => words.has(text))
}

const synonyms: Readonly<Record<string, string>> = {status: 'state', kind: 'type', category: 'type'}

function sharesWord(words: string, title: string): boolean {
  const forms = new Set(formsOf(words))
  return formsOf(title).some((form) => forms.has(form))
}

function formsOf(words: string): readonly string[] {
  return (words.toLowerCase().match(/\p{L}+/gu) ?? []).map((word) => {
    const one = word === 'status' ? word : word.replace(/(?<=[sx])es$|s$/u, '')
    return Object.hasOwn(synonyms, one) ? (synonyms[one] ?? one) : one
  })
}
