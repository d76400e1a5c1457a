import {type Hover, MarkupKind} from 'vscode-languageserver'
import {rules} from '../../rules/index.ts'
import {isWithin} from '../document/places.ts'
import type {Span} from '../document/types.ts'
import {ruleUrl} from '../lint/links.ts'
import type {Prepared} from '../lint/prepare.ts'
import {enumOf, propertiesOf} from '../scaffold/words.ts'
import type {JsonSchema} from '../rule/types.ts'
import type {Entry} from './entries.ts'
import {targetAt} from './places.ts'
import {rangeOf} from './ranges.ts'

/** What is known of the thing at an offset: a key of the metadata, an identifier, a rule that a comment names. */
export function hoverAt(
  prepared: Prepared,
  path: string | undefined,
  offset: number,
  entries: ReadonlyMap<string, Entry>,
): Hover | undefined {
  const {document, type} = prepared
  const show = (span: Span, lines: readonly string[]): Hover => ({
    contents: {kind: MarkupKind.Markdown, value: lines.join('\n\n')},
    range: rangeOf(span, document.source),
  })
  const bound = type.metadata.entries.find(({entry}) => isWithin(offset, entry))
  if (bound) {
    const schema = propertiesOf(type.type.metadata?.schema ?? {}).find(([name]) => name === bound.property)?.[1]
    return show(bound.entry.key, aboutKey(bound.property, schema ?? {}, isRequired(prepared, bound.property)))
  }
  for (const directive of document.directives)
    for (const name of directive.names) {
      const rule = isWithin(offset, name) && rules.find(({id}) => id === name.text)
      if (rule) return show(name, [`**${rule.id}**`, rule.docs.summary, rule.docs.why, `[Page](${ruleUrl(rule.id)})`])
    }
  const target = path === undefined ? undefined : targetAt(prepared, path, offset, entries)
  if (!target) return undefined
  const lines = target.owners.flatMap(({specification, defined}) =>
    defined
      .filter(({id}) => id === target.id)
      .map(({title}) => {
        const home = specification ? `${plain(specification.title)}, \`${specification.path}\`` : ''
        return [`**${target.id}** ${plain(title)}`.trim(), home].filter((line) => line !== '').join('  \n')
      }),
  )
  const value = lines.length > 0 ? lines : [`\`${target.id}\` is defined nowhere`]
  return {contents: {kind: MarkupKind.Markdown, value: value.join('\n\n')}, range: target.range}
}

export function aboutKey(name: string, schema: JsonSchema, required: boolean): readonly string[] {
  const {description, format} = schema
  const values = enumOf(schema)
  return [
    `**${name}**${required ? ', required' : ''}`,
    ...(typeof description === 'string' ? [description] : []),
    ...(values.length > 0 ? [`One of ${values.map((value) => `\`${value}\``).join(', ')}`] : []),
    ...(format === 'date' ? ['A date such as `2026-03-31`'] : []),
  ]
}

export function isRequired({type}: Prepared, property: string): boolean {
  const required = type.type.metadata?.schema['required']
  return Array.isArray(required) && required.includes(property)
}

/** No text of a document is markup in it. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|&!]/gu, String.raw`\$&`).replaceAll(/\s+/gu, ' ')
}
