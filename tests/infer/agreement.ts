import {readDocument} from '../../src/document/parse.ts'
import {inferType} from '../../src/infer/infer.ts'
import type {Inferred} from '../../src/infer/types.ts'

export function inferred(text: string, name = 'inferred'): Inferred {
  const found = inferType(readDocument(text), name)
  if ('problem' in found) throw new Error(found.problem)
  return found
}
