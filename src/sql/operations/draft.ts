import type {Operation} from '../model.ts'

type Without<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never

/** An operation before it is tied to its statement. */
export type Draft = Without<Operation, 'statement'>
