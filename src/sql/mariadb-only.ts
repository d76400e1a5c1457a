/** What MariaDB has and MySQL refuses, though the parser reads both. */
import type {SpecDocument} from '../document/types.ts'
import type {SqlProblem, StatementFact} from './model.ts'
import {indexAt, spanOf} from './statement.ts'

const condition = String.raw`IF\s{1,20}(?:NOT\s{1,20})?EXISTS\b`
/** Conditions on parts of tables and on indexes; those on whole objects are fine. */
const only = [
  new RegExp(
    String.raw`^\s*ALTER\s{1,20}TABLE\b[\s\S]{0,20000}?\b(?:ADD|DROP|MODIFY|CHANGE)\s{1,20}(?:(?:COLUMN|INDEX|KEY|FOREIGN\s{1,20}KEY|CONSTRAINT|UNIQUE)\s{1,20})?(${condition})`,
    'diu',
  ),
  new RegExp(String.raw`^\s*ALTER\s{1,20}TABLE\s{1,20}(${condition})`, 'diu'),
  new RegExp(
    String.raw`^\s*(?:CREATE\s{1,20}(?:UNIQUE\s{1,20}|FULLTEXT\s{1,20})?|DROP\s{1,20})INDEX\s{1,20}(${condition})`,
    'diu',
  ),
]

/** In a document that speaks of MySQL, and of none that reads more. */
export function mariaDbOnly({text}: SpecDocument, statements: readonly StatementFact[]): readonly SqlProblem[] {
  if (!/mysql/i.test(text) || /mariadb|tidb|percona/i.test(text)) return []
  return statements.flatMap((statement): readonly SqlProblem[] => {
    const {code, dialect, start, end} = statement
    if (dialect !== 'mysql' || statement.template || !/\bIF\s/iu.test(statement.text)) return []
    const bare = statement.text.replaceAll(/'[^']*'|--[^\n]*|\/\*[^*]*\*\//gu, (part) => ' '.repeat(part.length))
    const [from, to] = only.map((one) => one.exec(bare)?.indices?.[1]).find((one) => one !== undefined) ?? []
    if (from === undefined || to === undefined) return []
    const at = indexAt(code, start)
    const message = `only MariaDB has \`${statement.text.slice(from, to)}\` here`
    return [{message, limit: false, statement: {start, end}, dialect, ...spanOf(code, at + from, at + to)}]
  })
}
