import {byFile, wholeMessage} from './lines.ts'
import type {Report} from './types.ts'
import {xml} from './xml.ts'

/** Checkstyle's XML, which older CI servers read. */
export function checkstyle({problems, errors, files}: Report): string {
  const found = byFile(problems)
  const rows = files.flatMap((path) => [
    `  <file name="${xml(path)}">`,
    ...(found.get(path) ?? []).map(
      (problem) =>
        `    <error line="${problem.from.line}" column="${problem.from.column}" severity="${problem.severity}" message="${xml(wholeMessage(problem))}" source="spec-lint.${problem.ruleId}"/>`,
    ),
    '  </file>',
  ])
  const broken = errors.map(
    ({path, code, message}) =>
      `  <file name="${xml(path)}">\n    <error line="1" column="1" severity="error" message="${xml(message)}" source="spec-lint.${xml(code)}"/>\n  </file>`,
  )
  return `${['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">', ...rows, ...broken, '</checkstyle>'].join('\n')}\n`
}
