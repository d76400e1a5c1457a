import {SpecLintError} from '../config/error.ts'
import {nearest} from '../type/nearest.ts'
import {compact} from './compact.ts'
import {json} from './json.ts'
import {pretty, type PrettyOptions} from './pretty.ts'
import type {Report} from './types.ts'

const formats: Readonly<Record<string, (report: Report, options: PrettyOptions) => string>> = {pretty, compact, json}

const formatNames: readonly string[] = ['auto', ...Object.keys(formats)]

/** The name of the format that `auto` stands for; an unknown name is a mistake of the call. */
export function formatFor(name: string, isTerminal: boolean): string {
  if (name === 'auto') return isTerminal ? 'pretty' : 'compact'
  if (Object.hasOwn(formats, name)) return name
  const [near] = nearest(name, formatNames)
  throw new SpecLintError(
    'format',
    `There is no format \`${name}\``,
    near === undefined ? `The formats are ${formatNames.join(', ')}.` : `Perhaps you meant \`${near}\`.`,
  )
}

export function render(name: string, report: Report, options: PrettyOptions): string {
  return formats[name]?.(report, options) ?? ''
}
