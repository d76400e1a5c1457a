// How code is made one: for the package, for the action.
import {cpSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {build} from 'rolldown'
import {flatMapAsLoop} from './flat-map.mjs'
import {linearParser} from './parser.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
/** What TypeScript made. */
export const built = join(root, 'build')
/** Packages that load WebAssembly by their own address. */
export const asTheyAre = ['libpg-query', '@guanmingchiu/sqlparser-ts', '@prisma/prisma-schema-wasm']
/** Installed by whoever wants migrations executed. */
export const engines = [/^@electric-sql\/pglite/, 'sql.js']

const options = (rule) => ({
  platform: 'node',
  external: [...asTheyAre, ...engines],
  resolve: {
    // A `main` may be UMD, of which no bundler sees what it loads.
    mainFields: ['module', 'main'],
    alias: {'spec-lint/rule': rule},
  },
  plugins: [linearParser(), flatMapAsLoop()],
})

/** Bundles what stands in `build`. */
export function bundle(input, output) {
  return build({...options(join(built, 'src/rule/index.js')), input, output: {format: 'esm', ...output}})
}

/** Bundles what stands in `build` for where there is no Node.js, a page as well as a worker. */
export function bundleForBrowsers(input, output) {
  const {resolve, ...rest} = options(join(built, 'src/rule/index.js'))
  return build({
    ...rest,
    platform: 'browser',
    // A page has `document`, a worker has none: what goes without goes in both.
    resolve: {...resolve, conditionNames: ['worker', 'browser', 'import', 'default']},
    input,
    output: {format: 'esm', ...output},
  })
}

/** A program as one folder: itself in one file, `name`, and beside it the packages that load WebAssembly by their own address. */
export async function bundleProgram(input, target, name) {
  rmSync(target, {recursive: true, force: true})
  const bundled = await bundle(join(built, input), {dir: target, entryFileNames: name, codeSplitting: false})
  writeFileSync(join(target, 'licences.txt'), licences(bundled))
  for (const one of withDependencies(asTheyAre))
    cpSync(join(root, 'node_modules', one), join(target, 'node_modules', one), {recursive: true, dereference: true})
}

function withDependencies(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const {dependencies = {}} = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
    withDependencies(Object.keys(dependencies), found)
  }
  return found
}

/** Puts what can be made before a run in the place of the modules that hold none of it: validators of known schemas, expressions. */
export async function precompile() {
  const {validators} = await made('precompile')
  for (const [name, text] of Object.entries(validators)) writeFileSync(join(built, `src/type/${name}.js`), text)
  const {expressions} = await made('expressions')
  writeFileSync(join(built, 'src/document/written-expressions.js'), expressions)
}

/** What a module of this folder exports, with the sources that it imports in it. */
async function made(name) {
  const maker = join(built, `${name}.js`)
  await build({
    ...options(join(root, 'src/rule/index.ts')),
    input: join(root, `.ci/${name}.mjs`),
    output: {file: maker, format: 'esm', codeSplitting: false},
  })
  return import(pathToFileURL(maker).href)
}

/** The licences of the packages whose code is in a bundle, as one text. */
export function licences({output}) {
  const folders = new Set(
    output
      .flatMap(({moduleIds = []}) => moduleIds)
      .flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(id)?.[0] ?? []),
  )
  return [...folders]
    .toSorted((one, other) => (one < other ? -1 : 1))
    .map((folder) => {
      const {name, version, license, licenses} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      return `${name} ${version} (${license ?? licenses[0].type})\n\n${textIn(folder)}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function textIn(folder) {
  const files = readdirSync(folder)
  // The readme of some has the licence at its end.
  const file = [/^licen[cs]e(?:\.\w+)?$/iu, /^readme\.md$/iu].flatMap(
    (form) => files.find((name) => form.test(name)) ?? [],
  )[0]
  if (file === undefined) throw new Error(`${folder} has no licence`)
  return readFileSync(join(folder, file), 'utf8').trim()
}
