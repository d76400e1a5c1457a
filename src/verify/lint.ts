import {join} from 'node:path'
import type {RunOptions} from '../run/options.ts'
import {findersOf, type Readied, readyText} from '../run/read.ts'
import type {FileResult, Linted, RunResult} from '../run/types.ts'
import {type VerifyOptions, verifyOptions, verifyReady} from './verify.ts'

/**
 * A lint with what the execution of migrations finds besides, in the documents whose configuration asks for it. They are executed as
 * they were linted, each whole, whatever part of them a change touches.
 */
export async function withProofs(
  result: RunResult,
  run: RunOptions,
  options: VerifyOptions = verifyOptions(),
): Promise<RunResult> {
  const asking = new Set(result.asking)
  const finders = findersOf(run)
  const ready = result.files.flatMap(({path, text}): readonly Readied[] => {
    if (!asking.has(path)) return []
    const one = readyText(text, join(run.cwd, path), finders, run)
    return one ? [one] : []
  })
  if (ready.length === 0) return result
  const {files, failures} = await verifyReady(ready, run, options)
  const proofs = new Map(files.map((file) => [file.path, file.result]))
  return {
    ...result,
    files: result.files.map((file) => joined(file, proofs.get(file.path))),
    errors: [...result.errors, ...failures],
  }
}

function joined(file: FileResult, proof: Linted | undefined): FileResult {
  if (!proof) return file
  const {result} = file
  return {
    ...file,
    result: {
      ...result,
      findings: inOrder([...result.findings, ...proof.findings]),
      suppressed: inOrder([...result.suppressed, ...proof.suppressed]),
      baselined: inOrder([...result.baselined, ...proof.baselined]),
    },
  }
}

function inOrder<T extends {readonly start: number}>(all: readonly T[]): readonly T[] {
  return all.toSorted((a, b) => a.start - b.start)
}
