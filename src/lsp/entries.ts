import {relative} from 'node:path'
import type {Range} from 'vscode-languageserver'
import {posix} from '../config/files.ts'
import {specificationOf} from '../lint/specification.ts'
import type {Specification} from '../rule/types.ts'
import type {Readied} from '../run/read.ts'
import {rangeOf} from './ranges.ts'

/** What a document defines and names, without its text. */
export interface Entry {
  readonly path: string
  readonly specification: Specification | undefined
  /** What links may lead to. */
  readonly anchors: ReadonlySet<string>
  readonly defined: readonly Defined[]
  /** Identifiers that it mentions. */
  readonly named: ReadonlySet<string>
}

interface Defined {
  readonly id: string
  readonly title: string
  readonly range: Range
}

export function entryOf({path, prepared, workspace}: Readied): Entry {
  const {document, type} = prepared
  return {
    path,
    specification: specificationOf(prepared, posix(relative(workspace.root, path))),
    anchors: document.anchors,
    defined: type.ids.flatMap(({definitions}) =>
      definitions.map(({item: {id, title, idSpan}}) => ({
        id,
        title: title.text,
        range: rangeOf(idSpan, document.source),
      })),
    ),
    named: new Set(document.mentions.map(({id}) => id)),
  }
}
