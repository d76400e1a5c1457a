import type {Executable} from './model.ts'
import {extensionModule} from './extensions.ts'
import {tokensOf} from '../sql/tokens.ts'

/** A statement that is never executed, and why: half a sentence. */
export interface Refusal {
  readonly index: number
  readonly why: string
}

/** The statements that may run. Whatever is not here is refused: COPY, LOAD, ALTER SYSTEM, CREATE DATABASE, foreign servers, … */
const allowed = new Set(
  `CreateStmt AlterTableStmt DropStmt IndexStmt RenameStmt CreateEnumStmt AlterEnumStmt CreateDomainStmt AlterDomainStmt
  CompositeTypeStmt CreateFunctionStmt AlterFunctionStmt CreateTrigStmt CreatePolicyStmt AlterPolicyStmt CreateExtensionStmt
  CreateSeqStmt AlterSeqStmt ViewStmt CreateTableAsStmt RefreshMatViewStmt CommentStmt CreateSchemaStmt GrantStmt CreateRoleStmt
  DropRoleStmt GrantRoleStmt InsertStmt UpdateStmt DeleteStmt MergeStmt SelectStmt TransactionStmt VariableSetStmt AlterOwnerStmt
  AlterObjectSchemaStmt TruncateStmt CreateStatsStmt AlterDefaultPrivilegesStmt ConstraintsSetStmt LockStmt ExplainStmt DoStmt
  VacuumStmt ReindexStmt CreatePublicationStmt AlterTypeStmt CreateRangeStmt DefineStmt CreateCastStmt RuleStmt CallStmt
  AlterExtensionStmt CreateEventTrigStmt AlterStatsStmt AlterEventTrigStmt VariableShowStmt AlterObjectDependsStmt DropOwnedStmt
  ReassignOwnedStmt AlterRoleStmt PrepareStmt ExecuteStmt DeallocateStmt`.split(/\s+/u),
)

/** Functions that reach files, other servers, other sessions or the settings that hold a statement to its limits. */
const forbidden =
  /^(?:pg_read_file|pg_read_binary_file|pg_read_server_files|pg_ls_\w+|pg_stat_file|lo_\w+|loread|lowrite|lo|pg_sleep\w*|pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|dblink\w*|pg_file_\w+|pg_logdir_ls|set_config|query_to_xml\w*|table_to_xml\w*|cursor_to_xml\w*|schema_to_xml\w*|database_to_xml\w*|pg_switch_wal|pg_create_restore_point|pg_logical_\w+|pg_replication_\w+|pg_promote|pg_export_snapshot|pg_advisory_\w+|pg_try_advisory_\w+|load_extension|readfile|writefile|edit|fts3_tokenizer)$/iu

const settings =
  /^(?:statement_timeout|lock_timeout|idle_\w+_timeout|transaction_timeout|role|session_authorization|data_directory|\w*_?preload_libraries|dynamic_library_path|.*_library.*|exit_on_error|max_stack_depth|search_path_lock)$/iu

interface Parser {
  parse(sql: string): unknown
}

/** Loads what reads PostgreSQL's statements as trees. */
export async function loadGate(): Promise<Parser> {
  const {loadModule, parseSync} = await import('libpg-query')
  await loadModule()
  return {parse: (sql) => parseSync(sql)}
}

/** The first statement of each script that is never executed. */
export function refusals(statements: readonly string[], dialect: Executable, parser: Parser): readonly Refusal[] {
  // Of MySQL nothing is executed.
  if (dialect === 'mysql') return []
  return statements.flatMap((sql, index) => {
    const why = dialect === 'sqlite' ? refusedInSqlite(sql) : refusedInPostgres(sql, parser)
    return why === undefined ? [] : [{index, why}]
  })
}

/** Settings of a session that mean nothing here, such as `SET lock_timeout`: a migration has them, and they are left out. */
export function isIdle(sql: string): boolean {
  const [, name] = /^\s*(?:SET\s+(?:SESSION\s+|LOCAL\s+)?|RESET\s+)(\w+)/iu.exec(sql) ?? []
  return name !== undefined && (settings.test(name) || /^session$/iu.test(name))
}

function refusedInPostgres(sql: string, parser: Parser): string | undefined {
  let tree: unknown
  try {
    tree = parser.parse(sql)
  } catch {
    // What can't be read can't be run either: the engine says why.
    return hiddenIn(sql)
  }
  const [first] = valuesOf(tree, 'stmts').flat() as readonly Tree[]
  const statement = first?.['stmt']
  const kind = isTree(statement) ? (Object.keys(statement)[0] ?? '') : ''
  if (kind !== '' && !allowed.has(kind)) return `${wordsOf(sql)} is never executed`
  return walk(statement)
}

type Tree = Readonly<Record<string, unknown>>

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valuesOf(tree: unknown, key: string): readonly unknown[] {
  return isTree(tree) && key in tree ? [tree[key]] : []
}

/** Looks at every node, without recursion: a statement may nest as deep as its parser takes it. */
function walk(root: unknown): string | undefined {
  const open: unknown[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node)) open.push(...(node as readonly unknown[]))
    if (!isTree(node)) continue
    for (const [key, value] of Object.entries(node)) {
      const why = refusedNode(key, value)
      if (why !== undefined) return why
      if (typeof value === 'object' && value !== null) open.push(value)
    }
  }
  return undefined
}

function refusedNode(key: string, value: unknown): string | undefined {
  if (key === 'funcname' && Array.isArray(value)) {
    const name = stringIn((value as readonly unknown[]).at(-1))
    return forbidden.test(name) ? `function \`${name}\` is never executed` : undefined
  }
  if (key === 'CopyStmt') return '`COPY` is never executed'
  if (!isTree(value)) return undefined
  if (/^(?:Insert|Update|Delete|Merge|Truncate)Stmt$/u.test(key)) {
    const name = relationIn(value)
    if (name.startsWith('pg_')) return `writing to \`${name}\` is never executed`
  }
  if (key === 'CreateExtensionStmt') return refusedExtension(value)
  if (key === 'VariableSetStmt' && settings.test(String(value['name']))) return undefined
  if (key !== 'DefElem') return undefined
  const name = String(value['defname'])
  if (name === 'language') {
    const language = stringIn(value['arg']).toLowerCase()
    return /^(?:sql|plpgsql)$/u.test(language) ? undefined : `language \`${language}\` is never executed`
  }
  return name === 'as' ? hiddenIn(stringsIn(value['arg'])) : undefined
}

/** The table that a statement writes to. */
function relationIn(statement: Tree): string {
  const {relation} = statement
  return isTree(relation) ? String(relation['relname']) : ''
}

function refusedExtension(value: Tree): string | undefined {
  const name = String(value['extname'])
  return extensionModule(name) === undefined && name !== 'plpgsql'
    ? `extension \`${name}\` is not one of those that can be loaded`
    : undefined
}

function stringIn(node: unknown): string {
  const [inner] = valuesOf(node, 'String')
  const [text] = valuesOf(inner, 'sval')
  return typeof text === 'string' ? text : ''
}

function stringsIn(node: unknown): string {
  const open: unknown[] = [node]
  const found: string[] = []
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (stringIn(one) !== '') found.push(stringIn(one))
    if (Array.isArray(one)) open.push(...(one as readonly unknown[]))
    else if (isTree(one)) open.push(...Object.values(one).filter((inner) => typeof inner === 'object'))
  }
  return found.join('\n')
}

/** The body of a function is text until it runs: what it must not do is looked for in its words. */
function hiddenIn(body: string): string | undefined {
  const tokens = tokensOf(body, 'postgresql').filter(({kind}) => kind !== 'comment')
  for (const [index, {word, text, kind}] of tokens.entries()) {
    if (kind === 'string' && text.length > 2) {
      const inner = /^(?:[eE]?'|\$\w*\$)([\s\S]*)(?:'|\$\w*\$)$/u.exec(text)?.[1] ?? ''
      // A string within the body may be run by EXECUTE.
      const why = /\b(?:copy|load|alter\s+system|pg_\w+|lo_\w+|dblink\w*|set_config)\b/iu.test(inner)
        ? hiddenIn(inner)
        : undefined
      if (why !== undefined) return why
    }
    if (word === 'COPY' && /^(?:\w|"|\()/u.test(tokens[index + 1]?.text ?? '')) return '`COPY` is never executed'
    if (word === 'SYSTEM' && tokens[index - 1]?.word === 'ALTER') return '`ALTER SYSTEM` is never executed'
    if (word === 'LOAD' && tokens[index + 1]?.text.startsWith("'") === true) return '`LOAD` is never executed'
    if (forbidden.test(text.replaceAll('"', '')) && tokens[index + 1]?.text === '(')
      return `function \`${text}\` is never executed`
  }
  return undefined
}

const inSqlite = /^(?:ATTACH|DETACH|VACUUM)$/u
const pragmas =
  /^(?:foreign_keys|defer_foreign_keys|legacy_alter_table|foreign_key_check|foreign_key_list|integrity_check|quick_check|table_info|table_xinfo|index_list|index_info|user_version|journal_mode|synchronous|busy_timeout|recursive_triggers|encoding|application_id|ignore_check_constraints|optimize|case_sensitive_like)$/iu

function refusedInSqlite(sql: string): string | undefined {
  const tokens = tokensOf(sql, 'sqlite').filter(({kind}) => kind !== 'comment')
  const [first, second, third, fourth] = tokens
  if (inSqlite.test(first?.word ?? '')) return `\`${first?.text}\` is never executed`
  if (first?.word === 'PRAGMA') {
    const name = third?.text === '.' ? fourth?.text : second?.text
    return pragmas.test(name ?? '') ? undefined : `\`PRAGMA ${name ?? ''}\` is never executed`
  }
  const call = tokens.find(({text}, index) => forbidden.test(text) && tokens[index + 1]?.text === '(')
  return call && `function \`${call.text}\` is never executed`
}

/** The first words of a statement, for a sentence. */
function wordsOf(sql: string): string {
  const words = tokensOf(sql, 'postgresql')
    .filter(({kind}) => kind === 'word')
    .slice(0, 2)
    .map(({word}) => word)
  const [verb = ''] = words
  return `\`${/^(?:ALTER|CREATE|DROP|IMPORT|SECURITY)$/u.test(verb) ? words.join(' ') : verb}\``
}
