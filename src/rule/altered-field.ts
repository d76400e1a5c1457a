import type {Span, Text} from '../document/types.ts'
import type {Name} from '../sql/model.ts'

/** What `New Fields` or `Modified Fields` say, and ALTER TABLE does otherwise. */
export type AlteredField =
  | {readonly kind: 'type' | 'default'; readonly column: Name; readonly described: Text; readonly actual: Text}
  | {readonly kind: 'noDefault'; readonly column: Name; readonly described: Text; readonly actual: Span}
  | {readonly kind: 'nullable'; readonly column: Name; readonly isNullable: boolean; readonly actual: Span}
  | {readonly kind: 'undefined'; readonly column: Name; readonly table: Name; readonly twin: Name | undefined}
  | {readonly kind: 'unaltered'; readonly column: Name; readonly table: Name; readonly to: Text | undefined}
