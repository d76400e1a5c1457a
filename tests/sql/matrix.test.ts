import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {createSource} from '../../src/document/source.ts'
import {builtinType, findingsOf} from '../support/lint.ts'
import {cleanOf, faultsOf, type Told} from './matrix/faults.ts'
import {frames} from './matrix/frames.ts'
import {type Dialect, stories, type Story} from './matrix/stories.ts'
import {migrations, schemas, scripts, type Telling, ways} from './matrix/tellings.ts'

const watched = new Set([
  'altered-table-exists',
  'columns-match-sql',
  'enum-matches-check',
  'foreign-key-on-delete',
  'foreign-key-target',
  'migration-covers-schema',
  'migration-required',
  'rollback-covers-migration',
  'rollback-required',
  'schema-conflict',
  'sql-syntax',
  'undefined-object',
])
const own = rules.filter(({id}) => watched.has(id))
const databases: Readonly<Record<Dialect, string>> = {postgresql: 'PostgreSQL 16', mysql: 'MySQL 8.4'}

/** A migration and its way back, as one presentation tells them. */
interface Way {
  readonly name: string
  readonly tell: (told: Told, dialect: Dialect) => {readonly migration: string; readonly back: string}
}

function inHalves(name: string, up: Telling, down: Telling): Way {
  return {name, tell: (told, dialect) => ({migration: up(told.up, dialect), back: down(told.down, dialect)})}
}

const presentations: readonly Way[] = [
  ...Object.entries(migrations).map(([name, up]) => inHalves(`${name}/fence`, up, ways.fence)),
  ...Object.entries(ways).map(([name, down]) => inHalves(`contents/${name}`, migrations.contents, down)),
  ...Object.entries(scripts).map(([name, script]): Way => ({
    name: `script ${name}`,
    tell: (told, dialect) => ({migration: script(told.up, told.down, dialect), back: ''}),
  })),
]
const [plain] = presentations

interface Cell {
  readonly name: string
  readonly story: Story
  readonly words: boolean
  readonly write: (told: Told) => string
}

/** Each presentation of the migration with the schema in SQL, and each presentation of the schema with the migration in a fence. */
function cellsOf(type: string): readonly Cell[] {
  const frame = frames[type]
  if (!frame || !plain) throw new Error(`no frame ${type}`)
  const asked: readonly (readonly [string, Way])[] = [
    ...presentations
      // That type asks for a section of its own.
      .filter(({name}) => type !== 'data-model-design' || !name.startsWith('script'))
      .map((way) => ['sql', way] as const),
    ...(type === 'database-schema' ? [] : Object.keys(schemas).map((schema) => [schema, plain] as const)),
  ]
  // Each presentation in every second type: all of them take too long.
  const turn = Object.keys(frames).indexOf(type) % 2
  return asked.flatMap(([schema, way], index) => {
    if (index % 2 !== turn) return []
    const drawn = stories[index % stories.length] ?? plainStory
    const story = type === 'database-schema' ? catalogueOf(drawn) : drawn
    const {dialect} = story
    const cell: Cell = {
      name: `${schema}, ${way.name}, ${story.name}`,
      story,
      words: /^(?:heads|bullets|numbers|table|wordTable)\//u.test(way.name),
      write: (told) =>
        frame({
          schema: (kinds = /^/u) => {
            const part = told.schema.filter(({kind}) => kinds.test(kind))
            return part.length === 0 ? 'None.' : (schemas[schema]?.(part, dialect) ?? '')
          },
          ops: told.schema,
          dialect,
          ...way.tell(told, dialect),
          database: databases[dialect],
        }),
    }
    return [cell]
  })
}

const [plainStory = {name: '', dialect: 'postgresql', ops: []} satisfies Story] = stories

/** A catalogue of a whole schema has nothing that was there before. */
function catalogueOf(story: Story): Story {
  const made = new Set(story.ops.flatMap((op) => (op.kind === 'table' ? [op.name] : [])))
  const isInside = (table: string | undefined): boolean => table === undefined || made.has(table)
  return {
    ...story,
    ops: story.ops
      .filter((op) => (!('table' in op) || made.has(op.table)) && (op.kind !== 'foreign' || made.has(op.to)))
      .map((op) =>
        op.kind === 'table'
          ? {
              ...op,
              columns: op.columns.map(({to, act, ...one}) => (to && act && isInside(to) ? {...one, to, act} : one)),
            }
          : op,
      ),
  }
}

function found(text: string, type: string): readonly string[] {
  const source = createSource(text)
  return findingsOf(text, own, builtinType(type)).map(
    ({ruleId, reason, start}) => `${source.pointOf(start).line} ${ruleId}: ${reason}`,
  )
}

/** Words name what is done and leave out how. */
function isTold(kind: string, name: string, {words}: Cell): boolean {
  return !words || (/^(?:lost|order|name)-/u.test(kind) && !(kind === 'name-schema' && name.includes('of table')))
}

const perCell = 1

describe.for(Object.keys(frames))('a document of type %s', (type) => {
  const cells = cellsOf(type)

  test.for(cells.map((cell) => [cell.name, cell] as const))('%s: no finding as it stands', ([, cell]) => {
    expect(found(cell.write(cleanOf(cell.story)), type)).toEqual([])
  })

  // What isn't found of these is listed, so that neither a loss nor a gain passes unseen.
  test('single faults are found but for those in the list', async () => {
    const gaps = cells.flatMap((cell, index) => {
      const clean = cell.write(cleanOf(cell.story))
      const faults = faultsOf(cell.story)
        .filter(({kind, name}) => isTold(kind, name, cell))
        .map((fault) => ({...fault, text: cell.write(fault.told)}))
        .filter(({text}) => text !== clean)
      const step = Math.floor(faults.length / perCell)
      return Array.from({length: perCell}, (_, at) => faults[(index * 7 + at * step) % faults.length])
        .flatMap((fault) => fault ?? [])
        .filter(({text, words}) => !isFound(text, words, type))
        .map(({name}) => `${cell.name}: ${name}`)
    })
    await expect(`${gaps.join('\n')}\n`).toMatchFileSnapshot(`matrix/gaps/${type}.txt`)
  })
})

/** Some finding names what is wrong, or stands on its line; no more than three tell of one fault. */
function isFound(text: string, words: readonly string[], type: string): boolean {
  const lines = text.split('\n')
  const findings = found(text, type)
  return (
    findings.length < 4 &&
    findings.some((one) => {
      const line = lines[Number.parseInt(one, 10) - 1] ?? ''
      return words.some((word) => one.includes(word) || line.includes(word))
    })
  )
}
