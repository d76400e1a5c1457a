import {join} from 'node:path'
import {expect, test} from 'vitest'
import {SpecLintError} from '../../src/config/error.ts'
import {loadConfig} from '../../src/config/load.ts'
import {known} from '../../src/run/options.ts'
import {place} from '../support/place.ts'

/** As the command line shows it. */
function mistake(text: string): string {
  try {
    loadConfig(join(place({'spec-lint.yaml': text}), 'spec-lint.yaml'), known)
    return ''
  } catch (error) {
    if (!(error instanceof SpecLintError)) throw error
    return `${error.line}:${error.column} ${error.message} | ${error.help}`
  }
}

test.for<readonly [string, string]>([
  ['types: {prd: {file: [a]}}\n', '1:15 `file` is no key of a configuration | Write `files`.'],
  ['types: [prd]\n', "1:8 `types` can't be a list | Write a map of keys."],
  ['types:\n', '1:7 `types` has no value | Write a map of keys.'],
  ['overrides: {files: [a]}\n', "1:12 `overrides` can't be a map of keys | Write a list."],
  ['overrides:\n  - files: [a]\n  - rules: {}\n', '3:5 Entry 2 of `overrides` has no `files` | Add `files`.'],
  ['ignore: docs\n', "1:9 `ignore` can't be `docs` | Write a list."],
  ['ignore: [a, 3]\n', "1:13 Entry 2 of `ignore` can't be `3` | Write text."],
  ['baseline: 3\n', "1:11 `baseline` can't be `3` | Write text."],
  ['dialect: postgres\n', "1:10 `dialect` can't be `postgres` | Write `postgresql`."],
  ['rules: {status-enum: 3}\n', '1:22 `3` is no severity | Write `off`, `info`, `warning` or `error`.'],
  ['rules:\n  status-enum:\n', '2:15 Rule `status-enum` has no severity | Write `off`, `info`, `warning` or `error`.'],
  ['rules: {status-enum: [eror, {}]}\n', '1:22 `eror` is no severity | Write `error`.'],
  ['rules: {status-enum: [error, {a: 1}]}\n', '1:31 `a` is no option of this rule | It has no options.'],
  [
    'rules: {status-enum: [error, {}, 3]}\n',
    '1:22 Rule `status-enum` has more than a severity and options | Write a severity, or a list of a severity and a map of options; `spec-lint explain status-enum` lists the options.',
  ],
  [
    'rules: {status-transition: [error, {allowSkip: maybe}]}\n',
    "1:48 Option `allowSkip` of rule `status-transition` can't be `maybe` | Write `true` or `false`; `spec-lint explain status-transition` lists the options.",
  ],
  ['suppressions: {requireReason: 7}\n', '1:31 `7` is no severity | Write `off`, `info`, `warning` or `error`.'],
  ['migrations: {tool: flyway}\n', '1:1 `migrations` has no `folder` | Add `folder`.'],
])('%s', ([text, expected]) => {
  expect(mistake(text)).toBe(expected)
})
