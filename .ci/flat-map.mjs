// V8 runs `flatMap` six times slower than a loop that does the same, and the linter does it a hundred thousand times for a document of
// five thousand lines. The source keeps it for what it says; the bundles have the loop.
import {parseAst} from 'rolldown/parseAst'

const loop = '\0flat-map'

/** Of arrays without holes, as all of ours are. */
const code = `export function flatMapOf(all, make) {
  const found = []
  const {length} = all
  for (let index = 0; index < length; index += 1) {
    const made = make(all[index], index, all)
    if (Array.isArray(made)) for (let at = 0; at < made.length; at += 1) found.push(made[at])
    else found.push(made)
  }
  return found
}
`

/** Calls of `flatMap` in our own modules as calls of that loop, as a plug-in of the bundler. */
export function flatMapAsLoop() {
  return {
    name: 'flat-map-as-loop',
    resolveId: (id) => (id === loop ? id : undefined),
    load: (id) => (id === loop ? code : undefined),
    transform(text, id) {
      if (!id.endsWith('.js') || /[\\/]node_modules[\\/]/u.test(id) || !/\.flatMap\(/u.test(text)) return undefined
      return {code: `import {flatMapOf as $flatMapOf} from ${JSON.stringify(loop)}\n${asLoops(text)}`, map: null}
    },
  }
}

/** `a.flatMap(f)` as `$flatMapOf(a, f)`. */
function asLoops(text) {
  const edits = callsIn(parseAst(text)).flatMap(({start, callee}) => {
    const open = text.indexOf('(', callee.property.end)
    return [
      {at: start, end: start, by: '$flatMapOf('},
      {at: text.lastIndexOf('.', callee.property.start), end: open + 1, by: ', '},
    ]
  })
  let changed = ''
  let from = 0
  // A call that begins where an outer one does stands within it.
  for (const {at, end, by} of edits.toSorted((a, b) => a.at - b.at)) {
    changed += text.slice(from, at) + by
    from = end
  }
  return changed + text.slice(from)
}

function callsIn(tree) {
  const found = []
  const stack = [tree]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'CallExpression' && isFlatMap(node)) found.push(node)
    for (const value of Object.values(node))
      for (const one of Array.isArray(value) ? value : [value])
        if (typeof one === 'object' && one !== null && typeof one.type === 'string') stack.push(one)
  }
  return found
}

function isFlatMap({callee, arguments: given, optional}) {
  return (
    callee.type === 'MemberExpression' &&
    !callee.computed &&
    callee.property.name === 'flatMap' &&
    given.length === 1 &&
    given[0].type !== 'SpreadElement' &&
    callee.object.type !== 'Super' &&
    !optional &&
    !isOptional(callee)
  )
}

/** What stands behind `?.` isn't evaluated where there is nothing: its parts stay together. */
function isOptional(node) {
  for (
    let one = node;
    one;
    one = one.type === 'MemberExpression' ? one.object : one.type === 'CallExpression' ? one.callee : undefined
  )
    if (one.optional) return true
  return false
}
