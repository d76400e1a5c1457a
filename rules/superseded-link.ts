import {
  type Context,
  defineRule,
  type Fix,
  lineEnd,
  type MetadataEntry,
  type Related,
  relatedSpecification,
  type RelationSpec,
  type Span,
  type Specification,
} from 'spec-lint/rule'

export default defineRule({
  id: 'superseded-link',
  category: 'phases',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary:
      'A document that another one supersedes says so itself, the other way round as well, and there is no circle.',
    why: 'Whoever opens the old document from a search learns from it alone that it is past.',
    remedy: 'Name each document in the other: `supersedes` in the new one, `superseded_by` in the old one.',
    exceptions:
      'Documents are known from the files of the run and from the links of this one; of others nothing is said.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    counterpart: {
      reason: '`{other}` {says} this document, which does not name it',
      note: 'Write `{key}: {value}`.',
    },
    circle: {
      reason: 'This document supersedes itself by way of {way}',
      note: 'Only the newer of two documents supersedes the other: remove one of the two.',
    },
  },
  check(context) {
    const {type, project, report} = context
    const {self, related} = project
    if (!self) return
    for (const {kind, key} of type.type.relations) {
      const entry = type.metadata.entry(key)
      const way = kind === 'supersedes' && entry ? circle(self, related) : undefined
      if (way && entry)
        report.circle(entry.valueSpan, {
          way: (way.length === 0 ? [self.path] : way).map((path) => `\`${path}\``).join(' → '),
        })
    }
    const inCircle = circle(self, related) !== undefined
    for (const other of related.naming(self)) {
      if (other.path === self.path || inCircle) continue
      for (const [theirs, ours] of pairs) {
        const spec = type.type.relations.find(({kind}) => kind === ours)
        if (!spec || !names(other, theirs, self, related) || names(self, ours, other, related)) continue
        const value = other.identity ?? other.path
        report.counterpart(
          placeOf(context, spec),
          {
            other: other.path,
            says: theirs === 'supersedes' ? 'supersedes' : 'says that it is superseded by',
            key: spec.key,
            value,
          },
          fixOf(context, spec, value),
        )
      }
    }
  },
})

const pairs = [
  ['supersedes', 'superseded-by'],
  ['superseded-by', 'supersedes'],
] as const

function names(one: Specification, kind: RelationSpec['kind'], other: Specification, all: Related): boolean {
  return one.relations.some(
    (relation) => relation.kind === kind && relatedSpecification(relation, all)?.path === other.path,
  )
}

/** The way from a document back to itself along `supersedes`. */
function circle(self: Specification, all: Related): readonly string[] | undefined {
  const seen = new Set<string>()
  const stack: (readonly Specification[])[] = [[self]]
  for (let way = stack.pop(); way; way = stack.pop()) {
    const last = way.at(-1)
    for (const relation of last?.relations ?? []) {
      const next = relation.kind === 'supersedes' ? relatedSpecification(relation, all) : undefined
      if (!next) continue
      if (next.path === self.path) return way.slice(1).map(({path}) => path)
      if (!seen.has(next.path)) {
        seen.add(next.path)
        stack.push([...way, next])
      }
    }
  }
  return undefined
}

type Own = Pick<Context<never, never>, 'document' | 'type'>

/** The relation's own line, else the status, else the title. */
function placeOf({document, type}: Own, {key}: RelationSpec): Span {
  return type.metadata.entry(key)?.valueSpan ?? type.status?.value ?? document.title?.title ?? {start: 0, end: 0}
}

function fixOf({document, type}: Own, {key}: RelationSpec, value: string): {readonly fix: Fix} | undefined {
  const status = type.status?.entry
  if (type.metadata.entry(key) || !status || !['frontMatter', 'lines', 'list'].includes(status.origin)) return undefined
  const offset = lineEnd(document, status.end)
  const line = lineOf(status, key, value)
  return {
    fix: {
      title: `Add \`${key}\``,
      safety: 'unsafe',
      edits: [{start: offset, end: offset, text: document.source.eol + line}],
    },
  }
}

function lineOf({origin}: MetadataEntry, key: string, value: string): string {
  if (origin === 'frontMatter') return `${key}: ${JSON.stringify(value)}`
  return origin === 'list' ? `- **${key}:** ${value}` : `**${key}:** ${value}`
}
