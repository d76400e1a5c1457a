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
  return [...facts].flatMap(([path, {page, reading}]) => {
    const {root} = finders.workspaceOf(path)
    const member = memberAt(path, finders, options)
    const text = kept.get(path)?.text ?? texts.get(path) ?? textOf(readFor(path, root, options, member.settings.limits))
    if (text === undefined) return []
    let made: {readonly one: Readied | undefined} | undefined
    const ready = (): Readied | undefined => (made ??= {one: readyText(text, path, finders, options)}).one
    return [{...member, text, page, reading, root, ready}]
  })
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
