/** Values that words add to an enum: `` - `TreeStatus`: add `CONDEMNED` `` below "Existing enums to extend". */
import {expression} from '../../document/expressions.ts'
import type {SpecDocument, Text} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {linesOf} from './lines.ts'
import {type Stretch, group, nameOf, part, spanOf, stretchOf} from './stretch.ts'

/** A value that an enum gets. */
export interface EnumAddition {
  readonly name: Name
  readonly value: Text
  /** What it has so far, where the words say it. */
  readonly former: readonly Text[]
}

const about = /\benum(?:eration)?s?\b|\bvalues?\b/i
const named = String.raw`[\x60"*_]{0,4}([\p{L}_][\p{L}\p{N}_.$]{0,80})[\x60"*_]{0,4}`
const value = expression('dgu')`[\x60'"]([^\x60'"\n]{1,60})[\x60'"]|\b(\p{Lu}[\p{Lu}\p{N}_]{1,60})\b`
/** The name, what it has so far in brackets, and the word that more comes. */
const gets = expression(
  'diu',
)`^\s*(?:(?:the|existing|enum(?:eration)?|type)\s+){0,3}${named}(?:\s*\(([^()\n]{0,300})\))?\s*[:–—-]?\s*(?:(?:adds?|adding|gets|gains|new|plus|\+|(?:is |are )?(?:extended|widened) (?:by|with))\b|\+)(?:\s+(?:also|the|new|an?|two|three|four|values?))*\s*:?\s+([^\n.;()]{2,300})`

/** "The existing enum `state` … is extended by `held`" */
const saysEnum = /^\s*(?:the\s+)?(?:existing\s+)?enum(?:eration)?\s+`/i
/** Where among the others it stands. */
const place = /,?\s+(?:placed|after|before|behind|following|at the end|in front|which)\b/i

/** Of items below a label or a heading on enums. */
export function enumAdditions(document: SpecDocument): readonly EnumAddition[] {
  const labels = document.sections.flatMap(({fields}) => fields.filter(({label}) => about.test(label.text)))
  const fields = labels.flatMap(({value: {start, end}}) => (end > start ? [stretchOf(document, {start, end})] : []))
  const items = linesOf(document).flatMap(({stretch, topic}) =>
    about.test(topic) || saysEnum.test(stretch.text) ? [stretch] : [],
  )
  return [...items, ...fields].flatMap(additionsIn)
}

function additionsIn(stretch: Stretch): readonly EnumAddition[] {
  const match = gets.exec(stretch.text)
  const written = match ? group(stretch, match, 1) : undefined
  const list = match ? group(stretch, match, 3) : undefined
  if (!written || !list) return []
  const name = nameOf(written)
  const before = match ? group(stretch, match, 2) : undefined
  const former = before && isFormer.test(before.text) ? valuesIn(before) : []
  const end = place.exec(list.text)?.index
  return valuesIn(end === undefined ? list : part(list, 0, end)).map((one) => ({name, value: one, former}))
}

/** "so far `NONE`, `FM`", "`draft`, `published`": values, and nothing else. */
const isFormer =
  /^\s*(?:(?:so far|today|currently|now|until now|at present|has|values?)\s*:?\s*)*[`'"][^`'"\n]{1,60}[`'"](?:\s*(?:,|\||\/|and|or)\s*(?:and\s+|or\s+)?[`'"][^`'"\n]{1,60}[`'"])+\s*$/i

function valuesIn(list: Stretch): readonly Text[] {
  return [...list.text.matchAll(value)].flatMap((one) => {
    const found = group(list, one, 1) ?? group(list, one, 2)
    return found ? [{...spanOf(found), text: found.text}] : []
  })
}
