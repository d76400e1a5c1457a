import {type DescribedIndexFault, indexesThatDiffer} from './described-indexes.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {ColumnFact, Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import type {AlteredField} from './altered-field.ts'
import {alteredFields} from './altered-fields.ts'
import {isOfScript} from './types-agree.ts'
import {
  constraintsThatDiffer,
  type DescribedConstraint,
  type DescribedKeyTarget,
  targetsThatDiffer,
} from './described-constraints.ts'
import type {Differences} from './column-differences.ts'
import {type ColumnFault, none} from './column-fault.ts'
import {type CheckFault, checksThatDiffer} from './compared-checks.ts'
import {type ColumnCopy, copiesThatDiffer} from './copies.ts'
import {modifiedDefaults} from './modified-defaults.ts'
import {type ModelDifference, modelDifferences} from './modelled.ts'
import {type RangeFault, rangeFaults, rangeWords} from './range-faults.ts'
import {related} from './related-place.ts'
import {sayingFaults} from './saying-faults.ts'
import {tableFaults} from './whole-tables.ts'
import {toldDefaults} from './told-defaults.ts'

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
    ...copiesThatDiffer(facts).map((one) => copyFault(one, document)),
    ...tableFaults(facts),
    ...constraintsThatDiffer(schema, type).map(constraintFault),
    ...indexesThatDiffer(schema, type).map(indexFault),
    ...checksThatDiffer(facts).map((one) => checkFault(one, document)),
    ...targetsThatDiffer(schema, type).map(targetFault),
    ...alteredFields(schema, type).map(alteredFault),
    ...rangeFaults(facts).map((one) => rangeFault(one, document)),
    ...sayingFaults(facts),
    ...modifiedDefaults(facts).map(({column, described, actual}): ColumnFault => {
      const words = {...none, column: column.text, described: described.text, actual: actual.text, code: 'MODIFY'}
      return {message: 'default', at: actual, words, more: related(described, 'the description')}
    }),
    ...toldDefaults(document, schema, type).map(({column, told, actual, code}): ColumnFault => {
      const words = {...none, column, described: bareCode(told.text), actual: bareCode(actual.text), code}
      return {message: 'default', at: told, words, more: related(actual, code)}
    }),
  ]
}

function rangeFault({table, column, at, bounds, other}: RangeFault, {source}: SpecDocument): ColumnFault {
  const words = {...none, table: table.text, column: column.text, line: source.lineOf(other.start)}
  const [here, there] = [`is ${rangeWords(bounds)}`, rangeWords(other.bounds)]
  return {message: 'copy', at, words: {...words, here, there}, more: related(other, 'the other range')}
}

function constraintFault({kind, table, described, actual, isDescribed, listed}: DescribedConstraint): ColumnFault {
  const what = kind === 'unique' ? 'unique' : 'a foreign key'
  const [here, there] = isDescribed
    ? [`is described as ${what}`, `makes it ${kind === 'unique' ? 'no unique column' : 'none'}`]
    : [`is described without a word of ${kind === 'unique' ? 'being unique' : 'its foreign key'}`, `makes it ${what}`]
  const words = {...none, column: described.name.text, table: table.text, here, there, code: 'CREATE TABLE'}
  return {message: 'constraint', at: listed ?? described.name, words, more: related(actual, 'CREATE TABLE')}
}

function targetFault({key, actual, column, what, isConfirmed}: DescribedKeyTarget): ColumnFault {
  const said = ({
    table,
    target,
    onDelete,
  }: Pick<DescribedKeyTarget['actual'], 'table' | 'target' | 'onDelete'>): string =>
    what === 'target'
      ? `\`${table.text}(${target.map(({text}) => text).join(', ')})\``
      : `\`ON DELETE ${(onDelete?.text ?? '').toUpperCase()}\``
  const [here, there] = [said({...key, table: key.to}), said(actual)]
  const words = {...none, column: column.text, table: key.table?.text ?? ''}
  const told =
    what === 'target'
      ? {here: `is described as a key to ${here}`, there: `leads it to ${there}`}
      : {here: `is described with ${here}`, there: `has ${there}`}
  const [wrong] = isConfirmed ? actual.target : []
  return wrong
    ? {message: 'constraint', at: wrong, words: {...words, ...told}, more: related(key, 'the description')}
    : {message: 'constraint', at: key, words: {...words, ...told}, more: related(actual, 'the key')}
}

function indexFault({index, actual}: DescribedIndexFault): ColumnFault {
  const listed = ({columns}: {readonly columns: readonly Name[]}): string =>
    `\`(${columns.map(({text}) => text.replaceAll('`', '')).join(', ')})\``
  const [described, there] = [listed(index), listed(actual)]
  const words = {...none, column: index.name?.text ?? '', table: actual.table.text, described, actual: there}
  const message = described === there ? 'uniqueIndex' : 'index'
  return {message, at: index, words, more: related(actual, 'the index')}
}

function checkFault({name, at, described, actual}: CheckFault, {source}: SpecDocument): ColumnFault {
  const words = {...none, column: name, described, actual: actual.text, line: source.lineOf(actual.start)}
  return {message: 'check', at, words, more: related(actual, 'the check')}
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
  const isInScript = one.kind === 'type' && isOfScript(one.actual)
  const code = isInScript ? 'add_column' : 'ALTER TABLE'
  const data = {...none, column: one.column.text, code}
  if (one.kind === 'unaltered') {
    const [here, there] = one.to ? [`changed to \`${bareCode(one.to.text)}\``, 'changes'] : ['new', 'adds']
    return {
      message: 'unaltered',
      at: one.column,
      words: {...data, table: one.table.text, here, there},
      more: {related: []},
    }
  }
  if (one.kind === 'undefined') {
    const right = one.twin ? `\`${one.twin.text}\`` : 'the name of a column'
    const more = one.twin ? {expected: [one.twin.text], ...related(one.twin, code)} : {related: []}
    return {message: 'undefined', at: one.column, words: {...data, table: one.table.text, right}, more}
  }
  if (one.kind === 'nullable') {
    const described = one.isNullable ? 'is described as one that may be null' : 'is described as NOT NULL'
    const words = {...data, described, actual: one.isNullable ? 'is NOT NULL' : 'may be null'}
    return {message: 'nullable', at: one.column, words, more: related(one.actual, code)}
  }
  const described = bareCode(one.described.text)
  const actual = 'text' in one.actual ? one.actual.text : ''
  const words = {...data, described, actual}
  return {message: one.kind, at: one.described, words, more: related(one.actual, code)}
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
  const found = /\b(?:NOT[ _]NULL|NULL|nullable|non-null|required|optional|mandatory)\b/i.exec(line)
  if (!found) return column.name
  const start = column.name.end + found.index
  return {start, end: start + found[0].length}
}
