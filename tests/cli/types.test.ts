import {afterEach, expect, test} from 'vitest'
import {folder, run} from '../support/cli.ts'

let made = folder({})
afterEach(() => made.remove())

test('types --show prints an outline, --markdown a template that describes the same type', () => {
  made = folder({})
  const outline = run(made.path, ['types', '--show', 'prd'])
  expect(outline.code).toBe(0)
  expect(outline.stdout).toContain('\n  status: Draft | Active | Deprecated\n')
  expect(outline.stdout).toContain(
    '\n    ### Database Migration: required in documents that change the database schema',
  )
  const template = run(made.path, ['types', '--show', 'prd', '--markdown'])
  expect(template.code).toBe(0)
  expect(template.stdout).toContain('\nstatus: Draft # Draft | Active | Deprecated\n')
  expect(template.stdout).toContain('All documents that change the database schema must include this section.')
})

test('types --show names the nearest type, --markdown asks for one', () => {
  made = folder({})
  const wrong = run(made.path, ['types', '--show', 'prdd'])
  expect({code: wrong.code, stderr: wrong.stderr}).toEqual({
    code: 2,
    stderr: 'spec-lint: There is no type `prdd`\n  Write `prd`.\n',
  })
  expect(run(made.path, ['types', '--markdown']).code).toBe(2)
})
