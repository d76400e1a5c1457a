/** Other linters of Markdown, each with the configuration that its own page begins with; installed beside, not part of the project. */
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const packages = {
  '@contextlint/cli': '0.5.3',
  '@eslint/markdown': '8.0.3',
  eslint: '10.15.0',
  'markdownlint-cli2': '0.22.1',
  'remark-cli': '12.0.1',
  'remark-frontmatter': '5.0.0',
  'remark-gfm': '4.0.1',
  'remark-lint-frontmatter-schema': '3.15.4',
  'remark-preset-lint-recommended': '7.0.1',
  rumdl: '0.2.75',
  textlint: '15.8.0',
  'textlint-rule-no-todo': '2.0.1',
}

const metadata = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {title: {type: 'string'}, status: {enum: ['Draft', 'Review', 'Approved']}},
}
const remark = {
  plugins: [
    'remark-frontmatter',
    'remark-gfm',
    'remark-preset-lint-recommended',
    ['remark-lint-frontmatter-schema', {schemas: {'./metadata.json': ['**/*.md']}}],
  ],
}
const contextlint = {
  include: ['**/*.md'],
  rules: [{rule: 'tbl001', options: {requiredColumns: ['ID']}}, {rule: 'ref001'}],
}
const eslint = `import markdown from '@eslint/markdown'
export default [{...markdown.configs.recommended[0], files: ['**/*.md'], language: 'markdown/gfm'}]
`

/** Installs them in a folder, and says how each is started there on all files below `docs`. */
export function others(folder) {
  mkdirSync(folder, {recursive: true})
  const manifest = `${JSON.stringify({private: true, type: 'module', dependencies: packages}, undefined, 2)}\n`
  const known = join(folder, 'package.json')
  if (!existsSync(join(folder, 'node_modules')) || readFileSync(known, 'utf8') !== manifest) {
    writeFileSync(known, manifest)
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund'], {cwd: folder, stdio: 'inherit'})
  }
  const files = {
    'metadata.json': JSON.stringify(metadata),
    '.remarkrc.json': JSON.stringify(remark),
    'contextlint.config.json': JSON.stringify(contextlint),
    'eslint.config.js': eslint,
    '.textlintrc.json': JSON.stringify({rules: {'no-todo': true}}),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const program = (name, ...args) => [join(folder, 'node_modules/.bin', name), ...args]
  return {
    'remark-cli, its preset and a schema of the front matter': program('remark', '--quiet', '--no-stdout', 'docs'),
    'markdownlint-cli2': program('markdownlint-cli2', 'docs/**/*.md'),
    'textlint, one rule': program('textlint', 'docs/**/*.md'),
    'ESLint with its Markdown plugin': program('eslint', 'docs'),
    'contextlint, two rules': program('contextlint', 'docs/**/*.md'),
    'rumdl (Rust)': program('rumdl', 'check', '--no-cache', 'docs'),
  }
}
