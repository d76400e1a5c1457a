import type {Section, Span} from '../../document/types.ts'
import type {Name, TypeFact} from '../model.ts'
import type {Clauses} from './clauses.ts'
import {isSerial} from './columns.ts'
import {type Said, heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'

/** A column as words tell of it; the span is that of the words. */
export function toldColumn({start, end}: Span, name: Name, type: TypeFact | undefined, clauses: Clauses): Said {
  const {nullable, default: value, generated} = clauses
  return {
    clauses,
    column: {
      kind: 'column',
      start,
      end,
      name,
      type,
      nullable,
      default: value,
      generated: generated || isSerial(type),
    },
  }
}

/** Columns that words give to a table that is there. */
export function toldTable({start, end}: Span, name: Name, columns: readonly Said[], section: Section): DocumentedTable {
  return {
    kind: 'documentedTable',
    start,
    end,
    name,
    ...heldBy(columns),
    section,
    source: 'attributeList',
    state: 'existing',
    certain: true,
    part: 'added',
    asks: new Set(),
    changes: [],
  }
}
