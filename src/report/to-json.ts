import {unsafe} from './show.ts'

/** A value as JSON text that is inert on a terminal too: what would move a cursor or hide text is escaped, the value stays. */
export function toJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, undefined, indent).replaceAll(unsafe, (character) =>
    character === '\n' ? character : units(character),
  )
}

function units(character: string): string {
  return Array.from(
    {length: character.length},
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
