import type {LintResult} from '../lint/types.ts'
import type {SpecType} from '../rule/types.ts'
import {discover} from './discover.ts'
import type {RunOptions} from './options.ts'
import {type Readied, readAll} from './read.ts'
import {lintAll} from './one.ts'

/** The documents of a type by the version that they were made from. */
export interface VersionStatus {
  readonly type: string
  /** The present one; `undefined` for a type that counts none. */
  readonly version: string | undefined
  readonly documents: readonly {
    readonly path: string
    /** As the document names it; `undefined` when it names none. */
    readonly version: string | undefined
    /** What the present version finds in it. */
    readonly errors: number
    readonly warnings: number
  }[]
}

/** Which version of its type each document below some paths was made from, and what the present one asks of it. */
export async function versionStatus(paths: readonly string[], options: RunOptions): Promise<readonly VersionStatus[]> {
  const {ready} = readAll(discover(paths, options), options)
  const types = new Map<SpecType, Readied[]>()
  for (const one of ready) {
    const {type} = one.prepared.type
    types.set(type, [...(types.get(type) ?? []), one])
  }
  const all: VersionStatus[] = []
  for (const [type, own] of types) {
    const documents = []
    for (const one of own)
      documents.push({path: one.name, version: versionIn(one), ...counts(await lintAll(one, options))})
    all.push({type: type.name, version: type.version, documents})
  }
  return all
}

/** By the key that the type names, else by the comment. */
function versionIn({prepared: {document, type}}: Readied): string | undefined {
  const {versionKey} = type.type
  const value = versionKey === undefined ? undefined : type.metadata.value[versionKey]
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim() || undefined
  return document.typeComment?.version
}

function counts(result: LintResult): {readonly errors: number; readonly warnings: number} {
  const findings = result.kind === 'linted' ? result.findings : []
  return {
    errors: findings.filter(({severity}) => severity === 'error').length,
    warnings: findings.filter(({severity}) => severity === 'warning').length,
  }
}
