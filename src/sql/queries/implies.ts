import type {RowCondition, SimpleCondition} from './model.ts'

/**
 * Whether rows that meet the conditions surely, or for all one can tell, meet those of a partial index. A parameter may
 * stand for any value, so that `status = ?` may meet `status = 'open'`.
 */
export function implies(conditions: readonly RowCondition[], predicate: readonly RowCondition[]): boolean {
  return predicate.every((wanted) => conditions.some((given) => impliesOne(given, wanted)))
}

function impliesOne(given: RowCondition, wanted: RowCondition): boolean {
  if (wanted.kind === 'any')
    return given.kind === 'any'
      ? given.branches.every((branch) => wanted.branches.some((one) => implies(branch, one)))
      : wanted.branches.some((branch) => implies([given], branch))
  if (given.kind === 'any') return given.branches.every((branch) => branch.some((one) => impliesOne(one, wanted)))
  if (given.form !== wanted.form) return false
  return impliesSimple(given, wanted)
}

function impliesSimple(given: SimpleCondition, wanted: SimpleCondition): boolean {
  const {values} = wanted
  const isNull = given.values?.includes('null') ?? false
  if (wanted.operator === 'is not null') return given.operator === 'is not null' || isStrict(given)
  if (wanted.kind === 'equal') {
    if (given.kind !== 'equal') return false
    return given.values === undefined || values === undefined || given.values.every((one) => values.includes(one))
  }
  if (/^(?:<>|!=|not in)$/u.test(wanted.operator)) {
    if (given.kind === 'test') return given.operator === wanted.operator
    if (given.kind !== 'equal' || isNull) return given.kind !== 'equal'
    return given.values === undefined || values === undefined || !given.values.some((one) => values.includes(one))
  }
  if (wanted.kind === 'range') return given.kind === 'range' || (given.kind === 'equal' && !isNull)
  return given.operator === wanted.operator
}

/** No row with NULL meets it. */
function isStrict({kind, values, operator}: SimpleCondition): boolean {
  return kind === 'test' ? /^(?:<>|!=|not in|not like)$/u.test(operator) : !(values?.includes('null') ?? false)
}
