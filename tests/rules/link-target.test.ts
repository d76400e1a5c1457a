import {expect, test} from 'vitest'
import {runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import {clean, place} from '../support/place.ts'

test('addresses that lead to something once they are published are the configuration’s to name', async () => {
  const links = 'See [one](../EIPS/eip-1.md#a), [two](../ERCS/erc-2.md) and [three](./EIPS/eip-3.md).'
  const cwd = place({
    'docs/a.md': `${clean.trimEnd()}\n\n${links}\n`,
    'spec-lint.yaml':
      'types: {prd: {files: ["docs/**"]}}\nrules: {link-target: [error, {elsewhere: ["../EIPS/", "/assets/"]}]}\n',
  })
  const {files} = await lintPaths(['.'], runOptions({cwd, only: ['link-target']}))
  expect(
    files.flatMap(({text, result}) =>
      result.findings.map(({start, end, reason}) => [text.slice(start, end), reason] as const),
    ),
  ).toEqual([
    ['../ERCS/erc-2.md', '`../ERCS/erc-2.md` leads to no file'],
    ['./EIPS/eip-3.md', '`./EIPS/eip-3.md` leads to no file'],
  ])
})
