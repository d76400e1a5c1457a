import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname, isAbsolute, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cachedDataVersionTag, getHeapCodeStatistics} from 'node:v8'
import {Script} from 'node:vm'
import {crc32} from 'node:zlib'

/** Builds and versions of Node.js of which it is kept what was compiled. */
const mostFiles = 6
/** How much more than what is kept, in parts of it, is worth writing it again. */
const growth = 1.03
/** Milliseconds of a run from which on V8 may have forgotten what it compiled at its start. */
const longest = 5000

interface Kept {
  /** Bytes of all code that V8 had made when it was written. */
  readonly size: number
  readonly codes: ReadonlyMap<string, Buffer>
}

const scripts = new Map<string, Script>()
let file: {readonly path: string | undefined; readonly tag: number; readonly kept: Kept | undefined} | undefined

/**
 * Runs a script of the package, for its value. What V8 compiled of it in earlier runs is taken from the cache folder of the user,
 * where `keepCompiled` puts it. `build` changes with any of the scripts.
 */
export function runScript(url: URL, build: string): unknown {
  const filename = fileURLToPath(url)
  const name = filename.slice(dirname(filename).length + 1)
  file ??= open(build)
  const script = new Script(readFileSync(filename, 'latin1'), {filename, cachedData: file.kept?.codes.get(name)})
  scripts.set(name, script)
  return script.runInThisContext()
}

/** Keeps what V8 has compiled for the next run, unless most of that is kept already. */
export function keepCompiled(): void {
  // With other flags than at its start V8 would not take it.
  if (file?.path === undefined || file.tag !== cachedDataVersionTag() || performance.now() > longest) return
  const {bytecode_and_metadata_size: size} = getHeapCodeStatistics()
  const isTaken = [...scripts.values()].every(({cachedDataRejected}) => cachedDataRejected === false)
  if (isTaken && size < (file.kept?.size ?? 0) * growth) return
  write(file.path, () => ({
    size,
    codes: new Map([...scripts].map(([name, script]) => [name, script.createCachedData()] as const)),
  }))
}

/** One file a build of ours and of V8, whose flags count. */
function open(build: string): NonNullable<typeof file> {
  const {NODE_DISABLE_COMPILE_CACHE: isOff, NODE_V8_COVERAGE: isCovered, CI: isForgotten} = process.env
  const tag = cachedDataVersionTag()
  if (isOff || isCovered || isForgotten) return {path: undefined, tag, kept: undefined}
  const path = join(cacheFolder(), 'spec-lint', `${prefix}${build}-${tag.toString(16)}`)
  return {path, tag, kept: read(path)}
}

/** Of the user, never of the project: what is in it is run. */
function cacheFolder(): string {
  const given = process.env['XDG_CACHE_HOME'] ?? ''
  return isAbsolute(given) ? given : join(homedir(), '.cache')
}

const prefix = 'compiled-'
/** Bytes of what stands before the rest: its checksum, and how long the list of what follows is. */
const head = 8

/** V8 runs what it is given as it is: a file that isn't as it was written is none. */
function read(path: string): Kept | undefined {
  try {
    const bytes = readFileSync(path)
    if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) return undefined
    const start = head + bytes.readUInt32LE(4)
    const {size, lengths} = JSON.parse(bytes.toString('latin1', head, start)) as Listed
    const codes = new Map<string, Buffer>()
    let at = start
    for (const [name, length] of lengths) {
      codes.set(name, bytes.subarray(at, at + length))
      at += length
    }
    return {size, codes}
  } catch {
    return undefined
  }
}

interface Listed {
  readonly size: number
  readonly lengths: readonly (readonly [string, number])[]
}

function write(path: string, make: () => Kept): void {
  const beside = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), {recursive: true})
    // Where none can be written, none is made.
    writeFileSync(beside, '', {mode: 0o600})
    writeFileSync(beside, bytesOf(make()))
    renameSync(beside, path)
    sweep(dirname(path))
  } catch {
    // A cache is no reason to fail.
  }
}

function bytesOf({size, codes}: Kept): Buffer {
  const listed: Listed = {size, lengths: [...codes].map(([name, code]) => [name, code.length])}
  const list = Buffer.from(JSON.stringify(listed), 'latin1')
  const bytes = Buffer.concat([Buffer.alloc(head), list, ...codes.values()])
  bytes.writeUInt32LE(list.length, 4)
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0)
  return bytes
}

/** Deletes all but the newest. */
function sweep(folder: string): void {
  const paths = readdirSync(folder).flatMap((name) => (name.startsWith(prefix) ? [join(folder, name)] : []))
  const aged = paths.map((path) => ({path, time: statSync(path).mtimeMs})).toSorted((a, b) => b.time - a.time)
  for (const {path} of aged.slice(mostFiles)) rmSync(path, {force: true})
}
