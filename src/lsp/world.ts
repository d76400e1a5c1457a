import {pathToFileURL} from 'node:url'
import type {Location, Position, TextDocuments} from 'vscode-languageserver'
import type {TextDocument} from 'vscode-languageserver-textdocument'
import type {Prepared} from '../lint/prepare.ts'
import {type Client, noClient, pathOf} from './client.ts'
import {mentionsOf, type Place, type Target, targetAt} from './places.ts'
import {createSession, type Linted, type OpenText, type Session} from './session.ts'

/** A document in the editor, read. */
export interface Here {
  readonly document: TextDocument
  readonly prepared: Prepared
  readonly path: string | undefined
}

/** One editor, the documents that are open in it, and the files around them. */
export interface World {
  readonly documents: TextDocuments<TextDocument>
  client: Client
  folders: readonly string[]
  session: Session
  /** Grows with everything that may change the findings of a document whose text stayed. */
  generation: number
  /** Runs something when it was quiet for a while; the last of one name wins. */
  readonly later: (name: string, milliseconds: number, act: () => void) => void
  readonly forget: (name?: string) => void
}

export function createWorld(documents: TextDocuments<TextDocument>): World {
  const timers = new Map<string, NodeJS.Timeout>()
  return {
    documents,
    client: noClient,
    folders: [],
    session: createSession([]),
    generation: 0,
    later: (name, milliseconds, act) => {
      clearTimeout(timers.get(name))
      timers.set(
        name,
        setTimeout(() => {
          timers.delete(name)
          act()
        }, milliseconds),
      )
    },
    forget: (name) => {
      for (const [one, timer] of timers) {
        if (name !== undefined && one !== name) continue
        clearTimeout(timer)
        timers.delete(one)
      }
    },
  }
}

export function openText(document: TextDocument): OpenText {
  return {uri: document.uri, path: pathOf(document.uri), text: document.getText()}
}

export function readAt({documents, session}: World, uri: string): Here | undefined {
  const document = documents.get(uri)
  const prepared = document && session.prepared(openText(document))
  return prepared && {document, prepared, path: pathOf(uri)}
}

export async function lintAt({documents, session}: World, uri: string): Promise<Linted> {
  const document = documents.get(uri)
  return document ? session.lint(openText(document)) : {kind: 'none'}
}

/** By path: editors write one address in several ways. */
export function openAt({documents}: World, path: string): TextDocument | undefined {
  return documents.all().find(({uri}) => pathOf(uri) === path)
}

export function targetIn(world: World, uri: string, position: Position): Target | undefined {
  const here = readAt(world, uri)
  if (here?.path === undefined) return undefined
  return targetAt(here.prepared, here.path, here.document.offsetAt(position), world.session.entries)
}

export function mentionsIn(world: World, target: Target): readonly Place[] {
  return mentionsOf(target, world.session.entries, (path) => {
    const document = openAt(world, path)
    return document ? world.session.prepared(openText(document)) : world.session.preparedFile(path)
  })
}

export function locationOf(world: World, {path, range}: Place): Location {
  return {uri: openAt(world, path)?.uri ?? pathToFileURL(path).href, range}
}
