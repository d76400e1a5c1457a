import type {ValidateFunction} from 'ajv'

/** Validators of the schemas in built-in types, made when the package was built, by the JSON text of their schema; from the sources there are none. */
export const precompiled: ReadonlyMap<string, ValidateFunction> = new Map()
