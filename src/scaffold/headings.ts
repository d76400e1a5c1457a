import {slotsOf} from '../type/id-form.ts'
import {firstId, kindOfHeading} from '../type/identity.ts'
import type {IdSpec, SectionSpec, SpecType} from '../type/types.ts'
import type {Purpose} from './types.ts'
import {oneLine} from './words.ts'

/** The heading of a section; of one that stands for several, with its name left to be filled in. */
export function headingOf(spec: SectionSpec, type: SpecType, purpose: Purpose): string {
  const text = oneLine(spec.heading)
  if (spec.pattern === undefined) return text
  const kind = kindOfHeading({...spec, heading: text}, type)
  if (kind) {
    const id = purpose.kind === 'template' ? inTemplate(kind) : firstId(kind, purpose.identity)
    return `${id} – [Name of the ${kind.name}]`
  }
  const named = text.replace(/name[ _]of[ _]the[ _][\w ]+$/i, (words) => `[${words}]`)
  if (named !== text || !spec.repeat) return named
  return `[${text}]`
}

/** `FR[X].1` */
function inTemplate(kind: IdSpec): string {
  const last = slotsOf(kind) - 1
  let at = -1
  return kind.form.replaceAll(/\{([a-z]+)\}/gu, (_, name: string) => {
    at += 1
    return at === last ? '1' : `[${name.toUpperCase()}]`
  })
}
