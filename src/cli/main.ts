#!/usr/bin/env node
import module from 'node:module'
import {keepCompiled} from '../run/compiled.ts'
import {compileOnce, growSlowly, isDocument, optimizeLate} from '../run/v8.ts'

// Since Node.js 22.8: what was compiled once starts sooner the next time. Before the commands are loaded.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()

const argv = process.argv.slice(2)
/** They run for long, or say themselves what V8 is to do. */
const others = new Set(['lsp', 'mcp', 'verify', 'export'])
const isRun = !others.has(argv[0] ?? '')
// V8 takes what it compiled in earlier runs only if its flags are what they were then, in each thread.
if (isRun) {
  if (!argv.some((word) => isDocument(word))) growSlowly()
  compileOnce()
  optimizeLate()
}

const {run} = await import('./program.ts')
process.exitCode = await run(argv)
if (isRun) keepCompiled()
// All is written by then; to take the heap apart takes a tenth of the time of a short run.
process.once('beforeExit', () => process.exit())
