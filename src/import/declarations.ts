import {stripComments} from 'jsonc-parser'
import {SpecLintError} from '../config/error.ts'
import {type DataFile, readData} from '../config/yaml.ts'
import type {Json} from '../document/types.ts'
import type {Left, Keys, Project} from './types.ts'

const largest = 262_144

/** A file of declarations, and what of it stays behind. */
export interface Declarations {
  readonly path: string
  readonly data: Keys
  /** Remembers that the value at a JSON Pointer was not translated. */
  readonly leave: (pointer: string, what: string, why: string) => void
  readonly left: readonly Left[]
}

/** Reads a YAML or JSON file of another tool: comments and anchors are theirs to use. */
export function declarationsAt(path: string, project: Project): Declarations | Left {
  const whole = (why: string, line = 1): Left => ({file: path, line, what: 'the file', why})
  const text = project.text(path)
  if (text === undefined) return whole("it can't be read")
  if (text.length > largest) return whole(`it has more than ${largest} characters`)
  const file = parse(path, text)
  if (file instanceof SpecLintError) return whole(file.message, file.line)
  if (!isMap(file.data)) return whole('it holds no keys')
  const left: Left[] = []
  return {
    path,
    data: file.data,
    left,
    leave: (pointer, what, why) => left.push({file: path, line: file.placeOf(pointer, true).line, what, why}),
  }
}

function parse(path: string, text: string): DataFile | SpecLintError {
  try {
    return readData(path, /\.(?:jsonc?|markdownlintrc)$/u.test(path) ? stripComments(text, ' ') : text, {aliases: true})
  } catch (error) {
    if (error instanceof SpecLintError) return error
    throw error
  }
}

export function isMap(value: Json | undefined): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function mapsOf(value: Json | undefined): readonly (readonly [Keys, number])[] {
  if (!Array.isArray(value)) return []
  return (value as readonly Json[]).flatMap((one, index) => (isMap(one) ? [[one, index] as const] : []))
}

export function stringsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((one) => typeof one === 'string') : []
}

export function countOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
}
