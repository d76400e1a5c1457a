import {type Node, parseTree} from 'jsonc-parser'
import type {CodeBlock, Section, SpecDocument} from '../../document/types.ts'
import type {ExampleEntry, ExampleRow, ExampleValue, JsonKind} from './model.ts'
import type {Owners} from './owners.ts'
import {type Stretch, codeStretch, nameOf, part, toText} from './stretch.ts'

const label = /^(?:example|sample|beispiel)s? (?:rows?|records?|data|document|entry|entries|object|value)s?\b/i
const languages: ReadonlySet<string | undefined> = new Set(['json', 'jsonc', 'json5', undefined])

/** Example rows as JSON: below a label or heading `Example Row`. An array holds several. */
export function rowsIn(document: SpecDocument, owners: Owners): readonly ExampleRow[] {
  return [document.root, ...document.sections].flatMap((section) => {
    if (label.test(section.heading?.title.text ?? ''))
      return section.codes.flatMap((code) => rowsOf(code, section, owners))
    const codes = section.fields
      .filter((field) => field.style === 'bold' && label.test(field.label.text))
      .flatMap(({blocks}) => blocks.filter((block) => block.kind === 'code').slice(0, 1))
    return codes.flatMap((code) => rowsOf(code, section, owners))
  })
}

function rowsOf(code: CodeBlock, section: Section, owners: Owners): readonly ExampleRow[] {
  if (!languages.has(code.language)) return []
  // The parser calls itself: deep nesting would overflow the stack.
  if (/(?:[[{][^[\]{}]{0,40}){200}/u.test(code.value)) return []
  const tree = parseTree(code.value, [], {allowTrailingComma: true, disallowComments: false})
  const objects = tree?.type === 'array' ? (tree.children ?? []) : tree ? [tree] : []
  const whole = codeStretch(code)
  return objects
    .filter(({type}) => type === 'object')
    .map((object) => {
      const {start, end} = toText(part(whole, object.offset, object.offset + object.length))
      const entries = (object.children ?? []).flatMap((property) => entry(property, whole))
      return {kind: 'exampleRow', start, end, table: owners.sureAt(section, code.start), entries, code, section}
    })
}

function entry({children}: Node, whole: Stretch): readonly ExampleEntry[] {
  const [key, value] = children ?? []
  if (!key || !value) return []
  return [{key: nameOf(part(whole, key.offset + 1, key.offset + key.length - 1)), value: valueOf(value, whole)}]
}

function valueOf(node: Node, whole: Stretch): ExampleValue {
  const scalar: unknown = node.value
  const text = toText(part(whole, node.offset, node.offset + node.length))
  if (typeof scalar === 'string') return {...text, type: 'string', scalar}
  if (typeof scalar === 'number') return {...text, type: /^-?\d+$/u.test(text.text) ? 'integer' : 'number', scalar}
  if (typeof scalar === 'boolean') return {...text, type: 'boolean', scalar}
  if (scalar === null) return {...text, type: 'null', scalar}
  const type: JsonKind = node.type === 'array' ? 'array' : node.type === 'null' ? 'null' : 'object'
  return {...text, type, scalar: type === 'null' ? null : undefined}
}
