import {
  capital,
  code,
  defineRule,
  halvesOf,
  isOpen,
  lastPart,
  type Name,
  type Operation,
  related,
  type Span,
  type StatementFact,
  tableOf,
} from 'spec-lint/rule'

export default defineRule({
  id: 'schema-conflict',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A script makes each table, column, index, constraint and type once.',
    why: 'The second statement fails, after those before it have run.',
    remedy: 'Remove one of the two, give it another name, or write IF NOT EXISTS.',
    exceptions:
      'A copy in another fence, such as that of the schema section in the migration; what is dropped or renamed in between; fences that show a state before and after.',
  },
  options: {},
  messages: {
    twice: {
      reason: '{what} {name} is made twice in this script',
      note: 'The database refuses the second one. Remove one of them, or give it another name.',
    },
    column: {
      reason: 'Column {name} stands twice in {table}',
      note: 'The database refuses the statement. Remove one of them, or give it another name.',
    },
  },
  check(context) {
    const {report} = context
    const {declared, up, down} = halvesOf(context)
    for (const half of [declared, up, down]) {
      const scripts = new Map<unknown, Operation[]>()
      for (const one of half) {
        const script = scripts.get(one.statement.code)
        if (script) script.push(one)
        else scripts.set(one.statement.code, [one])
      }
      for (const {what, name, table, before} of [...scripts.values()].flatMap(conflictsIn)) {
        const extra = related(before, 'the first one')
        if (table === undefined) report.twice(name, {what, name: code(name.text)}, extra)
        else report.column(name, {name: code(name.text), table: code(table.text)}, extra)
      }
    }
  },
})

/** What the statements of one fence make a second time. */
function conflictsIn(operations: readonly Operation[]): readonly (Made & {readonly before: Span})[] {
  if (isShown(operations)) return []
  const made: Known = {places: new Map(), inside: new Map()}
  const found: (Made & {readonly before: Span})[] = []
  for (const operation of operations) {
    for (const key of unmadeBy(operation)) forget(made, key)
    // A table that is made again is told of by itself.
    if (operation.kind === 'create-table') forget(made, `column ${operation.table.key} `)
    for (const one of isOpen(operation) ? [] : madeBy(operation)) {
      const before = made.places.get(one.key)
      remember(made, one)
      if (before && !isOptional(operation.statement)) found.push({...one, before})
    }
  }
  return found
}

interface Made {
  readonly key: string
  readonly name: Name
  readonly what: string
  /** Of a column. */
  readonly table?: Name
}

function madeBy(operation: Operation): readonly Made[] {
  const isPostgres = operation.statement.dialect === 'postgresql'
  const owner = tableOf(operation)
  const own = owner ? lastPart(owner) : ''
  switch (operation.kind) {
    case 'create-table': {
      const {table, columns, temporary} = operation
      const key = `${table.key}${temporary ? ' temporary' : ''}`
      return [
        {key: `relation ${key}`, name: table, what: 'Table'},
        ...columns.map(({name}): Made => ({key: `column ${table.key} ${name.key}`, name, what: 'Column', table})),
      ].filter(({name}) => !name.hole)
    }
    case 'add-column':
      return [
        {
          key: `column ${operation.table.key} ${operation.column.name.key}`,
          name: operation.column.name,
          what: 'Column',
          table: operation.table,
        },
      ]
    case 'create-index': {
      const {name} = operation.index
      return name ? [{key: isPostgres ? `relation ${name.key}` : `index ${own} ${name.key}`, name, what: 'Index'}] : []
    }
    case 'add-constraint': {
      const {name, kind} = operation.constraint
      const isShared = operation.statement.dialect === 'mysql' && kind === 'foreign'
      return name ? [{key: `constraint ${isShared ? '' : own} ${name.key}`, name, what: 'Constraint'}] : []
    }
    case 'create-enum':
      return [{key: `type ${operation.name.key}`, name: operation.name, what: 'Type'}]
    case 'create-object': {
      const {what, name} = operation
      if (!/^(?:view|materialized view|sequence|type|domain|trigger|policy)$/u.test(what)) return []
      const space = /view|sequence/u.test(what) ? 'relation' : /type|domain/u.test(what) ? 'type' : `${what} ${own}`
      return [{key: `${space} ${name.key}`, name, what: capital(what)}]
    }
    default:
      return []
  }
}

/** What is free again: a key, or the beginning of several. */
function unmadeBy(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'drop-table':
    case 'rename-table':
      return [
        `relation ${operation.table.key}`,
        `column ${operation.table.key} `,
        `constraint ${lastPart(operation.table)} `,
      ]
    case 'drop-column':
    case 'rename-column':
      return [`column ${operation.table.key} ${operation.column.key}`]
    case 'drop-index':
      return [`relation ${operation.name.key}`, 'index ']
    case 'drop-constraint':
      return ['constraint ']
    case 'drop-object':
    case 'alter-object':
      return [`relation ${operation.name.key}`, `type ${operation.name.key}`, 'trigger ', 'policy ']
    default:
      return []
  }
}

/** What is made so far, and what of it a beginning of keys stands for. */
interface Known {
  readonly places: Map<string, Span>
  readonly inside: Map<string, Set<string>>
}

function remember({places, inside}: Known, {key, name}: Made): void {
  places.set(key, name)
  // A key is a word, an owner that may be empty, and the name.
  const owner = key.slice(0, key.length - name.key.length)
  for (const beginning of new Set([`${key.slice(0, key.indexOf(' '))} `, owner]))
    inside.set(beginning, (inside.get(beginning) ?? new Set()).add(key))
}

function forget({places, inside}: Known, key: string): void {
  places.delete(key)
  for (const one of inside.get(key) ?? []) places.delete(one)
  inside.delete(key)
}

function isOptional({text, template}: StatementFact): boolean {
  return template || /\bIF\s+NOT\s+EXISTS\b|\bOR\s+(?:REPLACE|ALTER)\b/i.test(text)
}

/** A fence that compares. */
function isShown(operations: readonly Operation[]): boolean {
  return operations.some(({statement}) =>
    statement.comments.some(({text}) =>
      /\b(?:before|after|old|current|instead|alternative|option|variant|bad|good|wrong)\b/i.test(text),
    ),
  )
}
