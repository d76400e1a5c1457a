import {
  code,
  defineRule,
  halvesOf,
  hasName,
  inverseOf,
  isDdl,
  isOpen,
  type MigrationWay,
  migrationWays,
  type Name,
  type Operation,
  operationWords,
  sameName,
  tableOf,
  tooEarly,
  undoes,
  wordsIn,
} from 'spec-lint/rule'

const lossWords =
  /\b(?:irreversibl|lost|loss|loses?|losing|back-?ups?|restor|dump|snapshot|archiv|copy|copied|copies|kept|keeps?|stays?|remain|left (?:as|in)|leave|harmless|can(?:no|['’])t|not (?:be )?(?:un|re)|never|one-way|no way back)/iu

export default defineRule({
  id: 'rollback-covers-migration',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The SQL of the rollback takes back every operation of the migration, in an order that can run.',
    why: 'A rollback is run at the worst moment, by somebody who didn’t write it. What it leaves behind makes the next attempt at the migration fail.',
    remedy:
      'Add the inverse statement, in the reverse order of the migration. For what can’t be taken back, say so in the rollback.',
    exceptions:
      'A rollback in words alone is believed, and so is one that names what stays. Whatever goes with a dropped table or column needs no statement of its own. Extensions and data that were added or changed aren’t asked for.',
  },
  options: {},
  messages: {
    missing: {reason: 'Nothing in the rollback takes back {what}', note: 'Add {inverse} to the rollback.'},
    script: {reason: 'Nothing in `downgrade` takes back {what}', note: 'Add the operation that does {inverse}.'},
    unknown: {
      reason: 'Nothing in the rollback takes back {what}',
      note: 'There is no statement for it, as {why}: restore it in the rollback, or say there what becomes of it.',
    },
    order: {
      reason: 'The rollback drops {what} before {user}, which needs it until then',
      note: 'Move this statement behind the one in line {line}.',
    },
  },
  check({document, type, schema, report}) {
    const halves = halvesOf({document, type, schema})
    for (const way of migrationWays(halves)) {
      const words = [...way.places.map((place) => wordsIn(document, place)), ...way.unread].join('\n')
      const related = way.down.slice(0, 1).map(({start, end}) => ({start, end, message: 'the rollback'}))
      for (const operation of leftBehind(way)) {
        if (hasName(words, nameOf(operation))) continue
        const what = operationWords(operation)
        const inverse = inverseOf(operation)
        if (inverse.kind === 'sql' && operation.statement.code.language?.startsWith('py') === true)
          report.script(operation, {what, inverse: code(inverse.text.replace(/;$/u, ''))}, {related})
        else if (inverse.kind === 'sql') report.missing(operation, {what, inverse: code(inverse.text)}, {related})
        else if (!lossWords.test(words)) report.unknown(operation, {what, why: inverse.why}, {related})
      }
      for (const {operation, later, needs} of tooEarly(way)) {
        report.order(
          operation,
          {
            what: objectWords(operation),
            user: objectWords(later),
            line: document.source.lineOf(later.start),
          },
          {related: [{start: needs.start, end: needs.end, message: 'what needs it'}]},
        )
      }
    }
  },
})

/** What a drop drops. */
function objectWords(operation: Operation): string {
  return operationWords(operation).replace(/^the drop of /u, '')
}

/** What the rollback has no inverse of: neither what goes with something else, nor what the migration takes back itself. */
function leftBehind({up, down}: MigrationWay): readonly Operation[] {
  return up.filter((operation, index) => {
    if (!isAsked(operation) || isOpen(operation)) return false
    const others = up.filter((_, other) => other !== index)
    return (
      !down.some((one) => undoes(operation, one)) &&
      !others.some((one) => isPart(operation, one)) &&
      !up.slice(index + 1).some((one) => undoes(operation, one)) &&
      !up.slice(0, index).some((one) => undoes(one, operation)) &&
      !isRebuilt(operation, up, down)
    )
  })
}

function isAsked(operation: Operation): boolean {
  if (operation.kind === 'create-object')
    return (
      !/^(?:extension|schema|role|user|function|procedure|comment|grant)$/u.test(operation.what) &&
      !/\bOR\s+(?:REPLACE|ALTER)\b|\bIF\s+NOT\s+EXISTS\b/iu.test(operation.statement.text)
    )
  if (operation.kind === 'create-table') return !operation.temporary
  if (operation.kind === 'drop-object') return !/^(?:trigger|function|procedure|extension)$/u.test(operation.what)
  if (operation.kind === 'delete' || operation.kind === 'truncate') return true
  return isDdl(operation) && operation.kind !== 'alter-object' && operation.kind !== 'validate-constraint'
}

/** Whether an operation is about something that the other one makes: without that, it is gone as well. */
function isPart(operation: Operation, other: Operation): boolean {
  if (other.kind === 'create-table') return operation.kind !== 'create-table' && isOf(tableOf(operation), other.table)
  if (other.kind === 'add-column')
    return (
      operation !== other &&
      'column' in operation &&
      operation.kind !== 'add-column' &&
      isOf(operation.table, other.table) &&
      operation.column.key === other.column.name.key
    )
  // `MODIFY COLUMN` says type, default and nullability at once.
  return (
    other.kind === 'alter-type' &&
    operation.kind !== 'alter-type' &&
    operation.start === other.start &&
    operation.end === other.end
  )
}

function isOf(a: Name | undefined, b: Name): boolean {
  return a !== undefined && sameName(a, b)
}

/** A table that is made anew under its old name, as SQLite needs it: the rollback has to make it anew, too. */
function isRebuilt(operation: Operation, up: readonly Operation[], down: readonly Operation[]): boolean {
  const table = operation.kind === 'rename-table' ? operation.to : tableOf(operation)
  if (table === undefined) return false
  const isRenewed = (operations: readonly Operation[]): boolean =>
    operations.some((one) => one.kind === 'rename-table' && (isOf(table, one.table) || isOf(table, one.to)))
  return (isRenewed(up) && down.some((one) => isOf(tableOf(one), table))) || isRenewed(down)
}

/** By which the rollback would speak of it. */
function nameOf(operation: Operation): Name | undefined {
  switch (operation.kind) {
    case 'add-column':
      return operation.column.name
    case 'create-index':
      return operation.index.name
    case 'add-constraint':
      return operation.constraint.name
    default:
      if ('column' in operation) return operation.column
      return 'name' in operation ? operation.name : tableOf(operation)
  }
}
