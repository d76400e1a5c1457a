import {expect, test} from 'vitest'
import {binary} from '../support/cli.ts'
import {place} from '../support/place.ts'
import {killed} from './killed.ts'

const names = Array.from({length: 8}, (_, at) => `${at}.md`)
const textWith = (status: string): string =>
  `---\nstatus: ${status}\n---\n\n# 12 – Parking\n\n\`\`\`text\n${'As it was.\n'.repeat(2000)}\`\`\`\n`

test('a fix that is killed leaves each file as it was or as it is to be', {timeout: 120_000}, async () => {
  const folder = place({'spec-lint.yaml': 'types: {prd: {files: ["*.md"]}}\n'})
  const {kills, torn, old, fixed, stayed} = await killed({
    command: [process.execPath, binary, '--fix', '--only', 'status-enum', '--concurrency', 'off'],
    folder,
    names,
    before: textWith('draft'),
    after: textWith('Draft'),
    rounds: 12,
    random: Math.random,
    whole: 600,
  })
  expect(torn).toEqual([])
  expect(kills).toBeGreaterThan(3)
  expect(old + fixed).toBe(12 * names.length)
  expect(fixed).toBeGreaterThan(0)
  expect(stayed).toBe(0)
})
