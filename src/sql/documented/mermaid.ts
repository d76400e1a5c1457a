import type {CodeBlock, Section, SpecDocument} from '../../document/types.ts'
import type {ColumnFact, KeyFact} from '../model.ts'
import type {DocumentedRelation, DocumentedTable} from './model.ts'
import {type Stretch, codeStretch, group, nameOf, part, spanOf, toText} from './stretch.ts'
import {typeOf} from './types.ts'

export interface Diagram {
  readonly tables: readonly DocumentedTable[]
  readonly relations: readonly DocumentedRelation[]
}

const relation =
  /^\s*("[^"]+"|[\w.{}-]+)\s+(\|o|\|\||\}o|\}\|)(?:--|\.\.)(o\||\|\||o\{|\|\{)\s+("[^"]+"|[\w.{}-]+)\s*(?::|$)/du
const entity = /^\s*("[^"]+"|[\w.{}-]+)(?:\s*\[[^\]]*\])?\s*\{\s*$/du
const attribute = /^\s*([\w()[\],.-]+)\s+([*\w-]+)((?:\s*,?\s*(?:PK|FK|UK)\b)*)\s*(?:"([^"]*)")?\s*$/du

/** Entities, columns and relations of the `erDiagram`s. */
export function diagramsIn(document: SpecDocument): Diagram {
  const all = [document.root, ...document.sections].flatMap((section) =>
    section.codes.filter(isDiagram).map((code) => read(code, section)),
  )
  return {tables: all.flatMap(({tables}) => tables), relations: all.flatMap(({relations}) => relations)}
}

/** Its first line that is neither a comment nor the configuration between `---` says `erDiagram`. */
function isDiagram({language, value}: CodeBlock): boolean {
  if (language !== 'mermaid') return false
  let inConfiguration = false
  for (const line of value.split('\n')) {
    const text = line.trim()
    if (text === '---') inConfiguration = !inConfiguration
    else if (!inConfiguration && text !== '' && !text.startsWith('%%')) return /^erDiagram\b/u.test(text)
  }
  return false
}

interface Open {
  readonly name: Stretch
  readonly start: number
  readonly columns: ColumnFact[]
  readonly keys: KeyFact[]
  readonly foreign: ColumnFact['name'][]
}

function read(code: CodeBlock, section: Section): Diagram {
  const whole = codeStretch(code)
  const tables: DocumentedTable[] = []
  const relations: DocumentedRelation[] = []
  let open: Open | undefined
  let from = 0
  for (const text of whole.text.split('\n')) {
    const line = part(whole, from, from + text.length)
    const head = entity.exec(text)
    const name = head ? group(line, head, 1) : undefined
    if (open && /^\s*\}/u.test(text)) {
      tables.push(closed(open, spanOf(part(whole, open.start, from + text.indexOf('}') + 1)), section))
      open = undefined
    } else if (open) column(line, open)
    else if (name) open = {name, start: from + text.search(/\S/u), columns: [], keys: [], foreign: []}
    else relations.push(...related(line, section))
    from += text.length + 1
  }
  return {tables, relations}
}

function column(line: Stretch, {columns, keys, foreign}: Open): void {
  const match = attribute.exec(line.text)
  const type = match ? group(line, match, 1) : undefined
  const written = match ? group(line, match, 2) : undefined
  if (!match || !type || !written) return
  const name = nameOf(written)
  const marks = match[3] ?? ''
  const span = spanOf(part(line, line.text.search(/\S/u), line.text.trimEnd().length))
  columns.push({
    kind: 'column',
    ...span,
    name,
    type: typeOf(type),
    nullable: undefined,
    default: undefined,
    generated: /serial/i.test(type.text),
  })
  if (/PK/u.test(marks)) keys.push({kind: 'primary', ...span, name: undefined, columns: [name]})
  if (/UK/u.test(marks)) keys.push({kind: 'unique', ...span, name: undefined, columns: [name]})
  if (/FK/u.test(marks)) foreign.push(name)
}

/** Columns that are marked `PK` together make one key. */
function closed(
  {name, columns, keys, foreign}: Open,
  span: {start: number; end: number},
  section: Section,
): DocumentedTable {
  const primary = keys.filter(({kind}) => kind === 'primary')
  const [first] = primary
  const together = first ? [{...first, columns: primary.flatMap((key) => key.columns)}] : []
  const constraints = [...together, ...keys.filter(({kind}) => kind === 'unique')]
  return {
    kind: 'documentedTable',
    ...span,
    name: nameOf(name),
    columns,
    constraints,
    foreign,
    indexed: [],
    section,
    source: 'mermaid',
    state: undefined,
    certain: true,
    part: 'all',
    asks: new Set(),
    changes: [],
  }
}

function related(line: Stretch, section: Section): readonly DocumentedRelation[] {
  const match = relation.exec(line.text)
  const from = match ? group(line, match, 1) : undefined
  const to = match ? group(line, match, 4) : undefined
  if (!match || !from || !to) return []
  const left = match[2]?.startsWith('}') === true ? 'many' : 'one'
  const right = match[3]?.endsWith('{') === true ? 'many' : 'one'
  const span = toText(part(line, line.text.search(/\S/u), line.text.trimEnd().length))
  return [
    {
      kind: 'documentedRelation',
      start: span.start,
      end: span.end,
      cardinality: `${left}-to-${right}`,
      from: nameOf(from),
      to: nameOf(to),
      through: undefined,
      section,
      source: 'mermaid',
    },
  ]
}
