import {slug} from '../type/slug.ts'
import type {Keys} from './types.ts'

/** A section that a type knows under any heading. */
export const anyOther: Keys = {heading: 'Another section', pattern: '.+', required: false, repeat: {min: 0}}

/** `### 1. Scope` is a heading of the third level, `Scope`. */
export function headingOf(line: string): {readonly level: number; readonly text: string} | undefined {
  const found = /^(#{1,6})\s+(\S.*)$/u.exec(line.trim())
  if (!found) return undefined
  const text = (found[2] ?? '').replace(/\s+#+$/u, '')
  return {level: (found[1] ?? '').length, text: text.replace(/^\d+(?:\.\d+)*[.)]?\s+(?=\S)/u, '')}
}

/** Text as an RE2 expression of itself. */
export function literal(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}/]/gu, String.raw`\$&`)
}

/** A name for messages, made from an expression: `API: .+` is `API: …`. */
export function nameOfPattern(pattern: string): string {
  const name = pattern
    .replaceAll(/\\[dw]|\[[^\]]*\]/gu, '…')
    .replaceAll(/(?:\.|…)[*+?]|(?:\.|…)?\{[^}]*\}/gu, '…')
    .replaceAll(/[\\^$()?]/gu, '')
    .replaceAll(/…+/gu, '…')
    .trim()
  return name === '' || name === '…' ? 'Section' : name
}

/** Gives each section an id of its own, also below others. */
export function withIds(sections: readonly Keys[], taken = new Set<string>()): readonly Keys[] {
  return sections.map((section) => {
    const wanted = typeof section['id'] === 'string' ? section['id'] : slug(String(section['heading']))
    let id = wanted
    for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`
    taken.add(id)
    const {id: _own, ...rest} = section
    const children = section['children'] as readonly Keys[] | undefined
    return {
      ...rest,
      ...(id !== slug(String(section['heading'])) && {id}),
      ...(children !== undefined && {children: withIds(children, taken)}),
    }
  })
}
