import {readDocument} from '../document/parse.ts'
import {rememberFor} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import type {BoundDocument, Dialect, SchemaChange, SpecType} from '../rule/types.ts'
import {type SchemaFacts, schemaFacts} from '../sql/schema.ts'
import {schemaChangesOf} from '../sql/changes.ts'
import {factsOf} from '../sql/facts.ts'
import {bind} from '../type/bind.ts'
import {detect} from '../type/detect.ts'

/** A document bound to its type: all that rules see of it but the world around. */
export interface Prepared {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schemaChanges: readonly SchemaChange[]
  /** Of the SQL, by the configuration. */
  readonly dialect: Dialect | undefined
  /** Lazy; needs `loadSchemaParsers(document, dialect)` before its first use. */
  readonly schema: SchemaFacts
}

/** Reads a text as the given type, or as the one that it shows itself to be; `undefined` when it is of none. */
export function prepare(
  text: string,
  types: readonly SpecType[],
  options: {
    readonly path?: string
    readonly type?: SpecType | undefined
    readonly dialect?: Dialect | undefined
  } = {},
): Prepared | undefined {
  return prepareDocument(
    readDocument(text, options.path === undefined ? {} : {path: options.path}),
    types,
    options.type,
    options.dialect,
  )
}

export function prepareDocument(
  document: SpecDocument,
  types: readonly SpecType[],
  given?: SpecType,
  dialect?: Dialect,
): Prepared | undefined {
  rememberFor(document.text.length)
  const {typeComment} = document
  const named = typeComment && types.find(({name}) => name === typeComment.name)
  const type = given ?? named ?? detect(document, types)?.type
  return type && bindTo(document, type, dialect)
}

export function bindTo(document: SpecDocument, type: SpecType, dialect?: Dialect): Prepared {
  const schemaChanges = schemaChangesOf(document, dialect)
  return {
    document,
    type: bind(document, type, factsOf(schemaChanges)),
    schemaChanges,
    dialect,
    schema: schemaFacts(document, dialect),
  }
}
