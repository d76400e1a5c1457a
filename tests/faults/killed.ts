import {type ChildProcess, spawn} from 'node:child_process'
import {readdirSync, readFileSync, watch, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** What became of the files of some runs that were killed. */
export interface Killed {
  /** Runs that were killed before they came to their end. */
  readonly kills: number
  /** Of them, those that had written some of the files, and not all. */
  readonly between: number
  /** Files that were left as they were, and as the fix makes them. */
  readonly old: number
  readonly fixed: number
  /** Names of files that were neither. */
  readonly torn: readonly string[]
  /** Files that runs left beside, and of these the ones that were there after a run that came to its end. */
  readonly left: number
  readonly stayed: number
}

interface Plan {
  /** The program and its arguments; it fixes the files of `folder`. */
  readonly command: readonly [string, ...string[]]
  readonly folder: string
  readonly names: readonly string[]
  readonly before: string
  readonly after: string
  readonly rounds: number
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number
  /** Milliseconds that a whole run takes. */
  readonly whole: number
}

/** Starts a fix again and again and kills it: every other time somewhere in the run, else just after it began to write. */
export async function killed(plan: Plan): Promise<Killed> {
  const {folder, names, before, after, rounds, random} = plan
  const sum = {kills: 0, between: 0, old: 0, fixed: 0, left: 0}
  const torn: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) writeFileSync(join(folder, name), before)
    const wasKilled = await killOnce(plan, round % 2 === 0 ? random() * plan.whole : undefined, random() * 12)
    const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'))
    const [old, fixed] = [before, after].map((one) => texts.filter((text) => text === one).length)
    torn.push(...names.filter((_, index) => texts[index] !== before && texts[index] !== after))
    sum.kills += Number(wasKilled)
    sum.between += Number(wasKilled && Number(old) > 0 && Number(fixed) > 0)
    sum.old += Number(old)
    sum.fixed += Number(fixed)
    sum.left += temporary(folder).length
  }
  for (const name of names) writeFileSync(join(folder, name), before)
  await ended(start(plan))
  return {...sum, torn, stayed: temporary(folder).length}
}

function temporary(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.tmp'))
}

function start({command: [program, ...args], folder}: Plan): ChildProcess {
  return spawn(program, args, {cwd: folder, stdio: 'ignore'})
}

/** After some milliseconds, or so long after the first file of the folder changed. */
async function killOnce(plan: Plan, milliseconds: number | undefined, afterChange: number): Promise<boolean> {
  const child = start(plan)
  const kill = (): unknown => child.kill('SIGKILL')
  const watcher =
    milliseconds === undefined
      ? watch(plan.folder, () => {
          watcher?.close()
          setTimeout(kill, afterChange)
        })
      : undefined
  const timer = milliseconds === undefined ? undefined : setTimeout(kill, milliseconds)
  const signal = await ended(child)
  clearTimeout(timer)
  watcher?.close()
  return signal === 'SIGKILL'
}

function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => {
    child.on('exit', (_, signal) => resolve(signal))
  })
}
