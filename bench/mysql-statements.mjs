/** Statements for a small database, made up from a number: some right, some wrong, the same for the same number. */

const tables = ['users', 'orders', 'items', 'tags']
const columns = ['id', 'name', 'email', 'user_id', 'order_id', 'state', 'note', 'created_at', 'total']
const types = {
  id: ['BIGINT UNSIGNED', 'INT', 'BIGINT', 'INT(11) UNSIGNED'],
  name: ['VARCHAR(100)', 'CHAR(36)', 'TEXT'],
  email: ['VARCHAR(255)', 'VARCHAR(100) CHARACTER SET ascii'],
  user_id: ['BIGINT UNSIGNED', 'INT', 'BIGINT'],
  order_id: ['BIGINT UNSIGNED', 'INT'],
  state: ["ENUM('a','b')", 'TINYINT(1)', 'VARCHAR(20)', 'BOOLEAN'],
  note: ['TEXT', 'LONGTEXT', 'VARCHAR(50)'],
  created_at: ['TIMESTAMP', 'DATETIME(6)', 'DATE'],
  total: ['DECIMAL(10,2)', 'DOUBLE', 'NUMERIC(8)', 'FLOAT'],
}

/** About 40 statements. Most are tried until one of them is accepted, so that not all of a script is wrong. */
export async function scriptOf(seed, mariadb, accepts) {
  let state = seed * 2_654_435_761
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
  const one = (all) => all[Math.floor(random() * all.length)]
  const some = (all, most) => [...new Set(Array.from({length: 1 + Math.floor(random() * most)}, () => one(all)))]
  const may = (chance, text) => (random() < chance ? text : '')
  const kit = {one, some, may, random, mariadb}
  const script = []
  for (let index = 0; index < 40; index += 1) {
    const isRight = random() < 0.7
    for (let tries = 0; tries < 12; tries += 1) {
      const sql = index < 3 ? create(kit, tables[index]) : statement(kit)
      if (sql === '' || (!(await accepts(sql)) && isRight && tries < 11)) continue
      script.push(sql)
      break
    }
  }
  return script
}

function defined({one, may}, name) {
  const type = one(types[name])
  const isText = /CHAR|TEXT|ENUM/u.test(type)
  const isTime = /^(?:TIMESTAMP|DATETIME)/u.test(type)
  const value = isTime
    ? `CURRENT_TIMESTAMP${/\(6\)/u.exec(type)?.[0] ?? ''}`
    : isText
      ? type.startsWith('ENUM')
        ? "'a'"
        : "'x'"
      : '0'
  const hasValue = may(0.3, 'x') !== '' && !/TEXT|^DATE$/u.test(type)
  return `${type}${may(0.4, ' NOT NULL')}${hasValue ? ` DEFAULT ${value}` : ''}${isTime && may(0.2, 'x') !== '' ? ` ON UPDATE ${value}` : ''}${may(0.1, " COMMENT 'why, so'")}`
}

function create(kit, table) {
  const {some, may, one} = kit
  const own = ['id', ...some(columns.slice(1), 5)].filter((name, index, all) => all.indexOf(name) === index)
  const keys = [
    may(0.9, 'PRIMARY KEY (id)'),
    may(0.4, `KEY ${one(['k1', 'k2'])} (${some(columns, 2).join(', ')})`),
    may(0.3, `UNIQUE KEY u1 (${some(columns, 2).join(', ')})`),
    may(0.3, foreign(kit)),
    may(0.2, check(kit)),
  ].filter(Boolean)
  const auto = may(0.4, ' AUTO_INCREMENT')
  const parts = own.map((name) =>
    name === 'id' ? `id ${one(types.id)} NOT NULL${auto}` : `${name} ${defined(kit, name)}`,
  )
  return `CREATE TABLE ${may(0.1, 'IF NOT EXISTS ')}${table} (${[...parts, ...keys].join(', ')})${may(0.3, ' ENGINE=InnoDB')}${may(0.3, ' DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci')}`
}

function foreign({one, may}) {
  const [column, table] = one([
    ['user_id', 'users'],
    ['order_id', 'orders'],
    ['user_id', 'users'],
    ['id', 'orders'],
    ['name', 'tags'],
  ])
  return `${may(0.7, `CONSTRAINT ${one(['fk1', 'fk2', 'fk3'])} `)}FOREIGN KEY (${column}) REFERENCES ${table} (${column === 'name' ? 'name' : 'id'})${may(0.4, ` ON DELETE ${one(['CASCADE', 'SET NULL', 'RESTRICT'])}`)}`
}

function check({one, may}) {
  return `${may(0.8, `CONSTRAINT ${one(['c1', 'c2'])} `)}CHECK (${one(['total > 0', "state <> 'c'", 'total > 0 AND state <> note'])})`
}

function statement(kit) {
  const {one, some, random, mariadb} = kit
  const table = one(tables)
  const roll = random()
  if (roll < 0.08) return create(kit, table)
  if (roll < 0.13) return `DROP TABLE ${kit.may(0.3, 'IF EXISTS ')}${table}`
  if (roll < 0.16) return `RENAME TABLE ${table} TO ${one(tables)}`
  if (roll < 0.2)
    return `CREATE ${kit.may(0.3, 'UNIQUE ')}INDEX ${one(['k1', 'k2', 'k3', 'name'])} ON ${table} (${some(columns, 2).join(', ')})`
  if (roll < 0.24) return `DROP INDEX ${one(['k1', 'k2', 'u1', 'name', 'fk1', 'user_id', '`PRIMARY`'])} ON ${table}`
  if (roll < 0.26) return `TRUNCATE TABLE ${table}`
  if (roll < 0.28) return `UPDATE ${table} SET ${one(columns)} = NULL WHERE 1 = 0`
  if (roll < 0.3) return `CREATE TABLE ${one(tables)} LIKE ${table}`
  if (roll < 0.31) return `SET foreign_key_checks = ${one([0, 1, 1, 1])}`
  if (roll < 0.33) return `DELETE FROM ${table} WHERE 1 = 0`
  if (roll < 0.35) return `INSERT IGNORE INTO ${table} (${one(columns)}) SELECT NULL FROM (SELECT 1) x WHERE 1 = 0`
  const actions = Array.from({length: random() < 0.7 ? 1 : 2}, () => action(kit)).filter(
    (one_) => mariadb || !one_.includes('IF EXISTS'),
  )
  return actions.length === 0 ? '' : `ALTER TABLE ${table} ${actions.join(', ')}`
}

function action(kit) {
  const {one, some, may, random} = kit
  const name = one(columns)
  const roll = random()
  if (roll < 0.2)
    return `ADD ${may(0.6, 'COLUMN ')}${name} ${defined(kit, name)}${may(0.3, one([' FIRST', ` AFTER ${one(columns)}`]))}`
  if (roll < 0.38) return `DROP ${may(0.7, 'COLUMN ')}${name}`
  if (roll < 0.46) return `MODIFY COLUMN ${name} ${defined(kit, name)}`
  if (roll < 0.52) return `CHANGE ${name} ${one(columns)} ${defined(kit, name)}`
  if (roll < 0.57) return `RENAME COLUMN ${name} TO ${one(columns)}`
  if (roll < 0.64)
    return `ADD ${one(['INDEX', 'UNIQUE KEY', 'KEY'])} ${may(0.8, one(['k1', 'k2', 'k3', 'u1']))} (${some(columns, 2).join(', ')})`
  if (roll < 0.7)
    return `DROP ${one(['INDEX', 'KEY'])} ${one(['k1', 'k2', 'k3', 'u1', 'fk1', 'fk2', 'user_id', 'order_id'])}`
  if (roll < 0.8) return `ADD ${foreign(kit)}`
  if (roll < 0.86) return `DROP FOREIGN KEY ${one(['fk1', 'fk2', 'fk3', 'orders_ibfk_1', 'items_ibfk_1'])}`
  if (roll < 0.89) return `DROP CONSTRAINT ${one(['fk1', 'fk2', 'c1', 'c2', 'u1'])}`
  if (roll < 0.92) return `ADD ${check(kit)}`
  if (roll < 0.94) return one(['DROP PRIMARY KEY', 'ADD PRIMARY KEY (id)', 'ADD PRIMARY KEY (id, user_id)'])
  if (roll < 0.96) return `RENAME INDEX ${one(['k1', 'u1', 'fk1'])} TO ${one(['k2', 'k4'])}`
  if (roll < 0.98) return `ALTER COLUMN ${name} ${one(['DROP DEFAULT', "SET DEFAULT '0'"])}`
  return one([
    'CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'DEFAULT CHARSET utf8mb4',
    `RENAME TO ${one(tables)}`,
  ])
}
