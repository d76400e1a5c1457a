import {expression} from '../../document/expressions.ts'
import type {SyntaxNode} from '@lezer/common'
import type {SpecDocument} from '../../document/types.ts'
import type {ColumnFact, ConstraintFact, IndexFact, Name} from '../model.ts'
import type {ModelRelation, ModelTable} from './model.ts'
import {names, pythonColumn, pythonConstraint} from './python-columns.ts'
import {
  type PythonCode,
  type PythonParser,
  callOf,
  childrenOf,
  elementsOf,
  lastWord,
  pythonCodes,
  stringIn,
  textOf,
  written,
} from './python-syntax.ts'
import {nameOf, spanOf} from './stretch.ts'

/** Classes of SQLModel and SQLAlchemy that are tables. */
export function pythonModels(document: SpecDocument, parser: PythonParser): readonly ModelTable[] {
  return pythonCodes(document, parser).flatMap((code) =>
    childrenOf(code.top).flatMap((node) => {
      const found = node.name === 'ClassDefinition' ? node : node.getChild('ClassDefinition')
      return found ? modelOf(found, code) : []
    }),
  )
}

interface Parts {
  readonly columns: ColumnFact[]
  readonly constraints: ConstraintFact[]
  readonly indexes: IndexFact[]
  readonly relations: ModelRelation[]
}

function modelOf(node: SyntaxNode, code: PythonCode): readonly ModelTable[] {
  const named = node.getChild('VariableName')
  const body = node.getChild('Body')
  if (!named || !body) return []
  const assignments = childrenOf(body).filter(({name}) => name === 'AssignStatement')
  const bases = node.getChild('ArgList')
  const tableNode = assignments.find((one) => targetOf(one, code) === '__tablename__')
  const tableName = tableNode ? stringIn(valueOf(tableNode), code) : undefined
  const isTable = /\btable\s*=\s*True\b/u.test(bases ? textOf(bases, code) : '') || tableNode !== undefined
  if (!isTable) return []
  const name = nameOf(written(named, code))
  const table = tableName ? nameOf(tableName) : undefined
  const parts: Parts = {columns: [], constraints: [], indexes: [], relations: []}
  for (const one of assignments) field(one, parts, table ?? name, code)
  return [
    {
      kind: 'modelTable',
      ...spanOf(written(node, code)),
      source: 'python',
      name,
      table,
      ...parts,
      code: code.code,
      section: code.section,
    },
  ]
}

function targetOf(node: SyntaxNode, code: PythonCode): string {
  return node.firstChild?.name === 'VariableName' ? textOf(node.firstChild, code) : ''
}

function valueOf(node: SyntaxNode): SyntaxNode | undefined {
  const last = node.lastChild
  return last && node.getChild('AssignOp') && last.from !== node.firstChild?.from ? last : undefined
}

function field(node: SyntaxNode, parts: Parts, table: Name, code: PythonCode): void {
  const target = node.firstChild
  if (!target || target.name !== 'VariableName') return
  const value = valueOf(node)
  if (targetOf(node, code) === '__table_args__') return options(value, parts, table, code)
  if (/^(?:__\w+__|model_config)$/u.test(targetOf(node, code))) return
  const call = callOf(value, code)
  const typeNode = node.getChild('TypeDef')
  const inner = typeNode?.lastChild
  const annotation = inner && inner.name !== ':' ? written(inner, code) : undefined
  if (call && /^(?:Relationship|relationship|backref|association_proxy)$/u.test(lastWord(call.name))) {
    relation(node, call.positional[0], annotation?.text ?? '', parts, code)
    return
  }
  if (call ? !/^(?:Column|mapped_column|Field|Mapped)$/u.test(lastWord(call.name)) : !annotation) return
  if (/\bClassVar\b|\brelationship\b/u.test(annotation?.text ?? '')) return
  const first = call && /Column|mapped_column/u.test(call.name) ? stringIn(call.positional[0], code) : undefined
  const read = pythonColumn(call, nameOf(first ?? written(target, code)), annotation, node, code)
  const plain = !call && value && textOf(value, code) !== 'None' ? written(value, code) : undefined
  parts.columns.push(plain ? {...read.column, default: {...spanOf(plain), text: plain.text}} : read.column)
  parts.constraints.push(...read.constraints)
  if (read.indexed)
    parts.indexes.push({
      kind: 'index',
      ...spanOf(written(node, code)),
      name: undefined,
      table,
      columns: [read.column.name],
      unique: false,
      partial: false,
      concurrently: false,
    })
}

const classNamed = expression(
  'du',
)`[:=][^"'=]*?["']?(?:\b(?:Optional|list|List|Mapped|Set|set)\b|[[\]"'\s|])*([\p{L}_]\w*|\{\{[^{}]*\}\})`

/** `tickets: list["Ticket"] = Relationship(…)`, `tickets = relationship("Ticket")`. */
function relation(
  node: SyntaxNode,
  argument: SyntaxNode | undefined,
  annotation: string,
  parts: Parts,
  code: PythonCode,
): void {
  const target = node.firstChild
  const whole = written(node, code)
  const quoted = stringIn(argument, code)
  const match = classNamed.exec(whole.text)
  const range = match?.indices?.[1]
  const to =
    quoted ??
    (range ? {text: whole.text.slice(...range), at: (index: number) => whole.at(range[0] + index)} : undefined)
  if (target && to)
    parts.relations.push({
      ...spanOf(whole),
      field: nameOf(written(target, code)),
      to: nameOf(to),
      many: /\b[Ll]ist\b|\b[Ss]et\b/u.test(annotation),
    })
}

/** `__table_args__ = (UniqueConstraint('a', 'b'), Index('idx_a', 'a'))` */
function options(value: SyntaxNode | undefined, parts: Parts, table: Name, code: PythonCode): void {
  for (const one of elementsOf(value)) {
    const constraint = pythonConstraint(one, code)
    const call = callOf(one, code)
    if (constraint) parts.constraints.push(constraint)
    else if (call && lastWord(call.name) === 'Index') {
      const [name, ...columns] = names(call.positional, code)
      const unique = call.named.get('unique')
      parts.indexes.push({
        kind: 'index',
        ...spanOf(written(one, code)),
        name,
        table,
        columns,
        unique: unique !== undefined && textOf(unique, code) === 'True',
        partial: /_where\b/u.test(textOf(one, code)),
        concurrently: false,
      })
    }
  }
}
