/** The part of an address that leads to a file, and the `#fragment`; both decoded. */
export interface LocalUrl {
  /** Empty for a fragment of the document itself. */
  readonly path: string
  readonly fragment: string | undefined
}

/** Reads an address that leads into the project; `undefined` for one with a scheme or host, for none, and for a template's. */
export function localUrl(url: string): LocalUrl | undefined {
  if (url === '' || /^(?:[a-z][a-z0-9+.-]+:|\/\/|\\\\)/i.test(url)) return undefined
  if (/[{}<>$*|[\]…]|\.\.\.|%7B/i.test(url)) return undefined
  const hash = url.indexOf('#')
  const before = hash < 0 ? url : url.slice(0, hash)
  const path = before.replace(/\?.*$/u, '')
  const fragment = hash < 0 ? undefined : decoded(url.slice(hash + 1))
  return path === '' && fragment === undefined ? undefined : {path: decoded(path), fragment}
}

/** A percent sign that begins no escape is one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
