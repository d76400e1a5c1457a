import {expression} from '../../document/expressions.ts'
import type {Section} from '../../document/types.ts'
import type {DocumentedEnum} from './model.ts'
import {type Stretch, group, nameOf, part, spanOf, toText} from './stretch.ts'

const string = String.raw`(?:'[^'\n]*'|"[^"\n]*")`
const union = String.raw`((?:\s*\|?\s*${string}(?:[ \t]*//[^\n]*)?)+)`

const forms: readonly RegExp[] = [
  /** `enum Status { A = 'a' }` */
  /\benum\s+(\w+)\s*\{([^{}]*)\}/dgu,
  /** `type Status = 'a' | 'b'` */
  expression('dgu')`\btype\s+(\w+)\s*=\s*${union}`,
  /** `pgEnum('status', ['a', 'b'])` */
  /\b(?:pg|mysql)Enum\(\s*['"](\w+)['"]\s*,\s*\[([^[\]]*)\]/dgu,
  /** `const statuses = ['a', 'b'] as const`, `const Status = z.enum(['a', 'b'])` */
  /\bconst\s+(\w+)\s*(?::[^=\n]+)?=\s*(?:z\.enum\(\s*)?\[([^[\]]*)\](?=\s*\)|\s+as\s+const)/dgu,
  /** `const Status = {A: 'a'} as const` */
  /\bconst\s+(\w+)\s*(?::[^=\n]+)?=\s*(?:Object\.freeze\()?\{([^{}]*)\}(?=\s+as\s+const|\s*\))/dgu,
]

/** Enums of TypeScript and JavaScript: declarations, constant lists, unions of a property. */
export function enumsInTypeScript(code: Stretch, section: Section): readonly DocumentedEnum[] {
  const named = forms.flatMap((form) =>
    [...code.text.matchAll(form)].flatMap((match) => made(code, match, section, undefined)),
  )
  const properties = [...code.text.matchAll(/\b(?:interface|type)\s+(\w+)[^{};=]{0,80}=?\s*\{([^{}]*)\}/dgu)].flatMap(
    (match) => {
      const owner = group(code, match, 1)
      const body = group(code, match, 2)
      if (!owner || !body) return []
      const pattern = new RegExp(String.raw`(\w+)\??\s*:${union}`, 'dgu')
      return [...body.text.matchAll(pattern)].flatMap((one) => made(body, one, section, owner))
    },
  )
  return [...named, ...properties].toSorted((a, b) => a.start - b.start)
}

function made(
  code: Stretch,
  match: RegExpExecArray,
  section: Section,
  owner: Stretch | undefined,
): readonly DocumentedEnum[] {
  const name = group(code, match, 1)
  const body = group(code, match, 2)
  const values = body ? stringsIn(body) : []
  if (!name || values.length === 0 || (owner && values.length < 2)) return []
  return [
    {
      kind: 'documentedEnum',
      ...spanOf(part(code, match.index, match.index + match[0].length)),
      name: nameOf(name),
      values: values.map((value) => toText(value)),
      table: owner ? nameOf(owner) : undefined,
      section,
      source: 'typescript',
    },
  ]
}

/** `Status = Literal["a", "b"]`, `sa.Enum("a", "b", name="status")`: besides the classes. */
export function enumsInPython(code: Stretch, section: Section): readonly DocumentedEnum[] {
  const literals = [...code.text.matchAll(/^[ \t]*(\w+)\s*[:=]\s*(?:Mapped\[)?Literal\[([^[\]]*)\]/dgmu)]
  const calls = [
    ...code.text.matchAll(/\b(?:Enum|ENUM)\(((?:\s*(?:'[^'\n]*'|"[^"\n]*")\s*,)+)\s*name\s*=\s*['"](\w+)['"]/dgu),
  ]
  return [
    ...literals.flatMap((match) => made(code, match, section, undefined)),
    ...calls.flatMap((match): readonly DocumentedEnum[] => {
      const body = group(code, match, 1)
      const name = group(code, match, 2)
      if (!body || !name) return []
      return [
        {
          kind: 'documentedEnum',
          ...spanOf(part(code, match.index, match.index + match[0].length)),
          name: nameOf(name),
          values: stringsIn(body).map((value) => toText(value)),
          table: undefined,
          section,
          source: 'python',
        },
      ]
    }),
  ]
}

function stringsIn(body: Stretch): readonly Stretch[] {
  return [...body.text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/dgu)].flatMap(
    (one) => group(body, one, 1) ?? group(body, one, 2) ?? [],
  )
}
