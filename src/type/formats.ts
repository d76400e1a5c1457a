import type {Format} from 'ajv'
import {fullFormats} from 'ajv-formats/dist/formats.js'

const longest = 2000

/** The formats of JSON Schema. Some of the package's expressions are quadratic; nothing that has a format is long. */
export const formats: Readonly<Record<string, Format>> = Object.fromEntries(
  Object.entries(fullFormats).map(([name, format]) => [name, bounded(format)]),
)

function bounded(format: Format): Format {
  const validate = typeof format === 'object' && 'validate' in format ? format.validate : format
  const check =
    validate instanceof RegExp
      ? (text: string) => validate.test(text)
      : (validate as unknown as (text: string) => boolean)
  // What is left are formats of numbers, and those that take anything.
  if (typeof check !== 'function' || (typeof format === 'object' && 'type' in format && format.type === 'number'))
    return format
  return (text: string) => text.length <= longest && check(text)
}
