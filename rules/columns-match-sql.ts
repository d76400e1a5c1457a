import {
  blockAbove,
  called,
  type ColumnFact,
  columnFaults,
  columnForm,
  columnOf,
  type Creation,
  creationsOf,
  defineRule,
  differencesOf,
  type DocumentedTable,
  entityOf,
  isColumnSaid,
  isKnownType,
  isSetByProgram,
  type Name,
  nameOf,
  nearest,
  otherColumnFaults,
  related,
  sameType,
  type SpecDocument,
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
    key: {
      reason: '`{table}` {here} here, and {there} on line {line}',
      note: 'Give the table the same primary key in both places.',
    },
    constraint: {
      reason: 'Column `{column}` {here}, and the SQL of `{table}` {there}',
      note: 'Say the same in both places.',
    },
    index: {
      reason: 'Index `{column}` is described on {described}, and the SQL has it on {actual}',
      note: 'Write the same columns in the same order in both places.',
    },
    uniqueIndex: {
      reason: 'Index `{column}` is described as unique, and the SQL of `{table}` makes it without `UNIQUE`',
      note: 'Write `CREATE UNIQUE INDEX`, or take the word out of the description.',
    },
    check: {
      reason: 'Check `{column}` is `{described}` here, and `{actual}` on line {line}',
      note: 'Write the same condition in both places.',
    },
    unaltered: {
      reason: 'Column `{column}` of `{table}` is described as {here}, and no statement {there} it',
      note: 'Add the ALTER TABLE to the migration, or take the change out of the description.',
    },
    leftOut: {
      reason: '`{table}` has no column `{column}` here, which is described and stands on line {line}',
      note: 'Add the column, or take it out where else it stands.',
    },
  },
  check({document, schema, type: bound, report}) {
    const used = typeWordsOf(schema.tables)
    const whole = schema.tables.filter(({source, part}) => source !== 'mermaid' && part === 'all')
    const creations = whole.length > 0 ? creationsOf(schema) : []
    for (const table of whole) {
      const same = called(schema.tables, nameOf, table.name)
      const done = new Set<unknown>()
      for (const all of creations) {
        const codes = entityOf(table.name, all, bearing)
        const [code] = codes
        if (!code || !entityOf(code.name, whole, bearing).includes(table)) continue
        const found = table.columns.filter((column) => codes.some(({columns}) => columnOf(column, columns)))
        if (found.length * 2 < table.columns.length) continue
        const {strange, undescribed} = oneSided(table, codes, same, done)
        for (const {column, twin} of strange) {
          const right = twin ? `\`${twin.name.text}\`` : 'the name of a column'
          const words = {column: column.name.text, table: code.name.text, code: code.what, right}
          const expected = twin ? [twin.name.text] : []
          report.undefined(column.name, words, {expected, ...related(twin?.name ?? code.name, code.what)})
        }
        for (const {name} of isPartial(table, document)
          ? []
          : undescribed.filter((one) => !isTold(one, table, document) && !isColumnSaid(table.name, one.name, document)))
          report.undescribed(name, {column: name.text, table: table.name.text}, related(table.name, 'its description'))
        for (const column of found.filter((one) => !done.has(one))) {
          const faults = columnFaults(column, differencesOf(column, table, codes, used, document), code.what, document)
          const isSet = faults.length > 0 && isSetByProgram(column, table.name, creations)
          for (const {message, at, words, more} of faults.filter((one) => !isSet || one.message !== 'noDefault'))
            report[message](at, words, more)
          if (faults.length > 0) done.add(column)
        }
      }
    }
    for (const {message, at, words, more} of otherColumnFaults({document, schema, type: bound}))
      report[message](at, words, more)
  },
})

/** Words beside the description tell of it: "the generated column `busy_machine` enforces it". */
function isTold({name}: ColumnFact, {section, start: from}: DocumentedTable, {text}: SpecDocument): boolean {
  // "Besides its key (`id`) it has these fields:"
  const above = section.blocks.findLast(({end}) => end <= from)
  if (above?.kind === 'paragraph' && text.slice(above.start, above.end).includes(`\`${name.text}\``)) return true
  return section.blocks
    .filter(({kind}) => kind === 'paragraph' || kind === 'list')
    .some(({start, end}) =>
      [...text.slice(start, end).matchAll(/\bcolumn `([^`\n]{1,80})`/gu)].some(([, told]) => told === name.text),
    )
}

function bearing({name}: {readonly name: Name}): Name {
  return name
}

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
  // A diagram stands beside the description and is none.
  const known = same.flatMap(({columns, source}) => (source === 'mermaid' ? [] : columns))
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

/** The description is of some columns only: it says so. */
function isPartial(table: DocumentedTable, {text, source}: SpecDocument): boolean {
  const line = source.lineSpan(Math.max(1, source.lineOf(table.start) - 1)).start
  const above = text.slice(Math.max(0, line - 120), table.start)
  const inside = text.slice(table.start, table.end)
  // Several tables may be described in one.
  const whole = table.section.tables.find(({start, end}) => start <= table.start && table.end <= end)
  const block = whole && blockAbove(table.section, whole.start)
  const lead = block?.kind === 'paragraph' && block.text.length < 300 ? block.text : ''
  return (
    /\b(?:besides|except|apart from|other than|not counting|in addition to)\b[^.]*:\s*$/i.test(lead) ||
    /\b(?:key|important|notable|relevant|selected|main|core|new|added|changed|modified|additional|primary) (?:fields?|columns?|attributes?|properties)\b/i.test(
      above,
    ) ||
    /(?:^|\|)\s*[-*]?\s*(?:\.{3}|…)|\betc\b/mu.test(inside)
  )
}
