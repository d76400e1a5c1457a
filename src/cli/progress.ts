/** Milliseconds for which nothing is said, and between two lines. */
const patience = 1000
const pause = 100

interface Stream {
  readonly isTTY?: boolean
  write(text: string): unknown
}

interface Progress {
  readonly tell: (done: number, all: number) => void
  /** Takes the line away. */
  readonly clear: () => void
}

/** One line on a terminal that is written anew, when a run takes more than a second; elsewhere, and under `CI`, nothing. */
export function progressOn(
  stream: Stream,
  env: Readonly<Record<string, string | undefined>>,
  now: () => number = () => performance.now(),
): Progress {
  const isOn = stream.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb'
  let last = now() + patience - pause
  let shown = false
  return {
    tell: (done, all) => {
      if (!isOn || now() - last < pause) return
      last = now()
      shown = true
      stream.write(`\r\u001B[2Kspec-lint: ${done} of ${all} files`)
    },
    clear: () => {
      if (shown) stream.write('\r\u001B[2K')
      shown = false
    },
  }
}
