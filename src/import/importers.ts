import {markdownlint} from './markdownlint.ts'
import {mdschema} from './mdschema.ts'
import {openspec} from './openspec.ts'
import {outlint} from './outlint.ts'
import {specKit} from './spec-kit.ts'
import type {Importer} from './types.ts'

/** Each tool whose declarations can be read, by name. */
export const importers: ReadonlyMap<string, Importer> = new Map([
  ['mdschema', mdschema],
  ['outlint', outlint],
  ['markdownlint', markdownlint],
  ['openspec', openspec],
  ['spec-kit', specKit],
])
