import type {Json} from '../document/types.ts'
import {formed, slotsOf} from './id-form.ts'
import {firstGroup} from './regex.ts'
import type {BoundMetadata, IdSpec, SectionSpec, SpecType} from './types.ts'

/** What a document is called by others: `20`, `PRD-007`; `undefined` for one that has no such name, or a placeholder for it. */
export function identityOf({identity}: SpecType, metadata: BoundMetadata, title: string): string | undefined {
  if (!identity) return undefined
  const found =
    identity.kind === 'metadata' ? scalar(metadata.value[identity.key]) : firstGroup(identity.pattern, title)
  const trimmed = found?.trim() ?? ''
  // A placeholder of the template names nothing.
  return trimmed === '' || /[[\]{}<>]/u.test(trimmed) ? undefined : trimmed
}

export function scalar(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** The first identifier of a kind in a document; all slots but the last are the document's own number. */
export function firstId(kind: IdSpec, identity: string | undefined): string {
  const slots = slotsOf(kind)
  const number = Number(/\d+$/u.exec(identity ?? '')?.[0] ?? 1)
  return formed(
    kind,
    Array.from({length: slots}, (_, index) => (index === slots - 1 ? 1 : number)),
  )
}

/** The kind of identifier that the heading of a section begins with, which stands for many: `FR1.1 – Name`. */
export function kindOfHeading({heading, pattern, repeat}: SectionSpec, {ids}: SpecType): IdSpec | undefined {
  if (pattern === undefined || !repeat) return undefined
  return ids.find(({prefix}) => heading.startsWith(prefix) && /^-?[\d[{]/u.test(heading.slice(prefix.length)))
}

/** The heading that a section of the type has in a document of this name: in document 20 `FR20.1 – Name` for `FR1.1 – Name`. */
export function headingIn(spec: SectionSpec, type: SpecType, identity: string | undefined): string {
  const kind = identity === undefined ? undefined : kindOfHeading(spec, type)
  return kind ? spec.heading.replace(/^\S*\d\S*(?=\s|$)/u, firstId(kind, identity)) : spec.heading
}
