import {SpecLintError} from '../config/error.ts'
import type {Point, Source} from '../document/types.ts'
import type {Fix, JsonSchema, Severity} from '../rule/types.ts'
import type {SuppressedFinding} from '../lint/types.ts'
import type {RunError} from '../run/types.ts'
import {checkValue} from '../type/values.ts'

/** A JSON report of version 1, as far as a report can be made of it again. */
export interface JsonReport {
  readonly summary: JsonSummary
  readonly problems: readonly JsonProblem[]
  readonly errors: readonly RunError[]
  readonly files: readonly string[]
  readonly sources?: Readonly<Record<string, string>>
}

interface JsonSummary {
  readonly suppressed: number
  readonly baselined: number
  readonly stale: number
  readonly fixed: number
  readonly fixedFiles: number
  readonly skipped: {readonly noType: number; readonly ignored: number}
  readonly durationMs: number
}

export interface JsonProblem {
  readonly path: string
  readonly type: string
  readonly ruleId: string
  readonly severity: Severity
  readonly message: string
  readonly note: string
  readonly url: string
  readonly start: Point
  readonly end: Point
  readonly actual: string
  readonly expected: readonly string[]
  readonly fix?: Fix
  readonly related?: readonly {readonly message: string; readonly start: Point; readonly end: Point}[]
  readonly suppression?: Pick<SuppressedFinding['suppression'], 'kind' | 'justification'> & {
    readonly start: Point
    readonly end: Point
  }
  readonly causedBy?: string
  readonly fingerprint: string
}

/** Reads a JSON report; what is none is a `SpecLintError` that names its file. */
export function readReport(text: string, file: string): JsonReport {
  const value = parsed(text, file)
  const [problem] = checkValue(shape, value as never)
  if (problem)
    throw new SpecLintError(
      'report',
      `${file} is no JSON report of this program: \`${problem.pointer || '/'}\` has to be ${problem.expected}`,
      'Write reports with `--format json=FILE`.',
    )
  // The shape was just held.
  return value as JsonReport
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new SpecLintError('report', `${file} is not JSON: ${words}`, 'Write reports with `--format json=FILE`.')
  }
}

/** Whether a finding is where a text has its words. */
export function fits({start, end, actual}: JsonProblem, source: Source): boolean {
  return source.text.slice(start.offset, end.offset) === actual
}

const text: JsonSchema = {type: 'string'}
const whole: JsonSchema = {type: 'integer', minimum: 0}
const point = object({line: whole, column: whole, offset: whole})
const related = object({message: text, start: point, end: point})
const edit = object({start: whole, end: whole, text})
const fix = object({title: text, safety: {enum: ['safe', 'unsafe']}, edits: {type: 'array', items: edit}})
const suppression = object({kind: {const: 'inSource'}, justification: text, start: point, end: point})
const problem = object(
  {
    path: text,
    type: text,
    ruleId: text,
    severity: {enum: ['info', 'warning', 'error']},
    message: text,
    note: text,
    url: text,
    start: point,
    end: point,
    actual: text,
    expected: {type: 'array', items: text},
    fingerprint: text,
  },
  {fix, related: {type: 'array', items: related}, suppression, causedBy: text},
)
const summary = object({
  suppressed: whole,
  baselined: whole,
  stale: whole,
  fixed: whole,
  fixedFiles: whole,
  skipped: object({noType: whole, ignored: whole}),
  durationMs: whole,
})
export const shape = object(
  {
    version: {const: 1},
    tool: object({name: {const: 'spec-lint'}}),
    summary,
    problems: {type: 'array', items: problem},
    errors: {type: 'array', items: object({path: text, code: text, message: text})},
    files: {type: 'array', items: text},
  },
  {sources: {type: 'object', additionalProperties: text}},
)

/** Fields may be added within a version: others are let pass. */
function object(
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return {type: 'object', required: Object.keys(required), properties: {...required, ...optional}}
}
