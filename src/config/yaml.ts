import {LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, visit} from 'yaml'
import type {Document, ParsedNode, YAMLMap} from 'yaml'
import type {Json} from '../document/types.ts'
import {SpecLintError} from './error.ts'

/** A YAML or JSON file as data, with the place of every value. */
export interface DataFile {
  readonly path: string
  readonly data: Json
  /** 1-based place of a JSON Pointer, of its key when `key` is set. */
  placeOf(pointer: string, key?: boolean): {readonly file: string; readonly line: number; readonly column: number}
}

const mostAliases = 100

/**
 * Parses configuration data: YAML 1.2 core, no tags, no key twice; `aliases` only for the files of others, and then few enough
 * not to grow.
 */
export function readData(path: string, text: string, {aliases = false}: {readonly aliases?: boolean} = {}): DataFile {
  const lines = new LineCounter()
  const document = parseDocument(text.replace(/^\uFEFF/u, ''), {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const place = (offset: number): {file: string; line: number; column: number} => {
    const {line, col} = lines.linePos(offset)
    return {file: path, line, column: col}
  }
  const [error] = document.errors
  if (error)
    throw new SpecLintError(
      'config-syntax',
      `It is not YAML: ${error.message.split('\n', 1)[0]}`,
      'Correct the line.',
      place(error.pos[0]),
    )
  refuse(document, place, aliases)
  const data = document.contents === null ? {} : valueOf(document, path, aliases)
  return {path, data, placeOf: (pointer, key = false) => place(offsetOf(document, pointer, key))}
}

function valueOf(document: Document.Parsed, path: string, aliases: boolean): Json {
  try {
    return document.toJS({maxAliasCount: aliases ? mostAliases : 0}) as Json
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw new SpecLintError(
      'config-syntax',
      `Its aliases can't be followed: ${error.message}`,
      'Write the values out.',
      {
        file: path,
      },
    )
  }
}

function refuse(document: Document.Parsed, place: (offset: number) => Place, aliases: boolean): void {
  visit(document, {
    Node(_, node) {
      if (aliases && isAlias(node)) return
      const at = place(node.range?.[0] ?? 0)
      if (!aliases && (isAlias(node) || ('anchor' in node && node.anchor)))
        throw new SpecLintError('config-syntax', 'Anchors and aliases are not read here', 'Write the value out.', at)
      if (node.tag !== undefined)
        throw new SpecLintError('config-syntax', 'Tags are not read here', 'Delete the tag.', at)
      if (isMap(node)) refuseTwice(node, place)
    },
  })
}

function refuseTwice(map: YAMLMap, place: (offset: number) => Place): void {
  const seen = new Set<string>()
  for (const {key} of map.items) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    if (seen.has(name))
      throw new SpecLintError(
        'config-syntax',
        `\`${name}\` is set twice`,
        'Keep one of the two.',
        place(key.range?.[0] ?? 0),
      )
    seen.add(name)
  }
}

interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

function offsetOf(document: Document.Parsed, pointer: string, key: boolean): number {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node: ParsedNode | null = document.contents
  let offset = node?.range[0] ?? 0
  for (const [index, part] of parts.entries()) {
    if (isMap(node)) {
      const pair: {key: unknown; value: unknown} | undefined = node.items.find(
        (one) => isScalar(one.key) && String(one.key.value) === part,
      )
      if (!pair) return offset
      const keyNode = pair.key as ParsedNode
      const value = pair.value as ParsedNode | null
      offset = (key && index === parts.length - 1 ? keyNode.range[0] : value?.range[0]) ?? keyNode.range[0]
      node = value
    } else if (isSeq(node)) {
      node = node.items[Number(part)] ?? null
      offset = node?.range[0] ?? offset
    } else return offset
  }
  return offset
}
