// The package's code, `dist`: what TypeScript made in `build`, in a few files. A program of a thousand modules spends its start
// on finding them.
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {built, bundle, bundleForBrowsers, licences, precompile, root} from './bundling.mjs'
import {chunksAsScripts} from './scripts.mjs'

const target = join(root, 'dist')
/** What others import, and bundle. */
const library = ['src/index', 'src/rule/index', 'src/run/remark', 'src/run/preset']
/** What runs as a process or a thread. */
const program = ['src/cli/main', 'src/run/worker', 'src/verify/worker', 'src/run/compiled']

/** The modules that an entry can't run without, as one file. To find, open and link sixty takes longer than to run most of them. */
function fileOf(name, module, priority) {
  let found
  return {
    name: (id, graph) => {
      found ??= importedBy(join(built, module), graph)
      return found.has(id) && !graph.getModuleInfo(id)?.isEntry ? name : null
    },
    debugName: name,
    priority,
  }
}

/** A module and all that it can't run without. */
function importedBy(id, graph, seen = new Set()) {
  if (seen.has(id)) return seen
  seen.add(id)
  for (const one of graph.getModuleInfo(id)?.importedIds ?? []) importedBy(one, graph, seen)
  return seen
}

/** What `dist` was made of, when it was last made whole. */
const stamp = join(built, 'made-of')

function madeOf() {
  const hash = createHash('sha256')
  const folders = ['.ci', 'rules', 'schemas', 'src'].flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  )
  const files = ['package.json', 'package-lock.json', 'tsconfig.json'].map((name) => join(root, name))
  for (const path of [...folders, ...files].toSorted())
    hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

const sources = madeOf()
if (existsSync(stamp) && existsSync(join(target, 'licences.txt')) && readFileSync(stamp, 'utf8') === sources) {
  console.log('dist is up to date')
  process.exit()
}
for (const folder of [built, target]) rmSync(folder, {recursive: true, force: true})
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {stdio: 'inherit'})
await precompile()
const entriesOf = (names) => Object.fromEntries(names.map((name) => [name, join(built, `${name}.js`)]))
const form = {dir: target, entryFileNames: '[name].js'}
const libraries = await bundle(entriesOf(library), {...form, chunkFileNames: 'chunks/library-[name]-[hash].js'})
const programs = await bundle(entriesOf(program), {
  ...form,
  chunkFileNames: 'chunks/[name]-[hash].js',
  plugins: [chunksAsScripts('src/run/compiled')],
  codeSplitting: {
    groups: [
      {name: 'begin', test: /[\\/]src[\\/]run[\\/](?:compiled|v8)\.js$/u, priority: 4},
      fileOf('start', 'src/cli/program.js', 3),
      fileOf('rules', 'src/run/rule-page.js', 2),
      fileOf('lint', 'src/cli/lint.js', 1),
    ],
  },
})
writeFileSync(join(target, 'licences.txt'), licences({output: [...libraries.output, ...programs.output]}))
await bundleForBrowsers(
  {'src/browser': join(built, 'src/browser.js')},
  {dir: target, entryFileNames: '[name].js', chunkFileNames: 'chunks/browser-[name]-[hash].js'},
)
writeFileSync(stamp, sources)
