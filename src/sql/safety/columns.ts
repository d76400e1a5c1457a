import {code, statementCode} from '../../document/words.ts'
import {sameName} from '../implicit.ts'
import type {Name, Operation, OperationOf, TypeFact} from '../model.ts'
import {type Danger, type Surroundings, written} from './danger.ts'

const volatile =
  /\b(?:random|gen_random_\w+|uuid_generate_v\d\w*|uuidv[47]|clock_timestamp|timeofday|nextval|newid|rand|uuid)\s*\(/i

/** A column that no row has a value for, or that writes every row anew. */
export function columnAdded(operation: OperationOf<'add-column'>, around: Surroundings): Danger | undefined {
  const {table, column} = operation
  const text = written(column, around)
  const isStored = /\bSTORED\b/i.test(text)
  const isFilled = column.default !== undefined || column.generated || isStored
  if (column.nullable === false && !isFilled) return withoutValue(operation, around)
  const isVolatile = column.default !== undefined && volatile.test(column.default.text)
  const isRewrite =
    around.dialect === 'postgresql'
      ? isVolatile || isStored || column.generated
      : around.dialect === 'mysql' && isStored
  if (!isRewrite || (column.generated && !isStored && /\bVIRTUAL\b/i.test(text))) return undefined
  const name = written(table, around)
  const plain = `${written(column.name, around)} ${column.type?.text ?? ''}`.trim()
  return {
    kind: 'rewrite',
    operation,
    table,
    names: [column.name],
    what: `New column ${code(column.name.text)}`,
    effect: isVolatile
      ? `${code(column.default.text)} gives each row a value of its own, so ${rewriting(around, table)}`
      : `Each row gets its value at once, so ${rewriting(around, table)}`,
    way: isVolatile
      ? `Write ${statementCode(`ALTER TABLE ${name} ADD COLUMN ${plain};`)}, then SET DEFAULT for new rows, and fill the old ones in batches.`
      : `Add ${statementCode(`ALTER TABLE ${name} ADD COLUMN ${plain};`)} as a plain column and fill it in batches.`,
  }
}

function rewriting({dialect}: Surroundings, table: Name): string {
  return dialect === 'mysql'
    ? `MySQL copies the whole of ${code(table.text)}: nobody can write for as long as that takes.`
    : `PostgreSQL writes the whole of ${code(table.text)} anew under an ACCESS EXCLUSIVE lock: nobody can read or write for as long as that takes.`
}

function withoutValue(operation: OperationOf<'add-column'>, around: Surroundings): Danger {
  const {table, column} = operation
  const name = written(table, around)
  const plain = `${written(column.name, around)} ${column.type?.text ?? ''}`.trim()
  return {
    kind: 'notNull',
    operation,
    table,
    names: [column.name],
    what: code(column.name.text),
    effect:
      around.dialect === 'mysql'
        ? 'MySQL silently writes an empty string or 0 into the rows that are there.'
        : 'The statement fails if the table has a row.',
    way: `Write ${statementCode(`ALTER TABLE ${name} ADD COLUMN ${plain};`)}, fill it in batches, then set NOT NULL; or give it a constant DEFAULT.`,
  }
}

export function notNullSet(operation: OperationOf<'set-not-null'>, around: Surroundings): Danger | undefined {
  const {table, column} = operation
  const {operations, dialect} = around
  // MODIFY says the whole column again: the change of the type tells it.
  if (operations.some((one) => one.kind === 'alter-type' && one.start === operation.start)) return undefined
  const proof = proofOf(operation, operations)
  const dropped = proof && dropBetween(proof, operation, operations)
  if (proof && !dropped) return undefined
  const [name, own] = [written(table, around), written(column, around)]
  const check = `${plainName(table)}_${plainName(column)}_not_null`
  const isPostgres = dialect === 'postgresql'
  return {
    kind: dropped ? 'unproven' : 'setNotNull',
    operation,
    table,
    names: [column],
    what: code(column.text),
    effect: isPostgres
      ? `PostgreSQL reads every row of ${code(table.text)} under an ACCESS EXCLUSIVE lock: nobody can read or write for as long as that takes.`
      : 'The whole table is read or copied while others wait, and a NULL in it stops the migration.',
    way: dropped
      ? `Drop ${code(dropped.name?.text ?? '')} only behind it: as long as the check is there, it reads nothing.`
      : isPostgres
        ? `Write ${statementCode(`ALTER TABLE ${name} ADD CONSTRAINT ${check} CHECK (${own} IS NOT NULL) NOT VALID;`)} and ${statementCode(`ALTER TABLE ${name} VALIDATE CONSTRAINT ${check};`)} before it: then it reads nothing.`
        : 'Fill the column first, and say how long it takes.',
  }
}

/** A check that was validated before says that there is no NULL. */
function proofOf(
  operation: OperationOf<'set-not-null'>,
  operations: readonly Operation[],
): OperationOf<'add-constraint'> | undefined {
  const {table, column} = operation
  return operations.find(
    (one): one is OperationOf<'add-constraint'> =>
      one.kind === 'add-constraint' &&
      one.start < operation.start &&
      sameName(one.table, table) &&
      one.constraint.kind === 'check' &&
      isNotNull(one.constraint.text, column) &&
      (!one.notValid ||
        operations.some(
          (other) =>
            other.kind === 'validate-constraint' && other.start < operation.start && sameName(other.table, table),
        )),
  )
}

/** What drops a check before its column is set to NOT NULL. */
function dropBetween(
  {constraint: {name}, start}: OperationOf<'add-constraint'>,
  operation: OperationOf<'set-not-null'>,
  operations: readonly Operation[],
): OperationOf<'drop-constraint'> | undefined {
  return operations.find(
    (one): one is OperationOf<'drop-constraint'> =>
      one.kind === 'drop-constraint' &&
      one.start > start &&
      one.start < operation.start &&
      name !== undefined &&
      one.name !== undefined &&
      sameName(one.name, name) &&
      sameName(one.table, operation.table),
  )
}

/** `(a IS NOT NULL)` */
function isNotNull(text: string, {key}: Name): boolean {
  const found = /^[\s("]*([\w$]+)[\s)"]*\sIS\s+NOT\s+NULL[\s)]*$/i.exec(text)
  return found?.[1]?.toLowerCase() === key.toLowerCase()
}

function plainName({key}: Name): string {
  return key.slice(key.lastIndexOf('.') + 1).replaceAll(/\W/gu, '_')
}

export function columnChanged(operation: OperationOf<'alter-type'>, around: Surroundings): Danger | undefined {
  const {table, column, type} = operation
  const {dialect, down, text} = around
  const undone = down.find(
    (one) => one.kind === 'alter-type' && sameName(one.table, table) && sameName(one.column, column),
  )
  const old = undone?.kind === 'alter-type' ? undone.type : undefined
  if (dialect === 'postgresql' && isFree(old, type)) return undefined
  if (dialect === 'mysql' && isBound(operation.statement.text)) return undefined
  if (dialect === 'mysql' && undone?.kind === 'alter-type' && isInPlace(undone, operation, text)) return undefined
  const name = written(table, around)
  const change = text.slice(operation.start, operation.end).replaceAll(/\s+/gu, ' ')
  return {
    kind: 'typeChange',
    operation,
    table,
    names: [column],
    what: code(column.text),
    effect:
      dialect === 'postgresql'
        ? `PostgreSQL writes the whole of ${code(table.text)} anew under an ACCESS EXCLUSIVE lock: nobody can read or write for as long as that takes.`
        : dialect === 'mysql'
          ? `MySQL copies the whole of ${code(table.text)} for most changes of a type: nobody can write for as long as that takes.`
          : 'The whole table may be written anew while others wait.',
    way:
      dialect === 'mysql'
        ? `Write ${statementCode(`ALTER TABLE ${name} ${change}, ALGORITHM=INPLACE, LOCK=NONE;`)}, which MySQL refuses rather than copy, or say why this is safe here.`
        : `Add ${statementCode(`ALTER TABLE ${name} ADD COLUMN ${plainName(column)}_new ${type?.text ?? '…'};`)} instead, fill it in batches and switch over, or say why this is safe here.`,
  }
}

/** Changes that PostgreSQL makes in its catalog alone. */
function isFree(old: TypeFact | undefined, type: TypeFact | undefined): boolean {
  if (type === undefined) return false
  if (old === undefined) return type.base === 'text' && !type.array
  if (old.array !== type.array) return false
  const isText = /^(?:varchar|text)$/u
  if (isText.test(old.base) && isText.test(type.base))
    return (
      type.base === 'text' || type.size.length === 0 || (old.size[0] ?? Number.POSITIVE_INFINITY) <= (type.size[0] ?? 0)
    )
  if (old.base === 'numeric' && type.base === 'numeric')
    return (
      type.size.length === 0 ||
      (old.size[1] === type.size[1] && (old.size[0] ?? Number.POSITIVE_INFINITY) <= (type.size[0] ?? 0))
    )
  return false
}

/**
 * A `VARCHAR` that grows in MySQL and nothing else: it stays in place as long as its length in bytes takes one byte to write, up to
 * 255, or took two before.
 */
function isInPlace(
  old: OperationOf<'alter-type'>,
  {type, start, end}: OperationOf<'alter-type'>,
  text: string,
): boolean {
  const [before, after] = [old.type?.size[0], type?.size[0]]
  if (old.type?.base !== 'varchar' || type?.base !== 'varchar' || before === undefined || after === undefined)
    return false
  const rest = (from: number, to: number): string =>
    text
      .slice(from, to)
      .replace(/\(\d+\)/u, '')
      .replaceAll(/\s+/gu, ' ')
      .toLowerCase()
  const width = /\blatin1\b/i.test(text) ? 1 : /\butf8(?:mb3)?\b/i.test(text) ? 3 : 4
  return (
    rest(start, end) === rest(old.start, old.end) && before <= after && before * width > 255 === after * width > 255
  )
}

/** The statement itself forbids a copy, or allows writing. */
export function isBound(statement: string): boolean {
  return /\bALGORITHM\s*=?\s*(?:INSTANT|INPLACE|NOCOPY)\b|\bLOCK\s*=?\s*NONE\b/i.test(statement)
}
