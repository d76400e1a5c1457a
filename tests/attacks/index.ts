import {shapes as blocks} from './blocks.ts'
import {shapes as extensions} from './extensions.ts'
import {contents} from './front-matter.ts'
import {documents} from './honest.ts'
import {shapes as inline} from './inline.ts'
import type {Shape} from './text.ts'
import {shapes as yaml} from './yaml.ts'

/** An ordinary text: what the time of the others is held against. */
export const plain: Shape = blocks['prose'] ?? String

/** Texts that grow as large as one likes. */
export const growing: Readonly<Record<string, Shape>> = {
  ...blocks,
  ...inline,
  ...extensions,
  ...named('front matter ', yaml, (shape) => (bytes) => fenced(shape(Math.min(bytes, 64_000)))),
  ...named('honest ', documents, (document) => (bytes) => {
    const one = document(100).length / 100
    return document(Math.max(10, Math.floor(bytes / one)))
  }),
}

/** Small texts that mean something odd. */
export const small: Readonly<Record<string, () => string>> = named(
  'front matter ',
  contents,
  (content) => () => fenced(content()),
)

function fenced(content: string): string {
  return `---\n${content}${content.endsWith('\n') ? '' : '\n'}---\n\n# Title\n`
}

function named<A, B>(
  prefix: string,
  all: Readonly<Record<string, A>>,
  make: (one: A) => B,
): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [prefix + name, make(one)]))
}
