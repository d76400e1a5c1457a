import {expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {foreignEngineAt} from '../../src/sql/dialect.ts'

// A word for something else is no engine that no parser here reads.

test.for([
  ['-- ClickHouse', 'ClickHouse'],
  ['-- Oracle', 'Oracle'],
  ['-- Oracle 19c', 'Oracle'],
  ['-- runs on Oracle too', 'Oracle'],
  ['-- oracle syntax', 'oracle'],
  ['-- Hive: as the warehouse has it', 'Hive'],
  ['-- what the oracle said', undefined],
  ['-- the frames of a hive', undefined],
  ['-- Hive by hive, in spring', undefined],
  ['-- PostgreSQL, not Oracle', undefined],
] as const)('%s', ([comment, engine]) => {
  const document = readDocument(`# A\n\n\`\`\`sql\n${comment}\nSELECT 1;\n\`\`\`\n`)
  expect(foreignEngineAt(document.codes[0]?.start ?? 0, document)).toBe(engine)
})
