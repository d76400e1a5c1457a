import type {Span, SpecDocument} from '../document/types.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {ColumnFact, KeyFact, Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {type AlteredField, alteredFields} from './altered-fields.ts'
import type {Differences} from './column-differences.ts'
import {columnForm} from './creations.ts'
import {type DiagramFault, diagramFaults} from './diagram-columns.ts'
import {type ColumnCopy, columnsLeftOut, copiesThatDiffer, keysThatDiffer} from './copies.ts'
import {type ModelDifference, modelDifferences} from './modelled.ts'
import {describedKeyFaults} from './primary-keys.ts'
import {type Related, related} from './related-place.ts'
import {toldDefaults} from './told-defaults.ts'

type More = Related & {readonly expected?: readonly string[]}

interface Words {
  readonly column: string
  readonly table: string
  readonly code: string
  readonly described: string
  readonly actual: string
  readonly right: string
  readonly here: string
  readonly there: string
  readonly line: number
}

/** Something that two places say otherwise of a column: the message, where it stands, the words of its slots. */
export interface ColumnFault {
  readonly message:
    | 'undefined'
    | 'type'
    | 'nullable'
    | 'default'
    | 'noDefault'
    | 'moreDefault'
    | 'copy'
    | 'key'
    | 'leftOut'
  readonly at: Span
  readonly words: Words
  readonly more: More
}

const none: Words = {
  column: '',
  table: '',
  code: '',
  described: '',
  actual: '',
  right: '',
  here: '',
  there: '',
  line: 0,
}

/** What a described column and the code that makes it say otherwise. */
export function columnFaults(
  column: ColumnFact,
  {type, nullable, value}: Differences,
  code: string,
  document: SpecDocument,
): readonly ColumnFault[] {
  const data = {...none, column: column.name.text, code}
  const isSql = code === 'CREATE TABLE'
  const faults: ColumnFault[] = []
  if (type && column.type) {
    const words = {...data, described: column.type.text, actual: type.text}
    const more = {expected: isSql ? [type.text] : [], ...related(type, code)}
    faults.push({message: 'type', at: column.type, words, more})
  }
  if (nullable) {
    const described = nullable.described ? 'is described as one that may be null' : 'is described as NOT NULL'
    const words = {...data, described, actual: nullable.described ? 'is NOT NULL' : 'may be null'}
    faults.push({message: 'nullable', at: nullPlace(column, document), words, more: related(nullable.actual, code)})
  }
  if (value) {
    const {described, actual} = value
    const message = described === undefined ? 'moreDefault' : actual === undefined ? 'noDefault' : 'default'
    const words = {
      ...data,
      described: message === 'noDefault' ? bareCode(described ?? '') : (described ?? ''),
      actual: actual ?? '',
    }
    const expected = message === 'default' && isSql && actual !== undefined ? {expected: [actual]} : {}
    faults.push({message, at: column.default ?? column.name, words, more: {...expected, ...related(value.at, code)}})
  }
  return faults
}

/** The same of models, of two copies of a table, of new and modified fields, and of defaults told in lists. */
export function otherColumnFaults(facts: {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}): readonly ColumnFault[] {
  const {document, schema, type} = facts
  return [
    ...modelDifferences(facts).map((one) => modelFault(one, document)),
    ...copiesThatDiffer(schema, type).map((one) => copyFault(one, document)),
    ...columnsLeftOut(schema, type).map(({table, column}): ColumnFault => {
      const words = {...none, table: table.text, column: column.name.text, line: document.source.lineOf(column.start)}
      return {message: 'leftOut', at: table, words, more: related(column, `the other \`${table.text}\``)}
    }),
    ...keyFaults(facts),
    ...diagramFaults(schema).map(diagramFault),
    ...alteredFields(schema, type).map(alteredFault),
    ...toldDefaults(document, schema, type).map(({column, told, actual, code}): ColumnFault => {
      const words = {...none, column, described: bareCode(told.text), actual: bareCode(actual.text), code}
      return {message: 'default', at: told, words, more: related(actual, code)}
    }),
  ]
}

/** Tables with one primary key here and another, or none, there. */
function keyFaults({document, schema, type}: Parameters<typeof otherColumnFaults>[0]): readonly ColumnFault[] {
  const fault = (at: Span, table: Name, here: string, there: string, other: Span, what: string): ColumnFault => {
    const words = {...none, table: table.text, here, there, line: document.source.lineOf(other.start)}
    return {message: 'key', at, words, more: related(other, what)}
  }
  const copies = keysThatDiffer(schema, type).map(({table, other, key, otherKey}) =>
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

function copyFault(
  {table, copy, other, difference}: ReturnType<typeof copiesThatDiffer>[number],
  document: SpecDocument,
): ColumnFault {
  const at = placeOf(difference, copy)
  const [here, there] = [copyWords(difference, copy), copyWords(difference, other)]
  const line = document.source.lineOf(other.start)
  const words = {...none, table: table.text, column: copy.name.text, here, there, line}
  return {message: 'copy', at, words, more: related(other, `the other \`${copy.name.text}\``)}
}

function placeOf(difference: string, copy: ColumnCopy): Span {
  if (difference === 'type') return copy.type ?? copy.name
  if (difference === 'expression') return copy.expression ?? copy.name
  return difference === 'default' ? (copy.default ?? copy.name) : copy
}

function alteredFault(one: AlteredField): ColumnFault {
  const code = 'ALTER TABLE'
  const data = {...none, column: one.column.text, code}
  if (one.kind === 'undefined') {
    const right = one.twin ? `\`${one.twin.text}\`` : 'the name of a column'
    const more = one.twin ? {expected: [one.twin.text], ...related(one.twin, code)} : {related: []}
    return {message: 'undefined', at: one.column, words: {...data, table: one.table.text, right}, more}
  }
  const words = {...data, described: bareCode(one.described.text), actual: one.actual.text}
  return {message: one.kind, at: one.described, words, more: related(one.actual, code)}
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

/** A field of a model that the migration makes another column of. */
function modelFault({field, column, what, difference}: ModelDifference, {text}: SpecDocument): ColumnFault {
  const common = {...none, column: field.name.text, code: what}
  if (difference === 'type') {
    const native = /@db\.\w+(?:\([^()]*\))?/u.exec(text.slice(field.start, field.end))?.[0]
    const described = [field.type?.text ?? '', native ?? ''].join(' ').trim()
    const words = {...common, described, actual: column.type?.text ?? ''}
    return {
      message: 'type',
      at: field.type ?? field.name,
      words,
      more: related(column.type ?? column.name, what),
    }
  }
  if (difference === 'null') {
    const [described, actual] = field.nullable ? ['may be null', 'is NOT NULL'] : ['is required', 'may be null']
    const words = {...common, described: described ?? '', actual: actual ?? ''}
    return {message: 'nullable', at: field.name, words, more: related(column, what)}
  }
  const words = {...common, described: field.default?.text ?? '', actual: column.default?.text ?? ''}
  const message = column.default ? 'default' : 'noDefault'
  return {message, at: field.default ?? field.name, words, more: related(column.default ?? column, what)}
}

function bareCode(text: string): string {
  return text.replaceAll('`', '').trim()
}

/** What a copy says of what two of them differ in. */
function copyWords(difference: string, {type, nullable, default: value, expression}: ColumnCopy): string {
  if (difference === 'expression') return `is generated as \`${expression?.text ?? ''}\``
  if (difference === 'type') return `is \`${type?.text ?? ''}\``
  if (difference === 'null') return nullable ? 'may be null' : 'is NOT NULL'
  return value ? `has the default \`${value.text}\`` : 'has no default'
}

/** The words that speak of NULL, or the name where a check mark does. */
function nullPlace(column: ColumnFact, {text}: SpecDocument): Span {
  const line = text.slice(column.name.end, column.end)
  const found = /\b(?:NOT[ _]NULL|NULL|nullable|non-null|required|optional|mandatory)\b/iu.exec(line)
  if (!found) return column.name
  const start = column.name.end + found.index
  return {start, end: start + found[0].length}
}
