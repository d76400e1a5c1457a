/** How many of things in order come before a place, which is the index of the first that does not; in O(log n). */
export function countBefore<One>(all: readonly One[], isBefore: (one: One) => boolean): number {
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >> 1
    // `middle` is below the length, whatever stands there.
    if (isBefore(all[middle] as One)) low = middle + 1
    else high = middle
  }
  return low
}
