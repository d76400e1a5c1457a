import {code, codeBeside} from '../document/words.ts'

type Data = Readonly<Record<string, string | number>>

/**
 * Fills the `{slots}` of a message. Every value is brought on one line; in backquotes it is also cut, to `longest` characters
 * or so that it differs from the other values, and its own backquotes are replaced, so that no text of a document can end the
 * quotation.
 */
export function fill(template: string, data: Data = {}, longest?: number): string {
  const values = Object.values(data).map(String)
  return template.replaceAll(/(`?)\{(\w+)\}(`?)/gu, (whole, open: string, name: string, close: string) => {
    const value = data[name]
    if (value === undefined) return whole
    if (open && close) return longest === undefined ? codeBeside(String(value), values) : code(String(value), longest)
    return `${open}${String(value).replaceAll(/\s+/gu, ' ')}${close}`
  })
}
