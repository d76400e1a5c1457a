import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {bindTo} from '../../src/lint/prepare.ts'
import {specificationOf} from '../../src/lint/specification.ts'
import {createWorkspace} from '../../src/lint/workspace.ts'
import type {Target} from '../../src/rule/types.ts'
import {folder} from '../support/cli.ts'
import {builtinType} from '../support/lint.ts'

const outer = folder({
  'secret.md': '# Secret\n',
  'repo/docs/a.md': '# A\n\n## One\n',
  'repo/docs/Guide.md': '# Guide\n',
  'repo/docs/img/plan.png': 'x',
  'repo/README.md': '# Read me\n',
  'repo/deep.md': `${'>'.repeat(8_000)} a\n`,
})
afterAll(outer.remove)
const root = join(outer.path, 'repo')
const link = (from: string, to: string): void => {
  mkdirSync(dirname(join(root, from)), {recursive: true})
  symlinkSync(to, join(root, from))
}
link('docs/out.md', join(outer.path, 'secret.md'))
link('docs/in.md', 'a.md')
link('docs/up', '..')
link('docs/loop.md', 'loop.md')
link('docs/away', outer.path)
writeFileSync(join(root, 'docs/self.md'), '# Self\n')

const workspace = createWorkspace({root, today: '2026-11-21', typesOf: () => ({given: undefined, detected: []})})
const self = workspace.projectOf(join(root, 'docs/self.md'), readDocument('# Self\n'))
const target = (path: string): Target => self.target(path)
const brief = (one: Target): string =>
  one.kind === 'file'
    ? `file ${one.path}`
    : one.kind === 'missing'
      ? `missing ${one.nearest.join(' ')}`.trim()
      : one.kind

describe('what a path leads to', () => {
  test.for([
    ['a.md', 'file docs/a.md'],
    ['./a.md', 'file docs/a.md'],
    ['../README.md', 'file README.md'],
    ['/README.md', 'file README.md'],
    ['/docs/a.md', 'file docs/a.md'],
    ['img/plan.png', 'file docs/img/plan.png'],
    ['img/', 'directory'],
    ['..', 'directory'],
    ['a', 'file docs/a.md'],
    ['a.html', 'file docs/a.md'],
    ['guide.md', 'missing Guide.md'],
    ['./guide.md', 'missing ./Guide.md'],
    ['/docs/guide.md', 'missing /docs/Guide.md'],
    ['IMG/plan.png', 'missing img/plan.png'],
    ['b/c.md', 'missing'],
    ['a.md/b', 'missing'],
    ['../../secret.md', 'outside'],
    ['../../../../../../../../etc/passwd', 'outside'],
    ['/../secret.md', 'outside'],
    ['out.md', 'outside'],
    ['away/secret.md', 'outside'],
    ['up/README.md', 'file README.md'],
    ['in.md', 'file docs/a.md'],
    ['loop.md', 'outside'],
    ['a\0.md', 'missing a.md in.md'],
  ] as const)('%j: %s', ([path, expected]) => expect(brief(target(path))).toBe(expected))

  test('a Markdown file has its anchors, another one none', () => {
    const page = target('a.md')
    expect(page.kind === 'file' && [...(page.anchors ?? [])]).toEqual(['top', 'a', 'one'])
    expect(target('img/plan.png')).toMatchObject({anchors: undefined})
  })

  test('a file that cannot be parsed is there all the same', () => {
    expect(target('../deep.md')).toMatchObject({kind: 'file', path: 'deep.md'})
  })
})

describe('what others may know of a document', () => {
  const about = (text: string, type: string) =>
    specificationOf(bindTo(readDocument(text), builtinType(type)), 'docs/prd/7.md')

  test.for([
    ['prd', '# PRD-7 – Search\n', 'PRD-7'],
    ['prd', '# 0007: Search\n', '0007'],
    ['prd', '# [PRD Number] – [Feature Name]\n', undefined],
    ['data-migration', '# Specification: DM-014 Barcodes\n', 'DM-014'],
    ['data-migration', '# Specification: Barcodes\n', undefined],
    ['prd-iosm', '# PRD: Search\n\n**Track ID:** saved-search\n', 'saved-search'],
    ['prd-iosm', '# PRD: Search\n\n**Track ID:** [track-id]\n', undefined],
    ['data-model-design', '# Data Model Design: Orders\n\n## Overview\n\n**Feature**: Orders\n', 'Orders'],
  ] as const)('identity: %s %s', ([type, text, identity]) => expect(about(text, type).identity).toBe(identity))

  test('relations by path, link and identity', () => {
    const text =
      '---\nsupersedes: [PRD-3, ../old/4.md]\ndepends_on: "[five](5.md#x)"\nsuperseded_by: null\n---\n# PRD-7 – Search\n'
    expect(about(text, 'prd').relations).toEqual([
      {kind: 'supersedes', text: 'PRD-3', path: undefined},
      {kind: 'supersedes', text: '../old/4.md', path: 'docs/old/4.md'},
      {kind: 'depends-on', text: '[five](5.md#x)', path: 'docs/prd/5.md'},
    ])
  })
})
