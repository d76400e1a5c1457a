/** Whether the parser broke, and not the text: traps of WebAssembly, a stack that overflowed. */
export function isBreakdown(error: Error): boolean {
  return error.name === 'RuntimeError' || error instanceof RangeError
}
