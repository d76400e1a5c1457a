import type {Engine, TableColumn, TableShape} from '../engine/types.ts'

/** Fills tables up to a number of rows, parents first; one that takes no such rows stays as it is. */
export async function fillTables(engine: Engine, shapes: readonly TableShape[], wanted: number): Promise<void> {
  const names = new Set(shapes.map(({sql}) => sql))
  const done = new Set<string>()
  for (let round = 0; round < shapes.length && done.size < shapes.length; round += 1)
    for (const shape of shapes) {
      const waits = shape.foreign.some(({target}) => target !== shape.sql && names.has(target) && !done.has(target))
      if (done.has(shape.sql) || (waits && round < 6)) continue
      done.add(shape.sql)
      await engine.run(
        engine.dialect === 'sqlite' ? sqliteRows(engine, shape, wanted) : postgresRows(engine, shape, wanted),
      )
    }
  await engine.run('ANALYZE')
}

function postgresRows(engine: Engine, shape: TableShape, wanted: number): string {
  return `${insertion(engine, shape, postgresValue)} FROM generate_series(1000, ${999 + wanted}) AS i ON CONFLICT DO NOTHING`
}

function sqliteRows(engine: Engine, shape: TableShape, wanted: number): string {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < ${999 + wanted})`
  return `${numbers} ${insertion(engine, shape, sqliteValue)} FROM n`.replace(
    /(WITH[\s\S]*?\)) INSERT (INTO[\s\S]*?\)) SELECT/u,
    'INSERT OR IGNORE $2 $1 SELECT',
  )
}

function insertion(engine: Engine, shape: TableShape, value: (column: TableColumn) => string): string {
  const columns = shape.columns.filter(({generated}) => !generated)
  const values = columns.map(
    (column) => parentValue(engine, shape, column) ?? listedValue(shape, column) ?? value(column),
  )
  return `INSERT INTO ${shape.sql} (${columns.map(({name}) => engine.quote(name)).join(', ')}) SELECT ${values.join(', ')}`
}

/** A key of one of the first rows of the table that a column refers to. */
function parentValue(engine: Engine, {foreign}: TableShape, {name}: TableColumn): string | undefined {
  for (const {columns, target, targetColumns} of foreign) {
    const column = targetColumns[columns.indexOf(name)]
    if (column === undefined) continue
    const wanted = engine.quote(column)
    return `(SELECT k.${wanted} FROM ${target} k LIMIT 1 OFFSET (i % greatest(1, (SELECT least(1000, count(*)) FROM ${target}))))`
      .replaceAll(engine.dialect === 'sqlite' ? /\bgreatest\b/gu : /$^/gu, 'max')
      .replaceAll(engine.dialect === 'sqlite' ? /\bleast\b/gu : /$^/gu, 'min')
  }
  return undefined
}

/** One of the values that a check lists. */
function listedValue({checks}: TableShape, {name}: TableColumn): string | undefined {
  const check = checks.find(({columns, text}) => columns.length === 1 && columns[0] === name && text.includes("'"))
  const values = [...(check?.text ?? '').matchAll(/'(?:[^']|'')*'/gu)].map(([text]) => text)
  if (values.length === 0) return undefined
  return `CASE i % ${values.length} ${values.map((text, index) => `WHEN ${index} THEN ${text}`).join(' ')} END`
}

function postgresValue({type, labels}: TableColumn): string {
  const [first] = labels
  if (first !== undefined) {
    const all = labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(', ')
    return `(ARRAY[${all}])[1 + i % ${labels.length}]::${type}`
  }
  if (type === 'uuid') return `md5(i::text)::uuid`
  if (/^(?:timestamp|date)/u.test(type)) return `(now() - i * interval '1 minute')::${type}`
  if (type.startsWith('bool')) return 'i % 2 = 0'
  if (/^(?:smallint|numeric|real|double)/u.test(type)) return `(i % 100)::${type}`
  if (/^(?:int|bigint)/u.test(type)) return `i::${type}`
  if (type.startsWith('json')) return `json_build_object('i', i)::${type}`
  if (type.endsWith('[]')) return `'{}'::${type}`
  if (/^(?:character|varchar|text|citext)/u.test(type)) return `('sample ' || i)::${type}`
  return 'NULL'
}

function sqliteValue({type}: TableColumn): string {
  if (/char|text|clob|date|time|uuid/iu.test(type)) return `'sample ' || i`
  return 'i'
}
