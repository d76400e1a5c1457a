import type {Section, Text} from '../../document/types.ts'
import type {DocumentedEnum} from './model.ts'
import {type Stretch, group, nameOf, part, spanOf, toText} from './stretch.ts'

const languages: Readonly<Record<string, (code: Stretch) => readonly Found[]>> = {
  php: (code) => [...inBodies(code, php), ...inLists(code)],
  go: constants,
  golang: constants,
  ruby,
  rb: ruby,
  java: (code) => inBodies(code, members),
  kotlin: (code) => inBodies(code, members),
  kt: (code) => inBodies(code, members),
  csharp: (code) => inBodies(code, members),
  cs: (code) => inBodies(code, members),
  rust: (code) => inBodies(code, members),
  rs: (code) => inBodies(code, members),
  swift: (code) => inBodies(code, members),
  scala: (code) => inBodies(code, members),
  graphql: (code) => inBodies(code, members),
  gql: (code) => inBodies(code, members),
}

interface Found {
  readonly name: Stretch
  readonly values: readonly Text[]
  readonly from: number
  readonly to: number
}

/** Enums of PHP, Go, Ruby, Java, Kotlin, C#, Rust, Swift and GraphQL, by the language of the fence. */
export function enumsInLanguage(code: Stretch, language: string, section: Section): readonly DocumentedEnum[] {
  const read = Object.hasOwn(languages, language) ? languages[language] : undefined
  return (read?.(code) ?? [])
    .filter(({values}) => values.length > 1)
    .map(({name, values, from, to}) => ({
      kind: 'documentedEnum',
      ...spanOf(part(code, from, to)),
      name: nameOf(name),
      values,
      table: undefined,
      section,
      source: 'program',
    }))
}

/** `enum State: string { … }`, `enum class State(val key: String) { … }`; a body that holds no other one. */
function inBodies(code: Stretch, read: (body: Stretch) => readonly Text[]): readonly Found[] {
  const heads =
    /\benum\s+(?:class\s+|struct\s+)?([A-Za-z_]\w*)\s*(?:\([^(){}\n]{0,120}\))?\s*(?::\s*[\w.,\s]{1,60}|implements\s+[\w.,\s\\]{1,60})?\{([^{}]*)[{}]/dgu
  return [...code.text.matchAll(heads)].flatMap((match) => {
    const name = group(code, match, 1)
    const body = group(code, match, 2)
    return name && body ? [{name, values: read(body), from: match.index, to: match.index + match[0].length}] : []
  })
}

/** `case Open = 'open';` */
function php(body: Stretch): readonly Text[] {
  return texts(body, /\bcase\s+\w+\s*=\s*(?:'([^'\n]*)'|"([^"\n]*)")/dgu)
}

/** `OPEN("open"),`, `OPEN,`, `case open = "open"`, `#[serde(rename = "open")] Open,` */
function members(body: Stretch): readonly Text[] {
  const plain = {
    ...body,
    text: body.text.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|#\s[^\n]*|#?\[[^\n\]]*\]|@\w+(?:\([^()\n]*\))?/gu, (one) =>
      ' '.repeat(one.length),
    ),
  }
  const end = plain.text.indexOf(';')
  // What stands behind the members of a Java enum is its code.
  const own = part(plain, 0, end < 0 || /\bcase\b/u.test(plain.text) ? plain.text.length : end)
  const stored = texts(own, /(?:^|[,{\n])\s*(?:case\s+)?\w+\s*(?:\(|=)\s*(?:'([a-z0-9_-]+)'|"([a-z0-9_-]+)")/dgu)
  const names = texts(own, /(?:^|[,\n])\s*(?:case\s+)?([A-Za-z_]\w*)[ \t]*(?=$|[,(=\r\n])/dgu)
  if (stored.length > 0) return stored.length === names.length || names.length === 0 ? stored : []
  // `InTransit` may be stored in several ways.
  return names.every(({text}) => /^(?:[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*|[A-Z][a-z0-9]*)$/u.test(text)) ? names : []
}

/** `StateOpen State = "open"`, by type. */
function constants(code: Stretch): readonly Found[] {
  const byType = new Map<string, {name: Stretch; values: Text[]; from: number; to: number}>()
  for (const match of code.text.matchAll(
    /^[ \t]*(?:const[ \t]+)?[A-Z]\w*[ \t]+([A-Z]\w*)[ \t]*=[ \t]*"([^"\n]*)"/dgmu,
  )) {
    const name = group(code, match, 1)
    const value = group(code, match, 2)
    if (!name || !value) continue
    const known = byType.get(name.text) ?? {name, values: [], from: match.index, to: 0}
    known.values.push(toText(value))
    known.to = match.index + match[0].length
    byType.set(name.text, known)
  }
  return [...byType.values()]
}

/** `enum state: { open: 'open' }`, `enum :state, %w[open closed]`, `STATES = %w[open closed]`. */
function ruby(code: Stretch): readonly Found[] {
  const forms = [
    /\benum\s*\(?\s*:?(\w+)\s*(?::|,|=>)\s*\{([^{}]*)\}/dgu,
    /\benum\s*\(?\s*:?(\w+)\s*(?::|,)\s*(%[wi][[(][^\])]*[\])]|\[[^[\]]*\])/dgu,
    /^[ \t]*([A-Z][A-Z0-9_]*)\s*=\s*(%[wi][[(][^\])]*[\])]|\[[^[\]]*\])/dgmu,
  ]
  return forms.flatMap((form) =>
    [...code.text.matchAll(form)].flatMap((match) => {
      const name = group(code, match, 1)
      const body = group(code, match, 2)
      return name && body ? [{name, values: words(body), from: match.index, to: match.index + match[0].length}] : []
    }),
  )
}

/** `%w[a b]`, `['a', :b]`, `a: 0, b: "c"`. */
function words(body: Stretch): readonly Text[] {
  if (body.text.startsWith('%')) return texts(part(body, 3), /([\w-]+)/dgu)
  const pairs = /^\s*(?:\w+:|:?\w+\s*=>)/u.test(body.text)
  const stored = pairs ? texts(body, /(?::|=>)\s*(?:'([^'\n]*)'|"([^"\n]*)")/dgu) : []
  if (stored.length > 0) return stored
  return pairs ? texts(body, /([a-z_]\w*)\s*(?::|=>)/dgu) : texts(body, /:(\w+)|'([^'\n]*)'|"([^"\n]*)"/dgu)
}

/** `public const STATES = ['open', 'closed'];` */
function inLists(code: Stretch): readonly Found[] {
  return [...code.text.matchAll(/\bconst\s+(?:array\s+)?([A-Z][A-Z0-9_]*)\s*=\s*\[([^[\]]*)\]/dgu)].flatMap((match) => {
    const name = group(code, match, 1)
    const body = group(code, match, 2)
    if (!name || !body || body.text.includes('=>')) return []
    const values = texts(body, /'([^'\n]*)'|"([^"\n]*)"/dgu)
    return [{name, values, from: match.index, to: match.index + match[0].length}]
  })
}

function texts(body: Stretch, form: RegExp): readonly Text[] {
  return [...body.text.matchAll(form)].flatMap((match) => {
    const value = [1, 2, 3].map((at) => (at < match.length ? group(body, match, at) : undefined)).find((one) => one)
    return value ? [toText(value)] : []
  })
}
