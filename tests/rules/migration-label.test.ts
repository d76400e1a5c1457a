import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {builtinType, findingsOf} from '../support/lint.ts'

// A type whose schema section has a labelled line for the migration, which its data gives the role.

const type = builtinType('prd-iosm')
const own = rules.filter(({id}) => /^(?:migration-covers-schema|rollback-covers-migration)$/u.test(id))

const looms = 'CREATE TABLE looms (id BIGINT PRIMARY KEY, width_cm SMALLINT NOT NULL);'
const cloths = 'CREATE TABLE cloths (id BIGINT PRIMARY KEY, loom_id BIGINT REFERENCES looms (id));'
const index = 'CREATE INDEX idx_cloths_loom ON cloths (loom_id);'
const all = [looms, cloths, index]

const fence = (lines: readonly string[], indent = ''): string =>
  ['```sql', ...lines, '```'].map((line) => indent + line).join('\n')
const written = (schema: string, migration: string, label = '**Migrations:**'): string =>
  `# PRD: Looms\n\n## 6. UX / API / Data\n\n### Data Model\n**Entities:**\n\n${schema}\n\n${label}\n${migration}\n\n**PII/Sensitive Data:**\n- None\n\n## 9. Rollout / Migration Plan\n\n### Rollback Plan\n- **Trigger:** errors\n- **Steps:**\n  1. Run:\n\n${fence(['DROP TABLE cloths;', 'DROP TABLE looms;'], '     ')}\n`
const told = 'Table `looms`:\n\n| Column | Type |\n|---|---|\n| id | BIGINT |\n| width_cm | SMALLINT |'

test.for([
  ['the same', fence(all), fence(all), []],
  ['in an item', fence(all), `- Runs alone:\n\n${fence(all, '  ')}\n- Rollback: section 9`, []],
  ['below a list', fence(all), `- Runs alone\n\n${fence(all)}\n\n- No backfill`, []],
  ['no script', fence(all), '- Three statements, see above', []],
  [
    'an index less',
    fence(all),
    fence([looms, cloths]),
    ['Index `idx_cloths_loom` is declared here, and the migration in section `Data Model` lacks it'],
  ],
  [
    'an index more',
    fence([looms, cloths]),
    fence(all),
    ['Index `idx_cloths_loom` is in the migration, and section `Data Model` doesn’t declare it'],
  ],
  [
    'the wrong order',
    fence(all),
    fence([cloths, looms, index]),
    ['Table `cloths` needs table `looms`, which the migration makes only on line 17'],
  ],
  [
    'a key of a table in words',
    told,
    fence(['CREATE TABLE looms (id BIGINT, width_cm SMALLINT, KEY k (width_cm));']),
    ['The rollback drops table `cloths`, and nothing in the migration makes it'],
  ],
] as const)('%s', ([, schema, migration, reasons]) => {
  expect(findingsOf(written(schema, migration), own, type).map(({reason}) => reason)).toEqual(reasons)
})

test('without the label all of it is the schema', () => {
  expect(findingsOf(written(fence(all), fence([looms]), 'Then:\n'), own, type)).toEqual([])
})
