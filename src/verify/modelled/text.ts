import type {Reader} from '../../sql/operations/reader.ts'

/** The word here, without quotation marks, in lower case; an equals sign before it is passed over. */
export function wordOf(reader: Reader): string {
  reader.take('=')
  const {text} = reader.token()
  reader.skip()
  return text.replaceAll(/^['"`]|['"`]$/gu, '').toLowerCase()
}

/** Tokens as text in one form: words in lower case, one blank between, none within brackets. */
export function textOf(reader: Reader, from: number, to: number): string {
  return reader.source.tokens
    .slice(from, to)
    .map(({text, kind}) => {
      if (kind === 'string') return text
      return text.startsWith('"') ? `'${text.slice(1, -1)}'` : text.replaceAll('`', '').toLowerCase()
    })
    .join(' ')
    .replaceAll(/(?<=\() | (?=[(),.])|(?<=\.) /gu, '')
}
