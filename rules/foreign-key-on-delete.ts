import {
  called,
  defineRule,
  foreignKeysIn,
  forwardOperations,
  type Name,
  ownerOf,
  related,
  sameName,
  type Span,
  type SpecDocument,
  type TableKey,
  type Text,
} from 'spec-lint/rule'

const inSql = 'the foreign key in SQL'

export default defineRule({
  id: 'foreign-key-on-delete',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Every foreign key says what happens when the row it leads to is deleted.',
    why: 'Without a word the database refuses the deletion, in production, at the first customer who leaves.',
    remedy: 'Write `ON DELETE RESTRICT`, `CASCADE` or `SET NULL`, whichever is meant.',
    exceptions:
      'A key whose action another statement gives it. Keys in a rollback. A key in a list, where no other key of the lists has an action.',
  },
  options: {},
  messages: {
    silent: {
      reason: 'The foreign key from `{from}` to `{to}` does not say what happens on deletion',
      note: 'Add `ON DELETE RESTRICT`, `ON DELETE CASCADE` or `ON DELETE SET NULL`.',
    },
    differs: {
      reason:
        'The foreign key from `{from}` to `{to}` is `ON DELETE {one}` here, and `ON DELETE {other}` on line {line}',
      note: 'Write the same action in both places.',
    },
  },
  check({document, type, schema, report}) {
    const keys = foreignKeysIn(forwardOperations(schema, type))
    const told = new Set<string>()
    // A key that a later ALTER TABLE adds replaces that of the table.
    const isSaid = ({table, key, operation}: TableKey): boolean =>
      keys.some(
        (other) =>
          sameName(other.table, table) &&
          sameColumns(other, key) &&
          other.key.onDelete !== undefined &&
          (other.operation.kind !== operation.kind || other.operation.statement.code === operation.statement.code),
      )
    for (const one of keys) {
      const {table, key} = one
      if (key.onDelete !== undefined || key.table.hole || table.hole || isSaid(one)) continue
      told.add(wordsOf(one.table, key))
      report.silent(key, {from: wordsOf(table, key), to: key.table.text})
    }
    const isHabit = schema.foreignKeys.some(({onDelete}) => onDelete) || keys.every(({key}) => key.onDelete)
    for (const listed of schema.foreignKeys) {
      const {table, to, onDelete} = listed
      const same = table
        ? called(keys, ownerOf, table).filter(
            (other) => sameName(other.key.table, to) && sameColumns({key: listed}, other.key),
          )
        : []
      const [first] = same
      if (!table || !first || told.has(wordsOf(table, listed))) continue
      const words = {from: wordsOf(table, listed), to: to.text}
      const other = same.find(({key}) => key.onDelete)
      if (!onDelete) {
        const isInKeys = isHabit && other && isKeyList(listed, document)
        if (isInKeys) report.silent(listed, words, related(other.key, inSql))
      } else if (
        other?.key.onDelete &&
        same.every(({key}) => key.onDelete && actionOf(key.onDelete) !== actionOf(onDelete))
      )
        report.differs(
          onDelete,
          {
            ...words,
            one: actionOf(onDelete),
            other: actionOf(other.key.onDelete),
            line: document.source.lineOf(other.key.onDelete.start),
          },
          {...related(other.key, inSql), expected: [other.key.onDelete.text]},
        )
    }
    for (const {late, a, b} of copiesThatDiffer(keys)) {
      const line = document.source.lineOf(a.start)
      const words = {from: wordsOf(late.table, late.key), to: late.key.table.text, line}
      report.differs(b, {...words, one: actionOf(b), other: actionOf(a)}, related(late.key, inSql))
    }
  },
})

interface Copies {
  readonly late: TableKey
  readonly a: Text
  readonly b: Text
}

/** Keys that two fences make, with another action. */
function copiesThatDiffer(all: readonly TableKey[]): readonly Copies[] {
  const keys = all.filter(({key, table}) => key.onDelete && !key.table.hole && !table.hole)
  return keys.flatMap((late) => {
    const same = called(keys, ownerOf, late.table)
    const early = same
      .slice(0, same.indexOf(late))
      .findLast(
        (one) =>
          one.operation.statement.code !== late.operation.statement.code &&
          one.operation.kind === late.operation.kind &&
          sameName(one.key.table, late.key.table) &&
          sameColumns(one, late.key),
      )
    const [a, b] = [early?.key.onDelete, late.key.onDelete]
    return a && b && actionOf(a) !== actionOf(b) ? [{late, a, b}] : []
  })
}

function wordsOf(table: Name, {columns}: Columns): string {
  return `${table.text}.${columns.map(({text}) => text).join(', ')}`
}

function actionOf({text}: Text): string {
  return text.toUpperCase().replaceAll(/\s+/gu, ' ')
}

/** The list is one of keys: relations (`a.b_id → b.id`) have no actions. */
function isKeyList({start, end}: Span, {text}: SpecDocument): boolean {
  return !/\w[`"]?\.[`"]?\w[^→>]*(?:→|->)/u.test(text.slice(start, end))
}

type Columns = Pick<TableKey['key'], 'columns'>

function sameColumns({key}: {readonly key: Columns}, {columns}: Columns): boolean {
  return (
    key.columns.length === columns.length &&
    key.columns.every((column, index) => columns[index] && sameName(column, columns[index]))
  )
}
