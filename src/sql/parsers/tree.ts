/** Access to the syntax trees that parsers give as JSON, whose shapes nobody vouches for. */

export type Tree = Readonly<Record<string, unknown>>

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The child of a name, and of its child, and so on. */
export function child(tree: Tree | undefined, ...names: readonly string[]): Tree | undefined {
  let at: unknown = tree
  for (const name of names) at = isTree(at) ? at[name] : undefined
  return isTree(at) ? at : undefined
}

export function children(tree: Tree | undefined, name: string): readonly Tree[] {
  const list = tree?.[name]
  return Array.isArray(list) ? list.filter(isTree) : []
}

export function text(tree: Tree | undefined, name: string): string | undefined {
  const value = tree?.[name]
  return typeof value === 'string' ? value : undefined
}

export function number(tree: Tree | undefined, name: string): number | undefined {
  const value = tree?.[name]
  return typeof value === 'number' ? value : undefined
}

/** A tree of the form `{Kind: {…}}`. */
export function variant(tree: Tree | undefined): {readonly kind: string; readonly value: unknown} {
  const [entry] = Object.entries(tree ?? {})
  return {kind: entry?.[0] ?? '', value: entry?.[1]}
}

/** A deeper tree isn't read: recursion has an end. */
export const deepest = 400
