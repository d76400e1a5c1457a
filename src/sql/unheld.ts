/** Foreign keys that the database doesn't look at, as `SET foreign_key_checks = 0` says. */
import type {Operation} from './model.ts'

const settings = /foreign_key_checks|session_replication_role/i
const off =
  /\bforeign_key_checks\s*(?::=|=|\bTO\b)\s*'?(?:0|off|false)\b|\bsession_replication_role\s*(?:=|\bTO\b)\s*'?replica\b/i

/** Tells whether keys are looked at where an operation stands: whichever setting comes last before it counts. */
export function keysUnheld(script: readonly Operation[]): (one: Operation) => boolean {
  const found = script.filter(({statement}) => settings.test(statement.text))
  if (found.length === 0) return () => false
  return ({start}) => {
    const last = found.findLast((one) => one.start <= start)
    return last !== undefined && off.test(last.statement.text)
  }
}
