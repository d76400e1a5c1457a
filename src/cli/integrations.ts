import {version} from '../lint/links.ts'
import {toJson} from '../report/to-json.ts'

/** A file that `init --with` writes. */
export interface Integration {
  readonly path: string
  readonly text: string
}

const hook = `repos:
  - repo: https://github.com/spec-lint/spec-lint
    rev: v${version}
    hooks:
      - id: spec-lint
`

const workflow = `name: Specifications
on:
  pull_request:
    paths: ["**/*.md", "spec-lint.yaml", "schemas/**"]
permissions:
  contents: read
jobs:
  spec-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: spec-lint/spec-lint@v${version}
`

const advice = `## Specifications

Begin a specification with \`npx spec-lint new TYPE "Title"\`; \`npx spec-lint types\` lists the types.
After each change of one run \`npx spec-lint --format agent FILE\` and mend what it reports, until it reports nothing.
\`npx spec-lint explain RULE\` gives the reason of a rule. Do not suppress a rule, and do not change \`spec-lint.yaml\`.
`

const remarkrc = `${toJson({plugins: ['spec-lint/preset']})}\n`

/** Each tool with the files that make it run spec-lint. */
export const integrations: {readonly [name: string]: readonly Integration[]} = {
  'pre-commit': [{path: '.pre-commit-config.yaml', text: hook}],
  github: [{path: '.github/workflows/spec-lint.yml', text: workflow}],
  remark: [{path: '.remarkrc.json', text: remarkrc}],
  agents: [
    {path: 'AGENTS.md', text: advice},
    {path: '.mcp.json', text: json({mcpServers: {'spec-lint': {command: 'npx', args: ['spec-lint', 'mcp']}}})},
  ],
  vscode: [
    // The extension asks for a configuration, and would format Markdown that is no specification in its own way.
    {path: '.remarkrc.json', text: remarkrc},
    {path: '.vscode/settings.json', text: json({'remark.requireConfig': true})},
    {path: '.vscode/extensions.json', text: json({recommendations: ['unifiedjs.vscode-remark']})},
  ],
}

function json(value: unknown): string {
  return `${toJson(value)}\n`
}
