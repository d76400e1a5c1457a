import type {SyntaxNode} from '@lezer/common'
import type {SpecDocument} from '../../document/types.ts'
import type {ColumnFact, ConstraintFact, Name, Operation, StatementFact} from '../model.ts'
import {typeDraft} from './alembic-types.ts'
import type {MigrationScript} from './model.ts'
import {checkOf, names, pythonColumn, pythonConstraint} from './python-columns.ts'
import {
  type Call,
  type PythonCode,
  type PythonParser,
  callOf,
  childrenOf,
  elementsOf,
  lastWord,
  pythonCodes,
  statementsIn,
  stringIn,
  textOf,
  written,
} from './python-syntax.ts'
import {isHole, nameOf, spanOf} from './stretch.ts'
import {typeOf} from './types.ts'

/** An operation without its statement. */
type Draft = Operation extends infer One
  ? One extends Operation
    ? Omit<One, 'statement' | 'start' | 'end'>
    : never
  : never

/** The functions `upgrade` and `downgrade` of Alembic migrations as operations. */
export function alembicIn(document: SpecDocument, parser: PythonParser): readonly MigrationScript[] {
  return pythonCodes(document, parser).flatMap((code) => {
    const functions = childrenOf(code.top).filter(({name}) => name === 'FunctionDefinition')
    const named = (wanted: string): SyntaxNode | undefined =>
      functions.find((one) => {
        const name = one.getChild('VariableName')
        return name !== null && textOf(name, code) === wanted
      })
    const upgrade = named('upgrade')
    const downgrade = named('downgrade')
    if (!upgrade && !downgrade) return []
    const {start, end} = code.code
    return [
      {
        kind: 'migrationScript' as const,
        start,
        end,
        upgrade: statementsOf(upgrade, code),
        downgrade: statementsOf(downgrade, code),
        code: code.code,
        section: code.section,
      },
    ]
  })
}

function statementsOf(node: SyntaxNode | undefined, code: PythonCode): readonly StatementFact[] {
  const body = node?.getChild('Body')
  if (!body) return []
  const batches = new Map<string, Name>()
  return statementsIn(body).flatMap((statement) => {
    const [first, second, , fourth] = childrenOf(statement)
    if (statement.name === 'WithStatement') {
      const call = callOf(second, code)
      const table = names(call?.positional ?? [], code)[0]
      if (call?.name.endsWith('.batch_alter_table') === true && fourth && table)
        batches.set(textOf(fourth, code), table)
      return []
    }
    const call = statement.name === 'ExpressionStatement' ? callOf(first, code) : undefined
    const receiver = call?.name.slice(0, call.name.lastIndexOf('.')) ?? ''
    if (!call) return []
    if (receiver === 'op' || batches.has(receiver))
      return [statementOf(call.node, draftsOf(call, batches.get(receiver), code), code)]
    const type = typeDraft(first, code)
    return type ? [statementOf(call.node, [type], code)] : []
  })
}

/** Its lines were read as if they ended in one character. */
function isPlainLined({code, whole}: PythonCode): boolean {
  return whole.text.length < code.value.length
}

/** Of code whose lines all end in two characters, the parser has one. */
function withReturns(text: string): string {
  return text.replaceAll('\n', '\r\n')
}

function statementOf(node: SyntaxNode, drafts: readonly Draft[], code: PythonCode): StatementFact {
  const stretch = written(node, code)
  const operations: Operation[] = []
  const statement: StatementFact = {
    ...spanOf(stretch),
    code: code.code,
    section: code.section,
    dialect: 'postgresql',
    // As the document has it.
    text: isPlainLined(code) ? withReturns(stretch.text) : stretch.text,
    template: isHole(stretch.text.replaceAll(/\[[^\]]*\]/gu, '')),
    comments: [],
    operations,
  }
  for (const draft of drafts) operations.push({...draft, start: statement.start, end: statement.end, statement})
  return statement
}

function draftsOf(call: Call, batch: Name | undefined, code: PythonCode): readonly Draft[] {
  const verb = lastWord(call.name)
  const given = names(call.positional, code)
  // Within a batch the table is that of the batch, and the first argument comes next.
  const table = batch ?? given[0] ?? keyword(call, 'table_name', code)
  const rest = batch ? given : given.slice(1)
  const [first] = given
  const [next] = rest
  const other: readonly Draft[] = [{kind: 'other', verb}]
  switch (verb) {
    case 'create_table':
      return first ? [created(call, first, code)] : other
    case 'drop_table':
      return first ? [{kind: 'drop-table', table: first, cascade: false}] : other
    case 'rename_table':
      return first && next ? [{kind: 'rename-table', table: first, to: next}] : other
    case 'add_column':
      return (table && added(call, table, code)) ?? other
    case 'drop_column':
      return table && next ? [{kind: 'drop-column', table, column: next}] : other
    case 'alter_column':
      return table && next ? altered(call, table, next, code) : other
    case 'create_index':
    case 'drop_index':
      return indexed(call, verb, batch, code) ?? other
    case 'drop_constraint':
      return dropped(call, batch, code) ?? other
    default:
      return constrained(call, verb, batch, code) ?? other
  }
}

function added(call: Call, table: Name, code: PythonCode): readonly Draft[] | undefined {
  const found = call.positional.map((one) => columnOf(one, code)).find((one) => one !== undefined)
  return found ? [{kind: 'add-column', table, ...found}] : undefined
}

function dropped(call: Call, batch: Name | undefined, code: PythonCode): readonly Draft[] | undefined {
  const given = call.positional.flatMap((one) => nameOrFunction(one, code))
  const kind = keyword(call, 'type_', code)?.text ?? given[batch ? 1 : 2]?.text ?? 'any'
  const what = (['foreign', 'unique', 'primary', 'check'] as const).find((one) => kind.startsWith(one)) ?? 'any'
  const table = batch ?? given[1] ?? keyword(call, 'table_name', code)
  return table ? [{kind: 'drop-constraint', table, name: given[0], what}] : undefined
}

function keyword(call: Call, key: string, code: PythonCode): Name | undefined {
  const value = stringIn(call.named.get(key), code)
  return value ? nameOf(value) : undefined
}

function columnOf(
  node: SyntaxNode,
  code: PythonCode,
): {readonly column: ColumnFact; readonly constraints: readonly ConstraintFact[]} | undefined {
  const call = callOf(node, code)
  const name = call && lastWord(call.name) === 'Column' ? names(call.positional, code)[0] : undefined
  if (!call || !name) return undefined
  const {column, constraints} = pythonColumn(call, name, undefined, node, code)
  return {column, constraints}
}

function created(call: Call, table: Name, code: PythonCode): Draft {
  const columns = call.positional.flatMap((one) => columnOf(one, code) ?? [])
  const constraints = call.positional.flatMap((one) => pythonConstraint(one, code) ?? [])
  const exists = call.named.get('if_not_exists')
  return {
    kind: 'create-table',
    table,
    columns: columns.map(({column}) => column),
    constraints: [...columns.flatMap((one) => one.constraints), ...constraints],
    ifNotExists: exists !== undefined && textOf(exists, code) === 'True',
    temporary: false,
  }
}

function altered(call: Call, table: Name, column: Name, code: PythonCode): readonly Draft[] {
  const found: Draft[] = []
  const type = call.named.get('type_')
  const nullable = call.named.get('nullable')
  const value = call.named.get('server_default')
  const to = keyword(call, 'new_column_name', code)
  if (type) found.push({kind: 'alter-type', table, column, type: typeOf(written(type, code))})
  if (nullable) found.push({kind: textOf(nullable, code) === 'False' ? 'set-not-null' : 'drop-not-null', table, column})
  if (value)
    found.push(
      /^(?:None|False)$/u.test(textOf(value, code))
        ? {kind: 'drop-default', table, column}
        : {kind: 'set-default', table, column, value: undefined},
    )
  if (to) found.push({kind: 'rename-column', table, column, to})
  return found.length > 0 ? found : [{kind: 'other', verb: 'alter_column'}]
}

function indexed(call: Call, verb: string, batch: Name | undefined, code: PythonCode): readonly Draft[] | undefined {
  const given = call.positional.flatMap((one) => nameOrFunction(one, code))
  const [name, second] = given
  const table = batch ?? second ?? keyword(call, 'table_name', code)
  const flag = (key: string): boolean =>
    /^True$/u.test(call.named.has(key) ? textOf(call.named.get(key) ?? call.node, code) : '')
  const concurrently = flag('postgresql_concurrently')
  if (verb === 'drop_index') return name ? [{kind: 'drop-index', name, table, concurrently}] : undefined
  const columns = names(elementsOf(call.positional[batch ? 1 : 2] ?? call.named.get('columns')), code)
  if (!table) return undefined
  const span = spanOf(written(call.node, code))
  return [
    {
      kind: 'create-index',
      index: {
        kind: 'index',
        ...span,
        name,
        table,
        columns,
        unique: flag('unique'),
        partial: call.named.has('postgresql_where') || call.named.has('sqlite_where'),
        concurrently,
      },
    },
  ]
}

/** `'ix_a'` or `op.f('ix_a')` */
function nameOrFunction(node: SyntaxNode, code: PythonCode): readonly Name[] {
  const call = callOf(node, code)
  return call && lastWord(call.name) === 'f' ? names(call.positional, code).slice(0, 1) : names([node], code)
}

function constrained(
  call: Call,
  verb: string,
  batch: Name | undefined,
  code: PythonCode,
): readonly Draft[] | undefined {
  const given = call.positional.flatMap((one) => nameOrFunction(one, code))
  const [name, second, third] = given
  const table = batch ?? second ?? keyword(call, 'table_name', code)
  const span = spanOf(written(call.node, code))
  const lists = [...call.positional, ...call.named.values()]
    .map((one) => elementsOf(one))
    .filter((list) => list.length > 0)
  const columns = names(lists[0] ?? [], code)
  const add = (constraint: ConstraintFact): readonly Draft[] | undefined =>
    table ? [{kind: 'add-constraint', table, constraint, notValid: false, usingIndex: false}] : undefined
  if (verb === 'create_unique_constraint') return add({kind: 'unique', ...span, name, columns})
  if (verb === 'create_primary_key') return add({kind: 'primary', ...span, name, columns})
  if (verb === 'create_check_constraint') {
    const text = stringIn(call.positional[batch ? 1 : 2] ?? call.named.get('condition'), code)
    return text ? add(checkOf(text, span, name)) : undefined
  }
  const to = batch ? second : (third ?? keyword(call, 'referent_table', code))
  if (verb !== 'create_foreign_key' || !to) return undefined
  const action = stringIn(call.named.get('ondelete'), code)
  return add({
    kind: 'foreign',
    ...span,
    name,
    columns,
    table: to,
    target: names(lists[1] ?? [], code),
    onDelete: action ? {...spanOf(action), text: action.text} : undefined,
  })
}
