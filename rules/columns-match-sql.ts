import {
  alteredFields,
  type ColumnFact,
  columnForm,
  columnOf,
  type Creation,
  type ColumnCopy,
  copiesThatDiffer,
  creationsOf,
  defineRule,
  differencesOf,
  type DocumentedTable,
  entityOf,
  isKnownType,
  modelDifferences,
  type ModelDifference,
  nearest,
  sameName,
  sameType,
  type Span,
  type SpecDocument,
  toldDefaults,
  typeWordsOf,
} from 'spec-lint/rule'

export default defineRule({
  id: 'columns-match-sql',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The description of a table and the code that creates it have the same columns.',
    why: 'The one is what people agreed on, the other is what runs; where they differ, somebody builds on what is not there.',
    remedy: 'Correct the side that is wrong: the name, the type, whether it may be null, or the default.',
    exceptions:
      'Types that can mean the same are the same, and so are defaults such as `NOW()` and `CURRENT_TIMESTAMP`. Descriptions of key columns alone and statements with `...` may leave columns out. What a later ALTER TABLE changes is not compared. A cell without NOT NULL or a default says something only where the other rows of the table are filled in.',
  },
  options: {},
  messages: {
    undefined: {
      reason: '`{column}` is described, and `{code}` of `{table}` has no such column',
      note: 'Write {right}, or add the column to the code.',
    },
    undescribed: {
      reason: '`{column}` is a column of `{table}` that its description lacks',
      note: 'Describe the column, or drop it from the code.',
    },
    type: {
      reason: 'Column `{column}` is described as `{described}`, and `{code}` says `{actual}`',
      note: 'Write the same type in both places.',
    },
    nullable: {
      reason: 'Column `{column}` {described}, and by `{code}` it {actual}',
      note: 'Say the same in both places.',
    },
    default: {
      reason: 'The default of column `{column}` is described as `{described}`, and `{code}` says `{actual}`',
      note: 'Write the same default in both places.',
    },
    noDefault: {
      reason: 'The default of column `{column}` is described as `{described}`, and `{code}` gives it none',
      note: 'Add `DEFAULT {described}`, or take the default from the description.',
    },
    moreDefault: {
      reason: 'Column `{column}` is described without a default, and `{code}` says `{actual}`',
      note: 'Describe the default, or take it from the code.',
    },
    copy: {
      reason: '`{table}.{column}` {here} here, and {there} on line {line}',
      note: 'Write the same in both places.',
    },
  },
  check({document, schema, type: bound, report}) {
    const used = typeWordsOf(schema.tables)
    const whole = schema.tables.filter(({source, part}) => source !== 'mermaid' && part === 'all')
    const creations = whole.length > 0 ? creationsOf(schema) : []
    for (const table of whole) {
      const same = schema.tables.filter((one) => sameName(one.name, table.name))
      const done = new Set<unknown>()
      for (const all of creations) {
        const codes = entityOf(table.name, all, ({name}) => name)
        const [code] = codes
        if (!code || !entityOf(code.name, whole, ({name}) => name).includes(table)) continue
        const found = table.columns.filter((column) => codes.some(({columns}) => columnOf(column, columns)))
        if (found.length * 2 < table.columns.length) continue
        const {strange, undescribed} = oneSided(table, codes, same, done)
        for (const {column, twin} of strange) {
          const right = twin ? `\`${twin.name.text}\`` : 'the name of a column'
          const words = {column: column.name.text, table: code.name.text, code: code.what, right}
          const expected = twin ? [twin.name.text] : []
          report.undefined(column.name, words, {expected, ...related(twin?.name ?? code.name, code.what)})
        }
        for (const {name} of isPartial(table, document) ? [] : undescribed)
          report.undescribed(name, {column: name.text, table: table.name.text}, related(table.name, 'its description'))
        for (const column of found.filter((one) => !done.has(one)))
          if (compare(column, codes, code, table)) done.add(column)
      }
    }
    for (const one of modelDifferences({document, schema, type: bound})) {
      const {message, at, words, more} = modelFault(one, document)
      report[message](at, words, more)
    }
    for (const {table, copy, other, difference} of copiesThatDiffer(schema, bound)) {
      const at =
        difference === 'type' ? (copy.type ?? copy.name) : difference === 'default' ? (copy.default ?? copy.name) : copy
      const [here, there] = [copyWords(difference, copy), copyWords(difference, other)]
      const words = {table: table.text, column: copy.name.text, here, there, line: document.source.lineOf(other.start)}
      report.copy(at, words, related(other, `the other \`${copy.name.text}\``))
    }

    const code = 'ALTER TABLE'
    for (const one of alteredFields(schema, bound)) {
      const column = one.column.text
      if (one.kind === 'undefined') {
        const right = one.twin ? `\`${one.twin.text}\`` : 'the name of a column'
        const more = one.twin ? {expected: [one.twin.text], ...related(one.twin, code)} : {}
        report.undefined(one.column, {column, table: one.table.text, code, right}, more)
      } else
        report[one.kind](
          one.described,
          {column, code, described: bareCode(one.described.text), actual: one.actual.text},
          related(one.actual, code),
        )
    }

    for (const {column, told, actual, code: where} of toldDefaults(document, schema, bound)) {
      const words = {column, described: bareCode(told.text), actual: bareCode(actual.text), code: where}
      report.default(told, words, related(actual, where))
    }

    /** Whether something was found. */
    function compare(column: ColumnFact, codes: readonly Creation[], code: Creation, table: DocumentedTable): boolean {
      const {type, nullable, value} = differencesOf(column, table, codes, used)
      const data = {column: column.name.text, code: code.what}
      const isSql = code.what === 'CREATE TABLE'
      if (type && column.type) {
        const words = {...data, described: column.type.text, actual: type.text}
        report.type(column.type, words, {expected: isSql ? [type.text] : [], ...related(type, code.what)})
      }
      if (nullable) {
        const words = {
          described: nullable.described ? 'is described as one that may be null' : 'is described as NOT NULL',
          actual: nullable.described ? 'is NOT NULL' : 'may be null',
        }
        report.nullable(nullPlace(column, document), {...data, ...words}, related(nullable.actual, code.what))
      }
      if (value) {
        const {described, actual, at} = value
        const more = related(at, code.what)
        const place = column.default ?? column.name
        if (described === undefined) report.moreDefault(place, {...data, actual: actual ?? ''}, more)
        else if (actual === undefined) report.noDefault(place, {...data, described: bareCode(described)}, more)
        else report.default(place, {...data, described, actual}, {expected: isSql ? [actual] : [], ...more})
      }
      return type !== undefined || nullable !== undefined || value !== undefined
    }
  },
})

interface OneSided {
  readonly strange: readonly {readonly column: ColumnFact; readonly twin: ColumnFact | undefined}[]
  readonly undescribed: readonly ColumnFact[]
}

/** Columns that only the description has, with those they may stand for, and columns that only the code has. */
function oneSided(
  table: DocumentedTable,
  codes: readonly Creation[],
  same: readonly DocumentedTable[],
  done: Set<unknown>,
): OneSided {
  const isOpen = table.columns.some(({name}) => name.hole)
  const known = same.flatMap(({columns}) => columns)
  const isPresent = (column: ColumnFact, {columns, touched}: Creation): boolean =>
    columnOf(column, columns) !== undefined && !touched.has(`drop ${columnForm(column.name)}`)
  const free = (codes[0]?.columns ?? []).filter(
    (column) => !columnOf(column, known) && codes.every((one) => isPresent(column, one)),
  )
  const isWhole = !isOpen && !codes.some(({partial}) => partial)
  const all = table.columns.filter((column) => isWhole && !done.has(column) && isStrange(column, table, codes))
  const taken = new Set<ColumnFact>()
  const strange = all.map((column) => {
    done.add(column)
    const left = free.filter((one) => !taken.has(one))
    const twin = twinOf(column, left, all.length === 1)
    if (twin) taken.add(twin)
    return {column, twin}
  })
  const undescribed =
    isOpen || same[0] !== table ? [] : free.filter((one) => !taken.has(one) && !done.has(columnForm(one.name)))
  for (const {name} of undescribed) done.add(columnForm(name))
  return {strange, undescribed}
}

function related({start, end}: Span, message: string): {readonly related: readonly (Span & {message: string})[]} {
  return {related: [{start, end, message}]}
}

/** A described column that no code has; an attribute without a type of a database may be something else. */
function isStrange(column: ColumnFact, table: DocumentedTable, codes: readonly Creation[]): boolean {
  if (codes.some(({columns, touched}) => columnOf(column, columns) || touched.has(`add ${columnForm(column.name)}`)))
    return false
  if (column.type && (column.type.array || column.type.hole)) return false
  return table.source === 'columnTable' || isKnownType(column.type)
}

/** The column that another name stands for: the nearest, or the only one left. */
function twinOf(column: ColumnFact, free: readonly ColumnFact[], isOnly: boolean): ColumnFact | undefined {
  const [only] = free
  if (isOnly && free.length === 1 && only && sameType(column.type, only.type)) return only
  const [near] = nearest(
    column.name.text,
    free.map(({name}) => name.text),
  )
  return free.find(({name}) => name.text === near)
}

function bareCode(text: string): string {
  return text.replaceAll('`', '').trim()
}

/** What a copy says of what two of them differ in. */
function copyWords(difference: string, {type, nullable, default: value}: ColumnCopy): string {
  if (difference === 'type') return `is \`${type?.text ?? ''}\``
  if (difference === 'null') return nullable ? 'may be null' : 'is NOT NULL'
  return value ? `has the default \`${value.text}\`` : 'has no default'
}

/** The description is of some columns only: it says so. */
function isPartial(table: DocumentedTable, {text, source}: SpecDocument): boolean {
  const line = source.lineSpan(Math.max(1, source.lineOf(table.start) - 1)).start
  const above = text.slice(Math.max(0, line - 120), table.start)
  const inside = text.slice(table.start, table.end)
  return (
    /\b(?:key|important|notable|relevant|selected|main|core|new|added|changed|modified|additional|primary) (?:fields?|columns?|attributes?|properties)\b/iu.test(
      above,
    ) || /(?:^|\|)\s*[-*]?\s*(?:\.{3}|…)|\betc\b/mu.test(inside)
  )
}

/** The words that speak of NULL, or the name where a check mark does. */
function nullPlace(column: ColumnFact, {text}: SpecDocument): Span {
  const line = text.slice(column.name.end, column.end)
  const found = /\b(?:NOT[ _]NULL|NULL|nullable|non-null|required|optional|mandatory)\b/iu.exec(line)
  if (!found) return column.name
  const start = column.name.end + found.index
  return {start, end: start + found[0].length}
}

/** A field of a model that the migration makes another column of. */
function modelFault({field, column, what, difference}: ModelDifference, {text}: SpecDocument) {
  const common = {column: field.name.text, code: what}
  if (difference === 'type') {
    const native = /@db\.\w+(?:\([^()]*\))?/u.exec(text.slice(field.start, field.end))?.[0]
    const described = [field.type?.text ?? '', native ?? ''].join(' ').trim()
    const words = {...common, described, actual: column.type?.text ?? ''}
    return {
      message: 'type',
      at: field.type ?? field.name,
      words,
      more: related(column.type ?? column.name, what),
    } as const
  }
  if (difference === 'null') {
    const [described, actual] = field.nullable ? ['may be null', 'is NOT NULL'] : ['is required', 'may be null']
    const words = {...common, described: described ?? '', actual: actual ?? ''}
    return {message: 'nullable', at: field.name, words, more: related(column, what)} as const
  }
  const words = {...common, described: field.default?.text ?? '', actual: column.default?.text ?? ''}
  const message = column.default ? 'default' : 'noDefault'
  return {message, at: field.default ?? field.name, words, more: related(column.default ?? column, what)} as const
}
