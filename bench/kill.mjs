/**
 * Kills `--fix` again and again, every other time somewhere in its run, else just after it began to write, and looks whether each
 * file is the old or the new one, whole.
 *
 *   npm run build && node bench/kill.mjs [--rounds 1000]
 *
 * Ends with 1 when a file is neither, or when what a killed run left is still there after one that came to its end.
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {load} from './load.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const flag = (name, usual) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : usual)
const rounds = Number(flag('--rounds', 1000))
const {killed} = await load('tests/faults/killed.ts')
const folder = mkdtempSync(join(tmpdir(), 'spec-lint-kill-'))
const textWith = (status) =>
  `---\nstatus: ${status}\n---\n\n# 12 – Parking\n\n\`\`\`text\n${'As it was.\n'.repeat(2000)}\`\`\`\n`
writeFileSync(join(folder, 'spec-lint.yaml'), 'types: {prd: {files: ["*.md"]}}\n')
const args = ['--fix', '--only', 'status-enum', '--concurrency', 'off']
const result = await killed({
  command: [process.execPath, join(root, 'dist/src/cli/main.js'), ...args],
  folder,
  names: Array.from({length: 8}, (_, at) => `${at}.md`),
  before: textWith('draft'),
  after: textWith('Draft'),
  rounds,
  random: Math.random,
  whole: 600,
})
rmSync(folder, {recursive: true})
console.log(
  `${rounds} runs, ${result.kills} killed, ${result.between} of them between two files; ` +
    `${result.old} files as they were, ${result.fixed} as they are to be, ${result.torn.length} neither; ` +
    `${result.left} temporary files left, ${result.stayed} of them after the next run`,
)
process.exitCode = result.torn.length + result.stayed > 0 ? 1 : 0
