/** The numbers of a version: `v1.2` is [1, 2]; `undefined` for a text that is none. */
export function versionOf(text: string): readonly number[] | undefined {
  return /^["']?v?(\d+(?:\.\d+){0,3})["']?$/i.exec(text.trim())?.[1]?.split('.').map(Number)
}

/** Below zero if the first is the older one; trailing zeros count for nothing. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
