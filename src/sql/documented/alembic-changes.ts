import type {CodeBlock, Section, SpecDocument, Span} from '../../document/types.ts'
import type {SchemaChange} from '../changes.ts'
import type {SchemaOperation} from '../ddl.ts'

/** What the operations of Alembic do to a schema. */
const verbs: Readonly<Record<string, SchemaOperation>> = {
  create_table: 'create-table',
  drop_table: 'drop-table',
  rename_table: 'alter-table',
  batch_alter_table: 'alter-table',
  add_column: 'alter-table',
  alter_column: 'alter-table',
  drop_column: 'alter-table',
  create_index: 'create-index',
  drop_index: 'drop-index',
  create_foreign_key: 'alter-table',
  create_unique_constraint: 'alter-table',
  create_primary_key: 'alter-table',
  create_check_constraint: 'alter-table',
  create_exclude_constraint: 'alter-table',
  drop_constraint: 'alter-table',
  create_table_comment: 'alter-table',
}

/** Comments, strings, functions, calls of `op`, and all else. */
const token = new RegExp(
  [
    String.raw`#[^\r\n]*`,
    String.raw`"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*(?:"""|$)`,
    String.raw`'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*(?:'''|$)`,
    String.raw`"[^"\\\r\n]*(?:\\[\s\S][^"\\\r\n]*)*(?:"|(?=[\r\n])|$)`,
    String.raw`'[^'\\\r\n]*(?:\\[\s\S][^'\\\r\n]*)*(?:'|(?=[\r\n])|$)`,
    String.raw`\bdef\s+(?<defined>\w+)`,
    String.raw`\bop\.(?<verb>\w+)\(`,
    String.raw`[\w.]+`,
    String.raw`\S`,
  ].join('|'),
  'gu',
)

/**
 * Operations of Alembic outside of `downgrade`, told from the tokens, so that no parser of Python has to be loaded.
 * `op.execute` counts where its string begins with a DDL statement.
 */
export function alembicChanges(document: SpecDocument): readonly SchemaChange[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.codes
      .filter(({language, value}) => (language === 'python' || language === 'py') && /\bop\.\w/u.test(value))
      .flatMap((code) => inCode(code, section)),
  )
}

interface Call extends Span {
  readonly verb: string
  /** Its first argument, when that is a string. */
  readonly text: string | undefined
}

function inCode(code: CodeBlock, section: Section): readonly SchemaChange[] {
  return callsIn(code.value).flatMap(({verb, text, start, end}) => {
    const operation = verb === 'execute' ? executed(text ?? '') : Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (operation === undefined) return []
    const name = verb === 'execute' ? undefined : text
    return [
      {
        kind: 'schemaChange',
        operation,
        name,
        label: name === undefined ? `op.${verb}` : `op.${verb}("${name}")`,
        source: 'alembic',
        columns: [],
        section,
        start: code.offsetAt(start),
        end: code.offsetAt(end - 1) + 1,
      },
    ]
  })
}

function callsIn(text: string): readonly Call[] {
  const calls: Call[] = []
  let inDowngrade = false
  let open: {readonly verb: string; readonly start: number} | undefined
  for (const match of text.matchAll(token)) {
    const [whole] = match
    const {defined, verb} = match.groups ?? {}
    const end = match.index + whole.length
    if (whole.startsWith('#')) continue
    if (open) {
      const isString = /^["']/u.test(whole)
      // `op.execute(sa.text("…"))`, `f"…"`
      if (!isString && /^(?:[rbufRBUF]{1,2}|sa\.text|text|op\.f|sa\.DDL|\()$/u.test(whole)) continue
      calls.push({
        ...open,
        end: isString ? end : open.start + open.verb.length + 3,
        text: isString ? inside(whole) : undefined,
      })
      open = undefined
    }
    if (defined !== undefined) inDowngrade = defined === 'downgrade'
    if (verb !== undefined && !inDowngrade) open = {verb, start: match.index}
  }
  return calls
}

function inside(string: string): string {
  const mark = /^(?:"""|'''|"|')/u.exec(string)?.[0] ?? ''
  return string.slice(mark.length, string.endsWith(mark) ? string.length - mark.length : string.length)
}

function executed(sql: string): SchemaOperation | undefined {
  const words = /^\s*(CREATE|ALTER|DROP)\s+(?:(?:OR\s+REPLACE|UNIQUE)\s+)*(\w+)/i.exec(sql)
  const [, verb = '', noun = ''] = words ?? []
  if (!words || /^TEMP(?:ORARY)?$/i.test(noun)) return undefined
  const kind = /^(?:table|index|type)$/i.test(noun) ? noun.toLowerCase() : 'other'
  return `${verb.toLowerCase()}-${kind}` as SchemaOperation
}
