import {basename} from 'node:path'
import {type Connection, ErrorCodes, ResponseError, type TextEdit, type WorkspaceEdit} from 'vscode-languageserver'
import {actionsFor, fixAllEdit, textEditOf} from './actions.ts'
import {completionsAt} from './completion.ts'
import {hoverAt} from './hover.ts'
import type {Entry} from './entries.ts'
import type {Target} from './places.ts'
import {symbolsOf} from './symbols.ts'
import {lintAt, locationOf, mentionsIn, readAt, targetIn, type World} from './world.ts'

/** What an editor offers at a place of a document. */
export function serveFeatures(connection: Connection, world: World): void {
  connection.onCodeAction(async ({textDocument: {uri}, range, context: {only}}) => {
    const version = world.documents.get(uri)?.version ?? null
    const linted = await lintAt(world, uri)
    if (linted.kind !== 'linted') return []
    return [...actionsFor(linted.prepared.document, linted.findings, {uri, version, range, only})]
  })
  connection.onDocumentFormatting(async ({textDocument: {uri}}) => {
    const linted = await lintAt(world, uri)
    if (linted.kind !== 'linted') return []
    const {text, source} = linted.prepared.document
    const edit = fixAllEdit(text, linted.findings)
    return edit ? [textEditOf(edit, source)] : []
  })
  connection.onCompletion(({textDocument: {uri}, position}) => {
    const here = readAt(world, uri)
    if (!here) return []
    const {document, prepared, path} = here
    const {entries} = world.session
    return [
      ...completionsAt({
        prepared,
        path,
        entries,
        offset: document.offsetAt(position),
        snippets: world.client.snippets,
      }),
    ]
  })
  connection.onHover(({textDocument: {uri}, position}) => {
    const here = readAt(world, uri)
    return here ? hoverAt(here.prepared, here.path, here.document.offsetAt(position), world.session.entries) : undefined
  })
  connection.onDocumentSymbol(({textDocument: {uri}}) => {
    const here = readAt(world, uri)
    return here ? symbolsOf(here.prepared) : []
  })
  serveIdentifiers(connection, world)
}

function serveIdentifiers(connection: Connection, world: World): void {
  connection.onDefinition(({textDocument: {uri}, position}) =>
    (targetIn(world, uri, position)?.definitions ?? []).map((place) => locationOf(world, place)),
  )
  connection.onReferences(({textDocument: {uri}, position, context}) => {
    const target = targetIn(world, uri, position)
    if (!target) return []
    const places = [...(context.includeDeclaration ? target.definitions : []), ...mentionsIn(world, target)]
    return places.map((place) => locationOf(world, place))
  })
  connection.onPrepareRename(({textDocument: {uri}, position}) => {
    const target = targetIn(world, uri, position)
    return target && target.definitions.length > 0 ? {range: target.range, placeholder: target.id} : undefined
  })
  connection.onRenameRequest(({textDocument: {uri}, position, newName}) => {
    const target = targetIn(world, uri, position)
    const problem = renameProblem(target, newName, world)
    if (problem !== undefined || !target) return new ResponseError(ErrorCodes.InvalidParams, problem ?? '')
    return renamed(world, target, newName)
  })
}

function renameProblem(target: Target | undefined, name: string, {session: {entries}}: World): string | undefined {
  if (!target || target.definitions.length === 0) return 'Nothing here is an identifier that a document defines'
  if (!/^[A-Z][A-Z0-9]{0,9}-?\d+(?:\.\d+)*$/u.test(name)) return `\`${name}\` is no identifier such as \`${target.id}\``
  const has = (one: Entry, wanted: string): boolean => one.defined.some(({id}) => id === wanted)
  if (target.owners.some((one) => has(one, name))) return `\`${name}\` is there already`
  // Where each document counts from one, they have names in common.
  const all = [...entries.values()]
  const own = target.owners.flatMap(({defined}) => defined.map(({id}) => id))
  const isShared = all.some((one) => !target.owners.includes(one) && own.some((id) => has(one, id)))
  const other = isShared ? undefined : all.find((one) => has(one, name))
  return other && `\`${name}\` is there already, in ${basename(other.path)}`
}

function renamed(world: World, target: Target, name: string): WorkspaceEdit {
  const changes = new Map<string, TextEdit[]>()
  for (const place of [...target.definitions, ...mentionsIn(world, target)]) {
    const {uri, range} = locationOf(world, place)
    const edits = changes.get(uri) ?? []
    edits.push({range, newText: name})
    changes.set(uri, edits)
  }
  return {changes: Object.fromEntries(changes)}
}
