import {byFile, placeOf, wholeMessage} from './lines.ts'
import type {Problem, Report} from './types.ts'
import {xml} from './xml.ts'

/** Test results: a suite a file, a failed case a problem. A file without problems is one case that passes. */
export function junit({problems, errors, files, counts}: Report): string {
  const found = byFile(problems)
  const suites = files.map((path) => suite(path, found.get(path) ?? []))
  const broken = errors.map(
    ({path, message}) =>
      `  <testsuite name="${xml(path)}" tests="1" failures="0" errors="1" skipped="0">\n    <testcase name="read" classname="${xml(path)}" file="${xml(path)}"><error type="not-read" message="${xml(message)}"/></testcase>\n  </testsuite>`,
  )
  const cases = files.reduce((sum, path) => sum + Math.max(1, found.get(path)?.length ?? 0), errors.length)
  const seconds = (counts.durationMs / 1000).toFixed(3)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="spec-lint" tests="${cases}" failures="${problems.length}" errors="${errors.length}" time="${seconds}">`,
    ...suites,
    ...broken,
    '</testsuites>',
  ].join('\n')}\n`
}

function suite(path: string, problems: readonly Problem[]): string {
  const name = xml(path)
  const cases =
    problems.length === 0
      ? [`    <testcase name="spec-lint" classname="${name}" file="${name}"/>`]
      : problems.map((problem) => failure(problem))
  return [
    `  <testsuite name="${name}" tests="${cases.length}" failures="${problems.length}" errors="0" skipped="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n')
}

function failure(problem: Problem): string {
  const {path, from, severity, ruleId, reason, url} = problem
  const name = xml(path)
  return [
    `    <testcase name="${ruleId} ${from.line}:${from.column}" classname="${name}" file="${name}" line="${from.line}">`,
    `      <failure type="${severity}" message="${xml(reason)}">${xml(placeOf(problem))} ${xml(wholeMessage(problem))} ${xml(url)}</failure>`,
    '    </testcase>',
  ].join('\n')
}
