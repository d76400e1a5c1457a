import type {Plan} from './types.ts'

type Node = Readonly<Record<string, unknown>>

/** The plan that EXPLAIN gives as JSON, as lines that a person can read, with the indexes that it uses. */
export function planOf(answer: unknown): Plan {
  const [first] = (typeof answer === 'string' ? JSON.parse(answer) : answer) as readonly Node[]
  const root = first?.['Plan']
  const lines: string[] = []
  const uses: {readonly index: string; readonly condition: string}[] = []
  let sorts = false
  const walk = (node: Node, depth: number): void => {
    const kind = textIn(node, 'Node Type')
    const index = textIn(node, 'Index Name')
    const condition = textIn(node, 'Index Cond')
    const on = textIn(node, 'Relation Name')
    const said = [
      kind,
      index === '' ? '' : `using ${index}`,
      on === '' ? '' : `on ${on}`,
      condition === '' ? '' : `: ${condition}`,
      textIn(node, 'Filter') === '' ? '' : `, then filter ${textIn(node, 'Filter')}`,
    ]
    lines.push(`${'  '.repeat(depth)}${said.filter(Boolean).join(' ').replace(' :', ':').replace(' ,', ',')}`)
    if (index !== '') uses.push({index, condition})
    if (/^(?:Incremental )?Sort$/u.test(kind)) sorts = true
    const below = node['Plans']
    // A plan is as deep as its query, whose depth the parser bounds.
    if (Array.isArray(below)) for (const one of below as readonly Node[]) walk(one, depth + 1)
  }
  if (typeof root === 'object' && root !== null) walk(root as Node, 0)
  return {lines, uses, sorts}
}

function textIn(node: Node, key: string): string {
  const value = node[key]
  return typeof value === 'string' ? value : ''
}
