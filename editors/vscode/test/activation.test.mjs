import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import Module, {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, test} from 'node:test'
import {fileURLToPath} from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const root = join(home, '../..')
const require = createRequire(import.meta.url)
const {createStub} = require('./stub.cjs')
const faulty = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8').replace(
  /^status: .*$/mu,
  'status: "Parked"',
)

const load = Module._load
const cleanups = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
  Module._load = load
})

/** The extension, activated in an editor that shows one folder. */
async function activated({isTrusted = true, settings = {}, files = {}, installed = false} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'spec-lint-vscode-'))
  cleanups.push(() => rmSync(folder, {recursive: true, force: true}))
  for (const [name, text] of Object.entries({'spec-lint.yaml': 'rules: {}\n', ...files})) {
    mkdirSync(dirname(join(folder, name)), {recursive: true})
    writeFileSync(join(folder, name), text)
  }
  if (installed) {
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules/spec-lint'))
  }
  const stub = createStub({folders: [folder], isTrusted, settings})
  Module._load = (name, ...rest) => (name === 'vscode' ? stub.api : load(name, ...rest))
  const path = join(home, 'dist/extension.cjs')
  delete require.cache[path]
  const extension = require(path)
  cleanups.push(() => extension.deactivate())
  await extension.activate({subscriptions: [], extensionPath: home})
  return {...stub, folder}
}

async function until(get, isRight) {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const value = get()
    if (isRight(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`it never came: ${JSON.stringify(get())}`)
}

const codesOf = (all) => all?.map(({code}) => code?.value ?? code)

async function lints({open, shown, folder, log}) {
  const uri = await open(join(folder, 'docs.md'), faulty)
  const all = await until(
    () => shown.get(uri),
    (found) => found?.length > 0,
  )
  assert.deepEqual(codesOf(all), ['status-enum'])
  assert.equal(all[0].range.start.line, 2)
  return log.find((line) => String(line).startsWith('Starting'))
}

test('the copy of the extension serves a folder without one of its own', async () => {
  assert.equal(await lints(await activated()), `Starting ${join(home, 'server/main.mjs')}`)
})

test('in a trusted workspace the program that it has installed serves', async () => {
  const editor = await activated({installed: true})
  assert.equal(await lints(editor), `Starting ${join(editor.folder, 'node_modules/spec-lint/dist/src/cli/main.js')}`)
})

test('in an untrusted one nothing of it is started, until it is trusted', async () => {
  const trap = {
    'node_modules/spec-lint/package.json': '{"bin": {"spec-lint": "trap.js"}}',
    'node_modules/spec-lint/trap.js': `require('fs').writeFileSync(__dirname + '/sprung', '')\n`,
  }
  const editor = await activated({isTrusted: false, files: trap, settings: {path: './node_modules/spec-lint/trap.js'}})
  assert.equal(await lints(editor), `Starting ${join(home, 'server/main.mjs')}`)
  assert.equal(existsSync(join(editor.folder, 'node_modules/spec-lint/sprung')), false)
  editor.workspace.isTrusted = true
  await editor.events.trust.fire()
  await until(
    () => editor.log.join('\n'),
    (log) => log.includes('could not be started'),
  )
  assert.ok(existsSync(join(editor.folder, 'node_modules/spec-lint/sprung')))
})

test('a command of the PATH can be named; one that is not there is told of, and another setting starts again', async () => {
  const settings = {path: 'spec-lint-of-nobody'}
  const editor = await activated({settings})
  await until(
    () => editor.log.join('\n'),
    (log) => log.includes('could not be started'),
  )
  settings.path = ''
  await editor.events.configuration.fire({affectsConfiguration: () => true})
  await until(
    () => editor.log.join('\n'),
    (log) => log.includes('server/main.mjs'),
  )
  assert.ok(await lints(editor))
})

test('it can be switched off', async () => {
  const {log, registered} = await activated({settings: {enable: false}})
  assert.equal(log.length, 0)
  assert.deepEqual([...registered.keys()], ['specLint.restart', 'specLint.showOutput'])
})

test('the bundle holds what the package starts, in the version of the program', () => {
  execFileSync(process.execPath, ['--check', join(home, 'dist/extension.cjs')])
  const said = execFileSync(process.execPath, [join(home, 'server/main.mjs'), '--version'], {encoding: 'utf8'}).trim()
  const manifest = readFileSync(join(home, 'package.json'), 'utf8')
  assert.equal(JSON.parse(manifest).version, said)
  assert.match(manifest, new RegExp(`/v${said.replaceAll('.', '[.]')}/schemas/config`, 'u'))
})
