import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {createRunner, usualLimits} from '../../src/verify/host.ts'
import {readSnapshot, writeSnapshot} from '../../src/verify/snapshot.ts'
import {noJob} from '../support/job.ts'

const job = {...noJob, up: ['SELECT 1']}

/** A thread that does what the test wants of it. */
function script(body: string): URL {
  const path = join(mkdtempSync(join(tmpdir(), 'spec-lint-')), 'worker.mjs')
  writeFileSync(
    path,
    `import {parentPort, workerData} from 'node:worker_threads'\nconst send = (message) => parentPort.postMessage(message)\n${body}`,
  )
  return new URL(`file://${path}`)
}

const settings = {dialect: 'postgresql', snapshot: undefined, extensions: []} as const
const ready = `send({kind: 'ready', engine: 'test'});`

describe('a thread', () => {
  test('without its engine says so', async () => {
    const runner = createRunner(settings, script(`send({kind: 'absent', name: 'x', words: 'y'})`))
    expect(await runner.run(job)).toEqual({kind: 'absent', name: 'x', words: 'y'})
    await runner.close()
  })

  test('that does not start, or dies, is told', async () => {
    const slow = createRunner(settings, script('setInterval(() => {}, 1000)'), {...usualLimits, start: 100})
    expect(await slow.run(job)).toMatchObject({kind: 'failed'})
    await slow.close()
    const dead = createRunner(settings, script('process.exit(3)'))
    expect(await dead.run(job)).toMatchObject({kind: 'failed', words: 'it ended with code 3'})
    await dead.close()
  })

  test('that never ends is ended at the statement where it stands, and the next job has a new one', async () => {
    const body = `${ready}parentPort.on('message', ({job}) => {
      send({kind: 'at', phase: 'migration', index: 2})
      if (job.up[0] === 'loop') for (;;);
      send({kind: 'done', outcome: {engine: 'test'}, clean: true})
    })`
    const runner = createRunner(settings, script(body), {...usualLimits, statement: 300})
    const outcome = await runner.run({...job, up: ['loop']})
    expect('faults' in outcome && outcome.faults).toMatchObject([{phase: 'migration', index: 2, limit: 'time'}])
    expect(await runner.run(job)).toEqual({engine: 'test'})
    await runner.close()
  })

  test('has no environment, and its memory is held', async () => {
    const body = `${ready}const kept = []
    parentPort.on('message', ({job}) => {
      if (job.up[0] !== 'grow') return send({kind: 'done', outcome: {engine: JSON.stringify(process.env)}, clean: true})
      setInterval(() => kept.push(Buffer.alloc(20_000_000, 1)), 10)
    })`
    const runner = createRunner(settings, script(body), {...usualLimits, memory: 200_000_000})
    expect(await runner.run(job)).toEqual({engine: '{}'})
    const outcome = await runner.run({...job, up: ['grow']})
    expect('faults' in outcome && outcome.faults).toMatchObject([{limit: 'memory'}])
    await runner.close()
  })
})

describe('a prepared data directory', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'spec-lint-')), 'kept/pglite.gz')
  const entry = (name: string, content: string): Buffer => {
    const head = Buffer.alloc(512)
    head.write(name)
    head.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124)
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512)
    body.write(content)
    return Buffer.concat([head, body])
  }
  const archive = Buffer.concat([
    entry('/base/5/1', 'kept'),
    entry('/base/1/1', 'a template'),
    entry('/base/4/22', 'x'.repeat(600)),
    entry('/PG_VERSION', '18'),
    Buffer.alloc(1024),
  ])

  test('comes back without the files of the templates', () => {
    writeSnapshot(archive, path)
    const text = Buffer.from(readSnapshot(path) ?? []).toString('latin1')
    expect(text).toContain('/base/5/1')
    expect(text).toContain('/PG_VERSION')
    expect(text).not.toMatch(/\/base\/[14]\//u)
  })

  test('that is not as it was written is none', () => {
    writeSnapshot(archive, path)
    const bytes = readFileSync(path)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(readSnapshot(path)).toBeUndefined()
    expect(readSnapshot(join(path, 'nowhere'))).toBeUndefined()
  })
})
