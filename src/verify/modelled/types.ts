import type {TypeFact} from '../../sql/model.ts'

const names: Readonly<Record<string, string>> = {
  integer: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  int4: 'int',
  int8: 'bigint',
  middleint: 'mediumint',
  bool: 'tinyint(1)',
  boolean: 'tinyint(1)',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  real: 'double',
  'double precision': 'double',
  float4: 'float',
  float8: 'double',
  character: 'char',
  nchar: 'char',
  nvarchar: 'varchar',
  'character varying': 'varchar',
  'char varying': 'varchar',
  'national varchar': 'varchar',
  'national char': 'char',
  long: 'mediumtext',
  'long varchar': 'mediumtext',
  'long varbinary': 'mediumblob',
  serial: 'bigint unsigned',
}

const sizes: Readonly<Record<string, string>> = {decimal: '(10,0)', char: '(1)', binary: '(1)', bit: '(1)'}

/** A type as MySQL keeps it: `INTEGER(11) UNSIGNED` is `int unsigned`. */
export function typeOf({text}: Pick<TypeFact, 'text'>): {readonly type: string; readonly serial: boolean} {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  const size =
    open < 0
      ? ''
      : text
          .slice(open, close + 1)
          .replaceAll(/\s*,\s*/gu, ',')
          .replaceAll(/\(\s+|\s+\)/gu, (found) => found.trim())
  const words = `${open < 0 ? text : text.slice(0, open)} ${open < 0 ? '' : text.slice(close + 1)}`
    .toLowerCase()
    .replaceAll('`', '')
    .split(/\s+/u)
    .filter((word) => word !== '')
  const signs = words.filter((word) => /^(?:unsigned|zerofill)$/u.test(word))
  const own = words.filter((word) => !/^(?:unsigned|zerofill|signed)$/u.test(word)).join(' ')
  const name = names[own] ?? own
  const isWhole = /^(?:tiny|small|medium|big)?int$/u.test(name)
  // Nothing but the display width of a boolean is kept.
  const kept =
    (isWhole && !(name === 'tinyint' && size === '(1)')) || /^(?:year|time\(0\))$/u.test(name) || size === '(0)'
      ? ''
      : name === 'decimal' && /^\(\d+\)$/u.test(size)
        ? size.replace(')', ',0)')
        : size
  const sign = signs.length === 0 ? '' : ` ${signs.includes('zerofill') ? 'unsigned zerofill' : 'unsigned'}`
  return {type: `${name}${kept === '' ? (sizes[name] ?? '') : kept}${sign}`, serial: own === 'serial'}
}

/** Whether a foreign key may lead from one type to another; where that hangs on more than the types it may. */
export function mayRefer(from: string, to: string): boolean {
  const [a, b] = [classOf(from), classOf(to)]
  if (a === undefined || b === undefined) return true
  return a === b
}

function classOf(type: string): string | undefined {
  const whole = /^(?:tiny|small|medium|big)?int\b/u.exec(type)?.[0]
  if (whole !== undefined) return `${whole}${type.includes('unsigned') ? ' unsigned' : ''}`
  if (/^(?:var)?char\b/u.test(type)) return 'text'
  return /^(?:date|datetime|timestamp|time|year)\b/u.exec(type)?.[0]
}
