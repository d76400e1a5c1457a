import {basename, dirname} from 'node:path'
import {readDocument} from '../document/parse.ts'
import {inferType} from '../infer/infer.ts'
import type {Inferred} from '../infer/types.ts'
import {slug} from '../type/slug.ts'
import {SpecLintError} from './error.ts'
import {posix, readTextFile} from './files.ts'

interface Place {
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** A larger one is no template that people write. */
const largest = 524_288
const mostRemembered = 50
const known = new Map<string, Inferred>()

export function isTemplatePath(reference: string): boolean {
  return /\.(?:md|markdown|mdx)$/i.test(reference)
}

/** Compiles the template at a path, once a process for each content. A mistake is a `SpecLintError` at the given place. */
export function inferFrom(path: string, root: string, reference: string, at: Place, name = nameOf(path)): Inferred {
  const read = readTextFile(path, root, largest)
  if ('problem' in read)
    throw new SpecLintError(
      'template',
      `The template \`${reference}\` can't be read. ${read.problem.message}`,
      'Write the path of a Markdown file below the configuration.',
      at,
    )
  const key = `${name}\n${read.text}`
  const before = known.get(key)
  if (before) return before
  const inferred = inferType(readDocument(read.text, {path: posix(path)}), name)
  if ('problem' in inferred)
    throw new SpecLintError('template', inferred.problem, 'Write a type file by hand, or split the template.', {
      file: path,
    })
  if (known.size >= mostRemembered) known.clear()
  known.set(key, inferred)
  return inferred
}

/** `adr-template.md` describes an `adr`, and so does `adr/template.md`. */
export function nameOf(path: string): string {
  return typeName(bareName(path) || bareName(dirname(path)) || 'document')
}

function bareName(path: string): string {
  const words = basename(path).replace(/(?:\.(?:spec|type|template))?\.\w+$/u, '')
  if (!/\w/u.test(words)) return ''
  return slug(words)
    .split('-')
    .filter((word) => !/^(?:templates?|\d+|x{2,}|n{3,})$/u.test(word))
    .join('-')
}

/** A name that a type may have. */
export function typeName(text: string): string {
  const name = slug(text)
    .replace(/^[^a-z]+/u, '')
    .slice(0, 64)
    .replace(/-+$/u, '')
  return name === '' ? 'document' : name
}
