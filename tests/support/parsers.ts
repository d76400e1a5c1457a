import {beforeEach} from 'vitest'
import {dialects} from '../../src/sql/dialect.ts'
import {loadAllSchemaParsers} from '../../src/sql/load.ts'
import {parserOf} from '../../src/sql/parsers/loaded.ts'

let asked = 0

/** Files share their modules: a parser that a test broke is loaded anew before the next one, as it is between two documents. */
async function haveParsers(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await loadAllSchemaParsers()
    asked += 1
    if (dialects.every((dialect) => parserOf(dialect).parse(`SELECT ${asked}`) === undefined)) return
  }
}

await haveParsers()
beforeEach(haveParsers)
