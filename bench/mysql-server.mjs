/** A server of MySQL or MariaDB at a socket, and what it shows of its tables as the model reads them. */
import {spawn} from 'node:child_process'
import {openModel} from '../build/src/verify/modelled/engine.js'

export function serverAt(socket) {
  return {ask, fresh, shownIn}

  async function ask(sql) {
    const client = spawn('mariadb', [
      '-uroot',
      `--socket=${socket}`,
      '--force',
      '--batch',
      '--skip-column-names',
      '--comments',
    ])
    let [out, errors] = ['', '']
    client.stdout.on('data', (data) => (out += data))
    client.stderr.on('data', (data) => (errors += data))
    client.stdin.end(`${sql}\n`)
    await new Promise((resolve) => client.on('close', resolve))
    return {out, errors}
  }
}

/** A model of an empty database. */
function fresh(mariadb) {
  const model = openModel({open: false, known: [], mariadb, stubs: []})
  model.tell('migration', 0)
  return model
}

/** The tables that a server shows, as the model reads them. */
async function shownIn(part, mariadb) {
  const shown = part.split('\n').flatMap((row) => {
    const [, sql] = row.split('\t')
    if (sql === undefined) return []
    return [
      sql
        .replaceAll(String.raw`\n`, '\n')
        .replaceAll('\\\\', '\\')
        .replaceAll(/ DEFAULT '0000-00-00[^']*'/gu, ''),
    ]
  })
  const server = fresh(mariadb)
  await server.engine.reset()
  await server.engine.run('SET foreign_key_checks = 0')
  for (const sql of shown) {
    const result = await server.engine.run(sql)
    if ('failure' in result) console.log(`UNREAD ${result.failure.message}: ${oneLine(sql)}`)
  }
  if (server.doubts.has('all')) console.log(`UNREAD ${[...server.doubts].join()}`)
  return {entries: await server.engine.catalog()}
}

export function oneLine(sql) {
  return sql
    .replaceAll(/--[^\n]*/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
