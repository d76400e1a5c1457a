import type {Page} from '../lint/workspace.ts'
import type {Gathered} from './gather.ts'
import {memberAt} from './member.ts'
import {type Member, pageOf, type Readied, readFor, readyText} from './read.ts'
import {type Reading, readingOf} from './reading.ts'

/** A document of a run; it is parsed when more has to be known of it than what others know. */
export interface Sheet extends Member {
  readonly text: string
  readonly page: Page
  readonly reading: Reading
  /** Of its workspace; absolute. */
  readonly root: string
  /** `undefined` for what is no document any more. */
  readonly ready: () => Readied | undefined
}

/** What was gathered, but for files that are gone by now. */
export function sheetsOf({facts, kept, texts, finders, options}: Gathered): readonly Sheet[] {
  const remember = lastOnly()
  return [...facts].flatMap(([path, {page, reading}]) => {
    const {root} = finders.workspaceOf(path)
    const member = memberAt(path, finders, options)
    const text = kept.get(path)?.text ?? texts.get(path) ?? textOf(readFor(path, root, options, member.settings.limits))
    if (text === undefined) return []
    const ready = remember(() => readyText(text, path, finders, options))
    return [{...member, text, page, reading, root, ready}]
  })
}

/**
 * Remembers of many documents the one that was asked for last: a change may be of thousands, and each is asked for a few times in a
 * row.
 */
export function lastOnly(): (read: () => Readied | undefined) => () => Readied | undefined {
  let last: {readonly read: () => Readied | undefined; readonly one: Readied | undefined} | undefined
  return (read) => () => {
    if (last?.read !== read) last = {read, one: read()}
    return last.one
  }
}

export function sheetOf(one: Readied): Sheet {
  const {name, path, settings, home, text, prepared, workspace} = one
  return {
    name,
    path,
    settings,
    home,
    text,
    page: pageOf(prepared, path, workspace),
    reading: readingOf(prepared),
    root: workspace.root,
    ready: () => one,
  }
}

function textOf(read: ReturnType<typeof readFor>): string | undefined {
  return 'text' in read ? read.text : undefined
}
