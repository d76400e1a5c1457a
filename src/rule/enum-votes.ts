import type {Text} from '../document/types.ts'
import {isSlip, nearest} from '../type/nearest.ts'
import type {ValueList} from './enums.ts'

/** A list that has a value too many, too few, or in another spelling. */
export type EnumFault =
  | {readonly kind: 'strange'; readonly value: Text; readonly list: ValueList; readonly other: ValueList}
  | {readonly kind: 'lacking'; readonly value: Text; readonly list: ValueList; readonly other: ValueList}
  | {
      readonly kind: 'misspelt'
      readonly value: Text
      readonly right: Text
      readonly list: ValueList
      readonly other: ValueList
    }

/**
 * In which lists of one enum a value is wrong: those of the minority. Where both sides are as many, a value that stands elsewhere
 * in the document too (`usedElsewhere`) is right.
 */
export function enumFaults(
  group: readonly ValueList[],
  usedElsewhere: (value: string) => boolean,
): readonly EnumFault[] {
  const lists = group.filter((one) => group.some((other) => other !== one && isComparable(one, other)))
  if (lists.length < 2) return []
  const fold = foldOf(lists)
  const keys = new Map<string, Text>()
  for (const {values} of lists) for (const value of values) if (!keys.has(fold(value))) keys.set(fold(value), value)
  const folded = new Map(
    lists.map((list) => [list, new Map(list.values.toReversed().map((one) => [fold(one), one] as const))] as const),
  )
  const faults = [...keys].flatMap(([key, value]) => faultsOf(key, value, folded, usedElsewhere))
  return joined(faults)
}

function faultsOf(
  key: string,
  value: Text,
  folded: ReadonlyMap<ValueList, ReadonlyMap<string, Text>>,
  usedElsewhere: (value: string) => boolean,
): readonly EnumFault[] {
  const having = [...folded.keys()].filter((list) => folded.get(list)?.has(key))
  const without = [...folded.keys()].filter((list) => !folded.get(list)?.has(key))
  const [has] = having
  const [lacks] = without
  if (!has || !lacks) return []
  const isRight = having.length === without.length ? usedElsewhere(value.text) : having.length > without.length
  if (isRight) return without.map((list) => ({kind: 'lacking', value, list, other: has}))
  return having.map((list) => ({
    kind: 'strange',
    value: folded.get(list)?.get(key) ?? value,
    list,
    other: lacks,
  }))
}

/** Lists that differ in more are two lists, and no slips of one. */
const mostSlips = 200

/** A value too many and one too few of nearly the same letters are one slip. */
function joined(faults: readonly EnumFault[]): readonly EnumFault[] {
  if (faults.length > mostSlips) return faults
  const gone = new Set<EnumFault>()
  const found = faults.map((fault): EnumFault => {
    if (fault.kind !== 'strange' || gone.has(fault)) return fault
    const pairs = faults.filter(
      (other) =>
        !gone.has(other) &&
        other !== fault &&
        ((other.kind === 'lacking' && other.list === fault.list) ||
          (other.kind === 'strange' && other.list === fault.other && fault.list === other.other)),
    )
    const [near] = nearest(
      fault.value.text,
      pairs.map(({value}) => value.text),
    )
    const pair =
      pairs.find(({value}) => value.text === near) ?? pairs.find(({value}) => isSlip(fault.value.text, value.text))
    if (!pair) return fault
    gone.add(pair)
    // Of two values of which nothing tells which one is right, the later has the slip.
    const [wrong, right] =
      pair.kind === 'strange' && pair.value.start > fault.value.start ? [pair, fault] : [fault, pair]
    return {kind: 'misspelt', value: wrong.value, right: right.value, list: wrong.list, other: wrong.other}
  })
  return found.filter((_, index) => {
    const fault = faults[index]
    return fault !== undefined && !gone.has(fault)
  })
}

/** Half of the shorter list stands in the other too: else they only happen to have one name. */
function isComparable(a: ValueList, b: ValueList): boolean {
  const fold = foldOf([a, b])
  const [wordsA, wordsB] = [new Set(a.values.map(fold)), new Set(b.values.map(fold))]
  const shared = [...wordsA].filter((word) => wordsB.has(word)).length
  return shared > 0 && shared * 2 >= Math.min(wordsA.size, wordsB.size)
}

/** As written where each list has a value of another, else without case: `ACTIVE` is stored as `active`. */
function foldOf(lists: readonly ValueList[]): (value: Text) => string {
  const counts = new Map<string, number>()
  for (const {values} of lists)
    for (const text of new Set(values.map((one) => one.text))) counts.set(text, (counts.get(text) ?? 0) + 1)
  const isExact = lists.every(({values}) => values.some(({text}) => (counts.get(text) ?? 0) > 1))
  return isExact ? ({text}) => text : ({text}) => text.toLowerCase()
}
