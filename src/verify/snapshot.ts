import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {homedir} from 'node:os'
import {dirname, join} from 'node:path'
import {gunzipSync, gzipSync} from 'node:zlib'

/** The number of the form in which the directory is kept. */
const form = 1

/** A prepared data directory; `undefined` where there is none, or where it isn't as it was written. */
export function readSnapshot(path = snapshotPath()): Uint8Array | undefined {
  if (path === undefined) return undefined
  try {
    const file = readFileSync(path)
    const body = file.subarray(64)
    return file.subarray(0, 64).toString('latin1') === printOf(body) ? new Uint8Array(gunzipSync(body)) : undefined
  } catch {
    return undefined
  }
}

/** Keeps a data directory for the next time. One that can't be written is none: the next run makes it anew. */
export function writeSnapshot(archive: Uint8Array, path = snapshotPath()): void {
  if (path === undefined) return
  const body = gzipSync(withoutTemplates(archive))
  try {
    mkdirSync(dirname(path), {recursive: true})
    const beside = `${path}.${process.pid}.tmp`
    writeFileSync(beside, Buffer.concat([Buffer.from(printOf(body), 'latin1'), body]))
    renameSync(beside, path)
  } catch {
    // A cache is no reason to fail.
  }
}

function printOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}

/** One file a version of PGlite, in the cache folder of the user. */
function snapshotPath(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
    const {version} = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as {version?: unknown}
    const folder = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
    return join(folder, 'spec-lint', `pglite-${String(version).replaceAll(/[^\w.-]/gu, '')}-${form}.gz`)
  } catch {
    return undefined
  }
}

const block = 512

/** An archive without the files of the two template databases: nobody makes a database, and they are most of what is unpacked. */
function withoutTemplates(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const kept: Buffer[] = []
  for (let at = 0; at + block <= bytes.length;) {
    const name = textAt(bytes, at, 100)
    const size = Number.parseInt(textAt(bytes, at + 124, 12).trim() || '0', 8)
    const length = name === '' ? block : block + Math.ceil(size / block) * block
    if (name !== '' && !/^\/?base\/[14]\/\d/u.test(name)) kept.push(bytes.subarray(at, at + length))
    at += length
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * block)])
}

function textAt(bytes: Buffer, at: number, length: number): string {
  const part = bytes.subarray(at, at + length)
  const end = part.indexOf(0)
  return part.subarray(0, end < 0 ? length : end).toString('latin1')
}
