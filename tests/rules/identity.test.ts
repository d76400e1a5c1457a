import {expect, test} from 'vitest'
import {lintText} from '../../src/index.ts'

const document = `# 20 – Loans

**Version:** 1.0.0

## Purpose

Loans between libraries.

## Functional Requirements

Nothing here yet but words that say what is to come.
`

test('a missing section whose heading begins with an identifier gets the number of the document', async () => {
  const result = await lintText(document, {type: 'prd'})
  const findings = result.kind === 'linted' ? result.findings : []
  const missing = findings.find(({reason}) => reason.includes('Name of the requirement'))
  expect(missing).toMatchObject({
    ruleId: 'required-sections',
    reason: 'Section `FR20.1 – Name of the requirement` is missing',
  })
  expect(missing?.note).toContain('### FR20.1 – Name of the requirement')
})

test('one without a number of its own has that of the type', async () => {
  const result = await lintText(document.replace('# 20 – Loans', '# PRD: Loans'), {type: 'prd'})
  const reasons = result.kind === 'linted' ? result.findings.map(({reason}) => reason) : []
  expect(reasons).toContain('Section `FR1.1 – Name of the requirement` is missing')
})
