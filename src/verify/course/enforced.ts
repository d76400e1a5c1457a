import type {Engine, TableShape} from '../engine/types.ts'
import type {Unenforced} from '../model.ts'
import {addSamples, literal} from './samples.ts'
import {sampleOf} from './values.ts'

/** Constraints of the migrated schema that the engine doesn't hold rows to, new ones alone. Leaves nothing behind. */
export async function unenforced(
  engine: Engine,
  shapes: readonly TableShape[],
  isNew: (table: string, constraint: string) => boolean,
): Promise<readonly Unenforced[]> {
  const found: Unenforced[] = shapes.flatMap(({name, lax}) =>
    lax
      .filter((one) => isNew(name, one.name))
      .map((one) => ({table: name, constraint: one.name, definition: one.text, why: one.why, value: ''})),
  )
  const tested = shapes.filter(
    ({name, checks, foreign}) =>
      checks.some((one) => isNew(name, one.name)) || foreign.some((one) => isNew(name, one.name)),
  )
  if (tested.length === 0) return found
  await engine.savepoint()
  await addSamples(engine, shapes, 1)
  for (const shape of tested) found.push(...(await accepted(engine, shape, isNew)))
  await engine.restore()
  return found.filter(
    (one, index) =>
      found.findIndex((other) => other.table === one.table && other.constraint === one.constraint) === index,
  )
}

interface Trial {
  readonly constraint: string
  readonly definition: string
  readonly column: string
  readonly value: string
}

async function accepted(
  engine: Engine,
  shape: TableShape,
  isNew: (table: string, constraint: string) => boolean,
): Promise<readonly Unenforced[]> {
  const found: Unenforced[] = []
  for (const {constraint, definition, column, value} of trials(shape, engine)) {
    if (!isNew(shape.name, constraint)) continue
    await engine.run('SAVEPOINT spec_lint_trial')
    const set = await engine.run(`UPDATE ${shape.sql} SET ${engine.quote(column)} = ${literal(value)}`)
    const due = 'rows' in set ? await engine.run('SET CONSTRAINTS ALL IMMEDIATE') : set
    const there =
      'rows' in due
        ? await engine.run(`SELECT 1 FROM ${shape.sql} WHERE ${engine.quote(column)} = ${literal(value)}`)
        : due
    if ('rows' in there && there.rows.length > 0)
      found.push({table: shape.name, constraint, definition, why: 'accepts', value})
    await engine.run('ROLLBACK TO SAVEPOINT spec_lint_trial')
  }
  return found
}

/** Values that a constraint of one column has to refuse. */
function trials({columns, checks, foreign}: TableShape, {dialect}: Engine): readonly Trial[] {
  const textual = new Set(columns.filter(({type}) => /char|text/iu.test(type)).map(({name}) => name))
  const lists = checks.flatMap(({name, columns: checked, text}): readonly Trial[] => {
    const [column] = checked
    // Of the checks that name values, those alone that are nothing but a list.
    if (column === undefined || checked.length !== 1 || !textual.has(column)) return []
    if (!/= ANY \(+ARRAY\[|\bIN\s*\(/iu.test(text) || /\b(?:OR|AND|CASE)\b/iu.test(text)) return []
    return [{constraint: name, definition: text, column, value: '~'}]
  })
  const keys = foreign.flatMap(({name, columns: own}): readonly Trial[] => {
    const column = columns.find((one) => one.name === own[0])
    if (!column || own.length !== 1 || column.generated) return []
    return [{constraint: name, definition: 'FOREIGN KEY', column: column.name, value: sampleOf(column, 29_999)}]
  })
  // SQLite holds foreign keys only for a program that asks for it.
  return dialect === 'sqlite' ? lists : [...lists, ...keys]
}
