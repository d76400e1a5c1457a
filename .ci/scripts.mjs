// Chunks as scripts. V8 keeps what it compiled of a script as it is at the end of a run, the functions within included; of a module it
// keeps no more than its outermost, and compiles the rest at each start. The chunk stays a module that imports and exports: it hands
// what it imports to a function in a file beside, which `src/run/compiled.ts` runs.
import {createHash} from 'node:crypto'
import {basename} from 'node:path'
import {parseSync} from 'rolldown/utils'

/** Characters from which on a chunk is worth a second file. */
const fewest = 20_000

/** Makes scripts of the great chunks, as a plug-in of the bundler; `runner` is the entry that runs them. */
export function chunksAsScripts(runner) {
  return {
    name: 'chunks-as-scripts',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(
        ({type, isEntry, code}) => type === 'chunk' && !isEntry && code.length >= fewest,
      )
      const all = chunks.map((chunk) => ({chunk, ...split(chunk.code)}))
      const build = createHash('sha256')
      for (const text of all.map(({script}) => script).toSorted()) build.update(text)
      const id = build.digest('hex').slice(0, 16)
      for (const {chunk, script, module} of all) {
        const fileName = chunk.fileName.replace(/\.js$/u, '.cjs')
        this.emitFile({type: 'asset', fileName, source: script})
        chunk.code = module(`./${basename(fileName)}`, `../${runner}.js`, id)
      }
    },
  }
}

function split(code) {
  const {
    program: {body},
    comments,
  } = parseSync('chunk.js', code)
  const imports = body.filter(({type}) => type === 'ImportDeclaration')
  const exported = body.filter(({type}) => type === 'ExportNamedDeclaration')
  const names = imports.flatMap(({specifiers}) => specifiers.map(({local}) => local.name))
  const pairs = exported.flatMap(({specifiers}) => specifiers.map((one) => [one.local.name, one.exported.name]))
  holdStill(body, pairs)
  const edits = [
    ...[...imports, ...exported].map(({start, end}) => ({start, end, by: ''})),
    ...found(body, 'ImportExpression').map(({start}) => ({start, end: start + 'import'.length, by: '$import'})),
    ...found(body, 'MetaProperty').flatMap(({start, end, meta}) =>
      meta.name === 'import' ? [{start, end, by: '$meta'}] : [],
    ),
    ...asBytes(body, comments, code),
  ]
  const given = names.map((name) => `, ${name}`).join('')
  return {
    script: `(function ($import, $meta${given}) {'use strict'
${edited(code, edits)}
return {${pairs.map(([local, name]) => `${name}: ${local}`).join(', ')}}
})
`,
    module: (path, runner, id) => `${imports.map(({start, end}) => code.slice(start, end)).join('\n')}
import {runScript as $run} from '${runner}'
const $made = $run(new URL('${path}', import.meta.url), '${id}')((name) => import(name), import.meta${given})
const {${pairs.map(([, name], at) => `${name}: $${at}`).join(', ')}} = $made
export {${pairs.map(([, name], at) => `$${at} as ${name}`).join(', ')}}
`,
  }
}

/** What a module exports changes with its variable; what a function returns does not. */
function holdStill(body, pairs) {
  const variables = new Set(
    body.flatMap(({type, kind, declarations}) =>
      type === 'VariableDeclaration' && kind !== 'const' ? declarations.map(({id}) => id.name) : [],
    ),
  )
  const nodes = [...found(body, 'AssignmentExpression'), ...found(body, 'UpdateExpression')]
  const targets = new Set(
    nodes.flatMap(({left, argument}) => found([left ?? argument], 'Identifier').map(({name}) => name)),
  )
  const changing = pairs.find(([local]) => variables.has(local) && targets.has(local))
  if (changing) throw new Error(`${changing[0]} is exported, and changes`)
}

function found(nodes, wanted, all = []) {
  for (const node of nodes) {
    if (node === null || typeof node !== 'object') continue
    if (node.type === wanted) all.push(node)
    found(Array.isArray(node) ? node : Object.values(node), wanted, all)
  }
  return all
}

/**
 * Text of one byte a character takes a third of the time to read, and half the memory. What is beyond stands in comments, which go, and
 * in strings, expressions and names, where it can be escaped; what a tag gets of a template is as it was written, but for its parts.
 */
function asBytes(body, comments, code) {
  const tagged = found(body, 'TaggedTemplateExpression').flatMap(({quasi}) => quasi.quasis)
  return [
    ...comments.map(({start, end}) => ({start, end, by: code.slice(start, end).includes('\n') ? '\n' : ' '})),
    ...[...code.matchAll(/[^\0-\x7f]+/gu)].map(({0: text, index: start}) => {
      if (code[start - 1] === '\\') throw new Error(`${text} stands behind a backslash`)
      const isTagged = tagged.some((one) => one.start <= start && start < one.end)
      return {start, end: start + text.length, by: isTagged ? `\${'${escaped(text)}'}` : escaped(text)}
    }),
  ]
}

function escaped(text) {
  return [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}

function edited(code, edits) {
  let text = ''
  let at = 0
  for (const {start, end, by} of edits.toSorted((a, b) => a.start - b.start)) {
    // Within what goes as a whole.
    if (start < at) continue
    text += code.slice(at, start) + by
    at = end
  }
  return text + code.slice(at)
}
