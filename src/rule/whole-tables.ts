import type {Span, SpecDocument} from '../document/types.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {KeyFact, Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {type ColumnFault, none} from './column-fault.ts'
import {columnsLeftOut, keysThatDiffer} from './copies.ts'
import {columnForm} from './creations.ts'
import {type DiagramFault, diagramFaults} from './diagram-columns.ts'
import {describedKeyFaults} from './primary-keys.ts'
import {related} from './related-place.ts'

interface Facts {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}

/** In what whole tables differ: a column that one copy leaves out, the primary key, the entity of a diagram. */
export function tableFaults(facts: Facts): readonly ColumnFault[] {
  const {document, schema} = facts
  const leftOut = columnsLeftOut(facts).map(({table, column}): ColumnFault => {
    const words = {...none, table: table.text, column: column.name.text, line: document.source.lineOf(column.start)}
    return {message: 'leftOut', at: table, words, more: related(column, `the other \`${table.text}\``)}
  })
  return [...leftOut, ...keyFaults(facts), ...diagramFaults(schema).map(diagramFault)]
}

/** Tables with one primary key here and another, or none, there. */
function keyFaults(facts: Facts): readonly ColumnFault[] {
  const {document, schema} = facts
  const fault = (at: Span, table: Name, here: string, there: string, other: Span, what: string): ColumnFault => {
    const words = {...none, table: table.text, here, there, line: document.source.lineOf(other.start)}
    return {message: 'key', at, words, more: related(other, what)}
  }
  const copies = keysThatDiffer(facts).map(({table, other, key, otherKey}) =>
    fault(
      key ?? table,
      table,
      keyWords(key?.columns),
      keyWords(otherKey?.columns),
      otherKey ?? other,
      `the other \`${table.text}\``,
    ),
  )
  const described = describedKeyFaults(schema).map(({table, code, described: columns, actual}) => {
    const [column] = columns
    return actual
      ? fault(
          column ?? keyPlace(table, actual),
          table.name,
          keyWords(columns),
          keyWords(actual.columns),
          actual,
          code.what,
        )
      : fault(code.name, code.name, keyWords([]), keyWords(columns), column ?? table, 'its description')
  })
  return [...copies, ...described]
}

function keyWords(columns: readonly Name[] | undefined): string {
  if (!columns || columns.length === 0) return 'has no primary key'
  return `has the primary key \`(${columns.map(({text}) => text).join(', ')})\``
}

/** The first described column of a key. */
function keyPlace(table: DocumentedTable, {columns: [first]}: KeyFact): Span {
  return table.columns.find(({name}) => first && columnForm(name) === columnForm(first))?.name ?? table.name
}

function diagramFault({kind, column, actual, code}: DiagramFault): ColumnFault {
  const words = {...none, column: column.name.text, table: code.name.text, code: code.what}
  if (kind === 'name') {
    const more = {expected: [actual.name.text], ...related(actual.name, code.what)}
    return {message: 'undefined', at: column.name, words: {...words, right: `\`${actual.name.text}\``}, more}
  }
  const [at, type] = [column.type ?? column.name, actual.type ?? actual.name]
  return {
    message: 'type',
    at,
    words: {...words, described: at.text, actual: type.text},
    more: related(type, code.what),
  }
}
