import {quoted} from '../quoted.ts'
import type {Row, TableShape} from './types.ts'

/** The tables of a SQLite database with what rows for them have to hold. */
export function sqliteShapes(rows: (sql: string) => readonly Row[]): readonly TableShape[] {
  const tables = rows(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
  )
  return tables.map(({name, sql}) => {
    const own = String(name)
    const literal = `'${own.replaceAll("'", "''")}'`
    const columns = rows(`SELECT * FROM pragma_table_xinfo(${literal})`)
    const primary = columns.filter(({pk}) => Number(pk) > 0).map((column) => String(column['name']))
    const unique = rows(`SELECT name FROM pragma_index_list(${literal}) WHERE "unique" = 1`).map((index) => ({
      name: String(index['name']),
      columns: rows(`SELECT name FROM pragma_index_info('${String(index['name']).replaceAll("'", "''")}')`).map((one) =>
        String(one['name']),
      ),
    }))
    return {
      sql: quoted(own),
      name: own,
      columns: columns.map((column) => ({
        name: String(column['name']),
        type: typeOf(String(column['type'])),
        notNull: column['notnull'] === 1 || Number(column['pk']) > 0,
        generated: column['hidden'] !== 0,
        labels: [],
      })),
      unique: [{name: 'primary', columns: primary}, ...unique].filter((key) => key.columns.length > 0),
      foreign: foreignIn(literal, rows),
      checks: checksIn(
        String(sql),
        columns.map((column) => String(column['name'])),
      ),
      lax: [],
    }
  })
}

/** A type as sample values are made for it: SQLite takes any word, and keeps text where it can't tell. */
function typeOf(type: string): string {
  return /^bool/iu.test(type)
    ? 'integer'
    : type.toLowerCase().replace(/^varchar|^nvarchar|^varying character/u, 'character varying')
}

function foreignIn(literal: string, rows: (sql: string) => readonly Row[]): TableShape['foreign'] {
  const all = rows(`SELECT * FROM pragma_foreign_key_list(${literal}) ORDER BY id, seq`)
  const ids = [...new Set(all.map(({id}) => Number(id)))]
  return ids.map((id) => {
    const own = all.filter((one) => Number(one['id']) === id)
    const target = String(own[0]?.['table'])
    return {
      name: `key ${id}`,
      columns: own.map(({from}) => String(from)),
      target: quoted(target),
      targetColumns: own.map(({to}) => (typeof to === 'string' ? to : 'id')),
    }
  })
}

/** A check is named as the engine names it when it fails: by its name, else by its text. */
function checksIn(sql: string, columns: readonly string[]): TableShape['checks'] {
  return [
    ...sql.matchAll(
      /(?:\bCONSTRAINT\s+["'`[]?(\w+)["'`\]]?\s+)?\bCHECK\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/giu,
    ),
  ].map(([, name, text = '']) => ({
    name: name ?? text.trim(),
    text,
    columns: columns.filter((column) =>
      new RegExp(String.raw`(?<!\w)${column.replaceAll(/\W/gu, String.raw`\$&`)}(?!\w)`, 'iu').test(text),
    ),
  }))
}
