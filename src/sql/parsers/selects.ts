import type {Expression, SelectSyntax, Syntax} from './syntax.ts'

/** What grows while a tree of queries is read. */
export interface Selects {
  readonly selects: SelectSyntax[]
  readonly common: Set<string>
  isTooDeep: boolean
}

export function emptySelects(): Selects {
  return {selects: [], common: new Set(), isTooDeep: false}
}

/** Room for a query, so that those inside of it know its number. */
export function reserve(into: Selects, place: SelectSyntax['place'], parent: number | undefined): number {
  const empty = {tables: [], derives: false, conditions: [], using: [], order: [], stars: []}
  return into.selects.push({verb: 'select', place, parent, ...empty, limited: false, aggregated: false}) - 1
}

export function asQuery({selects, common, isTooDeep}: Selects): Syntax | undefined {
  return isTooDeep || selects.length === 0 ? undefined : {kind: 'query', selects, common}
}

const aggregateNames =
  /^(?:count|sum|avg|min|max|array_agg|string_agg|group_concat|json_agg|jsonb_agg|json_object_agg|jsonb_object_agg|json_arrayagg|json_objectagg|bool_and|bool_or|every|total|stddev\w*|var\w*|percentile_cont|percentile_disc|mode|bit_and|bit_or|any_value)$/u

export function isAggregate(expression: Expression): boolean {
  return expression.kind === 'call' && (aggregateNames.test(expression.name) || expression.args.some(isAggregate))
}
