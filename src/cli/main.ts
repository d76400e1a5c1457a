#!/usr/bin/env node
import module from 'node:module'
import {run} from './program.ts'

// Since Node.js 22.8: what was compiled once starts sooner the next time. Before the commands are loaded.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()

process.exitCode = await run(process.argv.slice(2))
