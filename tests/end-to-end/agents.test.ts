import {spawnSync} from 'node:child_process'
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Client} from '@modelcontextprotocol/client'
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio'
import {afterAll, expect, test} from 'vitest'
import {integrations} from '../../src/cli/integrations.ts'
import {binary, root} from '../support/cli.ts'
import {clean, numbered, read} from '../support/place.ts'
import {repository} from '../support/repository.ts'

/** The fenced blocks of the page, by their language. */
const page = read(root, 'docs/agents.md')
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gmu)].map(([, language = '', text = '']) => ({
  language,
  text,
}))
const blockWith = (words: string): string => blocks.find(({text}) => text.includes(words))?.text ?? ''

const project = repository({
  'package.json': '{"private": true}',
  '.gitignore': 'node_modules\n',
  'docs/prd/a.md': clean,
})
const {path} = project
mkdirSync(join(path, 'node_modules/.bin'), {recursive: true})
symlinkSync(root, join(path, 'node_modules/spec-lint'))
// As npm links it; of a build alone the file is not executable.
writeFileSync(join(path, 'node_modules/.bin/spec-lint'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`, {
  mode: 0o755,
})
afterAll(project.remove)

/** As a person or an agent types it. */
function shell(command: string): {readonly code: number | null; readonly stdout: string; readonly stderr: string} {
  const {status, stdout, stderr} = spawnSync('sh', ['-c', command], {cwd: path, encoding: 'utf8'})
  return {code: status, stdout, stderr}
}

test('init writes what the page shows', () => {
  const [, init = ''] = blockWith('init --with agents').trim().split('\n')
  expect(shell(`${init} --yes`).code).toBe(0)
  for (const {path: name, text} of integrations['agents'] ?? []) {
    expect(read(path, name)).toBe(text)
    expect(name.endsWith('.json') ? JSON.parse(blockWith('mcpServers')) : blockWith('## Specifications')).toEqual(
      name.endsWith('.json') ? JSON.parse(text) : text,
    )
  }
})

test('the commands that the page tells an agent do what it says', () => {
  const parked = numbered(clean, 13).replace(/^status: .*$/mu, 'status: "Parked"')
  const file = 'docs/prd/0013-queues.md'
  writeFileSync(join(path, file), parked)
  expect(shell(`npx spec-lint --format agent ${file}`)).toMatchObject({code: 1, stdout: blockWith(`${file}:3:9`)})
  expect(shell(`npx spec-lint --fix ${file}`).code).toBe(1)
  expect(shell('npx spec-lint types').stdout).toContain('prd')
  expect(shell('npx spec-lint explain status-enum').stdout).toContain('# status-enum')
  expect(shell('npx spec-lint new prd "Title" --stdout').stdout).toContain('– Title')
})

test('the hook hands the report of what was edited to the agent, and is silent when all is well', () => {
  const {hooks} = JSON.parse(blockWith('PostToolUse')) as {
    readonly hooks: {readonly PostToolUse: readonly [{readonly hooks: readonly [{readonly command: string}]}]}
  }
  const {command} = hooks.PostToolUse[0].hooks[0]
  const {code, stdout, stderr} = shell(command)
  expect(stderr).toContain('docs/prd/0013-queues.md:3:9-3:17 error status-enum')
  expect({code, stdout}).toEqual({code: 2, stdout: ''})
  writeFileSync(join(path, 'docs/prd/0013-queues.md'), numbered(clean, 13))
  expect(shell(command)).toMatchObject({code: 0, stdout: ''})
})

test('the configuration for MCP starts the server, in the folder of the project', async () => {
  const {mcpServers} = JSON.parse(blockWith('mcpServers')) as {
    readonly mcpServers: Readonly<Record<string, {readonly command: string; readonly args: readonly string[]}>>
  }
  const {command = '', args = []} = mcpServers['spec-lint'] ?? {}
  const client = new Client({name: 'test', version: '1.0.0'})
  await client.connect(new StdioClientTransport({command, args: [...args], cwd: path}))
  const {tools} = await client.listTools()
  const listed = [...page.matchAll(/^\| `(\w+)` \|/gmu)].map(([, name]) => name)
  expect(new Set(listed)).toEqual(new Set(tools.map(({name}) => name)))
  const {structuredContent} = await client.callTool({name: 'scaffold', arguments: {type: 'prd', title: 'Queues'}})
  expect(structuredContent).toMatchObject({type: 'prd'})
  await client.close()
})
