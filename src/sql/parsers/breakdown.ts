/** What V8 says of traps; a library may have made an error of its own of them. */
const traps =
  /^(?:memory access out of bounds|unreachable|(?:table index|function signature).*|null function|Maximum call stack size exceeded|recursive use of an object.*)$/u

/** Whether the parser broke, and not the text: traps of WebAssembly, a stack that overflowed. */
export function isBreakdown(error: Error): boolean {
  return error.name === 'RuntimeError' || error instanceof RangeError || traps.test(error.message)
}
