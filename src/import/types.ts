import type {Json} from '../document/types.ts'
import type {TypeJson} from '../type/load.ts'

/** What an importer sees of a project. */
export interface Project {
  /** Every file, relative, with `/`, in code point order. */
  readonly paths: readonly string[]
  /** The text of one of them; `undefined` when it can't be read. */
  readonly text: (path: string) => string | undefined
}

/** A type that another tool's declarations amount to. */
export interface ImportedType {
  readonly name: string
  /** The file that declares it. */
  readonly from: string
  /** A template of theirs that is compiled as it stands, or a type to write. */
  readonly body: {readonly kind: 'template'; readonly path: string} | {readonly kind: 'type'; readonly json: TypeJson}
  /** Rules for its documents, with severities. */
  readonly rules?: Readonly<Record<string, string>>
  /** Patterns of its documents. */
  readonly globs: readonly string[]
  /** The declarations don't name the documents: of those that the patterns match, the ones that look like it are taken. */
  readonly narrow: boolean
}

/** Something that no type can say, or that needs no type. */
export interface Left {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly what: string
  /** A sentence without a full stop. */
  readonly why: string
}

export interface Imported {
  readonly types: readonly ImportedType[]
  readonly left: readonly Left[]
}

export type Importer = (project: Project) => Imported

export type Keys = {readonly [key: string]: Json}
