/** What befell the memory of a library in WebAssembly, which all that it reads shares. */
export interface Memory {
  /** Where nothing runs that could be using it, it was stopped in the middle, and what it holds is half done. */
  inUse: boolean
  isBroken: boolean
}

function isSound({inUse, isBroken}: Memory): boolean {
  return !inUse && !isBroken
}

/**
 * Asks a library as long as it works; `undefined` when it broke, or breaks. It may be asked again after it threw only if `works`
 * says so, and never after it was stopped in the middle.
 */
export function asks(memory: Memory, works: () => boolean): <T>(ask: () => T) => {readonly made: T} | undefined {
  return (ask) => {
    if (!isSound(memory)) return undefined
    memory.inUse = true
    try {
      return {made: ask()}
    } catch {
      memory.isBroken = !works()
      return undefined
    } finally {
      // Isn't reached where a budget ends the call.
      memory.inUse = false
    }
  }
}

/** Loads a library once, and with a memory of its own again when that broke or was stopped in the middle. `again` counts from 0. */
export function renewable<T>(load: (again: number, memory: Memory) => Promise<T>): () => Promise<T> {
  let current: {readonly memory: Memory; readonly made: Promise<T>} | undefined
  let loads = 0
  return () => {
    if (!current || !isSound(current.memory)) {
      const memory: Memory = {inUse: false, isBroken: false}
      current = {memory, made: load(loads, memory)}
      loads += 1
    }
    return current.made
  }
}
