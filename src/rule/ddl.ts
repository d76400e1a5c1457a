import type {Operation} from '../sql/model.ts'

/** Whether it changes the schema; data, queries and transactions don't. */
export function isDdl({kind}: Operation): boolean {
  return !/^(?:insert|update|delete|truncate|copy|select|begin|commit|rollback|other)$/u.test(kind)
}
