import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {createModelRunner} from '../../src/verify/modelled/runner.ts'
import {changeOf} from '../../src/verify/modelled/read.ts'
import {usualLimits} from '../../src/verify/host.ts'
import type {Absence} from '../../src/verify/host.ts'
import type {Change, Job, Outcome} from '../../src/verify/model.ts'
import {noJob} from '../support/job.ts'

const empty: Job = {...noJob, dialect: 'mysql'}

const isOutcome = (answer: Outcome | Absence): answer is Outcome => !('kind' in answer)

async function outcomeOf(job: Partial<Job>): Promise<Outcome> {
  const answer = await createModelRunner(usualLimits).run({...empty, ...job})
  if (!isOutcome(answer)) throw new Error(answer.words)
  return answer
}

const said = (changes: readonly Change[] | undefined): readonly string[] | undefined =>
  changes?.map(
    ({how, entry, now, slight}) =>
      `${how} ${entry.kind} ${entry.name}${how === 'changed' ? `: ${entry.definition} → ${now}` : ''}${slight ? ' (slight)' : ''}`,
  )

const tables = [
  `CREATE TABLE users (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, email VARCHAR(255) NOT NULL, age INT, UNIQUE KEY users_email (email))`,
  `CREATE TABLE orders (id INT NOT NULL, user_id BIGINT UNSIGNED, state VARCHAR(20), note TEXT, PRIMARY KEY (id),
     KEY orders_state (state), CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id),
     CONSTRAINT orders_known CHECK (state <> note))`,
]

describe('a statement that MySQL refuses', () => {
  test.for([
    ['ALTER TABLE order ADD x INT', 1146, 'order'],
    ['DROP TABLE invoices', 1051, 'invoices'],
    ['CREATE TABLE orders (id INT)', 1050, 'orders'],
    ['CREATE TABLE t (a INT, b INT, a INT)', 1060, 'a INT)'],
    ['CREATE TABLE t (a INT, KEY (b))', 1072, 'b'],
    ['CREATE TABLE t (a INT AUTO_INCREMENT)', 1075, 'a'],
    ['CREATE TABLE t (a TEXT, KEY (a))', 1170, 'a)'],
    ["CREATE TABLE t (a TEXT DEFAULT 'x')", 1101, 'a TEXT'],
    ['CREATE TABLE t (user_id INT, FOREIGN KEY (user_id) REFERENCES users (id))', 3780, 'id))'],
    ['CREATE TABLE t (a VARCHAR(9), FOREIGN KEY (a) REFERENCES people (id))', 1824, 'people'],
    ['CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES users (age))', 1822, 'users'],
    ['CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES users (years))', 3734, 'years'],
    ['CREATE TABLE t (a INT, CONSTRAINT orders_user FOREIGN KEY (a) REFERENCES orders (id))', 1826, 'orders_user'],
    ['CREATE TABLE t (a INT NOT NULL, FOREIGN KEY (a) REFERENCES orders (id) ON DELETE SET NULL)', 1830, 'a)'],
    ['CREATE TABLE t (a INT, CHECK (b > 0))', 3820, 'CREATE'],
    ['ALTER TABLE orders ADD COLUMN state INT', 1060, 'state'],
    ['ALTER TABLE orders ADD COLUMN x INT AFTER y', 1054, 'y'],
    ['ALTER TABLE orders ADD INDEX orders_state (id)', 1061, 'orders_state'],
    ['ALTER TABLE orders ADD PRIMARY KEY (state)', 1068, 'state'],
    ['ALTER TABLE orders DROP COLUMN status', 1091, 'status'],
    ['ALTER TABLE orders DROP COLUMN user_id', 1828, 'user_id'],
    ['ALTER TABLE users DROP COLUMN id', 1829, 'id'],
    ['ALTER TABLE orders DROP COLUMN note', 3959, 'note'],
    ['ALTER TABLE users DROP PRIMARY KEY', 1075, 'ALTER'],
    ['ALTER TABLE orders DROP INDEX orders_user', 1553, 'orders_user'],
    ['DROP INDEX orders_states ON orders', 1091, 'orders_states'],
    ['DROP INDEX orders_state', 1064, 'orders_state'],
    ['ALTER TABLE orders DROP FOREIGN KEY orders_users', 1091, 'orders_users'],
    ['ALTER TABLE orders MODIFY status VARCHAR(9)', 1054, 'status'],
    ['ALTER TABLE orders MODIFY user_id INT', 1832, 'user_id'],
    ['ALTER TABLE users MODIFY id INT', 1833, 'id'],
    ['ALTER TABLE orders CHANGE state note TEXT', 1060, 'ALTER'],
    ['ALTER TABLE orders RENAME COLUMN status TO x', 1054, 'status'],
    ['ALTER TABLE orders RENAME INDEX orders_status TO x', 1176, 'orders_status'],
    ['ALTER TABLE orders ALTER COLUMN status SET DEFAULT 1', 1054, 'status'],
    ['RENAME TABLE orders TO users', 1050, 'users'],
    ['DROP TABLE users', 3730, 'users'],
    ['TRUNCATE TABLE users', 1701, 'users'],
    ['INSERT INTO users (email, years) VALUES (1, 2)', 1054, 'years'],
    ['UPDATE users SET years = 1 WHERE id = 1', 1054, 'years'],
    ['DROP TRIGGER watch', 1360, 'watch'],
    ['CREATE TRIGGER t BEFORE INSERT ON invoices FOR EACH ROW SET NEW.a = 1', 1146, 'invoices'],
  ] as const)('%s', async ([sql, number, word]) => {
    const {faults} = await outcomeOf({before: tables, up: [sql]})
    expect(faults).toMatchObject([{phase: 'migration', index: 0, code: String(number)}])
    const at = faults[0]?.position
    // What names nothing that stands in the statement is about all of it.
    expect(sql.slice(at ?? 0, (at ?? 0) + word.length)).toBe(word)
  })

  test.for([
    'ALTER TABLE orders DROP COLUMN user_id, DROP FOREIGN KEY orders_user',
    'ALTER TABLE orders DROP COLUMN state, DROP CHECK orders_known, ADD COLUMN state INT',
    'ALTER TABLE orders ADD INDEX other (user_id), DROP INDEX orders_user',
    'DROP TABLE users, orders',
    'SET FOREIGN_KEY_CHECKS = 0; DROP TABLE users',
    'DROP TABLE IF EXISTS invoices',
    'CREATE TABLE IF NOT EXISTS orders (id INT)',
    'ALTER TABLE orders RENAME COLUMN state TO note, RENAME COLUMN note TO state',
    "CREATE TABLE t (a TEXT DEFAULT ('x'), b JSON DEFAULT (JSON_ARRAY()))",
    'CREATE TABLE t (a TEXT, KEY (a(20)), FULLTEXT KEY (a))',
    'CREATE TABLE t (parent INT, id INT PRIMARY KEY, FOREIGN KEY (parent) REFERENCES t (id))',
    'CREATE TABLE t (a VARCHAR(36) CHECK (char_length(a) > 1), CHECK (a IS NOT NULL AND a LIKE "b%"))',
    'ALTER TABLE orders ADD (x INT, y INT), ALGORITHM=INPLACE, LOCK=NONE',
    'CREATE TEMPORARY TABLE orders (id INT)',
    'INSERT INTO users SELECT 1, 2, 3',
  ])('not %s', async (sql) => {
    const {faults} = await outcomeOf({before: tables, up: sql.split('; ')})
    expect(faults).toEqual([])
  })
})

describe('the way back', () => {
  test.for<readonly [up: string, down: string, residue: readonly string[]]>([
    ['ALTER TABLE orders ADD x INT', 'ALTER TABLE orders DROP x', []],
    ['ALTER TABLE orders ADD x INT', 'SELECT 1', ['added column orders.x']],
    [
      'ALTER TABLE orders MODIFY state VARCHAR(40) NOT NULL',
      'ALTER TABLE orders MODIFY state VARCHAR(20) NOT NULL',
      ['changed column orders.state: varchar(20) → varchar(20) NOT NULL'],
    ],
    ['ALTER TABLE orders MODIFY state TEXT', 'ALTER TABLE orders MODIFY state CHARACTER VARYING(20) DEFAULT NULL', []],
    [
      'ALTER TABLE orders DROP FOREIGN KEY orders_user',
      'ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE',
      [
        'changed constraint orders.orders_user: FOREIGN KEY (user_id) REFERENCES users (id) → FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE',
      ],
    ],
    [
      'ALTER TABLE users ADD parent BIGINT UNSIGNED; ALTER TABLE users ADD CONSTRAINT up FOREIGN KEY (age) REFERENCES orders (id)',
      'ALTER TABLE users DROP FOREIGN KEY up; ALTER TABLE users DROP parent',
      ['added index users.up (slight)'],
    ],
    ['ALTER TABLE users DROP age', 'ALTER TABLE users ADD age INT', []],
    ['RENAME TABLE orders TO purchases', 'RENAME TABLE purchases TO orders', []],
    ['ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4', 'SELECT 1', []],
  ])('%s / %s', async ([up, down, residue]) => {
    const outcome = await outcomeOf({before: tables, up: up.split('; '), down: down.split('; ')})
    expect(outcome.faults.filter(({phase}) => phase !== 'again')).toEqual([])
    expect(said(outcome.residue)).toEqual(residue)
  })

  test.for<readonly [up: string, down: string, lost: readonly string[]]>([
    ['ALTER TABLE users DROP age', 'ALTER TABLE users ADD age INT', ['users.age']],
    ['ALTER TABLE users DROP age', 'ALTER TABLE users ADD age INT; UPDATE users SET age = 1', []],
    ['ALTER TABLE users CHANGE age years INT', 'ALTER TABLE users CHANGE years age INT', []],
    ['TRUNCATE TABLE orders', 'SELECT 1', ['orders.']],
    ['DELETE FROM orders', 'INSERT INTO orders SELECT * FROM kept', []],
    ['DELETE FROM orders WHERE id = 1', 'SELECT 1', []],
    [
      'CREATE TABLE kept LIKE orders; INSERT INTO kept SELECT * FROM orders; DROP TABLE orders; RENAME TABLE kept TO orders',
      'SELECT 1',
      [],
    ],
  ])('what %s / %s loses', async ([up, down, lost]) => {
    const outcome = await outcomeOf({before: tables, up: up.split('; '), down: down.split('; ')})
    expect(outcome.losses.map(({table, column}) => `${table}.${column}`)).toEqual(lost)
  })
})

describe('what the model does not know', () => {
  test('is not claimed of the table that it is done to', async () => {
    const up = ['ALTER TABLE orders PARTITION BY HASH (id)', 'ALTER TABLE users ADD x INT', 'ALTER TABLE orders DROP y']
    const outcome = await outcomeOf({before: tables, up, down: []})
    expect(outcome.unknown).toEqual([{phase: 'migration', index: 0}])
    expect(outcome.faults.filter(({phase}) => phase === 'migration')).toEqual([])
    expect(said(outcome.residue)).toEqual(['added column users.x'])
  })

  test('is not claimed of anything after SQL that is put together', async () => {
    const outcome = await outcomeOf({
      before: tables,
      up: ['EXECUTE made', 'DROP TABLE orders_2'],
      down: ['DROP TABLE x'],
    })
    expect(outcome.faults).toEqual([])
    expect(outcome.residue).toEqual([])
  })

  test('keeps to the tables that a procedure is given', async () => {
    const procedure =
      "CREATE PROCEDURE p(t VARCHAR(64)) BEGIN SET @q = CONCAT('ALTER TABLE ', t); PREPARE s FROM @q; END"
    const up = ["CALL p('orders')", 'ALTER TABLE orders DROP x', 'ALTER TABLE users ADD x INT']
    const outcome = await outcomeOf({before: [...tables, procedure], up, down: []})
    expect(said(outcome.residue)).toEqual(['added column users.x'])
  })

  test('is what a derived table has besides', async () => {
    const stubs = [{table: '"orders"', columns: [{name: 'state', type: 'text', rest: '', guessed: true}]}]
    const up = [
      'ALTER TABLE orders DROP COLUMN x, ADD COLUMN state INT, DROP INDEX i, DROP FOREIGN KEY k, ADD UNIQUE KEY u (y)',
      'ALTER TABLE other ADD z INT',
    ]
    const outcome = await outcomeOf({stubs, open: true, known: ['order_lines'], up, down: []})
    expect(outcome.faults.filter(({phase}) => phase === 'migration')).toEqual([])
    expect(said(outcome.residue)).toEqual(['added index orders.u'])
    const slip = await outcomeOf({stubs, open: true, known: ['order_lines'], up: ['ALTER TABLE order_line ADD z INT']})
    expect(slip.faults).toMatchObject([{code: '1146'}])
  })
})

describe('hostile statements', () => {
  test('end, and say nothing that is thrown', () => {
    const words = fc.constantFrom(
      ...'ALTER TABLE CREATE DROP INDEX KEY ADD COLUMN a b ( ) , . ` " \' INT PRIMARY FOREIGN REFERENCES CHECK DEFAULT ON UPDATE SET CONSTRAINT AFTER UNIQUE CHANGE MODIFY RENAME TO LIKE ; -- /* AS SELECT'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(words, {maxLength: 25}), (all) => {
        expect(changeOf(all.join(' '))).toHaveProperty('kind')
      }),
    )
  })

  test('many of them take no longer than each alone', async () => {
    const up = Array.from({length: 4000}, (_, index) => `CREATE TABLE t${index} (a INT, b INT, KEY (a))`)
    const long = `CREATE TABLE t (${Array.from({length: 5000}, (_, index) => `c${index} INT`).join(', ')})`
    const started = performance.now()
    const outcome = await outcomeOf({up: [...up, long]})
    expect(outcome.faults).toMatchObject([{code: '1117'}])
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('end at the limit of a document', async () => {
    const answer = await createModelRunner({...usualLimits, job: -1}).run({...empty, up: ['CREATE TABLE t (a INT)']})
    expect(isOutcome(answer) && answer.faults).toMatchObject([
      {limit: 'time', message: expect.stringMatching('did not end')},
    ])
  })
})
