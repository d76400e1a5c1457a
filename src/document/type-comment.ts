import type {Root} from 'mdast'
import {type Context, spanOf} from './context.ts'
import type {Directive, TypeComment} from './types.ts'

const blocks = 5

/** `<!-- spec-lint type prd@2 -->` among the first five blocks, and the comments that are none. */
export function readTypeComment(
  tree: Root,
  directives: readonly Directive[],
  context: Context,
): {readonly comment: TypeComment | undefined; readonly others: readonly Directive[]} {
  const last = tree.children.filter(({type}) => type !== 'yaml')[blocks - 1]
  const end = (last && spanOf(last, context)?.end) ?? context.text.length
  const found = directives.find(
    ({verb, separated, names, where, start}) =>
      verb.text === 'type' && separated && names.length === 1 && where === 'markdown' && start < end,
  )
  const [name] = found?.names ?? []
  if (!found || !name) return {comment: undefined, others: directives}
  const [, type = '', version] = /^([^@]*)(?:@(.+))?$/u.exec(name.text) ?? []
  return {
    comment: {start: found.start, end: found.end, name: type, version},
    others: directives.filter((one) => one !== found),
  }
}
