import type {Span} from '../document/types.ts'
import type {BoundDocument, Earlier} from './types.ts'

/** Whether the words of a document changed: metadata, change log, comments, ticks and white space aside. */
export function bodyChanged(before: Earlier, now: Earlier): boolean {
  return bodyOf(before) !== bodyOf(now)
}

/** Whether the change log has another text. */
export function logChanged(before: Earlier, now: Earlier): boolean {
  return logOf(before) !== logOf(now)
}

/** A document that was and is in one final status has other words under the same version, with nothing in the change log. */
export function isSilentEdit(before: Earlier, now: Earlier): boolean {
  const key = now.type.type.changelog?.version?.metadata
  const [old, own] = [before.type.status, now.type.status]
  if (key === undefined || own?.phase?.kind !== 'final' || old?.phase?.status !== own.phase.status) return false
  const version = rawOf(now.type, key)
  return (
    version !== undefined &&
    version === rawOf(before.type, key) &&
    rawOf(before.type, dateKey(now.type)) === rawOf(now.type, dateKey(now.type)) &&
    !logChanged(before, now) &&
    bodyChanged(before, now)
  )
}

/** The metadata that has the day of the last change: the last of several dates. */
export function dateKey({type}: BoundDocument): string | undefined {
  const dates = type.metadata?.dates ?? []
  return type.changelog?.date?.metadata ?? (dates.length > 1 ? dates.at(-1) : undefined)
}

function rawOf({metadata}: BoundDocument, key: string | undefined): string | undefined {
  return key === undefined ? undefined : metadata.entry(key)?.raw
}

function logOf({document, type}: Earlier): string {
  return essence(
    type
      .withRole('changelog')
      .map((section) => document.text.slice(section.start, section.end))
      .join('\n'),
  )
}

function bodyOf({document, type}: Earlier): string {
  const {frontMatter, entries} = document.metadata
  const aside: readonly Span[] = [
    ...(frontMatter ? [frontMatter] : []),
    ...entries,
    ...document.comments,
    ...type.withRole('changelog'),
  ].toSorted((a, b) => a.start - b.start)
  const pieces: string[] = []
  let at = 0
  for (const {start, end} of aside) {
    if (start > at) pieces.push(document.text.slice(at, start))
    at = Math.max(at, end)
  }
  return essence([...pieces, document.text.slice(at)].join('\n'))
}

/** Tables may be aligned anew, and items ticked. */
function essence(text: string): string {
  return text
    .replaceAll(/^(\s*(?:[-*+]|\d+[.)])\s+)\[[xX]\]/gmu, '$1[ ]')
    .replaceAll(/\s+/gu, '')
    .replaceAll(/-{2,}/gu, '-')
}
