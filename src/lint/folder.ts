import {readdirSync, realpathSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {isInside} from '../config/files.ts'

/** Files below a folder; more are none that a project of people has. */
export const mostFiles = 5000
const deepest = 5

export interface Listing {
  /** Relative to the folder, with `/`, in the order of their names. */
  readonly paths: readonly string[]
  /** There are more than `mostFiles`: none is listed. */
  readonly tooMany: boolean
}

/** The files below a folder. Links are followed inside of the root only, and no folder is entered twice. */
export function filesBelow(folder: string, root: string): Listing {
  const paths: string[] = []
  const entered = new Set<string>()
  const enter = (directory: string, prefix: string, depth: number): void => {
    const real = realOf(directory, root)
    if (real === undefined || entered.has(real) || depth > deepest) return
    entered.add(real)
    for (const name of namesIn(real)) {
      if (paths.length > mostFiles) return
      const path = join(real, name)
      const kind = kindOf(path, root)
      if (kind === 'directory') enter(path, `${prefix}${name}/`, depth + 1)
      else if (kind === 'file') paths.push(prefix + name)
    }
  }
  enter(folder, '', 0)
  return paths.length > mostFiles ? {paths: [], tooMany: true} : {paths, tooMany: false}
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => !name.startsWith('.') && name !== 'node_modules' && name !== '__pycache__')
      .toSorted((a, b) => (a < b ? -1 : 1))
  } catch {
    return []
  }
}

function kindOf(path: string, root: string): 'file' | 'directory' | undefined {
  const real = realOf(path, root)
  if (real === undefined) return undefined
  const stat = statSync(real, {throwIfNoEntry: false})
  return stat?.isDirectory() === true ? 'directory' : stat?.isFile() === true ? 'file' : undefined
}

function realOf(path: string, root: string): string | undefined {
  try {
    const real = realpathSync(path)
    return isInside(real, realpathSync(root)) ? real : undefined
  } catch {
    return undefined
  }
}
