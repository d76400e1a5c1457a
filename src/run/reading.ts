import {statesSchema} from '../lint/database.ts'
import type {Prepared} from '../lint/prepare.ts'

/** What a run has to know of a document, whether or not it looks at it. */
export interface Reading {
  /** Addresses that it links to. */
  readonly urls: readonly string[]
  /** Identifiers that it names. */
  readonly mentions: readonly string[]
  /** Whether it says anything of a schema, or its type has a place for that. */
  readonly speaksOfSchema: boolean
}

export function readingOf(prepared: Prepared): Reading {
  const {links, definitions, mentions} = prepared.document
  return {
    urls: [...new Set([...links, ...definitions].map(({url}) => url))],
    mentions: [...new Set(mentions.map(({id}) => id))],
    speaksOfSchema: statesSchema(prepared) || prepared.type.withRole('migration').length > 0,
  }
}

/** Addresses as the links of a document. */
export function linkingOf({urls}: Pick<Reading, 'urls'>): {
  readonly links: readonly {readonly url: string}[]
  readonly definitions: readonly never[]
} {
  return {links: urls.map((url) => ({url})), definitions: []}
}
