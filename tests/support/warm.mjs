// Runs the program again and again in one process: `node warm.mjs PROGRAM JOBS REPLIES`, the last two being named pipes with a line
// of JSON for each run. What the program imports is loaded once; its own module runs anew each time, as in a process of its own.
import {createReadStream, openSync, writeSync} from 'node:fs'
import {createInterface} from 'node:readline'
import {pathToFileURL} from 'node:url'

const [program, jobs, replies] = process.argv.slice(2)
const out = openSync(replies, 'w')
const exit = process.exit.bind(process)
const listeners = [process, process.stdout, process.stderr].map((emitter) => ({
  emitter,
  own: new Map(emitter.eventNames().map((name) => [name, new Set(emitter.listeners(name))])),
}))

let runs = 0
for await (const line of createInterface({input: createReadStream(jobs)})) reply(await outcome(JSON.parse(line)))

async function outcome({cwd, args, env}) {
  const written = {stdout: [], stderr: []}
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  process.argv = [process.execPath, program, ...args]
  process.exitCode = undefined
  for (const name of ['stdout', 'stderr'])
    process[name].write = (chunk, encoding, done) => {
      written[name].push(Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8'))
      const after = typeof encoding === 'function' ? encoding : done
      if (after) process.nextTick(after)
      return true
    }
  const text = (name) => Buffer.concat(written[name]).toString('utf8')
  process.exit = (code = process.exitCode) => {
    reply({code: code ?? 0, stdout: text('stdout'), stderr: text('stderr')})
    exit()
  }
  await import(`${pathToFileURL(program).href}?${runs}`)
  runs += 1
  forgetListeners()
  return {code: process.exitCode ?? 0, stdout: text('stdout'), stderr: text('stderr')}
}

function forgetListeners() {
  for (const {emitter, own} of listeners)
    for (const name of emitter.eventNames())
      for (const listener of emitter.listeners(name))
        if (!own.get(name)?.has(listener)) emitter.removeListener(name, listener)
}

function reply(value) {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
  for (let at = 0; at < bytes.length;) at += writeSync(out, bytes, at)
}
