import type {SyntaxNode} from '@lezer/common'
import type {Text} from '../../document/types.ts'
import type {ColumnFact, ConstraintFact, ForeignKeyFact, Name} from '../model.ts'
import {checkIn, divided} from './clauses.ts'
import {type Call, type PythonCode, callOf, elementsOf, lastWord, stringIn, textOf, written} from './python-syntax.ts'
import {type Stretch, nameOf, part, spanOf, toText} from './stretch.ts'
import {isOptionalType, typeOf} from './types.ts'

export interface PythonColumn {
  readonly column: ColumnFact
  readonly constraints: readonly ConstraintFact[]
  readonly indexed: boolean
}

/** `Column('id', sa.Integer(), ForeignKey('a.id'), nullable=False)`, `mapped_column(…)`, `Field(…)`. `annotation`: `id: Optional[int]`. */
export function pythonColumn(
  call: Call | undefined,
  name: Name,
  annotation: Stretch | undefined,
  node: SyntaxNode,
  code: PythonCode,
): PythonColumn {
  const span = spanOf(written(node, code))
  const inner = callOf(call?.named.get('sa_column'), code)
  const flag = (key: string): boolean | undefined => truth(call?.named.get(key) ?? inner?.named.get(key), code)
  const from = inner ?? call
  const typed = from && /Column|mapped_column/u.test(from.name) ? typeArgument(from, code) : undefined
  const max = call?.named.get('max_length')
  const type = typeOf(typed ?? annotation ?? part(written(node, code), 0, 0))
  const primary = flag('primary_key')
  const constraints: ConstraintFact[] = []
  if (primary === true) constraints.push({kind: 'primary', ...span, name: undefined, columns: [name]})
  if (flag('unique') === true) constraints.push({kind: 'unique', ...span, name: undefined, columns: [name]})
  const foreign = foreignOf(from, call, name, span, code)
  if (foreign) constraints.push(foreign)
  const said = flag('nullable')
  return {
    indexed: flag('index') === true,
    constraints,
    column: {
      kind: 'column',
      ...span,
      name,
      type:
        type && max && type.size.length === 0 && /^\d+$/u.test(textOf(max, code))
          ? {...type, base: 'varchar', size: [Number(textOf(max, code))]}
          : type,
      nullable: said ?? (primary === true ? false : annotation ? isOptionalType(annotation.text) : undefined),
      default: defaultOf(call, code) ?? defaultOf(inner, code),
      generated:
        flag('autoincrement') === true ||
        (inner?.positional ?? call?.positional ?? []).some(
          (one) => lastWord(callOf(one, code)?.name ?? '') === 'Identity',
        ),
    },
  }
}

/** The first argument that is no string, constraint or default. */
function typeArgument(call: Call, code: PythonCode): Stretch | undefined {
  const node =
    call.named.get('type_') ??
    call.positional.find(
      (one) =>
        one.name !== 'String' &&
        !/^(?:ForeignKey|Identity|Sequence|Computed|CheckConstraint)$/u.test(lastWord(callOf(one, code)?.name ?? '')),
    )
  return node ? written(node, code) : undefined
}

function truth(node: SyntaxNode | undefined, code: PythonCode): boolean | undefined {
  const text = node ? textOf(node, code) : ''
  return text === 'True' ? true : text === 'False' ? false : undefined
}

function foreignOf(
  from: Call | undefined,
  call: Call | undefined,
  column: Name,
  span: {start: number; end: number},
  code: PythonCode,
): ForeignKeyFact | undefined {
  const inner = from?.positional
    .map((one) => callOf(one, code))
    .find((one) => lastWord(one?.name ?? '') === 'ForeignKey')
  const path = stringIn(inner?.positional[0], code) ?? stringIn(call?.named.get('foreign_key'), code)
  if (!path) return undefined
  const {table, column: target} = divided(path, true)
  const action = stringIn(inner?.named.get('ondelete') ?? call?.named.get('ondelete'), code)
  return {
    kind: 'foreign',
    ...span,
    name: undefined,
    columns: [column],
    table: nameOf(table),
    target: target ? [nameOf(target)] : [],
    onDelete: action ? toText(action) : undefined,
  }
}

/** What the database sets; a factory of the program (`default_factory=uuid4`) is one too. */
function defaultOf(call: Call | undefined, code: PythonCode): Text | undefined {
  const node = call?.named.get('server_default') ?? call?.named.get('default') ?? call?.named.get('default_factory')
  if (!node || textOf(node, code) === 'None') return undefined
  const wrapped = callOf(node, code)
  const inner = wrapped && lastWord(wrapped.name) === 'text' ? stringIn(wrapped.positional[0], code) : undefined
  return toText(inner ?? written(node, code))
}

/** `PrimaryKeyConstraint('a', 'b')`, `UniqueConstraint('a', name='x')`, `ForeignKeyConstraint(['a'], ['b.id'])`, `CheckConstraint('…')`. */
export function pythonConstraint(node: SyntaxNode, code: PythonCode): ConstraintFact | undefined {
  const call = callOf(node, code)
  if (!call) return undefined
  const span = spanOf(written(node, code))
  const named = stringIn(call.named.get('name'), code)
  const name = named ? nameOf(named) : undefined
  const columns = names(call.positional, code)
  switch (lastWord(call.name)) {
    case 'PrimaryKeyConstraint':
      return {kind: 'primary', ...span, name, columns}
    case 'UniqueConstraint':
      return {kind: 'unique', ...span, name, columns}
    case 'ForeignKeyConstraint': {
      const [local, remote] = call.positional
      const paths = elementsOf(remote).flatMap((one) => stringIn(one, code) ?? [])
      const [first] = paths
      const action = stringIn(call.named.get('ondelete'), code)
      if (!first) return undefined
      return {
        kind: 'foreign',
        ...span,
        name,
        columns: names(elementsOf(local), code),
        table: nameOf(divided(first, true).table),
        target: paths.flatMap((path) => divided(path, true).column ?? []).map((one) => nameOf(one)),
        onDelete: action ? toText(action) : undefined,
      }
    }
    case 'CheckConstraint': {
      const text = stringIn(call.positional[0], code)
      return text ? checkOf(text, span, name) : undefined
    }
    default:
      return undefined
  }
}

export function checkOf(text: Stretch, span: {start: number; end: number}, name: Name | undefined): ConstraintFact {
  // Read as the inside of a clause: its ranges are those of the string.
  const clause = checkIn({text: `CHECK (${text.text})`, at: (index) => text.at(Math.max(0, index - 7))})
  return {kind: 'check', ...span, name, text: text.text, allowed: clause?.allowed}
}

/** The plain strings among some arguments. */
export function names(nodes: readonly SyntaxNode[], code: PythonCode): readonly Name[] {
  return nodes.flatMap((one) => stringIn(one, code) ?? []).map((one) => nameOf(one))
}
