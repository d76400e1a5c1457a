import type {ValidateFunction} from 'ajv'

/** As in `precompiled.ts`, for the schemas of whole files: the configuration, the type language, reports. */
export const precompiled: ReadonlyMap<string, ValidateFunction> = new Map()
