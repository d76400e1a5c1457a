import type {Name} from '../../sql/model.ts'
import type {Reader} from '../../sql/operations/reader.ts'
import type {Action, TableOptions} from './changes.ts'
import {columnOf, valueOf} from './columns.ts'
import {elementOf, isElement} from './elements.ts'
import {wordOf} from './text.ts'

/** More actions than anybody writes aren't looked at. */
const mostActions = 2000

/** What follows `ALTER TABLE name`; `undefined` where a part of it isn't known. */
export function actionsOf(reader: Reader): readonly Action[] | undefined {
  const parts = reader.list()
  if (parts.length > mostActions) return undefined
  const actions: Action[] = []
  for (const part of parts) {
    const found = actionOf(part)
    if (!found) return undefined
    actions.push(...found)
  }
  return actions
}

function actionOf(part: Reader): readonly Action[] | undefined {
  const {word} = part.token()
  if (/^(?:ALGORITHM|LOCK|FORCE|WITHOUT|WITH|WAIT|NOWAIT)$/u.test(word)) return []
  const from = part.index
  part.skip()
  if (word === 'ADD') return add(part)
  if (word === 'DROP') return drop(part)
  if (word === 'MODIFY' || word === 'CHANGE') return change(part, word)
  if (word === 'RENAME') return rename(part)
  if (word === 'ALTER') return alterColumn(part)
  if (word === 'ENABLE' || word === 'DISABLE') return part.is('KEYS') ? [] : undefined
  part.index = from
  return isOption(part) ? [{kind: 'options', options: optionsOf(part)}] : undefined
}

function add(part: Reader): readonly Action[] | undefined {
  const isColumn = part.take('COLUMN')
  if (!isColumn && part.is('PARTITION|PERIOD|SYSTEM')) return undefined
  if (!isColumn && isElement(part)) return one(elementOf(part))
  const ifNotExists = part.takeIfExists()
  if (!part.is('(')) {
    const column = columnOf(part, ifNotExists)
    return column && [column, ...column.elements]
  }
  const found = part.list().map((inner) => {
    if (isElement(inner)) return one(elementOf(inner))
    const column = columnOf(inner, ifNotExists)
    return column && [column, ...column.elements]
  })
  return found.includes(undefined) ? undefined : found.flatMap((actions) => actions ?? [])
}

function one(action: Action | undefined): readonly Action[] | undefined {
  return action && [action]
}

function drop(part: Reader): readonly Action[] | undefined {
  if (part.take('PRIMARY', 'KEY')) return [{kind: 'drop', what: 'primary', name: undefined, ifExists: false}]
  if (part.is('PARTITION|SYSTEM|PERIOD')) return undefined
  const what = part.take('FOREIGN', 'KEY')
    ? 'foreign'
    : part.take('INDEX|KEY')
      ? 'key'
      : part.is('CHECK|CONSTRAINT') && part.token(1).text !== ''
        ? (part.token().word.toLowerCase() as 'check' | 'constraint')
        : 'column'
  if (what === 'check' || what === 'constraint') part.skip()
  else if (what === 'column') part.take('COLUMN')
  const ifExists = part.takeIfExists()
  const name = part.name()
  if (!name) return undefined
  if (what === 'key' && name.key === 'primary') return [{kind: 'drop', what: 'primary', name: undefined, ifExists}]
  return [{kind: 'drop', what, name, ifExists}]
}

function change(part: Reader, word: string): readonly Action[] | undefined {
  part.take('COLUMN')
  const ifExists = part.takeIfExists()
  const start = part.index
  const from = part.name()
  if (!from) return undefined
  if (word === 'MODIFY') part.index = start
  const to = columnOf(part)
  return to && [{kind: 'change', from, to, ifExists}, ...to.elements]
}

function rename(part: Reader): readonly Action[] | undefined {
  const isKey = part.is('INDEX|KEY') && part.token(2).word === 'TO'
  if (isKey || part.take('COLUMN')) {
    if (isKey) part.skip()
    const from = part.name()
    const to = part.take('TO') ? part.name() : undefined
    return from && to && [{kind: isKey ? 'rename-key' : 'rename-column', from, to}]
  }
  part.take('TO|AS|=')
  const to = part.name()
  return to && [{kind: 'rename', to}]
}

function alterColumn(part: Reader): readonly Action[] | undefined {
  if (part.is('INDEX|CHECK|CONSTRAINT')) return part.is('INDEX') ? [] : undefined
  part.take('COLUMN')
  const column: Name | undefined = part.name()
  if (!column) return undefined
  if (part.take('DROP', 'DEFAULT')) return [{kind: 'default', column, value: undefined}]
  if (!part.take('SET', 'DEFAULT')) return part.is('SET', 'VISIBLE|INVISIBLE') ? [] : undefined
  const from = part.index
  return [{kind: 'default', column, value: (type) => valueOf(part.part(from, part.end), type)}]
}

function isOption(part: Reader): boolean {
  if (part.is('CONVERT', 'TO', 'CHARACTER|CHARSET')) return true
  return part.is(
    'ENGINE|DEFAULT|CHARACTER|CHARSET|COLLATE|COMMENT|AUTO_INCREMENT|ROW_FORMAT|KEY_BLOCK_SIZE|STATS_PERSISTENT|MAX_ROWS|MIN_ROWS|COMPRESSION|CHECKSUM',
  )
}

/** Options of a table as far as they are told apart. */
export function optionsOf(reader: Reader): TableOptions {
  let [engine, charset, collation]: (string | undefined)[] = []
  const convert = reader.take('CONVERT', 'TO')
  while (!reader.done) {
    if (reader.is('PARTITION', 'BY') || reader.is('SELECT|AS')) break
    if (reader.take('ENGINE')) engine = wordOf(reader)
    else if (reader.take('CHARACTER', 'SET') || reader.take('CHARSET')) charset = wordOf(reader)
    else if (reader.take('COLLATE')) collation = wordOf(reader)
    else reader.skipOne()
  }
  if (charset === undefined && collation !== undefined) charset = /^[a-z0-9]+/u.exec(collation)?.[0]
  return {engine, charset, collation, convert}
}
