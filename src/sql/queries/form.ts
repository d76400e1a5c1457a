import type {Expression} from '../parsers/syntax.ts'

/** An expression in one fixed spelling, so that those of a query and of an index can be compared. */
export function formOf(expression: Expression): string {
  if (expression.kind === 'column') return expression.path.at(-1) ?? ''
  if (expression.kind === 'value') return expression.text ?? '?'
  return expression.kind === 'query' ? '(query)' : `${expression.name}(${expression.args.map(formOf).join(', ')})`
}

/** An expression as a person writes it. */
export function wordsOf(expression: Expression): string {
  if (expression.kind !== 'call') return formOf(expression)
  const {name, args} = expression
  const [first, second] = args
  if (name.startsWith('cast:') && first) return `CAST(${wordsOf(first)} AS ${name.slice(5)})`
  if (first && second && args.length === 2 && /^[^\p{L}\p{N}]+$/u.test(name))
    return `${wordsOf(first)} ${name} ${wordsOf(second)}`
  if (/^(?:list|row|)$/u.test(name)) return `(${args.map(wordsOf).join(', ')})`
  return `${name}(${args.map(wordsOf).join(', ')})`
}

/** All columns of an expression, those of its subqueries left out. */
export function columnsOf(expression: Expression): readonly Extract<Expression, {kind: 'column'}>[] {
  if (expression.kind === 'column') return [expression]
  return expression.kind === 'call' ? expression.args.flatMap(columnsOf) : []
}

/** The constants of an expression; `undefined` when it is, or holds, something else. */
export function constantsOf(expression: Expression): readonly string[] | undefined {
  if (expression.kind === 'value') return expression.text === undefined ? undefined : [expression.text]
  if (expression.kind !== 'call' || expression.args.length === 0) return undefined
  if (expression.name.startsWith('cast:') && expression.args[0]) return constantsOf(expression.args[0])
  if (expression.name !== 'list') return undefined
  const all = expression.args.map(constantsOf)
  return all.every((one) => one !== undefined) ? all.flat() : undefined
}
