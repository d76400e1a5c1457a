import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {folder, root} from './cli.ts'

/** A document without a problem. */
export const clean = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')

/** It, or what was made of it, with another number: no two documents may share one. */
export function numbered(text: string, number: number): string {
  return text.replace('# 12 –', `# ${number} –`)
}

/** A temporary folder with files, for the test that calls it. */
export function place(files: Readonly<Record<string, string | Buffer>>): string {
  const {path, remove} = folder(files)
  onTestFinished(remove)
  return path
}

export function read(...parts: readonly string[]): string {
  return readFileSync(join(...parts), 'utf8')
}
