import {withoutBaseline} from './baseline.ts'
import type {Answer} from './engine.ts'
import type {Gathered} from './gather.ts'
import {memberAt} from './member.ts'
import type {FileResult} from './types.ts'

/** What was found in a document, with all that its rules asked. The baseline is not held against it yet. */
export type Known = Pick<Answer, 'text' | 'result' | 'questions' | 'reading'>

export function fileResultOf(path: string, {text, result}: Known, {finders, options}: Gathered): FileResult {
  const member = memberAt(path, finders, options)
  return {path: member.name, text, result: withoutBaseline(result, member)}
}
