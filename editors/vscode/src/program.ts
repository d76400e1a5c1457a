import {existsSync, readFileSync} from 'node:fs'
import {isAbsolute, join} from 'node:path'

/** The program that serves: a file for Node.js, or a command. */
export type Program =
  | {readonly kind: 'module'; readonly path: string}
  | {readonly kind: 'command'; readonly command: string}

export interface Surroundings {
  /** Whether programs of the workspace may be started. */
  readonly isTrusted: boolean
  /** Absolute paths, the first one first. */
  readonly folders: readonly string[]
  /** `specLint.path`; empty when it is not set. */
  readonly setting: string
  /** Where the extension is installed. */
  readonly home: string
}

/** What the setting names, else what a folder of the workspace has installed, else the copy of the extension. */
export function programFor({isTrusted, folders, setting, home}: Surroundings): Program {
  const bundled: Program = {kind: 'module', path: join(home, 'server/main.mjs')}
  if (!isTrusted) return bundled
  if (setting !== '') return named(setting, folders[0])
  for (const folder of folders) {
    const path = installedIn(folder)
    if (path !== undefined) return {kind: 'module', path}
  }
  return bundled
}

function named(setting: string, folder: string | undefined): Program {
  // A name alone is looked for on the PATH.
  if (!/[/\\]/u.test(setting)) return {kind: 'command', command: setting}
  const path = isAbsolute(setting) || folder === undefined ? setting : join(folder, setting)
  return /\.[cm]?js$/u.test(path) ? {kind: 'module', path} : {kind: 'command', command: path}
}

/** The program of the package that a folder has installed, by the package's own word. */
function installedIn(folder: string): string | undefined {
  const home = join(folder, 'node_modules/spec-lint')
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const bin = typeof manifest === 'object' && manifest !== null && 'bin' in manifest ? manifest.bin : undefined
    const way = typeof bin === 'object' && bin !== null && 'spec-lint' in bin ? bin['spec-lint'] : undefined
    const path = typeof way === 'string' ? join(home, way) : undefined
    return path !== undefined && existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
