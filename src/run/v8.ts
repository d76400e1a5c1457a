import {setFlagsFromString} from 'node:v8'

/** The newest Node.js whose V8 is known to have the flags below: of a flag that it has not it complains on standard error. */
const newest = 26
const major = Number.parseInt(process.versions.node, 10)

/**
 * Compiles WebAssembly once, quickly. Compiling it again for speed, as V8 does of its own accord, takes longer than all that
 * documents ask of it, and for one function of PostgreSQL's parser half a gigabyte, which the process waits for at its end.
 */
export function compileOnce(): void {
  setFlags('--no-wasm-tier-up', '--no-wasm-dynamic-tiering')
}

/**
 * Lets the heaps of this process grow to half above what is in use, where V8 would let them grow to four times that while there is
 * memory: over ten thousand documents it is two thirds of the memory in the same time. Over one it is a twentieth more time.
 */
export function growSlowly(): void {
  setFlags('--heap-growing-percent=50')
}

/** Whether a path is a document's by its name: where only such are given the run is over before it needs memory. */
export function isDocument(path: string): boolean {
  return /\.(?:md|markdown)$/iu.test(path)
}

/**
 * Optimizes a function only once it has run for long, several times as long as V8 would wait. Documents differ, and what is optimized
 * for some of them is thrown away at the next; over a thousand it is up to a quarter of the processors' time. From Node.js 22 on V8
 * counts calls.
 */
export function optimizeLate(): void {
  setFlags(major < 22 ? '--interrupt-budget=1000000' : '--invocation-count-for-turbofan=20000')
}

function setFlags(...flags: readonly string[]): void {
  if (major > newest) return
  for (const flag of flags) setFlagsFromString(flag)
}
