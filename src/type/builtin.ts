import dataMigration from '../../schemas/data-migration.spec.json' with {type: 'json'}
import dataModelDesign from '../../schemas/data-model-design.spec.json' with {type: 'json'}
import databaseSchema from '../../schemas/database-schema.spec.json' with {type: 'json'}
import prdIosm from '../../schemas/prd-iosm.spec.json' with {type: 'json'}
import prd from '../../schemas/prd.spec.json' with {type: 'json'}
import {readSound, type TypeJson} from './load.ts'
import type {SpecType} from './types.ts'

const files: readonly {readonly name: string}[] = [prd, dataMigration, prdIosm, databaseSchema, dataModelDesign]

let loaded: readonly SpecType[] | undefined

/** The JSON of a built-in type, for `extends`. */
export function builtinJson(name: string): unknown {
  return files.find((file) => file.name === name)
}

/** The built-in types, read once. */
export function builtinTypes(): readonly SpecType[] {
  loaded ??= files.map((file) => readSound(file as unknown as TypeJson))
  return loaded
}
