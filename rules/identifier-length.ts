import {
  byteLength,
  defineRule,
  forwardOperations,
  type Name,
  type Operation,
  statementCode,
  type Text,
} from 'spec-lint/rule'

export default defineRule({
  id: 'identifier-length',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'No name is longer than the database keeps.',
    why: 'PostgreSQL cuts a name after 63 bytes and goes on, so that a later statement misses it or meets another of the same beginning. MySQL refuses more than 64 characters.',
    remedy: 'Shorten the name.',
    exceptions: 'SQLite, which has no limit, and names with placeholders.',
  },
  options: {},
  messages: {
    cut: {
      reason: 'Name {name} has {length} bytes, and PostgreSQL keeps 63',
      note: 'It becomes {kept}. Shorten it.',
    },
    collides: {
      reason: 'Name {name} becomes the same as {other}: PostgreSQL keeps 63 bytes',
      note: 'Both become {kept}. Let them differ before that.',
    },
    refused: {
      reason: 'Name {name} has {length} characters, and {database} takes {limit}',
      note: 'The statement is refused. Shorten it.',
    },
  },
  check({schema, type, report}) {
    const scripts = schema.models.migrations.flatMap(({upgrade}) => upgrade.flatMap(({operations}) => operations))
    const seen = new Map<string, string>()
    for (const operation of [...forwardOperations(schema, type), ...scripts]) {
      const {dialect} = operation.statement
      for (const name of namesOf(operation)) {
        const {text} = name
        if (name.hole || seen.has(text)) continue
        const length = dialect === 'postgresql' ? byteLength(text) : [...text].length
        if (dialect === 'postgresql') {
          // A guess at the dialect may be wrong by this one character.
          const kept = cut(text)
          const other = length > 63 ? [...seen].find(([, one]) => one === kept)?.[0] : undefined
          seen.set(text, kept)
          if (length <= (schema.sql.decidedBy === 'parsed' ? 64 : 63)) continue
          const data = {name: statementCode(text), kept: statementCode(kept)}
          if (other !== undefined) report.collides(name, {...data, other: statementCode(other)})
          else report.cut(name, {...data, length})
        } else if (dialect !== 'sqlite') {
          seen.set(text, text)
          const limit = dialect === 'mysql' ? 64 : 128
          if (length <= limit) continue
          const database = dialect === 'mysql' ? 'MySQL' : 'SQL Server'
          report.refused(name, {name: statementCode(text), length, limit, database})
        }
      }
    }
  },
})

/** The first 63 bytes, of whole characters. */
function cut(text: string): string {
  let kept = ''
  let length = 0
  for (const character of text) {
    length += byteLength(character)
    if (length > 63) return kept
    kept += character
  }
  return kept
}

/** The names that an operation gives, without schema and quotes. */
function namesOf(operation: Operation): readonly (Text & Pick<Name, 'hole'>)[] {
  return given(operation).flatMap((name) => {
    if (!name) return []
    const at = name.text.lastIndexOf('.')
    const isQualified = at >= 0 && name.key.includes('.')
    return [isQualified ? {...name, text: name.text.slice(at + 1)} : name]
  })
}

function given(operation: Operation): readonly (Name | undefined)[] {
  switch (operation.kind) {
    case 'create-table':
      return [
        operation.table,
        ...operation.columns.map(({name}) => name),
        ...operation.constraints.map(({name}) => name),
      ]
    case 'add-column':
      return [operation.column.name, ...operation.constraints.map(({name}) => name)]
    case 'add-constraint':
      return [operation.constraint.name]
    case 'create-index':
      return [operation.index.name]
    case 'rename-table':
    case 'rename-column':
      return [operation.to]
    case 'create-enum':
      return [operation.name]
    case 'create-object':
      return operation.what === 'rls' ? [] : [operation.name]
    default:
      return []
  }
}
