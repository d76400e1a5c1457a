import {styleText} from 'node:util'

export type Paint = (style: 'red' | 'yellow' | 'blue' | 'bold' | 'dim' | 'cyan', text: string) => string

export const colourOf = {error: 'red', warning: 'yellow', info: 'blue'} as const

/** Colours, or none. The decision is made once, for the stream that the text goes to. */
export function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, {validateStream: false}) : (_, text) => text
}

/** By flag, then `NO_COLOR`, `FORCE_COLOR`, `TERM=dumb`, then whether the stream is a terminal. */
export function wantsColour(flag: 'auto' | 'always' | 'never', isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (flag !== 'auto') return flag === 'always'
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0'
  return env['TERM'] !== 'dumb' && isTerminal
}
