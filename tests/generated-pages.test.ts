import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {rules} from '../rules/index.ts'
import {configSchema} from '../src/config/schema.ts'
import {remarkLintRules} from '../src/lint/remark-lint.ts'
import {builtinTypes} from '../src/type/builtin.ts'
import {frontMatterSchema} from '../src/type/frontmatter.ts'
import type {SectionSpec} from '../src/rule/types.ts'
import {ruleIndex, rulePage, ruleTables} from './support/pages.ts'
import {typeIndex, typePage} from './support/type-pages.ts'

const root = join(import.meta.dirname, '..')
const ids = readdirSync(join(root, 'rules'))
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.replace(/\.ts$/u, ''))
  .toSorted()

// `npm run generate` rewrites what is compared here; with `CI` set, a stale file fails.

test.for(rules.map((rule) => [rule.id, rule] as const))('docs/rules/%s.md', async ([, rule]) => {
  await expect(rulePage(rule)).toMatchFileSnapshot(join(root, `docs/rules/${rule.id}.md`))
})

test('docs/rules/README.md', async () => {
  await expect(ruleIndex(rules)).toMatchFileSnapshot(join(root, 'docs/rules/README.md'))
})

test('docs/rules holds the pages of rules alone', () => {
  expect(readdirSync(join(root, 'docs/rules')).toSorted()).toEqual(
    ['README.md', ...ids.map((id) => `${id}.md`)].toSorted(),
  )
})

test.for(builtinTypes())('docs/types/$name.md', async (type) => {
  await expect(typePage(type)).toMatchFileSnapshot(join(root, `docs/types/${type.name}.md`))
})

test('docs/types/README.md', async () => {
  await expect(typeIndex(builtinTypes())).toMatchFileSnapshot(join(root, 'docs/types/README.md'))
})

test('docs/types holds the pages of types alone', () => {
  expect(readdirSync(join(root, 'docs/types')).toSorted()).toEqual(
    ['README.md', ...builtinTypes().map(({name}) => `${name}.md`)].toSorted(),
  )
})

test.for(builtinTypes())('every section of $name says why it is there', ({outline}) => {
  const without = (sections: readonly SectionSpec[]): readonly string[] =>
    sections.flatMap(({heading, description, children}) => [
      ...(description === undefined ? [heading] : []),
      ...without(children),
    ])
  expect(without(outline.sections)).toEqual([])
})

test('README.md has the table of the rules', async () => {
  const path = join(root, 'README.md')
  const [before = '', after = ''] = readFileSync(path, 'utf8').split(/<!-- rules -->[\s\S]*<!-- \/rules -->/u)
  const tables = ruleTables(rules, 'docs/rules/')
  await expect(`${before}<!-- rules -->\n\n${tables}\n\n<!-- /rules -->${after}`).toMatchFileSnapshot(path)
})

test('schemas/config.schema.json', async () => {
  await expect(json(configSchema(rules, remarkLintRules))).toMatchFileSnapshot(join(root, 'schemas/config.schema.json'))
})

test.for(builtinTypes())('schemas/$name.front-matter.schema.json', async (type) => {
  const path = join(root, `schemas/${type.name}.front-matter.schema.json`)
  await expect(
    json(frontMatterSchema(type, 'https://raw.githubusercontent.com/spec-lint/spec-lint/main/schemas')),
  ).toMatchFileSnapshot(path)
})

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
